/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/agent/engine/store.h"
#include "hosts.h"

#include <glib/gstdio.h>

typedef struct
{
  char *directory;
  char *path;
  char *lock;
  NtStore *store;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->directory = g_dir_make_tmp ("nicteam-store-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->directory, "teams.json", NULL);
  fixture->lock = g_build_filename (fixture->directory, "lock", NULL);
  fixture->store = nt_store_open (fixture->directory, NULL);
  g_assert_nonnull (fixture->store);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  nt_store_close (fixture->store);
  g_autofree char *previous = g_build_filename (fixture->directory, "teams.json.previous", NULL);

  g_unlink (previous);
  g_unlink (fixture->path);
  g_unlink (fixture->lock);
  g_rmdir (fixture->directory);
  g_free (fixture->path);
  g_free (fixture->lock);
  g_free (fixture->directory);
}

static void
test_second_agent (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (nt_store_open (fixture->directory, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_AGAIN);
}

static void
test_empty (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NtDefinitions) wanted = nt_store_load (fixture->store, &error);

  g_assert_no_error (error);
  g_assert_cmpint (wanted->generation, ==, 0);
  g_assert_cmpuint (wanted->teams->len, ==, 0);
}

static void
test_round_trip (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NtDefinitions) wanted = wanted_of (team_spec ("t", "nic1"));
  g_autoptr (NtDefinitions) again = NULL;
  NtTeamSpec *spec = wanted->teams->pdata[0];

  g_free (spec->name);
  spec->name = g_strdup ("Équipe");
  spec->mode = NT_MODE_LACP;
  g_assert_true (nt_store_save (fixture->store, wanted, &error));
  again = nt_store_load (fixture->store, &error);
  g_assert_no_error (error);
  g_assert_true (nt_record_equal (wanted, again));
}

typedef struct
{
  const char *name;
  const char *text;
} Case;

#define TEAM(id) \
  "{\"id\":\"" id "\",\"name\":\"T\",\"device\":\"T\",\"members\":[\"nic1\"],\"mode\":\"lacp\",\"balance\":\"dynamic\"," \
  "\"lacp_timer\":\"slow\",\"up_delay_ms\":0,\"interfaces\":[{\"vlan\":0,\"device\":\"T\"}]}"

static const Case damaged_cases[] = {
  { "empty", "" },
  { "not-json", "teams" },
  { "cut-short", "{\"version\":1,\"generation\":" },
  { "array", "[]" },
  { "wrong-type", "{\"version\":1,\"generation\":1,\"teams\":{}}" },
  { "no-name", "{\"version\":1,\"generation\":1,\"teams\":[{\"id\":\"t\",\"members\":[]}]}" },
  { "incomplete", "{\"version\":1,\"generation\":1,\"teams\":[{\"id\":\"t\",\"name\":\"T\",\"members\":[]}]}" },
  { "same-device", "{\"version\":1,\"generation\":1,\"teams\":[" TEAM ("1") "," TEAM ("2") "]}" },
};

static void
save_generation (Fixture *fixture, gint64 generation)
{
  g_autoptr (NtDefinitions) wanted = nt_definitions_new ();

  wanted->generation = generation;
  g_assert_true (nt_store_save (fixture->store, wanted, NULL));
}

