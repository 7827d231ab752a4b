/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/servers/server.h"

G_BEGIN_DECLS

#define NT_TYPE_DIAGRAM_PAGE (nt_diagram_page_get_type ())
G_DECLARE_FINAL_TYPE (NtDiagramPage, nt_diagram_page, NT, DIAGRAM_PAGE, AdwBin)

void nt_diagram_page_set_server (NtDiagramPage *self, NtServer *server);

G_END_DECLS
