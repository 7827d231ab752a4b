/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define NT_TYPE_PREFERENCES_DIALOG (nt_preferences_dialog_get_type ())
G_DECLARE_FINAL_TYPE (NtPreferencesDialog, nt_preferences_dialog, NT, PREFERENCES_DIALOG, AdwPreferencesDialog)

AdwDialog *nt_preferences_dialog_new (void);

G_END_DECLS
