/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/agent/access/accounts.h"
#include "backend/agent/base/clock.h"
#include "backend/agent/base/limits.h"

#include <unistd.h>

/* A user database that replies for users above this number only while it is open, like an LDAP server that is not
 * reachable. */
#define FIRST_SLOW 1000

static struct
{
  GMutex mutex;
  GCond changed;
  gboolean is_open;
  guint n_asked;
  guint n_waiting;
  guint most_waiting;
} database;

static NtAccount *
look_up (uid_t uid)
{
  const NtAccessGroups groups = { 500, 501 };
  g_autofree char *name = g_strdup_printf ("user%u", uid);

  g_mutex_lock (&database.mutex);
  database.n_asked++;
  database.n_waiting++;
  database.most_waiting = MAX (database.most_waiting, database.n_waiting);
  while (uid >= FIRST_SLOW && !database.is_open)
    g_cond_wait (&database.changed, &database.mutex);
  database.n_waiting--;
  g_mutex_unlock (&database.mutex);
  return nt_account_new (name, &groups);
}

static void
open_database (gboolean is_open)
{
  g_mutex_lock (&database.mutex);
  database.is_open = is_open;
  g_cond_broadcast (&database.changed);
  g_mutex_unlock (&database.mutex);
}

/* A clock that stands still until it is advanced. One timeout per caller is enough here. */
static struct
{
  gint64 now_us;
  GHashTable *timeouts; /* id -> Timeout */
  guint last;
} standing;

typedef struct
{
  gint64 at_us;
  GSourceFunc func;
  gpointer user_data;
} Timeout;

static gint64
get_standing (void)
{
  return standing.now_us;
}

static guint
add_standing (guint milliseconds, GSourceFunc func, gpointer user_data)
{
  Timeout *timeout = g_new0 (Timeout, 1);

  timeout->at_us = standing.now_us + milliseconds * 1000;
  timeout->func = func;
  timeout->user_data = user_data;
  g_hash_table_insert (standing.timeouts, GUINT_TO_POINTER (++standing.last), timeout);
  return standing.last;
}

static void
remove_standing (guint id)
{
  g_assert_true (g_hash_table_remove (standing.timeouts, GUINT_TO_POINTER (id)));
}

static const NtClock standing_clock = { get_standing, get_standing, add_standing, remove_standing };

static void
put_forward (guint milliseconds)
{
  standing.now_us += milliseconds * 1000;
  for (guint id = 1; id <= standing.last; id++)
    {
      const Timeout *timeout = g_hash_table_lookup (standing.timeouts, GUINT_TO_POINTER (id));

      if (timeout != NULL && timeout->at_us <= standing.now_us)
        {
          GSourceFunc func = timeout->func;
          gpointer user_data = timeout->user_data;

          g_hash_table_remove (standing.timeouts, GUINT_TO_POINTER (id));
          g_assert_false (func (user_data));
        }
    }
}

typedef struct
{
  NtAccounts *accounts;
} Fixture;

typedef struct
{
  gboolean is_done;
  NtAccount *account;
  GError *error;
} Answer;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  standing.timeouts = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  standing.last = 0;
  nt_clock_set (&standing_clock);
  open_database (FALSE);
  database.n_asked = database.most_waiting = 0;
  fixture->accounts = nt_accounts_new (look_up);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  GObject *last = G_OBJECT (fixture->accounts);

  g_object_add_weak_pointer (last, (gpointer *) &last);
  open_database (TRUE);
  g_object_unref (fixture->accounts);
  /* Threads that are still in the database keep it alive. */
  while (last != NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (g_hash_table_size (standing.timeouts), ==, 0);
  g_hash_table_unref (standing.timeouts);
  nt_clock_set (NULL);
}

static void
got_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Answer *answer = user_data;

  answer->account = nt_accounts_get_finish (result, &answer->error);
  answer->is_done = TRUE;
}

static void
ask (Fixture *fixture, uid_t uid, Answer *answer)
{
  nt_accounts_get_async (fixture->accounts, uid, NULL, got_cb, answer);
}

static void
wait_for (const Answer *answer)
{
  while (!answer->is_done)
    g_main_context_iteration (NULL, TRUE);
}

static void
clear (Answer *answer)
{
  g_clear_pointer (&answer->account, nt_account_unref);
  g_clear_error (&answer->error);
}

