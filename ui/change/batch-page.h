/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/change/batch.h"

G_BEGIN_DECLS

/* Shows the plan of a change on several servers, and later its results. */
#define NT_TYPE_BATCH_PAGE (nt_batch_page_get_type ())
G_DECLARE_FINAL_TYPE (NtBatchPage, nt_batch_page, NT, BATCH_PAGE, AdwNavigationPage)

NtBatchPage *nt_batch_page_new (NtBatch *batch, const char *title, const char *answer);
void nt_batch_page_set_destructive (NtBatchPage *self);

G_END_DECLS
