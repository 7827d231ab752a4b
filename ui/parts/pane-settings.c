/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/parts/pane-settings.h"

typedef struct
{
  GSettings *settings;
  char *key;
  int start; /* position when a button was pressed */
} Place;

static void
place_free (gpointer data, GClosure *closure)
{
  Place *place = data;

  g_object_unref (place->settings);
  g_free (place->key);
  g_free (place);
}

/* A click inside the panes does not move the separator. */
static gboolean
event_cb (GtkEventController *controller, GdkEvent *event, gpointer user_data)
{
  int position = gtk_paned_get_position (GTK_PANED (gtk_event_controller_get_widget (controller)));
  GdkEventType type = gdk_event_get_event_type (event);
  Place *place = user_data;

  if (type == GDK_BUTTON_PRESS || type == GDK_TOUCH_BEGIN)
    place->start = position;
  else if ((type == GDK_BUTTON_RELEASE || type == GDK_TOUCH_END) && position != place->start)
    g_settings_set_int (place->settings, place->key, position);
  return GDK_EVENT_PROPAGATE;
}

/* Without a saved position, each pane gets half of the space and keeps its share when the window is resized. */
static void
halve_cb (GtkPaned *paned)
{
  gboolean is_horizontal = gtk_orientable_get_orientation (GTK_ORIENTABLE (paned)) == GTK_ORIENTATION_HORIZONTAL;
  int size = is_horizontal ? gtk_widget_get_width (GTK_WIDGET (paned)) : gtk_widget_get_height (GTK_WIDGET (paned));

  if (size == 0)
    return;
  g_signal_handlers_disconnect_by_func (paned, halve_cb, NULL);
  gtk_paned_set_position (paned, size / 2);
}

/**
 * nt_pane_settings_bind:
 * @settings: stores the position
 * @key: of the position in @settings
 *
 * Restores the position of the separator and saves it when the user drags it. The property is not bound, as it also
 * changes when the window becomes too small.
 */
void
nt_pane_settings_bind (GtkPaned *paned, GSettings *settings, const char *key)
{
  GtkEventController *controller = gtk_event_controller_legacy_new ();
  Place *place = g_new0 (Place, 1);

  place->settings = g_object_ref (settings);
  place->key = g_strdup (key);
  if (g_settings_get_int (settings, key) > 0)
    gtk_paned_set_position (paned, g_settings_get_int (settings, key));
  else
    g_signal_connect (paned, "notify::max-position", G_CALLBACK (halve_cb), NULL);
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect_data (controller, "event", G_CALLBACK (event_cb), place, place_free, 0);
  gtk_widget_add_controller (GTK_WIDGET (paned), controller);
}
