/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "backend/agent/service/methods.h"
#include "backend/varlink/wire/scan.h"
#include "fuzz.h"
#include "place.h"
#include "socket-pair.h"

/* Calls from a client with full access: the agent replies with JSON that passes its own scan, or closes the
 * connection. */

/* A stream does not end by itself, and an apply takes one iteration of the main loop per operation. */
#define MOST_TURNS 2000

static const char team[] = "{\"version\":1,\"generation\":1,\"teams\":[{\"id\":\"t\",\"name\":\"T\",\"device\":\"T\","
                           "\"members\":[\"nic1\",\"nic2\"],\"mode\":\"lacp\",\"balance\":\"transport_ports\","
                           "\"lacp_timer\":\"slow\",\"up_delay_ms\":0,\"interfaces\":[{\"vlan\":0,\"device\":\"T\"},"
                           "{\"vlan\":42,\"device\":\"T.42\"}]}]}";

static void
send_all (GSocketConnection *client, const guint8 *data, gsize size)
{
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (client)), data, size, NULL, NULL, NULL);
  g_socket_shutdown (g_socket_connection_get_socket (client), FALSE, TRUE, NULL);
}

static void
check_replies (const GByteArray *replies)
{
  gsize start = 0;

  for (gsize i = 0; i < replies->len; i++)
    if (replies->data[i] == '\0')
      {
        g_auto (NtScanResult) result = { NT_SCAN_OK };

        g_assert (nt_scan ((const char *) replies->data + start, i - start, &result));
        start = i + 1;
      }
}

static void
read_replies (GSocketConnection *client, GByteArray *replies)
{
  guint8 buffer[16384];
  gssize size;

  while ((size = g_socket_receive (g_socket_connection_get_socket (client), (char *) buffer, sizeof buffer, NULL, NULL)) > 0)
    g_byte_array_append (replies, buffer, (guint) size);
}

static void
converse (NtEngine *engine, const guint8 *data, gsize size)
{
  g_autoptr (NtVarlinkService) server = nt_methods_new (engine);
  g_autoptr (GSocketConnection) client = NULL;
  g_autoptr (GSocketConnection) served = NULL;
  g_autoptr (GByteArray) replies = g_byte_array_new ();

  make_socket_pair (&client, &served);
  g_socket_set_blocking (g_socket_connection_get_socket (client), FALSE);
  nt_varlink_service_serve (server, G_IO_STREAM (served));
  send_all (client, data, size);
  for (guint i = 0; i < MOST_TURNS && g_main_context_iteration (NULL, FALSE); i++)
    read_replies (client, replies);
  check_replies (replies);
  nt_varlink_service_close (server);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  Place place;
  g_autoptr (NtEngine) engine = NULL;

  place_set_up (&place);
  place_write (&place, "teams.json", (const guint8 *) team, strlen (team));
  engine = place_start_engine (&place);
  g_assert (engine != NULL);
  converse (engine, data, size);
  g_clear_object (&engine);
  place_tear_down (&place);
  return 0;
}
