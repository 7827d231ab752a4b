/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/model/base/record-json.h"
#include "engine-fixture.h"

#include <glib/gstdio.h>

#define REQUEST(confirm) "{\"set\":[{\"name\":\"t\",\"members\":[\"nic1\",\"nic2\"]}],\"confirm_s\":" confirm "}"

static const NtState *
get_state (Fixture *fixture)
{
  return nt_host_view_update_state (nt_engine_get_view (fixture->engine));
}

static const NtTeam *
find_team (Fixture *fixture)
{
  return nt_state_find_team (get_state (fixture), "t");
}

static gint64
connect_now (void)
{
  return g_get_monotonic_time () + 1;
}

static void
test_confirmed (Fixture *fixture, gconstpointer data)
{
  g_autofree char *reason = NULL;
  g_autofree char *id = NULL;

  g_assert_cmpint (fixture_apply (fixture, REQUEST ("60")), ==, NT_CHANGE_PENDING);
  g_assert_nonnull (find_team (fixture));
  g_assert_cmpint (get_state (fixture)->pending->remaining_s, ==, 60);
  g_assert_cmpstr (get_state (fixture)->pending->teams->pdata[0], ==, "t");
  id = g_strdup (get_state (fixture)->pending->id);

  g_assert_cmpint (nt_change_queue_confirm (nt_engine_get_queue (fixture->engine), "another", connect_now (), &reason), ==, NT_CONFIRM_RESULT_NOTHING_PENDING);
  g_assert_cmpint (nt_change_queue_confirm (nt_engine_get_queue (fixture->engine), id, 0, &reason), ==, NT_CONFIRM_RESULT_TOO_OLD);
  g_assert_cmpint (nt_change_queue_confirm (nt_engine_get_queue (fixture->engine), id, connect_now (), &reason), ==, NT_CONFIRM_RESULT_DONE);
  g_assert_null (get_state (fixture)->pending);
  g_assert_cmpint (nt_change_queue_confirm (nt_engine_get_queue (fixture->engine), NULL, connect_now (), &reason), ==, NT_CONFIRM_RESULT_NOTHING_PENDING);

  g_clear_object (&fixture->engine);
  fixture_start_engine (fixture);
  g_assert_nonnull (find_team (fixture));
}

/* After a revert the generation is new, so a client does not mistake the result for the change. */
static void
test_reverted (Fixture *fixture, gconstpointer data)
{
  g_autofree char *before = fixture_dump_kernel (fixture);
  g_autofree char *after = NULL;

  g_assert_cmpint (nt_change_queue_revert (nt_engine_get_queue (fixture->engine), NULL), ==, NT_CONFIRM_RESULT_NOTHING_PENDING);
  fixture_apply (fixture, REQUEST ("60"));
  g_assert_cmpint (get_state (fixture)->generation, ==, 1);
  g_assert_cmpint (nt_change_queue_revert (nt_engine_get_queue (fixture->engine), NULL), ==, NT_CONFIRM_RESULT_DONE);
  after = fixture_dump_kernel (fixture);
  g_assert_cmpstr (after, ==, before);
  g_assert_null (find_team (fixture));
  g_assert_null (get_state (fixture)->pending);
  g_assert_cmpint (get_state (fixture)->generation, ==, 2);
}

/* A client may send the next call before the reply has arrived, which shows that it can still reach the server. */
static void
revert_cb (const NtChange *change, gint64 generation, gpointer user_data)
{
  Fixture *fixture = user_data;

  g_assert_cmpint (nt_change_queue_revert (nt_engine_get_queue (fixture->engine), NULL), ==, NT_CONFIRM_RESULT_DONE);
  fixture->done = TRUE;
}

static void
test_reverted_at_once (Fixture *fixture, gconstpointer data)
{
  g_autoptr (NtRequest) request = nt_record_from_text (&nt_request_type, REQUEST ("60"), NT_JSON_STRICT, NULL);

  nt_change_queue_apply (nt_engine_get_queue (fixture->engine), request, "somebody", fixture_progress_cb, revert_cb, fixture);
  fixture_wait (fixture);
  g_assert_null (find_team (fixture));
  g_assert_null (get_state (fixture)->pending);
}

