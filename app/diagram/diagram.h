/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/text/health.h"

G_BEGIN_DECLS

/* The kinds of boxes, which are also columns, except for free adapters. */
typedef enum
{
  NT_DIAGRAM_ADAPTER,
  NT_DIAGRAM_TEAM,
  NT_DIAGRAM_INTERFACE,
} NtDiagramKind;

/* In pixels, from the top left corner of the diagram */
typedef struct
{
  int x;
  int y;
  int width;
  int height;
} NtDiagramArea;

/**
 * NtDiagramBox:
 * @key: identifies the object on its server: the device of an adapter or interface, the id of a team
 * @name: for display
 * @status: for display
 * @facts: the speed and other properties
 * @reason: the problem, "" if there is none
 * @summary: the texts in one line, with the owner of the object
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

/* A curve from a member to its team or from a team to an interface */
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
 * @boxes: (element-type NtDiagramBox): in reading order
 * @lines: (element-type NtDiagramLine):
 * @width: including margins
 * @height: including margins
 * @apart: the area of the title of free adapters; its height is 0 if there are none
 *
 * The layout of a diagram of a server.
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
