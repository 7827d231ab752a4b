/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/model/base/record-json.h"
#include "backend/model/history/change-history.h"

#define SPEC(id, name) "{\"id\":\"" id "\",\"name\":\"" name "\",\"members\":[\"nic1\"]}"

typedef struct
{
  const char *name;
  const char *before; /* definitions before the change */
  const char *after;  /* and after it */
  const char *wanted; /* definitions at the time of the undo */
  const char *undo;
  const char *words;
} Case;

static const Case cases[] = {
  { "created", "", SPEC ("1", "a"), SPEC ("1", "a"), "{\"remove\":[\"1\"]}", "a created" },
  { "changed", SPEC ("1", "a"), SPEC ("1", "b"), SPEC ("1", "b"), "{\"set\":[" SPEC ("1", "a") "]}", "b changed" },
  /* The id is removed with the team. */
  { "deleted", SPEC ("1", "a"), "", "", "{\"set\":[{\"name\":\"a\",\"members\":[\"nic1\"]}]}", "a deleted" },
  { "replaced", SPEC ("1", "a"), SPEC ("2", "b"), SPEC ("2", "b"),
    "{\"set\":[{\"name\":\"a\",\"members\":[\"nic1\"]}],\"remove\":[\"2\"]}", "b created, a deleted" },
  { "gone-since", "", SPEC ("1", "a"), "", "{}", "a created" },
};

static void
parse_specs (GPtrArray *into, const char *list)
{
  g_autofree char *text = g_strdup_printf ("{\"generation\":0,\"teams\":[%s]}", list);
  g_autoptr (GError) error = NULL;
  g_autoptr (NtDefinitions) wanted = nt_record_from_text (&nt_definitions_type, text, NT_JSON_STRICT, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < wanted->teams->len; i++)
    g_ptr_array_add (into, nt_team_spec_ref (wanted->teams->pdata[i]));
}

static void
test_undo (gconstpointer data)
{
  const Case *test = data;
  g_autoptr (NtHistoryEntry) entry = nt_history_entry_new ();
  g_autoptr (NtDefinitions) wanted = nt_definitions_new ();
  g_autoptr (NtRequest) undo = NULL;
  g_autoptr (NtRequest) expected = nt_record_from_text (&nt_request_type, test->undo, NT_JSON_STRICT, NULL);
  g_autofree char *words = NULL;

  parse_specs (entry->before, test->before);
  parse_specs (entry->after, test->after);
  parse_specs (wanted->teams, test->wanted);
  undo = nt_history_entry_make_undo (entry, wanted);
  g_assert_true (nt_record_equal (undo, expected));
  words = nt_history_entry_describe (entry);
  g_assert_cmpstr (words, ==, test->words);
}

/* Only a confirmed change can be undone; one that only enabled or disabled an adapter has no definition to restore. */
static void
test_which (void)
{
  g_autoptr (NtHistory) history = nt_history_new ();
  g_autoptr (NtHistoryEntry) of_team = nt_history_entry_new ();
  g_autoptr (NtHistoryEntry) of_link = nt_history_entry_new ();
  const struct
  {
    NtHistoryEntry *entry;
    NtOutcome outcome;
  } rows[] = { { of_team, NT_OUTCOME_KEPT },
               { of_team, NT_OUTCOME_REVERTED },
               { of_team, NT_OUTCOME_FAILED },
               { of_link, NT_OUTCOME_KEPT } };

  g_assert_null (nt_history_find_undoable (history));
  of_team->generation = 7;
  parse_specs (of_team->after, SPEC ("1", "a"));
  g_ptr_array_add (of_link->links, g_strdup ("nic1"));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      NtHistory *longer = nt_history_add (history, rows[i].entry, rows[i].outcome);

      nt_history_unref (history);
      history = longer;
    }
  g_assert_cmpint (nt_history_find_undoable (history)->generation, ==, 7);
  g_assert_true (nt_history_find_undoable (history) == history->entries->pdata[3]);
}

static void
test_limit (void)
{
  g_autoptr (NtHistory) history = nt_history_new ();

  for (gint64 i = 1; i <= NT_HISTORY_MAX + 5; i++)
    {
      g_autoptr (NtHistoryEntry) entry = nt_history_entry_new ();
      NtHistory *longer;

      entry->generation = i;
      longer = nt_history_add (history, entry, NT_OUTCOME_KEPT);
      nt_history_unref (history);
      history = longer;
    }
  g_assert_cmpuint (history->entries->len, ==, NT_HISTORY_MAX);
  g_assert_cmpint (((NtHistoryEntry *) history->entries->pdata[0])->generation, ==, NT_HISTORY_MAX + 5);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/history/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_undo);
    }
  g_test_add_func ("/history/which", test_which);
  g_test_add_func ("/history/limit", test_limit);
  return g_test_run ();
}
