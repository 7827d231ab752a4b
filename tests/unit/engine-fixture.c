/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "engine-fixture.h"

#include "backend/model/base/record-json.h"
#include "hosts.h"

#include <glib/gstdio.h>


static void
count_changed (NtEngine *engine, gpointer user_data)
{
  ((Fixture *) user_data)->n_changed++;
}

void
fixture_start_engine (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NtHost) host = nt_host_new ();
  NtStore *store = nt_store_open (fixture->directory, &error);

  g_assert_no_error (error);
  host->hostname = g_strdup ("server1");
  fixture->engine = nt_engine_new (NT_KERNEL (fixture->kernel), store, host, &error);
  g_assert_no_error (error);
  g_signal_connect (fixture->engine, "changed", G_CALLBACK (count_changed), fixture);
}

/* Takes @snapshot. */
void
fixture_set_up_on (Fixture *fixture, NtSnapshot *snapshot)
{
  fixture->directory = g_dir_make_tmp ("nicteam-engine-XXXXXX", NULL);
  fixture->kernel = nt_memory_kernel_new (snapshot);
  fixture_start_engine (fixture);
}

void
fixture_set_up (Fixture *fixture, gconstpointer data)
{
  fixture_set_up_on (fixture, host_with_adapters (4));
}

void
fixture_tear_down (Fixture *fixture, gconstpointer data)
{
  static const char *const files[] = { "teams.json", "checkpoint.json", "history.json", "teams.json.previous", "lock", "boot" };

  g_clear_object (&fixture->engine);
  g_clear_object (&fixture->kernel);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (fixture->directory, files[i], NULL);

      g_unlink (path);
    }
  g_rmdir (fixture->directory);
  g_free (fixture->directory);
}

static char *
read_file (Fixture *fixture, const char *name)
{
  g_autofree char *path = g_build_filename (fixture->directory, name, NULL);
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, NULL);
  return text;
}

static void
write_file (Fixture *fixture, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (fixture->directory, name, NULL);

  if (text != NULL)
    g_file_set_contents (path, text, -1, NULL);
  else
    g_unlink (path);
}

void
fixture_progress_cb (const NtOperation *operation, gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->n_progress++;
  if (fixture->n_progress != fixture->freeze_at)
    return;
  fixture->frozen.snapshot = nt_kernel_read (NT_KERNEL (fixture->kernel), NT_READ_ROUTES, NULL);
  fixture->frozen.teams = read_file (fixture, "teams.json");
  fixture->frozen.checkpoint = read_file (fixture, "checkpoint.json");
}

/* Restores the saved moment, with a new agent, as if the old one had crashed then. */
void
fixture_thaw (Fixture *fixture)
{
  Moment *moment = &fixture->frozen;

  g_clear_object (&fixture->engine);
  g_clear_object (&fixture->kernel);
  write_file (fixture, "teams.json", moment->teams);
  write_file (fixture, "checkpoint.json", moment->checkpoint);
  fixture->kernel = nt_memory_kernel_new (g_steal_pointer (&moment->snapshot));
  g_clear_pointer (&moment->teams, g_free);
  g_clear_pointer (&moment->checkpoint, g_free);
  fixture_start_engine (fixture);
}

void
fixture_done_cb (const NtChange *change, gint64 generation, gpointer user_data)
{
  Fixture *fixture = user_data;

  if (change->reason != NULL)
    g_test_message ("%s: %s", change->failed ? change->failed->link : "store", change->reason);
  fixture->done = TRUE;
  fixture->result = change->result;
  fixture->undone = change->undone;
  fixture->generation = generation;
}

void
fixture_wait (Fixture *fixture)
{
  while (!fixture->done)
    g_main_context_iteration (NULL, TRUE);
}

void
fixture_begin (Fixture *fixture, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NtRequest) request = nt_record_from_text (&nt_request_type, text, NT_JSON_STRICT, &error);

  g_assert_no_error (error);
  fixture->done = FALSE;
  fixture->n_progress = 0;
  nt_change_queue_apply (nt_engine_get_queue (fixture->engine), request, "somebody", fixture_progress_cb, fixture_done_cb, fixture);
}

NtChangeResult
fixture_apply (Fixture *fixture, const char *text)
{
  fixture_begin (fixture, text);
  fixture_wait (fixture);
  return fixture->result;
}

/* All links as text, without options that a bond keeps for modes other than its own. */
char *
fixture_dump_kernel (Fixture *fixture)
{
  g_autoptr (NtSnapshot) snapshot = nt_kernel_read (NT_KERNEL (fixture->kernel), NT_READ_ROUTES, NULL);

  for (guint i = 0; i < snapshot->links->len; i++)
    {
      NtBond *bond = ((NtLink *) snapshot->links->pdata[i])->bond;
      g_autoptr (NtBondOptions) all = bond ? bond->options : NULL;
      NtBondChange change;

      if (bond != NULL)
        bond->options = nt_bond_options_difference (NULL, all, &change);
    }
  return nt_record_to_text (snapshot, FALSE);
}