/* A damaged file is set aside and reported, and the previous one is used. */
static void
test_damaged (Fixture *fixture, gconstpointer data)
{
  const Case *test = data;
  g_autofree char *aside = g_build_filename (fixture->directory, "teams.json.damaged", NULL);
  g_autofree char *previous = g_build_filename (fixture->directory, "teams.json.previous", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (NtDefinitions) wanted = NULL;

  save_generation (fixture, 1);
  save_generation (fixture, 2);
  g_assert_null (nt_store_get_notice (fixture->store));
  g_assert_true (g_file_set_contents (fixture->path, test->text, -1, NULL));
  g_test_expect_message ("nicteam-agent", G_LOG_LEVEL_WARNING, "*damaged*");
  wanted = nt_store_load (fixture->store, &error);
  g_test_assert_expected_messages ();
  g_assert_no_error (error);
  g_assert_cmpint (wanted->generation, ==, 1);
  g_assert_nonnull (g_strstr_len (nt_store_get_notice (fixture->store), -1, aside));
  g_assert_true (g_file_get_contents (aside, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, test->text);
  g_unlink (aside);
  g_unlink (previous);
}

static void
test_damaged_first (Fixture *fixture, gconstpointer data)
{
  g_autofree char *aside = g_build_filename (fixture->directory, "teams.json.damaged", NULL);
  g_autoptr (NtDefinitions) wanted = NULL;

  g_assert_true (g_file_set_contents (fixture->path, "{", -1, NULL));
  g_test_expect_message ("nicteam-agent", G_LOG_LEVEL_WARNING, "*no team is managed*");
  wanted = nt_store_load (fixture->store, NULL);
  g_test_assert_expected_messages ();
  g_assert_cmpuint (wanted->teams->len, ==, 0);
  g_unlink (aside);
}

/* Older definitions would be the wrong ones: the administrator who went back to an older agent must decide. */
static void
test_newer (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (fixture->path, "{\"version\":3,\"generation\":1,\"teams\":[]}", -1, NULL));
  g_assert_null (nt_store_load (fixture->store, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOSYS);
  g_assert_nonnull (g_strstr_len (error->message, -1, "newer agent"));
  g_assert_nonnull (g_strstr_len (error->message, -1, fixture->path));
}

static void
test_checkpoint (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NtCheckpoint) checkpoint = nt_checkpoint_new ();
  g_autoptr (NtCheckpoint) again = NULL;

  checkpoint->generation = 3;
  checkpoint->before = nt_target_new ();
  g_ptr_array_add (checkpoint->before->absent, g_strdup ("t"));
  g_assert_null (nt_store_load_checkpoint (fixture->store, &error));
  g_assert_true (nt_store_save_checkpoint (fixture->store, checkpoint, &error));
  again = nt_store_load_checkpoint (fixture->store, &error);
  g_assert_no_error (error);
  g_assert_true (nt_record_equal (checkpoint, again));
  nt_store_drop_checkpoint (fixture->store);
  g_assert_null (nt_store_load_checkpoint (fixture->store, &error));
  g_assert_no_error (error);
}

/* An agent that refused to start because of a damaged checkpoint would leave the machine without its teams. */
static void
test_damaged_checkpoint (Fixture *fixture, gconstpointer data)
{
  static const char *const texts[] = {
    "{",
    "{\"generation\":0}",
    "{\"generation\":0,\"before\":{\"links\":[{\"name\":\"t\",\"kind\":\"bond\",\"up\":true}],\"absent\":[]}}",
    "{\"generation\":0,\"before\":{\"links\":[],\"absent\":[\"a name that is too long\"]}}",
  };
  g_autofree char *path = g_build_filename (fixture->directory, "checkpoint.json", NULL);
  g_autofree char *aside = g_build_filename (fixture->directory, "checkpoint.json.damaged", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (g_file_set_contents (path, texts[i], -1, NULL));
      g_test_expect_message ("nicteam-agent", G_LOG_LEVEL_WARNING, "*could not be rolled back*");
      g_assert_null (nt_store_load_checkpoint (fixture->store, &error));
      g_test_assert_expected_messages ();
      g_assert_no_error (error);
      g_assert_nonnull (g_strstr_len (nt_store_get_notice (fixture->store), -1, aside));
      g_assert_cmpint (g_unlink (aside), ==, 0);
    }
}

static void
copy_store (const char *from, const char *to)
{
  g_autoptr (GDir) folder = g_dir_open (from, 0, NULL);
  const char *name;

  g_assert_nonnull (folder);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *source = g_build_filename (from, name, NULL);
      g_autofree char *target = g_build_filename (to, name, NULL);
      g_autofree char *text = NULL;

      g_assert_true (g_file_get_contents (source, &text, NULL, NULL));
      g_assert_true (g_file_set_contents (target, text, -1, NULL));
    }
}

