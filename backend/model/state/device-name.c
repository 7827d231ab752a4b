/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/model/state/device-name.h"

#include <string.h>

static gboolean
is_possible (char c)
{
  return g_ascii_isalnum (c) || c == '-' || c == '_' || c == '.';
}

/**
 * nt_device_name_is_valid:
 *
 * Follows dev_valid_name() of the kernel, and also excludes quotes and control characters, which trip up many tools.
 *
 * Returns: %TRUE if @name can be the name of a device
 */
gboolean
nt_device_name_is_valid (const char *name)
{
  gsize length = strlen (name);

  if (length == 0 || length > NT_DEVICE_NAME_MAX || g_str_equal (name, ".") || g_str_equal (name, ".."))
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (!is_possible (name[i]))
      return FALSE;
  return TRUE;
}

/**
 * nt_device_name_derive:
 * @display_name: the name of a team; may contain spaces and characters of any script
 *
 * Returns: (transfer full): the closest valid device name; "Team1" stays as it is
 */
char *
nt_device_name_derive (const char *display_name)
{
  g_autofree char *ascii = g_str_to_ascii (display_name, "C");
  GString *name = g_string_new (NULL);

  for (const char *p = ascii; *p != '\0' && name->len < NT_DEVICE_NAME_MAX; p++)
    if (is_possible (*p))
      g_string_append_c (name, *p);
    else if (name->len > 0 && name->str[name->len - 1] != '-')
      g_string_append_c (name, '-');
  while (name->len > 0 && strchr ("-.", name->str[name->len - 1]) != NULL)
    g_string_truncate (name, name->len - 1);
  if (!nt_device_name_is_valid (name->str))
    g_string_assign (name, "team");
  return g_string_free (name, FALSE);
}

/**
 * nt_device_name_derive_vlan:
 * @device: the device of the team
 *
 * Returns: (transfer full): the conventional name of a VLAN device: "Team1.42"
 */
char *
nt_device_name_derive_vlan (const char *device, gint64 vlan)
{
  g_autofree char *suffix = g_strdup_printf (".%d", (int) vlan);
  gsize room = NT_DEVICE_NAME_MAX - strlen (suffix);

  return g_strdup_printf ("%.*s%s", (int) room, device, suffix);
}

static gboolean
team_has_device (const NtTeam *team, const char *name)
{
  if (g_strcmp0 (team->device, name) == 0)
    return TRUE;
  for (guint i = 0; i < team->interfaces->len; i++)
    if (g_strcmp0 (((const NtInterface *) team->interfaces->pdata[i])->device, name) == 0)
      return TRUE;
  return FALSE;
}

/**
 * nt_device_name_is_taken:
 * @except_team: (nullable): the id of a team whose own devices do not count
 *
 * Returns: %TRUE if a link of the host, or a link in the definition of a team, has the name
 */
gboolean
nt_device_name_is_taken (const NtState *state, const char *name, const char *except_team)
{
  if (nt_state_find_adapter (state, name) != NULL)
    return TRUE;
  for (guint i = 0; i < state->teams->len; i++)
    {
      const NtTeam *team = state->teams->pdata[i];

      if (g_strcmp0 (team->id, except_team) != 0 && team_has_device (team, name))
        return TRUE;
    }
  return FALSE;
}

/* Returns @preferred (transfer full), or the first of its numbered variants that is free. */
static char *
find_free (char *preferred, const NtState *state, const char *team, GPtrArray *reserved)
{
  g_autofree char *base = preferred;
  char *name = g_strdup (base);

  for (guint number = 2; nt_device_name_is_taken (state, name, team) || nt_strings_contain (reserved, name); number++)
    {
      g_autofree char *suffix = g_strdup_printf ("-%u", number);

      g_free (name);
      name = g_strdup_printf ("%.*s%s", (int) (NT_DEVICE_NAME_MAX - strlen (suffix)), base, suffix);
    }
  g_ptr_array_add (reserved, g_strdup (name));
  return name;
}

/* Returns the device that the team already has for this VLAN. */
static const char *
find_present_device (const NtTeamSpec *present, gint64 vlan)
{
  for (guint i = 0; present != NULL && i < present->interfaces->len; i++)
    {
      const NtInterfaceSpec *interface = present->interfaces->pdata[i];

      if (nt_interface_spec_get_vlan (interface) == vlan)
        return interface->device;
    }
  return NULL;
}

static void
choose_interface (NtInterfaceSpec *interface,
                  const NtTeamSpec *spec,
                  const NtTeamSpec *present,
                  const NtState *state,
                  GPtrArray *reserved)
{
  gint64 vlan = nt_interface_spec_get_vlan (interface);

  interface->vlan = vlan;
  if (vlan == 0)
    {
      /* The bond itself carries untagged traffic. */
      g_free (interface->device);
      interface->device = g_strdup (spec->device);
      return;
    }
  if (interface->device == NULL)
    interface->device = g_strdup (find_present_device (present, vlan));
  if (interface->device == NULL)
    interface->device = find_free (nt_device_name_derive_vlan (spec->device, vlan), state, spec->id, reserved);
}

/**
 * nt_device_name_choose:
 * @spec: (inout): a complete and valid definition
 * @reserved: (element-type utf8) (inout): names that other definitions of the same request use
 *
 * Assigns a device to the team and to each of its interfaces. What exists keeps its device, even when it is renamed, so
 * that a new name interrupts nothing.
 */
void
nt_device_name_choose (NtTeamSpec *spec, const NtState *state, GPtrArray *reserved)
{
  const NtTeam *team = spec->id ? nt_state_find_team (state, spec->id) : NULL;
  const NtTeamSpec *present = team ? team->spec : NULL;

  if (present != NULL)
    {
      g_free (spec->device);
      spec->device = g_strdup (present->device);
    }
  else if (spec->device == NULL)
    spec->device = find_free (nt_device_name_derive (spec->name), state, spec->id, reserved);

  for (guint i = 0; i < spec->interfaces->len; i++)
    {
      NtInterfaceSpec *interface = nt_interface_spec_copy (spec->interfaces->pdata[i]);

      choose_interface (interface, spec, present, state, reserved);
      nt_interface_spec_unref (spec->interfaces->pdata[i]);
      spec->interfaces->pdata[i] = interface;
    }
}
