/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kernel/kernel.h"
#include "model/spec.h"

G_BEGIN_DECLS

void nt_restore_teams (NtKernel *kernel, const NtWanted *wanted);

G_END_DECLS
