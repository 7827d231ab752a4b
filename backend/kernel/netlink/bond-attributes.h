/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/model/link/bond-options.h"

G_BEGIN_DECLS

/* An option of a bond on the wire: IFLA_BOND_*, and how wide its number is. */
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
