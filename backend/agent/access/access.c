/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/agent/access/access.h"

#include "backend/agent/base/clock.h"

#include "backend/agent/access/throttle.h"
#include "backend/agent/base/limits.h"
#include "backend/model/base/record-json.h"
#include "backend/varlink/wire/error.h"

#define ACTION_READ "io.github.nicteam.agent.read"
#define ACTION_MANAGE "io.github.nicteam.agent.manage"

/* All methods of the interface; any method that is missing here is denied to everyone. */
static const NtAccessRule rules[] = {
  { "GetAccess", NT_ACCESS_NONE, 20 },
  { "GetState", NT_ACCESS_READ, 50 },
  { "GetAdapter", NT_ACCESS_READ, 50 },
  { "GetTeamFeatures", NT_ACCESS_READ, 50 },
  { "Subscribe", NT_ACCESS_READ, 50 },
  { "SubscribeStatistics", NT_ACCESS_READ, 50 },
  { "GetHistory", NT_ACCESS_READ, 50 },
  { "GetEvents", NT_ACCESS_READ, 50 },
  { "Apply", NT_ACCESS_MANAGE, 250 },
  { "Confirm", NT_ACCESS_MANAGE, 50 },
  { "Revert", NT_ACCESS_MANAGE, 250 },
  { "Undo", NT_ACCESS_MANAGE, 250 },
};

struct _NtAccessGate
{
  NtAccounts *accounts;
  NtPolkit *polkit;
  NtThrottle *throttle;
};

/* A call whose access is being checked. */
typedef struct
{
  NtAccessGate *gate;
  NtVarlinkCall *call;
  const NtAccessRule *rule;
  NtCaller *caller;
  NtAccessLevel asked; /* level that polkit is currently asked about */
  GCancellable *cancellable;
} PendingCheck;

static void
pending_check_free (PendingCheck *check)
{
  g_signal_handlers_disconnect_by_data (check->call, check->cancellable);
  g_object_unref (check->cancellable);
  g_object_unref (check->call);
  nt_caller_free (check->caller);
  g_free (check);
}

static void
deny (NtVarlinkCall *call, const NtAccessRule *rule, gboolean groups_unknown)
{
  g_autoptr (NtAccessDenial) denial = nt_access_denial_new ();
  g_autoptr (JsonObject) parameters = NULL;
  g_autofree char *who = nt_caller_describe (call);

  g_info ("Denied %s to %s%s", rule->method, who, groups_unknown ? ", whose groups could not be looked up" : "");
  denial->level = MAX (rule->level, NT_ACCESS_READ);
  denial->groups_unknown = groups_unknown;
  denial->message = g_strdup (nt_access_explain_denial (rule->level, groups_unknown));
  parameters = nt_record_to_json (denial);
  nt_varlink_call_reply_error (call, NT_VARLINK_ACCESS_DENIED, parameters);
}

/* Ends the check. The level is attached to the call for nt_access_reply(). */
static void
finish_with_level (PendingCheck *check, NtAccessLevel level)
{
  if (level >= check->rule->level)
    {
      g_object_set_data (G_OBJECT (check->call), "nt-access-level", GINT_TO_POINTER (level + 1));
      nt_varlink_call_admit (check->call);
    }
  else
    deny (check->call, check->rule, FALSE);
  pending_check_free (check);
}

static void ask_polkit (PendingCheck *check, NtAccessLevel level);

static void
checked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PendingCheck *check = user_data;
  gboolean is_allowed = nt_polkit_check_finish (result);

  if (is_allowed)
    finish_with_level (check, check->asked);
  else if (check->rule->level == NT_ACCESS_NONE && check->asked == NT_ACCESS_MANAGE)
    ask_polkit (check, NT_ACCESS_READ);
  else
    finish_with_level (check, NT_ACCESS_NONE);
}

/* Querying one's access level must not prompt for a password. */
static void
ask_polkit (PendingCheck *check, NtAccessLevel level)
{
  check->asked = level;
  nt_polkit_check_async (check->gate->polkit, check->caller, level == NT_ACCESS_MANAGE ? ACTION_MANAGE : ACTION_READ,
                         check->rule->level != NT_ACCESS_NONE, check->cancellable, checked_cb, check);
}

static void
decide (PendingCheck *check, const NtAccessGroups *groups)
{
  NtAccessLevel wanted = check->rule->level;
  NtAccessLevel level = nt_access_judge (check->caller, groups);

  if (level != NT_ACCESS_NONE && level >= wanted)
    finish_with_level (check, level);
  else
    ask_polkit (check, wanted == NT_ACCESS_NONE ? NT_ACCESS_MANAGE : wanted);
}

static void
looked_up_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PendingCheck *check = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (NtAccount) account = nt_accounts_get_finish (result, &error);

  if (nt_varlink_call_is_closed (check->call))
    pending_check_free (check);
  else if (account != NULL)
    {
      nt_caller_set_name (check->call, account->name);
      decide (check, &account->groups);
    }
  else
    {
      deny (check->call, check->rule, TRUE);
      pending_check_free (check);
    }
}

