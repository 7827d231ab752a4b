/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fake-agent.h"

#include <glib/gstdio.h>

#include "backend/model/base/record-json.h"
#include "backend/model/request/request.h"
#include "backend/varlink/service/listener.h"

struct _FakeAgent
{
  char *folder;
  char *path;
  char *address;
  NtAccessLevel level;
  char *error; /* the answer to Subscribe, or NULL */
  char *change_error; /* the answer to Apply and Undo, or NULL */
  guint n_changes;    /* changes that were applied and not undone */
  NtVarlinkService *server;
  NtVarlinkListener *listener;
  NtVarlinkCall *subscriber;
};

static void
send_changes (NtVarlinkCall *call, const NtChanges *changes)
{
  g_autoptr (JsonObject) reply = nt_record_to_json (changes);

  nt_varlink_call_reply_continues (call, reply);
}

static void
subscribe (NtVarlinkCall *call, gpointer user_data)
{
  FakeAgent *self = user_data;
  g_autoptr (NtChanges) changes = nt_changes_new ();

  if (self->error != NULL)
    {
      nt_varlink_call_reply_error (call, self->error, NULL);
      return;
    }
  g_set_object (&self->subscriber, call);
  changes->state = make_state ();
  send_changes (call, changes);
}

static void
get_access (NtVarlinkCall *call, gpointer user_data)
{
  FakeAgent *self = user_data;
  g_autoptr (NtAccess) access = nt_access_new ();
  g_autoptr (JsonObject) reply = NULL;

  access->level = self->level;
  access->user = g_strdup ("anna");
  reply = nt_record_to_json (access);
  nt_varlink_call_reply (call, reply);
}

/* A change reports two steps. */
static void
send_steps (NtVarlinkCall *call)
{
  static const char *const adapters[] = { "nic1", "nic2" };

  for (guint i = 0; i < G_N_ELEMENTS (adapters); i++)
    {
      g_autoptr (NtApplyReply) step = nt_apply_reply_new ();
      g_autoptr (JsonObject) reply = NULL;

      step->operation = nt_operation_make (NT_OPERATION_ADD_MEMBER, adapters[i], "Team1");
      reply = nt_record_to_json (step);
      nt_varlink_call_reply_continues (call, reply);
    }
}

/* A plan has one step; a change is applied at once and needs no confirmation. */
static void
apply (NtVarlinkCall *call, gpointer user_data)
{
  FakeAgent *self = user_data;
  g_autoptr (NtRequest) request =
    nt_record_from_json (&nt_request_type, nt_varlink_call_get_parameters (call), NT_JSON_LENIENT, NULL);
  g_autoptr (NtApplyReply) last = nt_apply_reply_new ();
  g_autoptr (JsonObject) parameters = NULL;

  if (self->change_error != NULL)
    {
      nt_varlink_call_reply_error (call, self->change_error, NULL);
      return;
    }
  if (!request->dry_run)
    {
      self->n_changes++;
      send_steps (call);
    }
  last->generation = 2;
  g_ptr_array_add (last->operations, nt_operation_make (NT_OPERATION_SET_UP, "nic1", NULL));
  parameters = nt_record_to_json (last);
  nt_varlink_call_reply (call, parameters);
}

static void
undo (NtVarlinkCall *call, gpointer user_data)
{
  FakeAgent *self = user_data;
  g_autoptr (NtApplyReply) last = nt_apply_reply_new ();
  g_autoptr (JsonObject) parameters = nt_record_to_json (last);

  if (self->change_error != NULL)
    {
      nt_varlink_call_reply_error (call, self->change_error, NULL);
      return;
    }
  self->n_changes--;
  nt_varlink_call_reply (call, parameters);
}

static const NtVarlinkMethod methods[] = {
  { "Apply", NT_VARLINK_METHOD_DEFAULT, apply },
  { "GetAccess", NT_VARLINK_METHOD_DEFAULT, get_access },
  { "Undo", NT_VARLINK_METHOD_DEFAULT, undo },
  { "Subscribe", NT_VARLINK_METHOD_NEEDS_MORE, subscribe },
  { NULL },
};

