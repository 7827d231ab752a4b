/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/model/request/check.h"

G_BEGIN_DECLS

void nt_check_options (NtCheck *check);

G_END_DECLS
