/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/model/request/check.h"

G_BEGIN_DECLS

gboolean nt_check_owner (NtCheck *check, guint index, const NtAdapter *adapter);
void nt_check_adoption (NtCheck *check);

G_END_DECLS
