/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/parts/settings.h"
#include "ui/window/window-private.h"

static void
interval_changed_cb (NtWindow *self)
{
  nt_sampler_set_interval (self->sampler, g_settings_get_int (nt_settings_get_default (), NT_SETTINGS_INTERVAL));
}

/* Both panes share a sampler for all links of the server, so that earlier traffic is available when one is selected. */
void
nt_window_set_up_statistics (NtWindow *self)
{
  self->sampler = nt_sampler_new ();
  g_signal_connect_object (nt_settings_get_default (), "changed::" NT_SETTINGS_INTERVAL,
                           G_CALLBACK (interval_changed_cb), self, G_CONNECT_SWAPPED);
  interval_changed_cb (self);
  nt_statistics_pane_set_sampler (self->team_statistics, self->sampler);
  nt_statistics_pane_set_sampler (self->link_statistics, self->sampler);
}

/* The panes follow the selection. */
void
nt_window_update_statistics (NtWindow *self)
{
  nt_sampler_set_server (self->sampler, nt_window_get_server (self));
  nt_statistics_pane_show (self->team_statistics, nt_team_tile_get_selected (self->team_tile));
  nt_statistics_pane_show (self->link_statistics, nt_link_tile_get_selected (self->link_tile));
}
