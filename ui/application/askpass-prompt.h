/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/reach/askpass.h"

G_BEGIN_DECLS

#define NT_TYPE_ASKPASS_PROMPT (nt_askpass_prompt_get_type ())
G_DECLARE_FINAL_TYPE (NtAskpassPrompt, nt_askpass_prompt, NT, ASKPASS_PROMPT, GObject)

NtAskpassPrompt *nt_askpass_prompt_new (GtkApplication *application);

G_END_DECLS
