/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/model/plan/target.h"

static const NtField nt_target_link_fields[] = {
  NT_STRING (NtTargetLink, name, REQUIRED),
  NT_ENUM (NtTargetLink, kind, REQUIRED, nt_link_kind_enum),
  NT_BOOL (NtTargetLink, up, REQUIRED),
  NT_INT (NtTargetLink, mtu, OPTIONAL),
  NT_INT (NtTargetLink, ipv6, OPTIONAL),
  NT_STRING (NtTargetLink, mac, OPTIONAL),
  NT_STRING (NtTargetLink, alias, OPTIONAL),
  NT_STRINGS (NtTargetLink, alternative_names, OPTIONAL),
  NT_STRINGS (NtTargetLink, former_names, OPTIONAL),
  NT_RECORDS (NtTargetLink, addresses, OPTIONAL, nt_link_address_type),
  NT_STRINGS (NtTargetLink, former_addresses, OPTIONAL),
  NT_RECORDS (NtTargetLink, routes, OPTIONAL, nt_route_type),
  NT_RECORDS (NtTargetLink, former_routes, OPTIONAL, nt_route_type),
  NT_RECORD (NtTargetLink, bond, OPTIONAL, nt_bond_options_type),
  NT_STRINGS (NtTargetLink, members, OPTIONAL),
  NT_STRING (NtTargetLink, filter, OPTIONAL),
  NT_STRING (NtTargetLink, parent, OPTIONAL),
  NT_INT (NtTargetLink, vlan, OPTIONAL),
};
NT_DEFINE_RECORD (NtTargetLink, nt_target_link, "TargetLink")

static const NtField nt_target_fields[] = {
  NT_RECORDS (NtTarget, links, REQUIRED, nt_target_link_type),
  NT_STRINGS (NtTarget, absent, REQUIRED),
};
NT_DEFINE_RECORD (NtTarget, nt_target, "Target")

/**
 * nt_target_find:
 * @name: the name of a device
 *
 * Returns: (transfer none) (nullable): the target of that link
 */
const NtTargetLink *
nt_target_find (const NtTarget *self, const char *name)
{
  for (guint i = 0; i < self->links->len; i++)
    {
      const NtTargetLink *link = self->links->pdata[i];

      if (g_str_equal (link->name, name))
        return link;
    }
  return NULL;
}

/**
 * nt_target_find_bond_of:
 * @adapter: the name of an adapter
 *
 * Returns: (transfer none) (nullable): the bond that the target assigns the adapter to
 */
const NtTargetLink *
nt_target_find_bond_of (const NtTarget *self, const char *adapter)
{
  for (guint i = 0; i < self->links->len; i++)
    {
      const NtTargetLink *link = self->links->pdata[i];

      if (link->kind == NT_LINK_BOND && nt_strings_contain (link->members, adapter))
        return link;
    }
  return NULL;
}

/**
 * nt_target_add_link:
 * @name: the name of a link that is not in the target yet
 *
 * Returns: (transfer none): the target of the link: up, and nothing else yet
 */
NtTargetLink *
nt_target_add_link (NtTarget *self, const char *name, NtLinkKind kind)
{
  NtTargetLink *link = nt_target_link_new ();

  link->name = g_strdup (name);
  link->kind = kind;
  link->up = TRUE;
  g_ptr_array_add (self->links, link);
  return link;
}

/**
 * nt_target_add_absent:
 * @name: the name of a link to delete, unless the target contains it
 */
void
nt_target_add_absent (NtTarget *self, const char *name)
{
  if (nt_target_find (self, name) == NULL && !nt_strings_contain (self->absent, name))
    g_ptr_array_add (self->absent, g_strdup (name));
}

/**
 * nt_target_add_adapter:
 * @name: the name of a present adapter
 * @up: %TRUE if it must be up
 *
 * Sets only the administrative state of the adapter; its bond is determined by the members of the bonds.
 *
 * Returns: (transfer none): the target of the adapter
 */
NtTargetLink *
nt_target_add_adapter (NtTarget *self, const char *name, gboolean up)
{
  NtTargetLink *link = nt_target_add_link (self, name, NT_LINK_ADAPTER);

  link->up = up;
  return link;
}
