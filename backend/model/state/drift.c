/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/model/state/drift.h"

#include "backend/model/base/text.h"
#include "backend/model/plan/compile-target.h"
#include "backend/model/plan/standby.h"
#include "backend/model/plan/target.h"
#include "backend/model/team/identity.h"

#include <glib/gi18n-lib.h>

static const NtEnumValue nt_drift_kind_values[] = {
  { "link_missing", N_("{link} does not exist.") },
  { "member_missing", N_("The adapter {expected} is not a member of {link}.") },
  { "member_undefined", N_("The adapter {present} is a member of {link}, but is not in its definition.") },
  { "option", N_("The bonding option {option} of {link} is {present}; it should be {expected}.") },
  { "vlan", N_("{link} is {present}; it should be {expected}.") },
  { "link_down", N_("{link} is down; it should be up.") },
  { "link_up", N_("{link} is up; it should be down.") },
  { "mtu", N_("The MTU of {link} is {present}; it should be {expected}.") },
  { "mac", N_("The MAC address of {link} is {present}; it should be {expected}.") },
  { "display_name", N_("{link} does not have the name “{expected}”.") },
  { "address_missing", N_("{link} does not have the address {expected}.") },
  { "gateway_missing", N_("{link} has no default route via {expected}.") },
};
NT_DEFINE_ENUM (nt_drift_kind, "DriftKind")

static const NtField nt_drift_fields[] = {
  NT_ENUM (NtDrift, kind, REQUIRED, nt_drift_kind_enum),
  NT_STRING (NtDrift, link, REQUIRED),
  NT_STRING (NtDrift, option, OPTIONAL),
  NT_STRING (NtDrift, expected, OPTIONAL),
  NT_STRING (NtDrift, present, OPTIONAL),
  NT_INT (NtDrift, since_s, OPTIONAL),
  NT_STRING (NtDrift, by, OPTIONAL),
  NT_STRING (NtDrift, message, REQUIRED),
};
NT_DEFINE_RECORD (NtDrift, nt_drift, "Drift")

static NtDrift *
add (GPtrArray *drifts, NtDriftKind kind, const NtTargetLink *want, const char *wanted, const char *present)
{
  NtDrift *drift = nt_drift_new ();

  drift->kind = kind;
  drift->link = g_strdup (want->name);
  drift->expected = g_strdup (wanted);
  drift->present = g_strdup (present);
  drift->since_s = -1;
  g_ptr_array_add (drifts, drift);
  return drift;
}

static void
compare_number (GPtrArray *drifts, NtDriftKind kind, const NtTargetLink *want, gint64 wanted, gint64 present)
{
  g_autofree char *first = g_strdup_printf ("%" G_GINT64_FORMAT, wanted);
  g_autofree char *second = g_strdup_printf ("%" G_GINT64_FORMAT, present);

  if (wanted != -1 && wanted != present)
    add (drifts, kind, want, first, second);
}

static char *
get_option (const NtField *field, const NtBondOptions *options)
{
  const char *place = (const char *) options + field->offset;

  if (field->kind == NT_FIELD_INT)
    return g_strdup_printf ("%" G_GINT64_FORMAT, *(const gint64 *) place);
  if (field->kind == NT_FIELD_ENUM)
    return g_strdup (nt_enum_nick (field->of, *(const int *) place));
  return g_strdup (*(char *const *) place);
}

/* A differing mode is reported alone: the other options follow from it. */
static void
compare_options (GPtrArray *drifts, const NtTargetLink *want, const NtBondOptions *present)
{
  NtBondChange change;
  g_autoptr (NtBondOptions) difference = nt_bond_options_difference (present, want->bond, &change);

  for (guint i = 0; i < nt_bond_options_type.n_fields; i++)
    {
      const NtField *field = &nt_bond_options_type.fields[i];
      g_autofree char *wanted = NULL;
      g_autofree char *value = NULL;

      if (!nt_field_is_set (field, difference))
        continue;
      wanted = get_option (field, difference);
      value = get_option (field, present);
      add (drifts, NT_DRIFT_OPTION, want, wanted && *wanted ? wanted : "none", value ? value : "none")->option =
        g_strdup (field->name);
      if (difference->mode != -1)
        return;
    }
}

/* The agent adds and removes a held standby member by itself; that is no drift. */
static void
compare_members (GPtrArray *drifts, const NtTargetLink *want, const NtBond *present, const NtTeamSpec *spec)
{
  const char *standby = nt_team_spec_holds_standby (spec) ? spec->standby : NULL;

  for (guint i = 0; i < want->members->len; i++)
    if (g_strcmp0 (want->members->pdata[i], standby) != 0 &&
        !nt_strings_contain (present->members, want->members->pdata[i]))
      add (drifts, NT_DRIFT_MEMBER_MISSING, want, want->members->pdata[i], NULL);
  for (guint i = 0; i < present->members->len; i++)
    if (g_strcmp0 (present->members->pdata[i], standby) != 0 &&
        !nt_strings_contain (want->members, present->members->pdata[i]))
      add (drifts, NT_DRIFT_MEMBER_UNDEFINED, want, NULL, present->members->pdata[i]);
}

