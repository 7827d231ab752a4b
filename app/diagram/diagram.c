/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/diagram/diagram.h"

#include <glib/gi18n-lib.h>

#include "app/text/format.h"

#define N_COLUMNS 3

/* In line heights, so that the diagram scales with the text. */
#define BOX_WIDTH 14
#define BOX_HEIGHT 4
#define COLUMN_GAP 4
#define HALF_LINES_BETWEEN_BOXES 1
#define LINES_BETWEEN_TEAMS 1

/* A layout in progress */
typedef struct
{
  NtDiagram *diagram;
  const NtState *state;
  int line; /* height of a line of text, in pixels */
  int y;    /* top of the free space */
} Layout;

static void
box_free (gpointer data)
{
  NtDiagramBox *box = data;

  g_free (box->key);
  g_free (box->name);
  g_free (box->status);
  g_free (box->facts);
  g_free (box->reason);
  g_free (box->summary);
  g_free (box);
}

/* Joins the words that are not empty. */
static char *
join (const char *separator, const char *const *words, gsize n_words)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize i = 0; i < n_words; i++)
    if (words[i] != NULL && *words[i] != '\0')
      g_string_append_printf (text, "%s%s", text->len > 0 ? separator : "", words[i]);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static int
get_step (const Layout *layout)
{
  return layout->line * BOX_HEIGHT + layout->line * HALF_LINES_BETWEEN_BOXES / 2;
}

/* The height of a column of boxes */
static int
measure (const Layout *layout, guint n_boxes)
{
  return n_boxes > 0 ? (int) n_boxes * get_step (layout) - layout->line * HALF_LINES_BETWEEN_BOXES / 2 : 0;
}

static NtDiagramBox *
add_box (Layout *layout, NtDiagramKind kind, const char *key, int column, int y)
{
  NtDiagramBox *box = g_new0 (NtDiagramBox, 1);

  box->kind = kind;
  box->key = g_strdup (key);
  box->area = (NtDiagramArea) {
    .x = layout->line * (1 + column * (BOX_WIDTH + COLUMN_GAP)),
    .y = y,
    .width = layout->line * BOX_WIDTH,
    .height = layout->line * BOX_HEIGHT,
  };
  g_ptr_array_add (layout->diagram->boxes, box);
  return box;
}

static const char *
get_reason (int reason)
{
  return reason >= 0 ? nt_enum_label (&nt_reason_enum, reason) : "";
}

/* Sets the texts of a box. @belongs describes its lines for screen readers. */
static void
describe (NtDiagramBox *box, const char *name, NtHealth health, const char *status, const char *reason, const char *belongs)
{
  box->name = g_strdup (name);
  box->health = health;
  box->status = g_strdup (status);
  box->reason = g_strdup (reason);
  box->summary = join (", ", (const char *const[]) { name, status, box->reason, belongs, box->facts }, 5);
}

static void
connect_boxes (Layout *layout, const NtDiagramBox *from, const NtDiagramBox *to, NtHealth health)
{
  NtDiagramLine line = {
    .x1 = from->area.x + from->area.width,
    .y1 = from->area.y + from->area.height / 2,
    .x2 = to->area.x,
    .y2 = to->area.y + to->area.height / 2,
    .health = health,
  };

  g_array_append_val (layout->diagram->lines, line);
}

/* Some drivers keep reporting the last speed when the carrier is lost. */
static char *
format_speed (const NtAdapter *adapter, gint64 speed)
{
  if (speed < 0 || (adapter != NULL && !adapter->carrier))
    return g_strdup ("");
  return nt_format_speed (speed);
}

static const NtDiagramBox *
add_member (Layout *layout, const NtTeam *team, const NtMember *member, int y)
{
  NtDiagramBox *box = add_box (layout, NT_DIAGRAM_ADAPTER, member->adapter, 0, y);
  const NtAdapter *adapter = nt_state_find_adapter (layout->state, member->adapter);
  g_autofree char *belongs = g_strdup_printf (_("member of %s"), team->name);

  box->facts = format_speed (adapter, member->speed_mbps);
  describe (box, member->adapter, nt_health_of_link_state (member->state),
            nt_enum_label (&nt_link_state_enum, member->state), get_reason (member->reason), belongs);
  return box;
}

static const NtDiagramBox *
add_interface (Layout *layout, const NtTeam *team, const NtInterface *interface, int y)
{
  NtDiagramBox *box = add_box (layout, NT_DIAGRAM_INTERFACE, interface->device, 2, y);
  g_autofree char *belongs = g_strdup_printf (_("interface of %s"), team->name);
  g_autofree char *vlan = interface->vlan > 0 ? g_strdup_printf (_("VLAN %d"), (int) interface->vlan) : NULL;
  g_autofree char *lasting = nt_addresses_join (interface->addresses, FALSE);
  g_autofree char *leased = nt_addresses_join (interface->addresses, TRUE);
  g_autofree char *speed = lasting == NULL && leased == NULL ? format_speed (NULL, interface->speed_mbps) : NULL;

  box->facts = join (" · ", (const char *const[]) { vlan, lasting, leased, speed }, 4);
  describe (box, interface->name, nt_health_of_link_state (interface->state),
            nt_enum_label (&nt_link_state_enum, interface->state), get_reason (interface->reason), belongs);
  return box;
}

