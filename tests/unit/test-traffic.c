/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/rows/team-row.h"
#include "app/rows/traffic.h"
#include "app/text/format.h"

/* A server that is never contacted. */
static NtServer *
make_server (void)
{
  g_autoptr (NtServerAddress) address = nt_server_address_parse ("server1", NULL);

  return nt_server_new ("server1", address);
}

static void
add_member (NtTeam *team, const char *adapter, gboolean present, gint64 failures)
{
  NtMember *member = nt_member_new ();

  member->adapter = g_strdup (adapter);
  member->present = present;
  member->link_failures = failures;
  g_ptr_array_add (team->members, member);
}

static NtRow *
make_team_row (NtServer *server)
{
  g_autoptr (NtTeam) team = nt_team_new ();

  team->id = g_strdup ("1");
  team->name = g_strdup ("T");
  team->device = g_strdup ("bond");
  add_member (team, "nic1", TRUE, 2);
  add_member (team, "nic2", TRUE, 1);
  add_member (team, "nic3", FALSE, 0);
  return nt_row_new (NT_TYPE_TEAM_ROW, server, "1", team, NULL);
}

static void
add_sample (NtSamples *samples, const char *link, gint64 rx, gint64 tx)
{
  NtSample *sample = nt_sample_new ();

  sample->link = g_strdup (link);
  sample->rx_bytes = rx;
  sample->tx_bytes = tx;
  g_ptr_array_add (samples->samples, sample);
}

/* After a second, nic1 has received 3000 bytes and nic2 has sent 1000. */
static NtSampler *
make_sampler (void)
{
  NtSampler *sampler = nt_sampler_new ();

  for (gint64 i = 0; i < 2; i++)
    {
      g_autoptr (NtSamples) samples = nt_samples_new ();

      samples->time_us = i * G_USEC_PER_SEC;
      add_sample (samples, "nic1", 3000 * i, 0);
      add_sample (samples, "nic2", 0, 1000 * i);
      nt_sampler_take_samples (sampler, samples);
    }
  return sampler;
}

static void
test_shares (void)
{
  g_autoptr (NtServer) server = make_server ();
  g_autoptr (NtSampler) sampler = make_sampler ();
  g_autoptr (NtRow) row = make_team_row (server);
  g_autoptr (GPtrArray) traffic = nt_traffic_find (sampler, row);
  g_autofree char *summary = nt_traffic_summarise (traffic, nt_format_rate_in_bytes);
  const NtTraffic *first = traffic->pdata[0];
  const NtTraffic *second = traffic->pdata[1];

  g_assert_cmpstr (nt_traffic_get_link (row), ==, "bond");
  g_assert_cmpuint (traffic->len, ==, 2);
  g_assert_cmpfloat (first->rx, ==, 3000);
  g_assert_cmpfloat (first->share, ==, 0.75);
  g_assert_cmpfloat (second->tx, ==, 1000);
  g_assert_cmpint (second->link_failures, ==, 1);
  g_assert_cmpstr (summary, ==, "Received 3.0 kB/s, sent 1.0 kB/s, 75 % by nic1, 25 % by nic2");
}

/* Before the second sample, and without traffic, members have no share. */
static void
test_nothing (void)
{
  g_autoptr (NtServer) server = make_server ();
  g_autoptr (NtSampler) sampler = nt_sampler_new ();
  g_autoptr (NtRow) row = make_team_row (server);
  g_autoptr (GPtrArray) traffic = nt_traffic_find (sampler, row);
  g_autofree char *summary = nt_traffic_summarise (traffic, nt_format_rate);

  g_assert_null (((NtTraffic *) traffic->pdata[0])->series);
  g_assert_cmpfloat (((NtTraffic *) traffic->pdata[0])->share, ==, -1);
  g_assert_cmpstr (summary, ==, "Received 0 b/s, sent 0 b/s");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/traffic/shares", test_shares);
  g_test_add_func ("/traffic/nothing", test_nothing);
  return g_test_run ();
}
