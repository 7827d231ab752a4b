/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/model/link/bond-options.h"

G_BEGIN_DECLS

/* The netlink attribute of a bond option: IFLA_BOND_*, and the width of its number. */
typedef struct
{
  gsize offset; /* in NtBondOptions */
  NtFieldKind kind;
  int attribute;
  guint bytes;
} NtBondAttribute;

extern const NtBondAttribute nt_bond_attributes[];
extern const guint nt_n_bond_attributes;

G_END_DECLS
