/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/parts/status-cell.h"

#include "app/text/health.h"

struct _NtStatusCell
{
  GtkWidget parent_instance;

  /* template children */
  GtkImage *icon;
  GtkLabel *label;

  char *text;
  int health;
};

G_DEFINE_FINAL_TYPE (NtStatusCell, nt_status_cell, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_HEALTH,
  PROP_TEXT,
  N_PROPERTIES,
};

static GParamSpec *properties[N_PROPERTIES];

/* The icons differ in shape, since colour alone is not accessible. */
static const struct
{
  const char *icon_name;
  const char *css_class;
} looks[] = {
  [NT_HEALTH_OK] = { "nt-status-ok-symbolic", "success" },
  [NT_HEALTH_IDLE] = { "nt-status-idle-symbolic", "dimmed" },
  [NT_HEALTH_WARNING] = { "dialog-warning-symbolic", "warning" },
  [NT_HEALTH_FAULT] = { "dialog-error-symbolic", "error" },
  [NT_HEALTH_UNKNOWN] = { "network-offline-symbolic", "dimmed" },
  [NT_HEALTH_BUSY] = { "content-loading-symbolic", "dimmed" },
  [NT_HEALTH_INFO] = { "nt-status-info-symbolic", "info" },
};

static void
set_health (NtStatusCell *self, int health)
{
  GtkWidget *widget = GTK_WIDGET (self);

  gtk_widget_remove_css_class (widget, looks[self->health].css_class);
  self->health = CLAMP (health, 0, (int) G_N_ELEMENTS (looks) - 1);
  gtk_widget_add_css_class (widget, looks[self->health].css_class);
  gtk_image_set_from_icon_name (self->icon, looks[self->health].icon_name);
}

static void
nt_status_cell_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), NT_TYPE_STATUS_CELL);

  G_OBJECT_CLASS (nt_status_cell_parent_class)->dispose (object);
}

static void
nt_status_cell_finalize (GObject *object)
{
  g_free (NT_STATUS_CELL (object)->text);

  G_OBJECT_CLASS (nt_status_cell_parent_class)->finalize (object);
}

static void
nt_status_cell_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  NtStatusCell *self = NT_STATUS_CELL (object);

  if (id == PROP_HEALTH)
    g_value_set_int (value, self->health);
  else
    g_value_set_string (value, self->text);
}

static void
nt_status_cell_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  NtStatusCell *self = NT_STATUS_CELL (object);

  if (id == PROP_HEALTH)
    set_health (self, g_value_get_int (value));
  else if (g_set_str (&self->text, g_value_get_string (value)))
    g_object_notify_by_pspec (object, pspec);
}

static void
nt_status_cell_class_init (NtStatusCellClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = nt_status_cell_dispose;
  object_class->finalize = nt_status_cell_finalize;
  object_class->get_property = nt_status_cell_get_property;
  object_class->set_property = nt_status_cell_set_property;

  properties[PROP_HEALTH] = g_param_spec_int ("health", NULL, NULL, 0, G_MAXINT, 0, flags);
  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  gtk_widget_class_set_css_name (widget_class, "status");
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/nicteam/Console/status-cell.ui");
  gtk_widget_class_bind_template_child (widget_class, NtStatusCell, icon);
  gtk_widget_class_bind_template_child (widget_class, NtStatusCell, label);
}

static void
nt_status_cell_init (NtStatusCell *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  set_health (self, NT_HEALTH_UNKNOWN);
}
