/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/reach/askpass.h"

G_BEGIN_DECLS

#define NT_TYPE_ASKPASS_DESK (nt_askpass_desk_get_type ())
G_DECLARE_FINAL_TYPE (NtAskpassDesk, nt_askpass_desk, NT, ASKPASS_DESK, GObject)

NtAskpassDesk *nt_askpass_desk_new (GtkApplication *application);

G_END_DECLS