/* While the database does not reply for one user, another one is looked up. */
static void
test_slow (Fixture *fixture, gconstpointer data)
{
  Answer slow = { 0 };
  Answer fast = { 0 };

  ask (fixture, FIRST_SLOW, &slow);
  ask (fixture, 7, &fast);
  wait_for (&fast);
  g_assert_cmpstr (fast.account->name, ==, "user7");
  g_assert_cmpint (fast.account->groups.manage, ==, 500);
  g_assert_false (slow.is_done);
  open_database (TRUE);
  wait_for (&slow);
  g_assert_cmpstr (slow.account->name, ==, "user1000");
  clear (&slow);
  clear (&fast);
}

/* All calls of a user share a look-up, and its result is reused for 5 s. */
static void
test_shared (Fixture *fixture, gconstpointer data)
{
  Answer answers[3] = { 0 };

  ask (fixture, FIRST_SLOW, &answers[0]);
  ask (fixture, FIRST_SLOW, &answers[1]);
  open_database (TRUE);
  wait_for (&answers[0]);
  wait_for (&answers[1]);
  put_forward (4999);
  ask (fixture, FIRST_SLOW, &answers[2]);
  wait_for (&answers[2]);
  g_assert_cmpuint (database.n_asked, ==, 1);
  put_forward (1);
  clear (&answers[2]);
  answers[2].is_done = FALSE;
  ask (fixture, FIRST_SLOW, &answers[2]);
  wait_for (&answers[2]);
  g_assert_cmpuint (database.n_asked, ==, 2);
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_assert_no_error (answers[i].error);
      clear (&answers[i]);
    }
}

/* After 10 s the callers give up; a later call shares the look-up that is still running. */
static void
test_timeout (Fixture *fixture, gconstpointer data)
{
  Answer first = { 0 };
  Answer second = { 0 };

  ask (fixture, FIRST_SLOW, &first);
  put_forward (NT_LIMIT_LOOK_UP_MS - 1);
  ask (fixture, FIRST_SLOW, &second);
  put_forward (1);
  wait_for (&first);
  g_assert_error (first.error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
  g_assert_false (second.is_done);
  open_database (TRUE);
  wait_for (&second);
  g_assert_no_error (second.error);
  g_assert_cmpuint (database.n_asked, ==, 1);
  clear (&first);
  clear (&second);
}

/* A connection that is closed during the look-up. */
static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Answer gone = { 0 };
  Answer other = { 0 };

  nt_accounts_get_async (fixture->accounts, FIRST_SLOW, cancellable, got_cb, &gone);
  ask (fixture, FIRST_SLOW, &other);
  g_cancellable_cancel (cancellable);
  wait_for (&gone);
  g_assert_error (gone.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  open_database (TRUE);
  wait_for (&other);
  g_assert_no_error (other.error);
  clear (&gone);
  clear (&other);
}

/* Look-ups that hang for many users do not occupy all threads of the agent; calls that wait for a thread are denied
 * in time too. */
static void
test_threads (Fixture *fixture, gconstpointer data)
{
  Answer answers[3 * NT_LIMIT_LOOK_UP_THREADS] = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    ask (fixture, FIRST_SLOW + i, &answers[i]);
  put_forward (NT_LIMIT_LOOK_UP_MS);
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      wait_for (&answers[i]);
      g_assert_error (answers[i].error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
      clear (&answers[i]);
      answers[i].is_done = FALSE;
      ask (fixture, FIRST_SLOW + i, &answers[i]);
    }
  open_database (TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      wait_for (&answers[i]);
      g_assert_no_error (answers[i].error);
      clear (&answers[i]);
    }
  g_assert_cmpuint (database.n_asked, ==, G_N_ELEMENTS (answers));
  g_assert_cmpuint (database.most_waiting, <=, NT_LIMIT_LOOK_UP_THREADS);
}

/* The system's own database. */
static void
test_system (void)
{
  g_autoptr (NtAccount) nobody = nt_account_look_up (4000000001);
  g_autoptr (NtAccount) root = nt_account_look_up (0);

  g_assert_cmpstr (nobody->name, ==, "4000000001");
  g_assert_cmpstr (root->name, ==, "root");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/accounts/slow", Fixture, NULL, set_up, test_slow, tear_down);
  g_test_add ("/accounts/shared", Fixture, NULL, set_up, test_shared, tear_down);
  g_test_add ("/accounts/timeout", Fixture, NULL, set_up, test_timeout, tear_down);
  g_test_add ("/accounts/cancelled", Fixture, NULL, set_up, test_cancelled, tear_down);
  g_test_add ("/accounts/threads", Fixture, NULL, set_up, test_threads, tear_down);
  g_test_add_func ("/accounts/system", test_system);
  return g_test_run ();
}
