/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/kernel/netlink/bond-attributes.h"

#include <linux/if_link.h>

#define NUMBER(member, ATTRIBUTE, bytes, ...) \
  { G_STRUCT_OFFSET (NtBondOptions, member), NT_FIELD_INT, IFLA_BOND_##ATTRIBUTE, bytes },
#define WORD(member, ATTRIBUTE, bytes, ...) \
  { G_STRUCT_OFFSET (NtBondOptions, member), NT_FIELD_ENUM, IFLA_BOND_##ATTRIBUTE, bytes },

const NtBondAttribute nt_bond_attributes[] = { NT_BOND_OPTION_TABLE (NUMBER, WORD, NUMBER) };

const guint nt_n_bond_attributes = G_N_ELEMENTS (nt_bond_attributes);
