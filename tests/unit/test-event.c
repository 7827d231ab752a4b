/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/model/history/event.h"
#include "hosts.h"

/* nic1 and nic2 in the bond "t" of that definition, nic3 and nic4 on their own. */
static NtSnapshot *
make_host (void)
{
  NtSnapshot *snapshot = host_with_adapters (4);
  NtLink *bond = host_add_bond (snapshot, "t", NT_BOND_8023AD, "nic1 nic2");

  bond->bond->partner_mac = g_strdup ("02:00:00:00:00:aa");
  bond->bond->active_member = g_strdup ("nic1");
  bond->alias = g_strdup ("");
  return snapshot;
}

static void
pull (NtSnapshot *snapshot)
{
  host_get_link (snapshot, "nic2")->carrier = FALSE;
}

static void
pull_alone (NtSnapshot *snapshot)
{
  host_get_link (snapshot, "nic3")->carrier = FALSE;
}

static void
fail_over (NtSnapshot *snapshot)
{
  NtBond *bond = host_get_link (snapshot, "t")->bond;

  g_free (bond->active_member);
  bond->active_member = g_strdup ("nic2");
}

static void
lose_active (NtSnapshot *snapshot)
{
  g_clear_pointer (&host_get_link (snapshot, "t")->bond->active_member, g_free);
}

static void
lose_partner (NtSnapshot *snapshot)
{
  NtBond *bond = host_get_link (snapshot, "t")->bond;

  g_free (bond->partner_mac);
  bond->partner_mac = g_strdup ("00:00:00:00:00:00");
}

static void
unplug (NtSnapshot *snapshot)
{
  g_ptr_array_remove (snapshot->links, host_get_link (snapshot, "nic4"));
}

static void
plug (NtSnapshot *snapshot)
{
  host_add_link (snapshot, "nic5", NT_LINK_ADAPTER);
}

static void
add_foreign_bond (NtSnapshot *snapshot)
{
  host_add_bond (snapshot, "other", NT_BOND_BALANCE_RR, "");
}

static void
take_down (NtSnapshot *snapshot)
{
  host_get_link (snapshot, "t")->mtu = 1400;
}

static const struct
{
  const char *name;
  void (*change) (NtSnapshot *snapshot);
  const char *events; /* one line each, preceded by the team */
} cases[] = {
  { "nothing", NULL, "" },
  { "pulled", pull, "T|nic2: Faulted, Media disconnected\nT|Warning\n" },
  { "pulled-alone", pull_alone, "-|nic3: Faulted, Media disconnected\n" },
  { "failover", fail_over, "T|Receiving member changed from nic1 to nic2\n" },
  { "no-active", lose_active, "T|No member receives any more\n" },
  { "no-partner", lose_partner, "T|LACP partner 02:00:00:00:00:aa disappeared\n" },
  { "unplugged", unplug, "-|nic4 disappeared\n" },
  { "plugged", plug, "-|nic5 appeared\n" },
  { "team", add_foreign_bond, "other|Appeared\n" },
  { "drift", take_down, "T|The MTU of t is 1400; it should be 1500.\n" },
};

static char *
put_in_lines (const GPtrArray *events)
{
  GString *lines = g_string_new (NULL);

  for (guint i = 0; i < events->len; i++)
    {
      const NtEvent *event = events->pdata[i];
      g_autofree char *words = nt_event_describe (event);

      g_string_append_printf (lines, "%s|%s\n", event->team ? event->team : "-", words);
    }
  return g_string_free (lines, FALSE);
}

static NtDefinitions *
make_wanted (void)
{
  NtTeamSpec *spec = team_spec ("t", "nic1 nic2");
  NtDefinitions *wanted;

  spec->mode = NT_MODE_LACP;
  spec->mtu = 1500;
  wanted = wanted_of (spec);
  spec = wanted->teams->pdata[0];
  g_free (spec->name);
  spec->name = g_strdup ("T");
  return wanted;
}

static void
test_case (gconstpointer data)
{
  const guint i = GPOINTER_TO_UINT (data);
  g_autoptr (NtDefinitions) wanted = make_wanted ();
  g_autoptr (NtSnapshot) host = make_host ();
  g_autoptr (NtState) before = state_of (host, wanted);
  g_autoptr (NtState) after = NULL;
  g_autoptr (GPtrArray) events = NULL;
  g_autofree char *lines = NULL;

  if (cases[i].change != NULL)
    cases[i].change (host);
  after = state_of (host, wanted);
  events = nt_events_find (before, after);
  lines = put_in_lines (events);
  g_assert_cmpstr (lines, ==, cases[i].events);
}

static void
test_change (void)
{
  g_autoptr (NtHistoryEntry) entry = nt_history_entry_new ();
  g_autoptr (NtEvent) event = NULL;
  g_autofree char *words = NULL;

  entry->who = g_strdup ("anna");
  g_ptr_array_add (entry->before, team_spec ("old", "nic1"));
  g_ptr_array_add (entry->after, team_spec ("new", "nic1"));
  event = nt_event_of_change (entry, NT_OUTCOME_REVERTED);
  words = nt_event_describe (event);
  g_assert_cmpstr (words, ==, "A change by anna was reverted");
  g_assert_cmpstr (event->team, ==, "new, old");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/event/%s", cases[i].name);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_case);
    }
  g_test_add_func ("/event/change", test_change);
  return g_test_run ();
}
