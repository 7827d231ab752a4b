/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/varlink/service/call.h"

G_BEGIN_DECLS

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

/* An interface of a service. */
typedef struct
{
  char *name;
  char *description;
  const NtVarlinkMethod *methods;
  gpointer user_data;
} NtVarlinkInterface;

NtVarlinkInterface *nt_varlink_interface_new (const char *name,
                                              const char *description,
                                              const NtVarlinkMethod *methods,
                                              gpointer user_data);
void nt_varlink_interface_free (NtVarlinkInterface *self);
const NtVarlinkMethod *nt_varlink_interface_find_method (const NtVarlinkInterface *self, const char *name);
const NtVarlinkInterface *nt_varlink_interfaces_find (const GPtrArray *interfaces, const char *name);

G_END_DECLS