static const NtDiagramBox *
add_team (Layout *layout, const NtTeam *team, int y)
{
  NtDiagramBox *box = add_box (layout, NT_DIAGRAM_TEAM, team->id, 1, y);
  g_autofree char *speed = format_speed (NULL, team->speed_mbps);
  const char *mode = nt_enum_label (&nt_team_mode_enum, team->mode);

  box->facts = join (" · ", (const char *const[]) { mode, speed }, 2);
  describe (box, team->name, nt_health_of_team (team), nt_enum_label (&nt_status_enum, team->status),
            team->drift->len > 0 ? _("Differs from its definition") : "", _("team"));
  return box;
}

/* Places the three columns of a team, each centred vertically. */
static void
lay_out_team (Layout *layout, const NtTeam *team)
{
  int height = measure (layout, MAX (MAX (team->members->len, team->interfaces->len), 1));
  int y = layout->y + (height - measure (layout, team->members->len)) / 2;
  const NtDiagramBox *middle;
  guint first = layout->diagram->boxes->len;

  for (guint i = 0; i < team->members->len; i++, y += get_step (layout))
    add_member (layout, team, team->members->pdata[i], y);
  middle = add_team (layout, team, layout->y + (height - measure (layout, 1)) / 2);
  for (guint i = 0; i < team->members->len; i++)
    {
      const NtDiagramBox *box = layout->diagram->boxes->pdata[first + i];

      connect_boxes (layout, box, middle, box->health);
    }

  y = layout->y + (height - measure (layout, team->interfaces->len)) / 2;
  for (guint i = 0; i < team->interfaces->len; i++, y += get_step (layout))
    {
      const NtDiagramBox *box = add_interface (layout, team, team->interfaces->pdata[i], y);

      connect_boxes (layout, middle, box, box->health);
    }
  layout->y += height + layout->line * LINES_BETWEEN_TEAMS;
}

/* Includes adapters that could be teamed if another tool did not configure them. */
static gboolean
is_free (const NtAdapter *adapter)
{
  for (guint i = 0; i < adapter->obstacles->len; i++)
    if (!nt_owner_is_obstacle (adapter->obstacles->pdata[i]))
      return FALSE;
  return adapter->team == NULL;
}

static void
add_free_adapter (Layout *layout, const NtAdapter *adapter, guint index)
{
  int y = layout->y + (int) (index / N_COLUMNS) * get_step (layout);
  NtDiagramBox *box = add_box (layout, NT_DIAGRAM_ADAPTER, adapter->name, index % N_COLUMNS, y);
  NtHealth health = nt_health_of_link_state (adapter->state);

  box->facts = format_speed (adapter, adapter->speed_mbps);
  /* A free adapter without a carrier is not a fault. */
  describe (box, adapter->name, health == NT_HEALTH_FAULT ? NT_HEALTH_IDLE : health,
            nt_enum_label (&nt_link_state_enum, adapter->state), get_reason (adapter->reason), _("not in a team"));
}

/* Places free adapters below the teams, side by side, since they have no lines. */
static void
lay_out_free_adapters (Layout *layout)
{
  NtDiagram *diagram = layout->diagram;
  guint n_adapters = 0;

  for (guint i = 0; i < layout->state->adapters->len; i++)
    {
      const NtAdapter *adapter = layout->state->adapters->pdata[i];

      if (!is_free (adapter))
        continue;
      if (n_adapters == 0)
        {
          diagram->apart = (NtDiagramArea) { layout->line, layout->y, diagram->width - 2 * layout->line, layout->line };
          layout->y += layout->line + layout->line / 2;
        }
      add_free_adapter (layout, adapter, n_adapters++);
    }
  if (n_adapters > 0)
    layout->y += measure (layout, (n_adapters + N_COLUMNS - 1) / N_COLUMNS) + layout->line * LINES_BETWEEN_TEAMS;
}

/**
 * nt_diagram_new:
 * @line_height: of text, in pixels
 *
 * Lays out adapters, teams and interfaces from left to right and the teams from top to bottom. Adapters without a team
 * are placed below all teams.
 *
 * Returns: (transfer full): the layout
 */
NtDiagram *
nt_diagram_new (const NtState *state, int line_height)
{
  NtDiagram *self = g_new0 (NtDiagram, 1);
  Layout layout = { self, state, line_height, line_height };

  self->boxes = g_ptr_array_new_with_free_func (box_free);
  self->lines = g_array_new (FALSE, FALSE, sizeof (NtDiagramLine));
  self->width = line_height * (2 + N_COLUMNS * BOX_WIDTH + (N_COLUMNS - 1) * COLUMN_GAP);
  for (guint i = 0; i < state->teams->len; i++)
    lay_out_team (&layout, state->teams->pdata[i]);
  lay_out_free_adapters (&layout);
  self->height = layout.y;
  return self;
}

static void
mirror_area (const NtDiagram *self, NtDiagramArea *area)
{
  area->x = self->width - area->x - area->width;
}

/**
 * nt_diagram_mirror:
 *
 * Mirrors the diagram for right-to-left languages.
 */
void
nt_diagram_mirror (NtDiagram *self)
{
  for (guint i = 0; i < self->boxes->len; i++)
    mirror_area (self, &((NtDiagramBox *) self->boxes->pdata[i])->area);
  for (guint i = 0; i < self->lines->len; i++)
    {
      NtDiagramLine *line = &g_array_index (self->lines, NtDiagramLine, i);

      line->x1 = self->width - line->x1;
      line->x2 = self->width - line->x2;
    }
  mirror_area (self, &self->apart);
}

void
nt_diagram_free (NtDiagram *self)
{
  g_ptr_array_unref (self->boxes);
  g_array_unref (self->lines);
  g_free (self);
}
