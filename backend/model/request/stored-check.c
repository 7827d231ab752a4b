/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/model/request/stored-check.h"

#include <string.h>

#include "backend/model/state/device-name.h"

static gboolean
is_device (const char *name)
{
  return name != NULL && nt_device_name_is_valid (name);
}

/* Adapters are named by others; any name is accepted that the kernel accepts. */
static gboolean
is_link (const char *name)
{
  return name != NULL && *name != '\0' && strlen (name) <= NT_DEVICE_NAME_MAX;
}

static gboolean
are_links (const GPtrArray *names)
{
  for (guint i = 0; i < names->len; i++)
    if (!is_link (names->pdata[i]))
      return FALSE;
  return TRUE;
}

static gboolean
are_interfaces (const NtTeamSpec *spec)
{
  for (guint i = 0; i < spec->interfaces->len; i++)
    {
      const NtInterfaceSpec *interface = spec->interfaces->pdata[i];

      if (!is_device (interface->device) || interface->vlan < 0 || interface->vlan > NT_VLAN_MAX ||
          (interface->vlan == 0) != g_str_equal (interface->device, spec->device))
        return FALSE;
    }
  return spec->interfaces->len > 0;
}

/* Checks the fields that nt_team_spec_complete() and nt_device_name_choose() fill in. */
static gboolean
is_complete (const NtTeamSpec *spec)
{
  return spec->id != NULL && is_device (spec->device) && spec->mode >= 0 && spec->balance >= 0 && spec->lacp_timer >= 0 &&
         spec->up_delay_ms >= 0 && are_links (spec->members) && are_links (spec->disabled) && are_interfaces (spec) &&
         (spec->standby == NULL || nt_strings_contain (spec->members, spec->standby));
}

/* Adds the devices of a team to @devices; fails if one is already used by another team. */
static gboolean
add_devices (GHashTable *devices, const NtTeamSpec *spec)
{
  gboolean is_new = g_hash_table_add (devices, spec->device);

  for (guint i = 0; i < spec->interfaces->len; i++)
    {
      const NtInterfaceSpec *interface = spec->interfaces->pdata[i];

      if (interface->vlan != 0)
        is_new = g_hash_table_add (devices, interface->device) && is_new;
    }
  return is_new;
}

/**
 * nt_definitions_check_stored:
 * @self: definitions from a file
 *
 * Returns: %TRUE if they are complete, and no two of them have the same id or device
 */
gboolean
nt_definitions_check_stored (const NtDefinitions *self)
{
  g_autoptr (GHashTable) devices = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->teams->len; i++)
    {
      const NtTeamSpec *spec = self->teams->pdata[i];

      if (!is_complete (spec) || !g_hash_table_add (ids, spec->id) || !add_devices (devices, spec))
        return FALSE;
    }
  return TRUE;
}

static gboolean
are_routes (const GPtrArray *routes)
{
  for (guint i = 0; i < routes->len; i++)
    {
      const NtRoute *route = routes->pdata[i];

      if (route->devices->len == 0 || (route->message == NULL && route->gateway == NULL))
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_target_link (const NtTargetLink *link)
{
  if (!is_link (link->name) || !are_links (link->members) || !are_routes (link->routes) || !are_routes (link->former_routes))
    return FALSE;
  switch (link->kind)
    {
    case NT_LINK_BOND:
      return link->bond != NULL && link->bond->mode >= 0 && link->mac != NULL;
    case NT_LINK_VLAN:
      return is_link (link->parent) && link->vlan >= 0;
    default:
      return link->bond == NULL;
    }
}

/**
 * nt_target_check_stored:
 * @self: a target from a file
 *
 * Returns: %TRUE if a plan can be made for it
 */
gboolean
nt_target_check_stored (const NtTarget *self)
{
  for (guint i = 0; i < self->links->len; i++)
    if (!is_target_link (self->links->pdata[i]))
      return FALSE;
  return are_links (self->absent);
}