/* root is never looked up, so that the agent can be used while the user database does not respond. */
static void
look_up (PendingCheck *check)
{
  static const NtAccessGroups none = { -1, -1 };

  if (check->caller->uid == 0)
    {
      nt_caller_set_name (check->call, "root");
      decide (check, &none);
    }
  else
    nt_accounts_get_async (check->gate->accounts, check->caller->uid, check->cancellable, looked_up_cb, check);
}

static gboolean
waited_cb (gpointer user_data)
{
  PendingCheck *check = user_data;

  if (nt_varlink_call_is_closed (check->call))
    pending_check_free (check);
  else
    look_up (check);
  return G_SOURCE_REMOVE;
}

/* Returns the delay for a caller who has recently used too much time of the agent. */
static gint64
charge (NtAccessGate *self, const NtCaller *caller, const NtAccessRule *rule)
{
  if (caller->uid == 0)
    return 0;
  return nt_throttle_charge (self->throttle, caller->uid, rule->cost_ms, nt_clock_get_monotonic_us () / 1000);
}

static PendingCheck *
pending_check_new (NtAccessGate *gate, NtVarlinkCall *call, const NtAccessRule *rule, NtCaller *caller)
{
  PendingCheck *check = g_new0 (PendingCheck, 1);

  check->gate = gate;
  check->call = g_object_ref (call);
  check->rule = rule;
  check->caller = caller;
  check->cancellable = g_cancellable_new ();
  g_signal_connect_swapped (call, "closed", G_CALLBACK (g_cancellable_cancel), check->cancellable);
  return check;
}

static void
gate_cb (NtVarlinkCall *call, gpointer user_data)
{
  NtAccessGate *self = user_data;
  const NtAccessRule *rule = nt_access_find_rule (nt_varlink_call_get_method (call));
  NtCaller *caller = nt_caller_new (nt_varlink_call_get_socket (call));
  PendingCheck *check;
  gint64 delay;

  if (rule == NULL || caller == NULL)
    {
      g_clear_pointer (&caller, nt_caller_free);
      nt_varlink_call_reply_error (call, NT_VARLINK_PERMISSION_DENIED, NULL);
      return;
    }
  check = pending_check_new (self, call, rule, caller);
  delay = charge (self, caller, rule);
  if (delay > 0)
    nt_clock_add_timeout ((guint) delay, waited_cb, check);
  else
    look_up (check);
}

/**
 * nt_access_find_rule:
 * @full_name: a method including its interface
 *
 * Returns: (nullable): the requirements of the method; %NULL if no one may call it
 */
const NtAccessRule *
nt_access_find_rule (const char *full_name)
{
  if (!g_str_has_prefix (full_name, VARLINK_INTERFACE "."))
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    if (g_str_equal (rules[i].method, full_name + strlen (VARLINK_INTERFACE ".")))
      return &rules[i];
  return NULL;
}

static gboolean
is_in_group (const NtCaller *caller, gint64 group)
{
  for (guint i = 0; i < caller->groups->len; i++)
    if (group == (gint64) g_array_index (caller->groups, gid_t, i))
      return TRUE;
  return FALSE;
}

/**
 * nt_access_judge:
 * @groups: the groups of this system
 *
 * Returns: the access level that the caller has without asking polkit
 */
NtAccessLevel
nt_access_judge (const NtCaller *caller, const NtAccessGroups *groups)
{
  if (caller->uid == 0 || is_in_group (caller, groups->manage))
    return NT_ACCESS_MANAGE;
  return is_in_group (caller, groups->read) ? NT_ACCESS_READ : NT_ACCESS_NONE;
}

/**
 * nt_access_gate_new:
 * @accounts: (transfer full): tells the groups of this system
 * @polkit: (transfer full): decides on callers that are not in a group
 *
 * Returns: (transfer full): a gate
 */
NtAccessGate *
nt_access_gate_new (NtAccounts *accounts, NtPolkit *polkit)
{
  NtAccessGate *self = g_new0 (NtAccessGate, 1);

  self->accounts = accounts;
  self->polkit = polkit;
  self->throttle = nt_throttle_new (NT_LIMIT_BURST_MS);
  return self;
}

void
nt_access_gate_free (NtAccessGate *self)
{
  g_object_unref (self->accounts);
  nt_polkit_free (self->polkit);
  nt_throttle_free (self->throttle);
  g_free (self);
}

/**
 * nt_access_gate_attach:
 * @self: a gate; must outlive the connections of @server
 *
 * Checks all calls of @server, except those of org.varlink.service.
 */
void
nt_access_gate_attach (NtAccessGate *self, NtVarlinkService *server)
{
  nt_varlink_service_set_gate (server, gate_cb, self);
}

/**
 * nt_access_reply:
 * @call: a call of GetAccess that has passed the gate
 * @user_data: unused
 *
 * Answers the call.
 */
void
nt_access_reply (NtVarlinkCall *call, gpointer user_data)
{
  g_autoptr (NtNothing) nothing = nt_varlink_call_read (call, &nt_nothing_type);
  g_autoptr (NtAccess) access = nt_access_new ();
  g_autoptr (JsonObject) parameters = NULL;

  if (nothing == NULL)
    return;
  access->level = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (call), "nt-access-level")) - 1;
  access->user = nt_caller_describe (call);
  parameters = nt_record_to_json (access);
  nt_varlink_call_reply (call, parameters);
}
