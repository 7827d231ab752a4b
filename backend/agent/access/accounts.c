/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/agent/access/accounts.h"

#include "backend/agent/base/clock.h"
#include "backend/agent/base/limits.h"

/* Clients often make several calls in a row, each over a connection of its own. */
#define FRESH_US (5 * G_USEC_PER_SEC)

struct _NtAccounts
{
  GObject parent_instance;

  NtAccountFunc func;
  GHashTable *users; /* user id -> User */
  GQueue queue;      /* of User, borrowed, that wait for a thread */
  guint n_threads;
};

/* A user who is being looked up, or was a short time ago. */
typedef struct
{
  NtAccounts *accounts; /* borrowed */
  uid_t uid;
  NtAccount *account; /* NULL = not known yet */
  gint64 known_at;    /* microseconds on the monotonic clock */
  gboolean is_asked;  /* in the queue or in a thread; all callers share one look-up */
  GQueue waiters;     /* of Waiter */
} User;

/* A caller of nt_accounts_get_async(). */
typedef struct
{
  User *user;
  GTask *task;
  guint timeout;
  gulong cancelled_handler;
} Waiter;

G_DEFINE_TYPE (NtAccounts, nt_accounts, G_TYPE_OBJECT)

static void
user_free (gpointer data)
{
  User *user = data;

  g_clear_pointer (&user->account, nt_account_unref);
  g_free (user);
}

static gboolean
is_fresh (const User *user)
{
  return user->account != NULL && nt_clock_get_monotonic_us () - user->known_at < FRESH_US;
}

static gboolean
is_outdated_cb (gpointer key, gpointer value, gpointer user_data)
{
  const User *user = value;

  return !user->is_asked && !is_fresh (user);
}

/* Others are forgotten when a new user comes, so that the table only contains those who are presently calling. */
static User *
find_user (NtAccounts *self, uid_t uid)
{
  User *user = g_hash_table_lookup (self->users, GUINT_TO_POINTER (uid));

  if (user == NULL)
    {
      g_hash_table_foreach_remove (self->users, is_outdated_cb, NULL);
      user = g_new0 (User, 1);
      user->accounts = self;
      user->uid = uid;
      g_queue_init (&user->waiters);
      g_hash_table_insert (self->users, GUINT_TO_POINTER (uid), user);
    }
  return user;
}

/* Ends the wait; the caller returns a result to the task. */
static GTask *
stop_waiting (Waiter *waiter)
{
  GTask *task = waiter->task;

  g_queue_remove (&waiter->user->waiters, waiter);
  nt_clock_clear (&waiter->timeout);
  g_clear_signal_handler (&waiter->cancelled_handler, g_task_get_cancellable (task));
  g_free (waiter);
  return task;
}

static gboolean
timeout_cb (gpointer user_data)
{
  Waiter *waiter = user_data;
  g_autoptr (GTask) task = NULL;

  waiter->timeout = 0;
  task = stop_waiting (waiter);
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "no answer within %d ms", NT_LIMIT_LOOK_UP_MS);
  return G_SOURCE_REMOVE;
}

static void
cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  g_autoptr (GTask) task = stop_waiting (user_data);

  g_task_return_error_if_cancelled (task);
}

static void
wait_for (User *user, GTask *task)
{
  GCancellable *cancellable = g_task_get_cancellable (task);
  Waiter *waiter = g_new0 (Waiter, 1);

  waiter->user = user;
  waiter->task = task;
  waiter->timeout = nt_clock_add_timeout (NT_LIMIT_LOOK_UP_MS, timeout_cb, waiter);
  if (cancellable != NULL)
    waiter->cancelled_handler = g_signal_connect (cancellable, "cancelled", G_CALLBACK (cancelled_cb), waiter);
  g_queue_push_tail (&user->waiters, waiter);
}

/* A value in, a value out: the thread sees nothing else. */
typedef struct
{
  NtAccountFunc func;
  uid_t uid;
} Question;

static void
unref_account (gpointer account)
{
  nt_account_unref (account);
}

static void
look_up_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const Question *question = task_data;

  g_task_return_pointer (task, question->func (question->uid), unref_account);
}

static void start_threads (NtAccounts *self);

static void
looked_up_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  User *user = user_data;
  g_autoptr (NtAccounts) self = user->accounts;

  self->n_threads--;
  user->is_asked = FALSE;
  g_clear_pointer (&user->account, nt_account_unref);
  user->account = g_task_propagate_pointer (G_TASK (result), NULL);
  user->known_at = nt_clock_get_monotonic_us ();
  while (!g_queue_is_empty (&user->waiters))
    {
      g_autoptr (GTask) task = stop_waiting (g_queue_peek_head (&user->waiters));

      g_task_return_pointer (task, nt_account_ref (user->account), unref_account);
    }
  start_threads (self);
}

/* A look-up that never ends keeps its thread, so their number is limited. */
static void
start_threads (NtAccounts *self)
{
  while (self->n_threads < NT_LIMIT_LOOK_UP_THREADS && !g_queue_is_empty (&self->queue))
    {
      User *user = g_queue_pop_head (&self->queue);
      g_autoptr (GTask) task = g_task_new (NULL, NULL, looked_up_cb, user);
      Question *question = g_new0 (Question, 1);

      question->func = self->func;
      question->uid = user->uid;
      g_task_set_task_data (task, question, g_free);
      self->n_threads++;
      /* Not by the task, which the thread may be the last to release. */
      g_object_ref (self);
      g_task_run_in_thread (task, look_up_in_thread);
    }
}

static void
nt_accounts_finalize (GObject *object)
{
  NtAccounts *self = NT_ACCOUNTS (object);

  g_queue_clear (&self->queue);
  g_hash_table_unref (self->users);
  G_OBJECT_CLASS (nt_accounts_parent_class)->finalize (object);
}

static void
nt_accounts_class_init (NtAccountsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = nt_accounts_finalize;
}

static void
nt_accounts_init (NtAccounts *self)
{
  self->users = g_hash_table_new_full (NULL, NULL, NULL, user_free);
  g_queue_init (&self->queue);
}

/**
 * nt_accounts_new:
 * @func: looks up one account, such as nt_account_look_up()
 *
 * Returns: (transfer full): accounts that are looked up by @func
 */
NtAccounts *
nt_accounts_new (NtAccountFunc func)
{
  NtAccounts *self = g_object_new (NT_TYPE_ACCOUNTS, NULL);

  self->func = func;
  return self;
}

/**
 * nt_accounts_get_async:
 * @uid: a user id
 * @cancellable: (nullable): stops waiting
 *
 * Finds the account of a user. An answer that is less than 5 s old is used again. Otherwise the user is looked up in a
 * thread; a look-up cannot be interrupted, but after %NT_LIMIT_LOOK_UP_MS nobody waits for it any longer.
 */
void
nt_accounts_get_async (NtAccounts *self,
                       uid_t uid,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  User *user = find_user (self, uid);

  if (g_task_return_error_if_cancelled (task))
    return;
  if (is_fresh (user))
    {
      g_task_return_pointer (task, nt_account_ref (user->account), unref_account);
      return;
    }
  wait_for (user, g_steal_pointer (&task));
  if (!user->is_asked)
    g_queue_push_tail (&self->queue, user);
  user->is_asked = TRUE;
  start_threads (self);
}

/**
 * nt_accounts_get_finish:
 * @error: G_IO_ERROR_TIMED_OUT or G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the account
 */
NtAccount *
nt_accounts_get_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
