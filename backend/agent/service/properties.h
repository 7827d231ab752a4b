/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/varlink/service/call.h"

G_BEGIN_DECLS

void nt_properties_get_adapter (NtVarlinkCall *call, gpointer engine);
void nt_properties_get_team_features (NtVarlinkCall *call, gpointer engine);

G_END_DECLS
