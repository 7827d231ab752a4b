/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/diagram/diagram.h"

G_BEGIN_DECLS

char *nt_diagram_to_svg (const NtDiagram *self, int line_height, const char *title, gboolean is_mirrored);

G_END_DECLS
