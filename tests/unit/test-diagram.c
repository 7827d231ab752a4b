/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/diagram/diagram-svg.h"
#include "fake-agent.h"

#define LINE 10

static void
add_member (NtTeam *team, const char *adapter, int state, int reason)
{
  NtMember *member = nt_member_new ();

  member->adapter = g_strdup (adapter);
  member->state = state;
  member->reason = reason;
  member->speed_mbps = reason < 0 ? 1000 : -1;
  g_ptr_array_add (team->members, member);
}

static void
add_interface (NtTeam *team, const char *device, gint64 vlan)
{
  NtInterface *interface = nt_interface_new ();

  interface->name = g_strdup (device);
  interface->device = g_strdup (device);
  interface->vlan = vlan;
  interface->state = NT_LINK_STATE_ACTIVE;
  interface->reason = -1;
  interface->speed_mbps = 1000;
  g_ptr_array_add (team->interfaces, interface);
}

/* A team of three adapters with two interfaces, one team without interfaces, two other adapters, and a port of a
 * bridge. */
static NtState *
make_network (void)
{
  NtState *state = make_state ();
  NtTeam *team = state->teams->pdata[0];
  NtAdapter *port = make_adapter ("nic4", NULL);

  add_member (team, "nic1", NT_LINK_STATE_ACTIVE, -1);
  add_member (team, "gone1", NT_LINK_STATE_FAULTED, NT_REASON_ADAPTER_NOT_PRESENT);
  add_member (team, "spare1", NT_LINK_STATE_STANDBY, -1);
  team->speed_mbps = 1000;
  add_interface (team, "Team1", 0);
  add_interface (team, "Team1.42", 42);
  g_ptr_array_add (state->teams, make_team ("t2", "<2>", NT_STATUS_FAULT));
  g_ptr_array_add (port->obstacles, g_strdup ("bridge_port"));
  g_ptr_array_add (state->adapters, port);
  return state;
}

static const struct
{
  NtDiagramKind kind;
  const char *key;
  NtHealth health;
  int x;
  int y;
  const char *summary;
} boxes[] = {
  { NT_DIAGRAM_ADAPTER, "nic1", NT_HEALTH_OK, 10, 10, "nic1, Active, member of Team1, 1 Gb/s" },
  { NT_DIAGRAM_ADAPTER, "gone1", NT_HEALTH_FAULT, 10, 55, "gone1, Faulted, Adapter not present, member of Team1" },
  { NT_DIAGRAM_ADAPTER, "spare1", NT_HEALTH_IDLE, 10, 100, "spare1, Standby, member of Team1, 1 Gb/s" },
  { NT_DIAGRAM_TEAM, "t1", NT_HEALTH_OK, 190, 55, "Team1, OK, team, Static Teaming · 1 Gb/s" },
  { NT_DIAGRAM_INTERFACE, "Team1", NT_HEALTH_OK, 370, 32, "Team1, Active, interface of Team1, 1 Gb/s" },
  { NT_DIAGRAM_INTERFACE, "Team1.42", NT_HEALTH_OK, 370, 77, "Team1.42, Active, interface of Team1, VLAN 42 · 1 Gb/s" },
  { NT_DIAGRAM_TEAM, "t2", NT_HEALTH_FAULT, 190, 150, "<2>, Fault, team, Static Teaming" },
  { NT_DIAGRAM_ADAPTER, "nic2", NT_HEALTH_OK, 10, 215, "nic2, Active, not in a team, 1 Gb/s" },
  { NT_DIAGRAM_ADAPTER, "nic3", NT_HEALTH_OK, 190, 215, "nic3, Active, not in a team, 1 Gb/s" },
};

static const NtDiagramLine lines[] = {
  { 150, 30, 190, 75, NT_HEALTH_OK },    { 150, 75, 190, 75, NT_HEALTH_FAULT }, { 150, 120, 190, 75, NT_HEALTH_IDLE },
  { 330, 75, 370, 52, NT_HEALTH_OK },    { 330, 75, 370, 97, NT_HEALTH_OK },
};

static void
test_layout (void)
{
  g_autoptr (NtState) state = make_network ();
  g_autoptr (NtDiagram) diagram = nt_diagram_new (state, LINE);

  g_assert_cmpuint (diagram->boxes->len, ==, G_N_ELEMENTS (boxes));
  for (gsize i = 0; i < G_N_ELEMENTS (boxes); i++)
    {
      const NtDiagramBox *box = diagram->boxes->pdata[i];

      g_assert_cmpint (box->kind, ==, boxes[i].kind);
      g_assert_cmpstr (box->key, ==, boxes[i].key);
      g_assert_cmpint (box->health, ==, boxes[i].health);
      g_assert_cmpint (box->area.x, ==, boxes[i].x);
      g_assert_cmpint (box->area.y, ==, boxes[i].y);
      g_assert_cmpstr (box->summary, ==, boxes[i].summary);
    }
  g_assert_cmpmem (diagram->lines->data, diagram->lines->len * sizeof (NtDiagramLine), lines, sizeof lines);
  g_assert_cmpint (diagram->width, ==, 520);
  g_assert_cmpint (diagram->height, ==, 265);
  g_assert_cmpint (diagram->apart.y, ==, 200);
}

static void
test_mirrored (void)
{
  g_autoptr (NtState) state = make_network ();
  g_autoptr (NtDiagram) diagram = nt_diagram_new (state, LINE);

  nt_diagram_mirror (diagram);
  for (gsize i = 0; i < G_N_ELEMENTS (boxes); i++)
    g_assert_cmpint (((NtDiagramBox *) diagram->boxes->pdata[i])->area.x, ==, 520 - boxes[i].x - 140);
  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    g_assert_cmpint (g_array_index (diagram->lines, NtDiagramLine, i).x1, ==, 520 - lines[i].x1);
}

static void
test_empty (void)
{
  g_autoptr (NtState) state = nt_state_new ();
  g_autoptr (NtDiagram) diagram = nt_diagram_new (state, LINE);

  g_assert_cmpuint (diagram->boxes->len, ==, 0);
  g_assert_cmpint (diagram->apart.height, ==, 0);
  g_assert_cmpint (diagram->width, ==, 520);
}

static void
count_text (GMarkupParseContext *context, const char *text, gsize length, gpointer user_data, GError **error)
{
  if (strncmp (text, "<2>", length) == 0)
    (*(guint *) user_data)++;
}

/* Names are shown as text, never as markup. */
static void
test_svg (void)
{
  static const GMarkupParser parser = { .text = count_text };
  g_autoptr (NtState) state = make_network ();
  g_autoptr (NtDiagram) diagram = nt_diagram_new (state, LINE);
  g_autofree char *svg = nt_diagram_to_svg (diagram, LINE, "A & B", FALSE);
  guint n_names = 0;
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, 0, &n_names, NULL);
  g_autoptr (GError) error = NULL;

  g_markup_parse_context_parse (context, svg, -1, &error);
  g_assert_no_error (error);
  g_markup_parse_context_end_parse (context, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_names, ==, 1);
  g_assert_nonnull (strstr (svg, "A &amp; B"));
  g_assert_nonnull (strstr (svg, "stroke-dasharray=\"6 5\""));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/diagram/layout", test_layout);
  g_test_add_func ("/diagram/mirrored", test_mirrored);
  g_test_add_func ("/diagram/empty", test_empty);
  g_test_add_func ("/diagram/svg", test_svg);
  return g_test_run ();
}
