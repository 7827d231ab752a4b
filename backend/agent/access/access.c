/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/agent/access/access.h"

#include <grp.h>

#include "backend/agent/access/limits.h"
#include "backend/agent/access/throttle.h"
#include "backend/model/base/record-json.h"
#include "backend/varlink/wire/error.h"

#define ACTION_READ "io.github.nicteam.agent.read"
#define ACTION_MANAGE "io.github.nicteam.agent.manage"

/* Every method of the interface is here, or nobody may call it. */
static const NtAccessRule rules[] = {
  { "GetAccess", NT_ACCESS_NONE, 20 },
  { "GetState", NT_ACCESS_READ, 50 },
  { "GetAdapter", NT_ACCESS_READ, 50 },
  { "GetTeamFeatures", NT_ACCESS_READ, 50 },
  { "Subscribe", NT_ACCESS_READ, 50 },
  { "SubscribeStatistics", NT_ACCESS_READ, 50 },
  { "GetJournal", NT_ACCESS_READ, 50 },
  { "GetEvents", NT_ACCESS_READ, 50 },
  { "Apply", NT_ACCESS_MANAGE, 250 },
  { "Confirm", NT_ACCESS_MANAGE, 50 },
  { "Revert", NT_ACCESS_MANAGE, 250 },
  { "Undo", NT_ACCESS_MANAGE, 250 },
};

struct _NtAccessGate
{
  NtPolkit *polkit;
  NtThrottle *throttle;
};

/* A call that waits at the gate. */
typedef struct
{
  NtAccessGate *gate;
  NtVarlinkCall *call;
  const NtAccessRule *rule;
  NtCaller *caller;
  NtAccessLevel asked; /* of polkit */
  GCancellable *cancellable;
} Visit;

static void
visit_free (Visit *visit)
{
  g_signal_handlers_disconnect_by_data (visit->call, visit->cancellable);
  g_object_unref (visit->cancellable);
  g_object_unref (visit->call);
  nt_caller_free (visit->caller);
  g_free (visit);
}

static void
deny (NtVarlinkCall *call, const NtAccessRule *rule)
{
  g_autoptr (NtAccessDenial) denial = nt_access_denial_new ();
  g_autoptr (JsonObject) parameters = NULL;
  g_autofree char *who = nt_caller_describe (call);

  g_info ("%s may not call %s", who, rule->method);
  denial->level = rule->level;
  denial->message = g_strdup (nt_access_explain_denial (rule->level));
  parameters = nt_record_to_json (denial);
  nt_varlink_call_reply_error (call, NT_VARLINK_ACCESS_DENIED, parameters);
}

/* What somebody is told who asks what he may; see nt_access_tell(). */
static void
leave_with_level (Visit *visit, NtAccessLevel level)
{
  if (level >= visit->rule->level)
    {
      g_object_set_data (G_OBJECT (visit->call), "nt-access-level", GINT_TO_POINTER (level + 1));
      nt_varlink_call_admit (visit->call);
    }
  else
    deny (visit->call, visit->rule);
  visit_free (visit);
}

static void ask_polkit (Visit *visit, NtAccessLevel level);

static void
checked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Visit *visit = user_data;
  gboolean is_allowed = nt_polkit_check_finish (result);

  if (is_allowed)
    leave_with_level (visit, visit->asked);
  else if (visit->rule->level == NT_ACCESS_NONE && visit->asked == NT_ACCESS_MANAGE)
    ask_polkit (visit, NT_ACCESS_READ);
  else
    leave_with_level (visit, NT_ACCESS_NONE);
}

/* Who only wants to know what he may is not asked for a password. */
static void
ask_polkit (Visit *visit, NtAccessLevel level)
{
  visit->asked = level;
  nt_polkit_check_async (visit->gate->polkit, visit->caller, level == NT_ACCESS_MANAGE ? ACTION_MANAGE : ACTION_READ,
                         visit->rule->level != NT_ACCESS_NONE, visit->cancellable, checked_cb, visit);
}