static void
test_nobody_confirms (Fixture *fixture, gconstpointer data)
{
  g_autofree char *before = fixture_dump_kernel (fixture);
  g_autofree char *after = NULL;

  nt_change_queue_set_confirm_seconds (nt_engine_get_queue (fixture->engine), 1);
  g_assert_cmpint (fixture_apply (fixture, REQUEST ("null")), ==, NT_CHANGE_PENDING);
  while (get_state (fixture)->pending != NULL)
    g_main_context_iteration (NULL, TRUE);
  after = fixture_dump_kernel (fixture);
  g_assert_cmpstr (after, ==, before);
}

static void
test_no_wish (Fixture *fixture, gconstpointer data)
{
  nt_change_queue_set_confirm_seconds (nt_engine_get_queue (fixture->engine), 60);
  g_assert_cmpint (fixture_apply (fixture, REQUEST ("0")), ==, NT_CHANGE_DONE);
  g_assert_null (get_state (fixture)->pending);
}

/* A change without operations on the kernel needs no confirmation. */
static void
test_nothing_to_do (Fixture *fixture, gconstpointer data)
{
  g_autofree char *again = NULL;

  fixture_apply (fixture, REQUEST ("0"));
  again = g_strdup_printf ("{\"set\":[{\"id\":\"%s\",\"name\":\"t\",\"members\":[\"nic1\",\"nic2\"]}],\"confirm_s\":60}",
                           find_team (fixture)->id);
  g_assert_cmpint (fixture_apply (fixture, again), ==, NT_CHANGE_DONE);
}

static void
test_busy (Fixture *fixture, gconstpointer data)
{
  g_autofree char *reason = NULL;

  fixture_apply (fixture, REQUEST ("60"));
  g_assert_cmpint (fixture_apply (fixture, "{\"remove\":[\"t\"]}"), ==, NT_CHANGE_BUSY);
  g_assert_cmpint (fixture_apply (fixture, "{\"remove\":[\"t\"],\"dry_run\":true}"), ==, NT_CHANGE_DONE);
  g_assert_nonnull (get_state (fixture)->pending);
  nt_change_queue_confirm (nt_engine_get_queue (fixture->engine), NULL, connect_now (), &reason);
  g_assert_cmpint (fixture_apply (fixture, "{\"remove\":[\"t\"]}"), ==, NT_CHANGE_DONE);
}

/* A new agent cannot tell if the change could have been confirmed. */
static void
test_agent_dies (Fixture *fixture, gconstpointer data)
{
  g_autofree char *before = fixture_dump_kernel (fixture);
  g_autofree char *after = NULL;

  fixture_apply (fixture, REQUEST ("60"));
  g_clear_object (&fixture->engine);
  fixture_start_engine (fixture);
  after = fixture_dump_kernel (fixture);
  g_assert_cmpstr (after, ==, before);
  g_assert_null (get_state (fixture)->pending);
}

/* A directory stands where the store's file should be. */
static void
test_disk_full (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->directory, "teams.json", NULL);
  g_autofree char *inside = g_build_filename (path, "x", NULL);
  g_autofree char *before = fixture_dump_kernel (fixture);
  g_autofree char *after = NULL;
  g_autofree char *reason = NULL;

  fixture_apply (fixture, REQUEST ("60"));
  g_assert_cmpint (g_mkdir_with_parents (inside, 0700), ==, 0);
  g_assert_cmpint (nt_change_queue_confirm (nt_engine_get_queue (fixture->engine), NULL, connect_now (), &reason), ==, NT_CONFIRM_RESULT_STORE_FAILED);
  g_assert_nonnull (reason);
  after = fixture_dump_kernel (fixture);
  g_assert_cmpstr (after, ==, before);
  g_assert_null (get_state (fixture)->pending);
  g_rmdir (inside);
  g_rmdir (path);
}

static const NtHistoryEntry *
get_entry (Fixture *fixture, guint index)
{
  return nt_change_queue_get_history (nt_engine_get_queue (fixture->engine))->entries->pdata[index];
}

/* The history has each change with its outcome, also after a restart and for a change that the next agent finds
 * unfinished. */
