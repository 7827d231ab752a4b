/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/text/health.h"

G_BEGIN_DECLS

/* What a box of a diagram stands for; also its column, but for adapters that stand apart. */
typedef enum
{
  NT_DIAGRAM_ADAPTER,
  NT_DIAGRAM_TEAM,
  NT_DIAGRAM_INTERFACE,
} NtDiagramKind;

/* In pixels, from the upper left corner of the diagram. */
typedef struct
{
  int x;
  int y;
  int width;
  int height;
} NtDiagramArea;

/**
 * NtDiagramBox:
 * @kind: what it stands for
 * @key: what names it on its server: of an adapter and an interface the device, of a team the id
 * @name: what people call it
 * @health: how it is
 * @status: the same in a word
 * @facts: its speed, and what else is always known
 * @reason: why it is not well; "" = it is
 * @summary: all of it in one line, with what it belongs to
 * @area: its place
 */
typedef struct
{
  NtDiagramKind kind;
  char *key;
  char *name;
  NtHealth health;
  char *status;
  char *facts;
  char *reason;
  char *summary;
  NtDiagramArea area;
} NtDiagramBox;

/* From a member to its team, or from a team to an interface; with a bend, like the curve between the two. */
typedef struct
{
  int x1;
  int y1;
  int x2;
  int y2;
  NtHealth health;
} NtDiagramLine;

/**
 * NtDiagram:
 * @boxes: (element-type NtDiagramBox): in the order in which they are read
 * @lines: (element-type NtDiagramLine): between them
 * @width: of the whole, with the space around it
 * @height: likewise
 * @apart: where the headline of the adapters without a team stands; without a height where there are none
 *
 * A picture of a server, before it is drawn.
 */
typedef struct
{
  GPtrArray *boxes;
  GArray *lines;
  int width;
  int height;
  NtDiagramArea apart;
} NtDiagram;

NtDiagram *nt_diagram_new (const NtState *state, int line_height);
void nt_diagram_mirror (NtDiagram *self);
void nt_diagram_free (NtDiagram *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NtDiagram, nt_diagram_free)

G_END_DECLS