static gint64
find_group (const char *name)
{
  const struct group *entry = getgrnam (name);

  return entry ? (gint64) entry->gr_gid : -1;
}

static void
decide (Visit *visit)
{
  NtAccessGroups groups = { find_group (NT_ACCESS_MANAGE_GROUP), find_group (NT_ACCESS_READ_GROUP) };
  NtAccessLevel wanted = visit->rule->level;
  NtAccessLevel level = nt_access_judge (visit->caller, &groups);

  if (level != NT_ACCESS_NONE && level >= wanted)
    leave_with_level (visit, level);
  else
    ask_polkit (visit, wanted == NT_ACCESS_NONE ? NT_ACCESS_MANAGE : wanted);
}

static gboolean
waited_cb (gpointer user_data)
{
  Visit *visit = user_data;

  if (nt_varlink_call_is_closed (visit->call))
    visit_free (visit);
  else
    decide (visit);
  return G_SOURCE_REMOVE;
}

/* How long a caller has to wait who has taken too much of late. */
static gint64
charge (NtAccessGate *self, const NtCaller *caller, const NtAccessRule *rule)
{
  if (caller->uid == 0)
    return 0;
  return nt_throttle_charge (self->throttle, caller->uid, rule->cost_ms, g_get_monotonic_time () / 1000);
}

static Visit *
visit_new (NtAccessGate *gate, NtVarlinkCall *call, const NtAccessRule *rule, NtCaller *caller)
{
  Visit *visit = g_new0 (Visit, 1);

  visit->gate = gate;
  visit->call = g_object_ref (call);
  visit->rule = rule;
  visit->caller = caller;
  visit->cancellable = g_cancellable_new ();
  g_signal_connect_swapped (call, "closed", G_CALLBACK (g_cancellable_cancel), visit->cancellable);
  return visit;
}

static void
gate_cb (NtVarlinkCall *call, gpointer user_data)
{
  NtAccessGate *self = user_data;
  const NtAccessRule *rule = nt_access_find_rule (nt_varlink_call_get_method (call));
  NtCaller *caller = nt_caller_new (nt_varlink_call_get_socket (call));
  Visit *visit;
  gint64 delay;

  if (rule == NULL || caller == NULL)
    {
      g_clear_pointer (&caller, nt_caller_free);
      nt_varlink_call_reply_error (call, NT_VARLINK_PERMISSION_DENIED, NULL);
      return;
    }
  visit = visit_new (self, call, rule, caller);
  delay = charge (self, caller, rule);
  if (delay > 0)
    g_timeout_add ((guint) delay, waited_cb, visit);
  else
    decide (visit);
}

/**
 * nt_access_find_rule:
 * @full_name: a method with its interface
 *
 * Returns: (nullable): what it wants of its caller; %NULL of a method that nobody may call
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
 * @caller: who calls
 * @groups: the groups of this system
 *
 * Returns: what he may do without polkit
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
 * @polkit: (transfer full): who decides of those who are in no group
 *
 * Returns: (transfer full): a gate
 */
NtAccessGate *
nt_access_gate_new (NtPolkit *polkit)
{
  NtAccessGate *self = g_new0 (NtAccessGate, 1);

  self->polkit = polkit;
  self->throttle = nt_throttle_new (NT_LIMIT_BURST_MS);
  return self;
}

void
nt_access_gate_free (NtAccessGate *self)
{
  nt_polkit_free (self->polkit);
  nt_throttle_free (self->throttle);
  g_free (self);
}

/**
 * nt_access_gate_guard:
 * @self: a gate; must be there as long as @server has connections
 * @server: a server
 *
 * Every call of @server goes through the gate from now on, but for those of org.varlink.service.
 */
void
nt_access_gate_guard (NtAccessGate *self, NtVarlinkService *server)
{
  nt_varlink_service_set_gate (server, gate_cb, self);
}

/**
 * nt_access_tell:
 * @call: a call of GetAccess that has come through the gate
 * @user_data: unused
 *
 * Answers it.
 */
void
nt_access_tell (NtVarlinkCall *call, gpointer user_data)
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
