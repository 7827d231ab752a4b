/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/model/request/rules-owner.h"

#include "backend/model/request/adopt.h"

#include <glib/gi18n-lib.h>

/* Rules for devices that other tools configure, and for foreign bonds. */

/* Reports a device of another tool, with the tool's name, its configuration, and the remedy. */
static void
report_owner (NtCheck *check, NtRule rule, const char *name, const NtOwner *owner, const char *field)
{
  const char *obstacle = nt_enum_nick (&nt_obstacle_enum, nt_owner_get_obstacle (owner));
  const char *by = owner->by ? owner->by : _("like all devices");
  const char *arguments[] = { name, obstacle, by, NULL };
  g_autofree char *path = g_strdup_printf ("set[%u].%s", check->index, field);

  g_ptr_array_add (check->problems, nt_problem_make_with (rule, path, arguments));
}

/* With a take-over, the owner is only a warning; the take-over is the first operation of the plan. */
static gboolean
check_take_over (NtCheck *check, NtRule rule, const char *name, const NtOwner *owner, const char *field)
{
  g_autofree char *who = nt_owner_describe (owner);

  if (!check->request->take_over || !nt_owner_can_be_taken_over (owner))
    {
      report_owner (check, rule, name, owner, field);
      return FALSE;
    }
  nt_check_report (check, NT_RULE_TAKE_OVER, name, who, "%s", field);
  return TRUE;
}

/**
 * nt_check_owner:
 * @index: the index of the member in the definition
 * @adapter: the member, which another tool configures
 *
 * Returns: %TRUE if it may become a member
 */
gboolean
nt_check_owner (NtCheck *check, guint index, const NtAdapter *adapter)
{
  g_autofree char *field = g_strdup_printf ("members[%u]", index);

  return check_take_over (check, NT_RULE_MEMBER_OWNED, adapter->name, adapter->owner, field);
}

/* Checks the bond that the definition adopts, if any. */
void
nt_check_adoption (NtCheck *check)
{
  const char *device = check->spec->device;
  const NtTeam *bond = nt_adopt_find (check->state, check->request, check->spec);

  if (device == NULL || check->spec->id != NULL || !nt_strings_contain (check->request->adopt, device))
    return;
  if (bond == NULL)
    nt_check_report (check, NT_RULE_BOND_UNKNOWN, device, NULL, "device");
  else if (!nt_adopt_is_possible (bond))
    nt_check_report (check, NT_RULE_BOND_NOT_ADOPTABLE, device, bond->bond_mode, "device");
  else if (bond->owner != NULL && nt_owner_get_obstacle (bond->owner) != -1)
    check_take_over (check, NT_RULE_BOND_OWNED, device, bond->owner, "device");
}
