/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/model/link/bond-options.h"

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

static const NtField nt_bond_options_fields[] = {
  NT_ENUM (NtBondOptions, mode, OPTIONAL, nt_bond_mode_enum),
  NT_INT (NtBondOptions, miimon, OPTIONAL),
  NT_INT (NtBondOptions, updelay, OPTIONAL),
  NT_INT (NtBondOptions, downdelay, OPTIONAL),
  NT_INT (NtBondOptions, use_carrier, OPTIONAL),
  NT_ENUM (NtBondOptions, fail_over_mac, OPTIONAL, nt_fail_over_mac_enum),
  NT_ENUM (NtBondOptions, xmit_hash_policy, OPTIONAL, nt_xmit_hash_policy_enum),
  NT_INT (NtBondOptions, resend_igmp, OPTIONAL),
  NT_INT (NtBondOptions, num_peer_notif, OPTIONAL),
  NT_INT (NtBondOptions, all_slaves_active, OPTIONAL),
  NT_ENUM (NtBondOptions, lacp_rate, OPTIONAL, nt_lacp_rate_enum),
  NT_ENUM (NtBondOptions, ad_select, OPTIONAL, nt_ad_select_enum),
  NT_INT (NtBondOptions, tlb_dynamic_lb, OPTIONAL),
  NT_STRING (NtBondOptions, primary, OPTIONAL),
  NT_ENUM (NtBondOptions, primary_reselect, OPTIONAL, nt_primary_reselect_enum),
};
NT_DEFINE_RECORD (NtBondOptions, nt_bond_options, "BondOptions")

#define ALL_MODES 0x7f
#define IN(mode) (1 << NT_BOND_##mode)

/*
 * Restrictions on changing an option, and the modes that accept it: the flags and unsuppmodes of bond_opts in
 * drivers/net/bonding/bond_options.c. An option that is not listed can be changed live, in every mode.
 */
static const struct
{
  gsize offset;
  NtBondChange change;
  guint modes;
} restricted_options[] = {
  { G_STRUCT_OFFSET (NtBondOptions, mode), NT_CHANGE_NO_MEMBERS, ALL_MODES },
  { G_STRUCT_OFFSET (NtBondOptions, fail_over_mac), NT_CHANGE_NO_MEMBERS, ALL_MODES },
  { G_STRUCT_OFFSET (NtBondOptions, lacp_rate), NT_CHANGE_DOWN, IN (8023AD) },
  { G_STRUCT_OFFSET (NtBondOptions, ad_select), NT_CHANGE_DOWN, IN (8023AD) },
  { G_STRUCT_OFFSET (NtBondOptions, tlb_dynamic_lb), NT_CHANGE_DOWN, IN (BALANCE_TLB) | IN (BALANCE_ALB) },
  { G_STRUCT_OFFSET (NtBondOptions, primary), NT_CHANGE_LIVE,
    IN (ACTIVE_BACKUP) | IN (BALANCE_TLB) | IN (BALANCE_ALB) },
};

static void
find_restriction (const NtField *field, NtBondChange *change, guint *modes)
{
  *change = NT_CHANGE_LIVE;
  *modes = ALL_MODES;
  for (guint i = 0; i < G_N_ELEMENTS (restricted_options); i++)
    if (restricted_options[i].offset == field->offset)
      {
        *change = restricted_options[i].change;
        *modes = restricted_options[i].modes;
      }
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
      NtBondChange needs;
      guint modes;

      if (!nt_field_is_set (field, want))
        continue;
      find_restriction (field, &needs, &modes);
      if (!(modes & (1u << mode)) || (have != NULL && same_value (field, have, want)))
        clear_field (field, difference);
      else
        *change = MAX (*change, needs);
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
