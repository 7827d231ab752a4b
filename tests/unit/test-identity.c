/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/model/team/identity.h"
#include "hosts.h"

/* An adapter as words: "name mac bus"; "-" stands for nothing, "p" before an address for a permanent one. */
static void
add_adapter (NtSnapshot *snapshot, const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", 3);
  NtLink *link = host_add_link (snapshot, words[0], NT_LINK_ADAPTER);

  g_free (link->mac);
  link->mac = g_strdup (*words[1] == 'p' ? words[1] + 1 : words[1]);
  link->permanent_mac = *words[1] == 'p' ? g_strdup (words[1] + 1) : NULL;
  link->bus = g_str_equal (words[2], "-") ? NULL : g_strdup (words[2]);
}

static NtSnapshot *
host_of (const char *const *adapters)
{
  NtSnapshot *snapshot = nt_snapshot_new ();

  for (guint i = 0; adapters[i] != NULL; i++)
    add_adapter (snapshot, adapters[i]);
  return snapshot;
}

static char *
join (const GPtrArray *strings)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < strings->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "", (const char *) strings->pdata[i]);
  return g_string_free (text, FALSE);
}

/* A team of "a" and "b" is defined on the first host, and its adapters are looked up on the second one. */
static const struct
{
  const char *name;
  const char *defined_on[4];
  const char *found_on[4];
  const char *members; /* names on the second host */
  const char *usable;  /* those of them that were not replaced */
} cases[] = {
  { "same", { "a p1 s1", "b p2 s2" }, { "a p1 s1", "b p2 s2" }, "a b", "a b" },
  { "renamed", { "a p1 s1", "b p2 s2" }, { "x p1 s1", "b p2 s2" }, "x b", "x b" },
  { "other slot", { "a p1 s1", "b p2 s2" }, { "a p1 s7", "b p2 s2" }, "a b", "a b" },
  { "names swapped", { "a p1 s1", "b p2 s2" }, { "b p1 s1", "a p2 s2" }, "b a", "b a" },
  { "name taken over", { "a p1 s1", "b p2 s2" }, { "a p9 s9", "c p1 s1", "b p2 s2" }, "c b", "c b" },
  { "replaced", { "a p1 s1", "b p2 s2" }, { "a p9 s1", "b p2 s2" }, "a b", "b" },
  { "missing", { "a p1 s1", "b p2 s2" }, { "b p2 s2" }, "a b", "a b" },
  { "address shared, slot tells", { "a p1 s1", "b p1 s2" }, { "x p1 s2", "y p1 s1" }, "y x", "y x" },
  { "no permanent address, another one", { "a 1 s1", "b 2 s2" }, { "a 7 s1", "b 2 s2" }, "a b", "a b" },
  { "no permanent address, another slot", { "a 1 s1", "b 2 s2" }, { "a 7 s5", "b 2 s2" }, "a b", "b" },
  { "no slot, another address", { "a 1 -", "b 2 -" }, { "a 7 -", "b 2 -" }, "a b", "b" },
};

static void
test_case (gconstpointer data)
{
  const guint i = GPOINTER_TO_UINT (data);
  g_autoptr (NtSnapshot) before = host_of (cases[i].defined_on);
  g_autoptr (NtSnapshot) now = host_of (cases[i].found_on);
  g_autoptr (NtTeamSpec) spec = team_spec ("t", "a b");
  g_autoptr (NtTeamSpec) followed = NULL;
  g_autoptr (NtTeamSpec) usable = NULL;
  g_autofree char *members = NULL;
  g_autofree char *left = NULL;

  spec->standby = g_strdup ("b");
  nt_identity_note (spec, NULL, before);
  followed = nt_identity_follow (spec, now);
  if (followed == NULL)
    followed = nt_team_spec_ref (spec);
  g_assert_null (nt_identity_follow (followed, now));
  members = join (followed->members);
  g_assert_cmpstr (members, ==, cases[i].members);
  g_assert_cmpstr (followed->standby, ==, followed->members->pdata[1]);
  usable = nt_identity_leave_out_replaced (followed, now);
  left = join (usable->members);
  g_assert_cmpstr (left, ==, cases[i].usable);
}

/* The identity of a missing member is kept, whatever else is changed of the team meanwhile. */
static void
test_absence (void)
{
  static const char *const both[] = { "a p1 s1", "b p2 s2", NULL };
  static const char *const one[] = { "b p2 s2", NULL };
  static const char *const back[] = { "x p1 s1", "b p2 s2", NULL };
  g_autoptr (NtSnapshot) before = host_of (both);
  g_autoptr (NtSnapshot) meanwhile = host_of (one);
  g_autoptr (NtSnapshot) after = host_of (back);
  g_autoptr (NtTeamSpec) first = team_spec ("t", "a b");
  g_autoptr (NtTeamSpec) second = team_spec ("t", "a b");
  g_autoptr (NtTeamSpec) followed = NULL;

  nt_identity_note (first, NULL, before);
  nt_identity_note (second, first, meanwhile);
  followed = nt_identity_follow (second, after);
  g_assert_cmpstr (followed->members->pdata[0], ==, "x");
}

/* A definition of an older agent has no identities: names are used until identities are known. */
static void
test_unknown (void)
{
  static const char *const host[] = { "a p1 s1", "b p2 s2", NULL };
  g_autoptr (NtSnapshot) snapshot = host_of (host);
  g_autoptr (NtTeamSpec) spec = team_spec ("t", "a b");
  g_autoptr (NtTeamSpec) followed = nt_identity_follow (spec, snapshot);

  g_assert_cmpuint (followed->identities->len, ==, 2);
  g_assert_cmpstr (((NtAdapterIdentity *) followed->identities->pdata[1])->mac, ==, "2");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/identity/%s", cases[i].name);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_case);
    }
  g_test_add_func ("/identity/absence", test_absence);
  g_test_add_func ("/identity/unknown", test_unknown);
  return g_test_run ();
}
