/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "agent/store.h"

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
  g_autoptr (NtWanted) wanted = nt_store_load (fixture->store, &error);

  g_assert_no_error (error);
  g_assert_cmpint (wanted->generation, ==, 0);
  g_assert_cmpuint (wanted->teams->len, ==, 0);
}

static void
test_round_trip (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NtWanted) wanted = nt_store_load (fixture->store, NULL);
  g_autoptr (NtWanted) again = NULL;
  NtTeamSpec *spec = nt_team_spec_new ();

  spec->id = g_strdup ("1");
  spec->name = g_strdup ("Équipe");
  spec->mode = NT_MODE_LACP;
  g_ptr_array_add (spec->members, g_strdup ("nic1"));
  g_ptr_array_add (wanted->teams, spec);
  g_assert_true (nt_store_save (fixture->store, wanted, &error));
  again = nt_store_load (fixture->store, &error);
  g_assert_no_error (error);
  g_assert_true (nt_record_equal (wanted, again));
}

typedef struct
{
  const char *name;
  const char *text;
  const char *message; /* a part of it */
} Case;

static const Case broken_cases[] = {
  { "empty", "", "damaged" },
  { "not-json", "teams", "damaged" },
  { "cut-short", "{\"version\":1,\"generation\":", "damaged" },
  { "array", "[]", "damaged" },
  { "wrong-type", "{\"version\":1,\"generation\":1,\"teams\":{}}", "damaged" },
  { "newer", "{\"version\":2,\"generation\":1,\"teams\":[]}", "newer agent" },
};

static void
test_broken (Fixture *fixture, gconstpointer data)
{
  const Case *test = data;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (fixture->path, test->text, -1, NULL));
  g_assert_null (nt_store_load (fixture->store, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL);
  g_assert_nonnull (g_strstr_len (error->message, -1, test->message));
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

#define ADD(path, data, func) g_test_add (path, Fixture, data, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/store/second-agent", NULL, test_second_agent);
  ADD ("/store/empty", NULL, test_empty);
  ADD ("/store/round-trip", NULL, test_round_trip);
  ADD ("/store/checkpoint", NULL, test_checkpoint);
  for (guint i = 0; i < G_N_ELEMENTS (broken_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/store/broken/", broken_cases[i].name, NULL);

      ADD (path, &broken_cases[i], test_broken);
    }
  return g_test_run ();
}
