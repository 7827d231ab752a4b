/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/model/link/bond-options.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const NtEnumValue nt_bond_mode_values[] = {
  { "balance-rr" }, { "active-backup" }, { "balance-xor" }, { "broadcast" },
  { "802.3ad" },    { "balance-tlb" },   { "balance-alb" },
};
static const NtEnumValue nt_xmit_hash_policy_values[] = {
  { "layer2" }, { "layer3+4" }, { "layer2+3" }, { "encap2+3" }, { "encap3+4" }, { "vlan+srcmac" },
};
static const NtEnumValue nt_lacp_rate_values[] = { { "slow" }, { "fast" } };
static const NtEnumValue nt_ad_select_values[] = { { "stable" }, { "bandwidth" }, { "count" } };
static const NtEnumValue nt_fail_over_mac_values[] = { { "none" }, { "active" }, { "follow" } };
static const NtEnumValue nt_primary_reselect_values[] = { { "always" }, { "better" }, { "failure" } };

NT_DEFINE_ENUM (nt_bond_mode, "mode")
NT_DEFINE_ENUM (nt_xmit_hash_policy, "xmit_hash_policy")
NT_DEFINE_ENUM (nt_lacp_rate, "lacp_rate")
NT_DEFINE_ENUM (nt_ad_select, "ad_select")
NT_DEFINE_ENUM (nt_fail_over_mac, "fail_over_mac")
NT_DEFINE_ENUM (nt_primary_reselect, "primary_reselect")

#define NUMBER_FIELD(member, ...) NT_INT (NtBondOptions, member, OPTIONAL),
#define WORD_FIELD(member, ATTRIBUTE, bytes, CHANGE, modes, words) NT_ENUM (NtBondOptions, member, OPTIONAL, words),
static const NtField nt_bond_options_fields[] = {
  NT_BOND_OPTION_TABLE (NUMBER_FIELD, WORD_FIELD, NUMBER_FIELD)
  NT_STRING (NtBondOptions, primary, OPTIONAL),
};
NT_DEFINE_RECORD (NtBondOptions, nt_bond_options, "BondOptions")

/* In the order of the fields. */
#define RESTRICTION(member, ATTRIBUTE, bytes, CHANGE, modes, ...) { NT_CHANGE_##CHANGE, modes },
static const struct
{
  NtBondChange change;
  guint modes;
} restrictions[G_N_ELEMENTS (nt_bond_options_fields)] = {
  NT_BOND_OPTION_TABLE (RESTRICTION, RESTRICTION, RESTRICTION)
  { NT_CHANGE_LIVE, NT_IN (ACTIVE_BACKUP) | NT_IN (BALANCE_TLB) | NT_IN (BALANCE_ALB) },
};

#define NOTHING(...)
#define TEAM_OPTION(member, ATTRIBUTE, bytes, CHANGE, modes, ...) \
  { #member, G_STRUCT_OFFSET (NtBondOptions, member), modes, __VA_ARGS__ },
const NtTeamOption nt_team_options[] = { NT_BOND_OPTION_TABLE (NOTHING, NOTHING, TEAM_OPTION) };
const guint nt_n_team_options = G_N_ELEMENTS (nt_team_options);

/* Returns the option of that name; NULL if definitions cannot set it. */
const NtTeamOption *
nt_team_option_find (const char *name)
{
  for (guint i = 0; i < nt_n_team_options; i++)
    if (g_str_equal (nt_team_options[i].name, name))
      return &nt_team_options[i];
  return NULL;
}

/* Returns TRUE if @text is a valid value. */
gboolean
nt_team_option_parse (const NtTeamOption *self, const char *text, gint64 *value)
{
  return g_ascii_string_to_signed (text, 10, self->min, self->max, value, NULL);
}

/* Without a primary the option reads back as NULL, but is requested as "". */
static gboolean
same_value (const NtField *field, const NtBondOptions *have, const NtBondOptions *want)
{
  if (field->offset == G_STRUCT_OFFSET (NtBondOptions, primary))
    return g_str_equal (have->primary ? have->primary : "", want->primary ? want->primary : "");
  return nt_field_equal (field, have, want);
}

/* Marks the field as not given. */
static void
clear_field (const NtField *field, NtBondOptions *self)
{
  char *place = (char *) self + field->offset;

  if (field->kind == NT_FIELD_INT)
    *(gint64 *) place = -1;
  else if (field->kind == NT_FIELD_ENUM)
    *(int *) place = -1;
  else
    g_clear_pointer ((char **) place, g_free);
}

/**
 * nt_bond_options_difference:
 * @have: (nullable): the present options; NULL = the bond is yet to be created
 * @change: (out): the strictest requirement among the changed options
 *
 * Leaves out options that the mode in @want does not accept: the kernel answers EACCES to an option of another mode.
 *
 * Returns: (transfer full): the options of @want that differ from @have
 */
NtBondOptions *
nt_bond_options_difference (const NtBondOptions *have, const NtBondOptions *want, NtBondChange *change)
{
  NtBondOptions *difference = nt_bond_options_copy (want);
  int mode = want->mode >= 0 || have == NULL ? want->mode : have->mode;

  *change = NT_CHANGE_LIVE;
  for (guint i = 0; i < nt_bond_options_type.n_fields; i++)
    {
      const NtField *field = &nt_bond_options_type.fields[i];
      if (!nt_field_is_set (field, want))
        continue;
      if (!(restrictions[i].modes & (1u << mode)) || (have != NULL && same_value (field, have, want)))
        clear_field (field, difference);
      else
        *change = MAX (*change, restrictions[i].change);
    }
  return difference;
}

/**
 * nt_bond_options_is_empty:
 *
 * Returns: %TRUE if no option is given
 */
gboolean
nt_bond_options_is_empty (const NtBondOptions *self)
{
  for (guint i = 0; i < nt_bond_options_type.n_fields; i++)
    if (nt_field_is_set (&nt_bond_options_type.fields[i], self))
      return FALSE;
  return TRUE;
}