FakeAgent *
fake_agent_new (void)
{
  FakeAgent *self = g_new0 (FakeAgent, 1);

  self->level = NT_ACCESS_MANAGE;
  self->folder = g_dir_make_tmp ("nicteam-XXXXXX", NULL);
  self->path = g_build_filename (self->folder, "agent.sock", NULL);
  self->address = g_strconcat ("unix:", self->path, NULL);
  return self;
}

void
fake_agent_free (FakeAgent *self)
{
  fake_agent_stop (self);
  g_rmdir (self->folder);
  g_free (self->folder);
  g_free (self->path);
  g_free (self->address);
  g_free (self->error);
  g_free (self->change_error);
  g_free (self);
}

const char *
fake_agent_get_address (FakeAgent *self)
{
  return self->address;
}

void
fake_agent_start (FakeAgent *self)
{
  static const NtVarlinkServiceInfo info = { "Vendor", "Product", "1", "" };
  g_autoptr (GError) error = NULL;

  self->server = nt_varlink_service_new (&info);
  nt_varlink_service_add_interface (self->server, VARLINK_INTERFACE, "", methods, self);
  self->listener = nt_varlink_listener_new (self->server);
  nt_varlink_listener_listen_path (self->listener, self->path, 0600, &error);
  g_assert_no_error (error);
}

void
fake_agent_stop (FakeAgent *self)
{
  g_clear_object (&self->subscriber);
  g_clear_object (&self->listener);
  if (self->server != NULL)
    nt_varlink_service_close (self->server);
  g_clear_object (&self->server);
}

void
fake_agent_send (FakeAgent *self, const NtChanges *changes)
{
  send_changes (self->subscriber, changes);
}

void
fake_agent_refuse (FakeAgent *self, const char *error)
{
  self->error = g_strdup (error);
}

void
fake_agent_refuse_changes (FakeAgent *self, const char *error)
{
  self->change_error = g_strdup (error);
}

guint
fake_agent_count_changes (FakeAgent *self)
{
  return self->n_changes;
}

void
fake_agent_set_level (FakeAgent *self, NtAccessLevel level)
{
  self->level = level;
}

NtAdapter *
make_adapter (const char *name, const char *team)
{
  NtAdapter *adapter = nt_adapter_new ();

  adapter->name = g_strdup (name);
  adapter->speed_mbps = 1000;
  adapter->mtu = 1500;
  adapter->enabled = TRUE;
  adapter->carrier = TRUE;
  adapter->state = NT_LINK_STATE_ACTIVE;
  adapter->team = g_strdup (team);
  return adapter;
}

NtTeam *
make_team (const char *id, const char *name, int status)
{
  NtTeam *team = nt_team_new ();

  team->id = g_strdup (id);
  team->name = g_strdup (name);
  team->device = g_strdup (name);
  team->managed = TRUE;
  team->mode = NT_MODE_STATIC;
  team->balance = NT_BALANCE_TRANSPORT_PORTS;
  team->status = status;
  team->spec = nt_team_spec_new ();
  team->spec->id = g_strdup (id);
  team->spec->name = g_strdup (name);
  return team;
}

NtState *
make_state (void)
{
  NtState *state = nt_state_new ();

  state->generation = 1;
  state->status = NT_STATUS_OK;
  state->host = nt_host_new ();
  state->host->hostname = g_strdup ("server1");
  state->host->server_type = NT_SERVER_PHYSICAL;
  state->host->operating_system = g_strdup ("Debian");
  state->host->agent_version = g_strdup ("1");
  g_ptr_array_add (state->adapters, make_adapter ("nic1", "t1"));
  g_ptr_array_add (state->adapters, make_adapter ("nic2", NULL));
  g_ptr_array_add (state->adapters, make_adapter ("nic3", NULL));
  g_ptr_array_add (state->teams, make_team ("t1", "Team1", NT_STATUS_OK));
  return state;
}