static void
compare_vlan (GPtrArray *drifts, const NtTargetLink *want, const NtLink *link)
{
  g_autofree char *wanted = g_strdup_printf ("VLAN %d@%s", (int) want->vlan, want->parent);
  g_autofree char *present = g_strdup_printf ("VLAN %d@%s", (int) link->vlan, link->parent);

  if (!g_str_equal (wanted, present))
    add (drifts, NT_DRIFT_VLAN, want, wanted, present);
}

static gboolean
has_display_name (const NtTargetLink *want, const NtLink *link)
{
  for (guint i = 0; i < want->alternative_names->len; i++)
    if (!nt_strings_contain (link->alternative_names, want->alternative_names->pdata[i]))
      return FALSE;
  return want->alias == NULL || g_strcmp0 (want->alias, link->alias ? link->alias : "") == 0;
}

static void
compare_network (GPtrArray *drifts, const NtTargetLink *want, const NtLink *link, const NtSnapshot *snapshot)
{
  for (guint i = 0; i < want->addresses->len; i++)
    {
      const char *address = ((const NtLinkAddress *) want->addresses->pdata[i])->address;

      if (!nt_link_has_address (link, address))
        add (drifts, NT_DRIFT_ADDRESS_MISSING, want, address, NULL);
    }
  for (guint i = 0; i < want->routes->len; i++)
    if (!nt_routes_contain (snapshot->routes, want->routes->pdata[i]))
      add (drifts, NT_DRIFT_GATEWAY_MISSING, want, ((const NtRoute *) want->routes->pdata[i])->gateway, NULL);
}

static void
compare_link (GPtrArray *drifts, const NtTargetLink *want, const NtSnapshot *snapshot, const NtTeamSpec *spec)
{
  const NtLink *link = nt_snapshot_find (snapshot, want->name);

  if (link == NULL || link->kind != want->kind)
    {
      add (drifts, NT_DRIFT_LINK_MISSING, want, NULL, NULL);
      return;
    }
  if (want->kind == NT_LINK_BOND)
    {
      compare_members (drifts, want, link->bond, spec);
      compare_options (drifts, want, link->bond->options);
    }
  if (want->kind == NT_LINK_VLAN)
    compare_vlan (drifts, want, link);
  if (want->up != link->up)
    add (drifts, want->up ? NT_DRIFT_LINK_DOWN : NT_DRIFT_LINK_UP, want, NULL, NULL);
  compare_number (drifts, NT_DRIFT_MTU, want, want->mtu, link->mtu);
  if (want->mac != NULL && g_strcmp0 (want->mac, link->mac) != 0)
    add (drifts, NT_DRIFT_MAC, want, want->mac, link->mac);
  if (!has_display_name (want, link))
    add (drifts, NT_DRIFT_DISPLAY_NAME, want, want->alias, link->alias);
  compare_network (drifts, want, link, snapshot);
}

/**
 * nt_drift_find:
 * @snapshot: the present state of the kernel; with default routes if the definition has gateways
 * @spec: the complete definition of a team
 *
 * Finds changes that were made outside of this agent. Differences that are due to an absent adapter are no drift, as no
 * repair is possible.
 *
 * Returns: (transfer full) (element-type NtDrift): the differences; empty if there are none
 */
GPtrArray *
nt_drift_find (const NtSnapshot *snapshot, const NtTeamSpec *spec)
{
  GPtrArray *drifts = nt_records_new ();
  g_autoptr (NtTeamSpec) usable = nt_identity_leave_out_replaced (spec, snapshot);
  g_autoptr (GPtrArray) specs = nt_records_new ();
  g_autoptr (NtTarget) target = NULL;

  g_ptr_array_add (specs, nt_team_spec_ref (usable));
  target = nt_target_compile (snapshot, specs, specs);
  if (nt_target_find (target, spec->device)->members->len == 0)
    return drifts;
  for (guint i = 0; i < target->links->len; i++)
    compare_link (drifts, target->links->pdata[i], snapshot, usable);
  for (guint i = 0; i < drifts->len; i++)
    {
      NtDrift *drift = drifts->pdata[i];

      drift->message = nt_drift_describe (drift);
    }
  return drifts;
}

/**
 * nt_drift_find_same:
 *
 * Returns: (transfer none) (nullable): the element of @drifts that reports the same difference as @drift
 */
const NtDrift *
nt_drift_find_same (const GPtrArray *drifts, const NtDrift *drift)
{
  for (guint i = 0; i < drifts->len; i++)
    if (g_str_equal (((const NtDrift *) drifts->pdata[i])->message, drift->message))
      return drifts->pdata[i];
  return NULL;
}

/**
 * nt_drift_describe:
 * @self: a difference; may come from a newer agent
 *
 * Returns: (transfer full): a sentence in the user's language
 */
char *
nt_drift_describe (const NtDrift *self)
{
  const NtBlank blanks[] = {
    { "link", self->link }, { "option", self->option }, { "expected", self->expected }, { "present", self->present },
  };

  return nt_text_fill (nt_enum_label (&nt_drift_kind_enum, self->kind), blanks, G_N_ELEMENTS (blanks));
}
