/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "varlink/call.h"

G_BEGIN_DECLS

#define NT_TYPE_VARLINK_SERVER (nt_varlink_server_get_type ())
G_DECLARE_FINAL_TYPE (NtVarlinkServer, nt_varlink_server, NT, VARLINK_SERVER, GObject)

/**
 * NtVarlinkMethodFunc:
 * @call: the call; keep a reference to answer it later
 * @user_data: the user data of the interface
 *
 * Runs a method. It must send exactly one final reply to @call, now or later.
 */
typedef void (*NtVarlinkMethodFunc) (NtVarlinkCall *call, gpointer user_data);

/**
 * NtVarlinkMethodFlags:
 * @NT_VARLINK_METHOD_DEFAULT: no flags
 * @NT_VARLINK_METHOD_NEEDS_MORE: only available as a stream; a call without `more` is answered with ExpectedMore
 */
typedef enum
{
  NT_VARLINK_METHOD_DEFAULT = 0,
  NT_VARLINK_METHOD_NEEDS_MORE = 1 << 0,
} NtVarlinkMethodFlags;

/**
 * NtVarlinkMethod:
 * @name: the name without the interface; %NULL ends a table
 * @flags: restrictions on the call
 * @func: the implementation
 */
typedef struct
{
  const char *name;
  NtVarlinkMethodFlags flags;
  NtVarlinkMethodFunc func;
} NtVarlinkMethod;

/**
 * NtVarlinkServerInfo:
 * @vendor: the vendor of the service
 * @product: its name
 * @version: its version
 * @url: its website
 *
 * The information that org.varlink.service.GetInfo returns.
 */
typedef struct
{
  const char *vendor;
  const char *product;
  const char *version;
  const char *url;
} NtVarlinkServerInfo;

NtVarlinkServer *nt_varlink_server_new (const NtVarlinkServerInfo *info);
void nt_varlink_server_add_interface (NtVarlinkServer *self,
                                      const char *name,
                                      const char *description,
                                      const NtVarlinkMethod *methods,
                                      gpointer user_data);
void nt_varlink_server_set_gate (NtVarlinkServer *self, NtVarlinkMethodFunc gate, gpointer user_data);
void nt_varlink_server_serve (NtVarlinkServer *self, GIOStream *stream);
guint nt_varlink_server_get_n_connections (NtVarlinkServer *self);
void nt_varlink_server_close (NtVarlinkServer *self);

G_END_DECLS
