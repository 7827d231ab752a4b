/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/servers/event-item.h"

#include "app/text/format.h"
#include "app/text/health.h"

struct _NtEventItem
{
  GObject parent_instance;

  char *server;
  NtEvent *event;
};

G_DEFINE_TYPE (NtEventItem, nt_event_item, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_ORDER,
  PROP_TIME_TEXT,
  PROP_SERVER,
  PROP_TEAM,
  PROP_HEALTH,
  PROP_TEXT,
  N_PROPERTIES,
};

static GParamSpec *properties[N_PROPERTIES];

static void
nt_event_item_finalize (GObject *object)
{
  NtEventItem *self = NT_EVENT_ITEM (object);

  g_clear_pointer (&self->event, nt_event_unref);
  g_clear_pointer (&self->server, g_free);

  G_OBJECT_CLASS (nt_event_item_parent_class)->finalize (object);
}

/* Orders events by time, and by sequence within a millisecond. */
static gint64
get_order (const NtEvent *event)
{
  return event->time_ms * 1000 + event->id % 1000;
}

static void
nt_event_item_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  NtEventItem *self = NT_EVENT_ITEM (object);

  switch (id)
    {
    case PROP_ORDER:
      g_value_set_int64 (value, get_order (self->event));
      break;
    case PROP_TIME_TEXT:
      g_value_take_string (value, nt_format_time (self->event->time_ms / 1000));
      break;
    case PROP_SERVER:
      g_value_set_string (value, self->server);
      break;
    case PROP_TEAM:
      g_value_set_string (value, self->event->team ? self->event->team : "");
      break;
    case PROP_HEALTH:
      g_value_set_int (value, nt_health_of_event (self->event));
      break;
    case PROP_TEXT:
      g_value_take_string (value, nt_event_describe (self->event));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
install_string (GObjectClass *klass, guint id, const char *name)
{
  properties[id] = g_param_spec_string (name, NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_property (klass, id, properties[id]);
}

static void
nt_event_item_class_init (NtEventItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->finalize = nt_event_item_finalize;
  object_class->get_property = nt_event_item_get_property;

  properties[PROP_ORDER] = g_param_spec_int64 ("order", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_HEALTH] = g_param_spec_int ("health", NULL, NULL, 0, G_MAXINT, 0, flags);
  g_object_class_install_property (object_class, PROP_ORDER, properties[PROP_ORDER]);
  g_object_class_install_property (object_class, PROP_HEALTH, properties[PROP_HEALTH]);
  install_string (object_class, PROP_TIME_TEXT, "time-text");
  install_string (object_class, PROP_SERVER, "server");
  install_string (object_class, PROP_TEAM, "team");
  install_string (object_class, PROP_TEXT, "text");
}

static void
nt_event_item_init (NtEventItem *self)
{
}

/**
 * nt_event_item_new:
 * @server: the name of the server
 *
 * Returns: (transfer full): an item for @event
 */
NtEventItem *
nt_event_item_new (const char *server, const NtEvent *event)
{
  NtEventItem *self = g_object_new (NT_TYPE_EVENT_ITEM, NULL);

  self->server = g_strdup (server);
  self->event = nt_event_ref (event);
  return self;
}

/**
 * nt_event_item_get_event:
 *
 * Returns: (transfer none):
 */
const NtEvent *
nt_event_item_get_event (NtEventItem *self)
{
  return self->event;
}

/**
 * nt_event_item_to_line:
 *
 * Returns: (transfer full): time, server, team and description, separated by tabs
 */
char *
nt_event_item_to_line (NtEventItem *self)
{
  g_autofree char *time = nt_format_time (self->event->time_ms / 1000);
  g_autofree char *text = nt_event_describe (self->event);

  return g_strdup_printf ("%s\t%s\t%s\t%s", time, self->server, self->event->team ? self->event->team : "", text);
}
