/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/change/apply.h"

G_BEGIN_DECLS

#define NT_TYPE_PLAN_VIEW (nt_plan_view_get_type ())
G_DECLARE_FINAL_TYPE (NtPlanView, nt_plan_view, NT, PLAN_VIEW, AdwBin)

NtPlanView *nt_plan_view_new (NtServer *server, const NtRequest *request);
GtkWidget *nt_plan_view_new_scrolled (NtServer *server, const NtRequest *request);
AdwNavigationPage *nt_plan_view_new_page (NtServer *server, const NtRequest *request);

G_END_DECLS