static void
empty_folder (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      g_unlink (file);
    }
}

/* Files written by each released agent, with a change that waited to be confirmed, load in all later versions. */
static void
test_earlier (Fixture *fixture, gconstpointer version)
{
  g_autofree char *folder = g_build_filename (g_getenv ("NICTEAM_STORES"), version, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (NtDefinitions) definitions = NULL;
  g_autoptr (NtHistory) history = NULL;
  g_autoptr (NtCheckpoint) checkpoint = NULL;
  g_autoptr (NtDefinitions) again = NULL;
  const NtTeamSpec *spec;

  copy_store (folder, fixture->directory);
  definitions = nt_store_load (fixture->store, &error);
  g_assert_no_error (error);
  g_assert_null (nt_store_get_notice (fixture->store));
  g_assert_cmpint (definitions->generation, ==, 2);
  g_assert_cmpuint (definitions->teams->len, ==, 2);
  spec = nt_definitions_find (definitions, "Team1");
  g_assert_cmpint (spec->mode, ==, NT_MODE_LACP);
  g_assert_cmpint (spec->up_delay_ms, ==, 500);
  g_assert_cmpstr (((NtTeamSpec *) definitions->teams->pdata[1])->name, ==, "Zwei – drei");

  history = nt_store_load_history (fixture->store);
  g_assert_cmpuint (history->entries->len, ==, 2);
  g_assert_cmpint (((NtHistoryEntry *) history->entries->pdata[0])->time_s, >, 1700000000);
  g_assert_nonnull (nt_history_find_undoable (history));
  checkpoint = nt_store_load_checkpoint (fixture->store, &error);
  g_assert_no_error (error);
  g_assert_nonnull (checkpoint);
  g_assert_cmpstr (checkpoint->entry->who, ==, "root");

  g_assert_true (nt_store_save (fixture->store, definitions, &error));
  again = nt_store_load (fixture->store, &error);
  g_assert_true (nt_record_equal (definitions, again));
  empty_folder (fixture->directory);
}

/* A single changed character is damage, even if the content is still JSON. */
static void
test_checksum (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;
  g_autoptr (GString) changed = NULL;
  g_autoptr (NtDefinitions) definitions = NULL;
  g_autoptr (GError) error = NULL;

  save_generation (fixture, 5);
  g_assert_true (g_file_get_contents (fixture->path, &text, NULL, NULL));
  g_assert_true (g_str_has_prefix (text, "{\n  \"version\" : 2,"));
  changed = g_string_new (text);
  g_assert_cmpuint (g_string_replace (changed, "\"generation\" : 5", "\"generation\" : 6", 1), ==, 1);
  g_assert_true (g_file_set_contents (fixture->path, changed->str, -1, NULL));
  g_test_expect_message ("nicteam-agent", G_LOG_LEVEL_WARNING, "*checksum*");
  definitions = nt_store_load (fixture->store, &error);
  g_test_assert_expected_messages ();
  g_assert_no_error (error);
  g_assert_cmpint (definitions->generation, ==, 0);
  empty_folder (fixture->directory);
}

#define ADD(path, data, func) g_test_add (path, Fixture, data, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/store/second-agent", NULL, test_second_agent);
  ADD ("/store/empty", NULL, test_empty);
  ADD ("/store/round-trip", NULL, test_round_trip);
  ADD ("/store/checkpoint", NULL, test_checkpoint);
  ADD ("/store/damaged-first", NULL, test_damaged_first);
  ADD ("/store/damaged-checkpoint", NULL, test_damaged_checkpoint);
  ADD ("/store/newer", NULL, test_newer);
  ADD ("/store/earlier/0.1.0", "0.1.0", test_earlier);
  ADD ("/store/earlier/0.2.0", "0.2.0", test_earlier);
  ADD ("/store/checksum", NULL, test_checksum);
  for (guint i = 0; i < G_N_ELEMENTS (damaged_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/store/damaged/", damaged_cases[i].name, NULL);

      ADD (path, &damaged_cases[i], test_damaged);
    }
  return g_test_run ();
}
