/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/rows/traffic.h"

#include "app/rows/interface-row.h"
#include "app/rows/team-row.h"

#include <glib/gi18n-lib.h>

static void
traffic_free (gpointer data)
{
  NtTraffic *traffic = data;

  g_free (traffic->link);
  g_free (traffic);
}

static void
add (GPtrArray *parts, NtSampler *sampler, const char *link, gint64 link_failures)
{
  NtTraffic *traffic = g_new0 (NtTraffic, 1);
  const NtSeries *series = nt_sampler_get_series (sampler, link);

  traffic->link = g_strdup (link);
  traffic->series = series;
  traffic->link_failures = link_failures;
  if (series != NULL && series->length > 0)
    {
      traffic->rx = series->rx[NT_SERIES_LENGTH - 1];
      traffic->tx = series->tx[NT_SERIES_LENGTH - 1];
    }
  g_ptr_array_add (parts, traffic);
}

static void
find_shares (GPtrArray *parts)
{
  double all = 0;

  for (guint i = 0; i < parts->len; i++)
    all += ((NtTraffic *) parts->pdata[i])->rx + ((NtTraffic *) parts->pdata[i])->tx;
  for (guint i = 0; i < parts->len; i++)
    {
      NtTraffic *traffic = parts->pdata[i];

      traffic->share = all > 0 ? (traffic->rx + traffic->tx) / all : -1;
    }
}

/**
 * nt_traffic_get_link:
 * @row: a team, adapter or interface
 *
 * Returns: the name of the link whose counters cover all traffic of @row
 */
const char *
nt_traffic_get_link (NtRow *row)
{
  gconstpointer record = nt_row_get_record (row);

  if (NT_IS_TEAM_ROW (row))
    return ((const NtTeam *) record)->device;
  if (NT_IS_INTERFACE_ROW (row))
    return ((const NtInterface *) record)->device;
  return ((const NtAdapter *) record)->name;
}

/**
 * nt_traffic_find:
 * @sampler: a sampler for the server of @row
 * @row: a team, adapter or interface
 *
 * The counters of a bond include those of its members, so only the members of a team are listed.
 *
 * Returns: (transfer full) (element-type NtTraffic): the current members of a team, or @row itself
 */
GPtrArray *
nt_traffic_find (NtSampler *sampler, NtRow *row)
{
  GPtrArray *parts = g_ptr_array_new_with_free_func (traffic_free);
  const NtTeam *team = NT_IS_TEAM_ROW (row) ? nt_row_get_record (row) : NULL;

  for (guint i = 0; team != NULL && i < team->members->len; i++)
    {
      const NtMember *member = team->members->pdata[i];

      if (member->present)
        add (parts, sampler, member->adapter, member->link_failures);
    }
  if (team == NULL)
    add (parts, sampler, nt_traffic_get_link (row), -1);
  find_shares (parts);
  return parts;
}

/**
 * nt_traffic_summarise:
 * @traffic: (element-type NtTraffic):
 * @format_rate: formats a rate in bytes per second
 *
 * Returns: (transfer full): a sentence that describes the chart, for screen readers
 */
char *
nt_traffic_summarise (const GPtrArray *traffic, char *(*format_rate) (double rate))
{
  GString *text = g_string_new (NULL);
  g_autofree char *rx = NULL;
  g_autofree char *tx = NULL;
  double all_rx = 0;
  double all_tx = 0;

  for (guint i = 0; i < traffic->len; i++)
    {
      const NtTraffic *part = traffic->pdata[i];

      all_rx += part->rx;
      all_tx += part->tx;
    }
  rx = format_rate (all_rx);
  tx = format_rate (all_tx);
  g_string_append_printf (text, _("Received %s, sent %s"), rx, tx);
  for (guint i = 0; traffic->len > 1 && i < traffic->len; i++)
    {
      const NtTraffic *part = traffic->pdata[i];

      if (part->share >= 0)
        {
          g_string_append (text, ", ");
          g_string_append_printf (text, _("%.0f %% by %s"), part->share * 100, part->link);
        }
    }
  return g_string_free (text, FALSE);
}