static void
test_history (Fixture *fixture, gconstpointer data)
{
  static const NtOutcome expected[] = { NT_OUTCOME_REVERTED, NT_OUTCOME_KEPT, NT_OUTCOME_FAILED, NT_OUTCOME_REVERTED };
  g_autofree char *reason = NULL;

  fixture_apply (fixture, REQUEST ("60"));
  nt_change_queue_revert (nt_engine_get_queue (fixture->engine), NULL);
  nt_memory_kernel_fail_at (fixture->kernel, 2);
  fixture_apply (fixture, REQUEST ("60"));
  fixture_apply (fixture, REQUEST ("60"));
  nt_change_queue_confirm (nt_engine_get_queue (fixture->engine), NULL, connect_now (), &reason);
  fixture_apply (fixture, "{\"remove\":[\"t\"],\"confirm_s\":60}");
  g_clear_object (&fixture->engine);
  fixture_start_engine (fixture);

  g_assert_cmpuint (nt_change_queue_get_history (nt_engine_get_queue (fixture->engine))->entries->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_assert_cmpint (get_entry (fixture, i)->outcome, ==, expected[i]);
      g_assert_cmpstr (get_entry (fixture, i)->who, ==, "somebody");
    }
}

static void
undo (Fixture *fixture)
{
  const NtHistoryEntry *later;
  g_autoptr (NtRequest) request = nt_change_queue_make_undo (nt_engine_get_queue (fixture->engine), NULL, &later);
  g_autofree char *text = nt_record_to_text (request, FALSE);

  g_assert_cmpint (fixture_apply (fixture, text), ==, NT_CHANGE_DONE);
}

/* An undo of an undo applies the change again, also where the team had been deleted. */
static void
test_undo (Fixture *fixture, gconstpointer data)
{
  g_autofree char *before = fixture_dump_kernel (fixture);
  g_autofree char *after = NULL;
  g_autofree char *done = NULL;
  g_autofree char *again = NULL;

  const NtHistoryEntry *later;

  g_assert_null (nt_change_queue_make_undo (nt_engine_get_queue (fixture->engine), NULL, &later));
  fixture_apply (fixture, REQUEST ("0"));
  done = fixture_dump_kernel (fixture);
  undo (fixture);
  after = fixture_dump_kernel (fixture);
  g_assert_cmpstr (after, ==, before);
  undo (fixture);
  again = fixture_dump_kernel (fixture);
  g_assert_cmpstr (again, ==, done);
}

/* An undo of a superseded change is refused, and the later change is named. */
static void
test_undo_of (Fixture *fixture, gconstpointer data)
{
  NtChangeQueue *queue = nt_engine_get_queue (fixture->engine);
  const NtHistoryEntry *later;
  g_autofree char *first = NULL;
  g_autoptr (NtRequest) request = NULL;

  fixture_apply (fixture, REQUEST ("0"));
  first = g_strdup (get_entry (fixture, 0)->id);
  g_assert_nonnull (first);
  fixture_apply (fixture, "{\"remove\":[\"t\"],\"confirm_s\":0}");
  g_assert_null (nt_change_queue_make_undo (queue, first, &later));
  g_assert_true (later == get_entry (fixture, 0));
  g_assert_null (nt_change_queue_make_undo (queue, "of-nothing", &later));
  g_assert_null (later);
  request = nt_change_queue_make_undo (queue, get_entry (fixture, 0)->id, &later);
  g_assert_nonnull (request);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/confirmation/confirmed", test_confirmed);
  ADD ("/confirmation/reverted", test_reverted);
  ADD ("/confirmation/reverted-at-once", test_reverted_at_once);
  ADD ("/confirmation/nobody-confirms", test_nobody_confirms);
  ADD ("/confirmation/no-wish", test_no_wish);
  ADD ("/confirmation/undo-of", test_undo_of);
  ADD ("/confirmation/nothing-to-do", test_nothing_to_do);
  ADD ("/confirmation/busy", test_busy);
  ADD ("/confirmation/agent-dies", test_agent_dies);
  ADD ("/confirmation/disk-full", test_disk_full);
  ADD ("/confirmation/history", test_history);
  ADD ("/confirmation/undo", test_undo);
  return g_test_run ();
}
