/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/varlink/service/interface.h"

G_BEGIN_DECLS

/**
 * NtVarlinkServiceInfo:
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
} NtVarlinkServiceInfo;

/* The answers of org.varlink.service; borrowed from the service, and alive as long as its interface. */
typedef struct
{
  NtVarlinkServiceInfo info;
  GPtrArray *interfaces; /* of NtVarlinkInterface */
} NtVarlinkIntrospection;

NtVarlinkInterface *nt_varlink_introspection_new_interface (NtVarlinkIntrospection *self);

G_END_DECLS
