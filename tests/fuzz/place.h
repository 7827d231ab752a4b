/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/agent/engine/engine.h"
#include "memory-kernel.h"

G_BEGIN_DECLS

/* The environment of an agent: a machine in memory with four adapters, and a store. */
typedef struct
{
  char *directory;
  NtMemoryKernel *kernel;
} Place;

void place_set_up (Place *place);
void place_write (Place *place, const char *name, const guint8 *data, gsize size);
NtEngine *place_start_engine (Place *place);
void place_tear_down (Place *place);

G_END_DECLS
