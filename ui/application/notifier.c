/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/application/notifier.h"

#include <glib/gi18n.h>

#include "backend/model/history/event.h"
#include "ui/parts/settings.h"

struct _NtNotifier
{
  GObject parent_instance;

  /* borrowed */
  GApplication *application;

  /* owned */
  GListModel *servers;
};

G_DEFINE_FINAL_TYPE (NtNotifier, nt_notifier, G_TYPE_OBJECT)

static char *
make_title (NtServer *server, const NtEvent *event)
{
  const char *name = nt_server_get_name (server);

  switch (event->status)
    {
    case NT_STATUS_OK:
      return g_strdup_printf (_("%s on %s Has Recovered"), event->team, name);
    case NT_STATUS_WARNING:
      return g_strdup_printf (_("%s on %s Is Degraded"), event->team, name);
    default:
      return g_strdup_printf (_("%s on %s Has Failed"), event->team, name);
    }
}

/* Lists the problems of the members. */
static char *
make_body (NtServer *server, const NtEvent *event)
{
  const NtState *state = nt_server_get_state (server);
  const NtTeam *team = state ? nt_state_find_team (state, event->team) : NULL;
  GString *body = g_string_new (NULL);

  for (guint i = 0; team != NULL && i < team->members->len; i++)
    {
      const NtMember *member = team->members->pdata[i];

      if (member->reason >= 0)
        g_string_append_printf (body, "%s%s: %s", body->len > 0 ? "\n" : "", member->adapter,
                                nt_enum_label (&nt_reason_enum, member->reason));
    }
  return g_string_free (body, FALSE);
}

/* Each team has one notification, which is replaced by the next one. */
static void
happened_cb (NtNotifier *self, const NtEvent *event, NtServer *server)
{
  g_autoptr (GNotification) notification = NULL;
  g_autofree char *title = NULL;
  g_autofree char *body = NULL;
  g_autofree char *id = NULL;

  if (event->kind != NT_EVENT_TEAM_STATUS || !g_settings_get_boolean (nt_settings_get_default (), NT_SETTINGS_NOTIFY))
    return;
  title = make_title (server, event);
  body = make_body (server, event);
  id = g_strdup_printf ("%s/%s", nt_server_get_name (server), event->team);
  notification = g_notification_new (title);
  g_notification_set_body (notification, body);
  g_notification_set_priority (notification, event->status == NT_STATUS_OK ? G_NOTIFICATION_PRIORITY_NORMAL
                                                                           : G_NOTIFICATION_PRIORITY_HIGH);
  g_application_send_notification (self->application, id, notification);
}

static void
servers_changed_cb (NtNotifier *self, guint position, guint removed, guint added)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (NtServer) server = g_list_model_get_item (self->servers, i);

      /* The list also emits this for servers that have changed. */
      g_signal_handlers_disconnect_by_data (server, self);
      g_signal_connect_object (server, "happened", G_CALLBACK (happened_cb), self, G_CONNECT_SWAPPED);
    }
}

static void
nt_notifier_dispose (GObject *object)
{
  g_clear_object (&NT_NOTIFIER (object)->servers);

  G_OBJECT_CLASS (nt_notifier_parent_class)->dispose (object);
}

static void
nt_notifier_class_init (NtNotifierClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = nt_notifier_dispose;
}

static void
nt_notifier_init (NtNotifier *self)
{
}

/**
 * nt_notifier_new:
 * @application: sends the notifications; it must outlive the notifier
 *
 * Returns: (transfer full): a notifier, which is active until it is freed
 */
NtNotifier *
nt_notifier_new (GApplication *application, NtServerList *servers)
{
  NtNotifier *self = g_object_new (NT_TYPE_NOTIFIER, NULL);

  self->application = application;
  self->servers = g_object_ref (G_LIST_MODEL (servers));
  g_signal_connect_object (servers, "items-changed", G_CALLBACK (servers_changed_cb), self, G_CONNECT_SWAPPED);
  servers_changed_cb (self, 0, 0, g_list_model_get_n_items (self->servers));
  return self;
}
