/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <gio/gio.h>
#include <gio/gunixsocketaddress.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/reach/askpass.h"

/* The program that ssh runs to prompt the user. It passes the prompt to the console and prints the answer. */

static GSocketConnection *
connect_to_console (GError **error)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  const char *path = g_getenv (NT_ASKPASS_SOCKET_VARIABLE);
  g_autoptr (GSocketAddress) address = NULL;

  if (path == NULL || g_getenv (NT_ASKPASS_TOKEN_VARIABLE) == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "to be run by ssh for nicteam-console only");
      return NULL;
    }
  address = g_unix_socket_address_new (path);
  return g_socket_client_connect (client, G_SOCKET_CONNECTABLE (address), NULL, error);
}

static gboolean
send_question (GIOStream *stream, const char *prompt, GError **error)
{
  const char *hint = g_getenv ("SSH_ASKPASS_PROMPT");
  g_autofree char *text =
    g_strdup_printf ("%s\n%s\n%s", g_getenv (NT_ASKPASS_TOKEN_VARIABLE), hint ? hint : "", prompt);

  /* Includes the terminating zero. */
  return g_output_stream_write_all (g_io_stream_get_output_stream (stream), text, strlen (text) + 1, NULL, NULL, error);
}

/* The reply is "+" and the answer, or "-". */
static gboolean
print_answer (GIOStream *stream, GError **error)
{
  char answer[1024];
  gsize length;

  if (!g_input_stream_read_all (g_io_stream_get_input_stream (stream), answer, sizeof answer - 1, &length, NULL, error))
    return FALSE;
  if (length == 0 || answer[0] != '+')
    return FALSE;
  answer[length] = '\0';
  puts (answer + 1);
  explicit_bzero (answer, sizeof answer);
  return TRUE;
}

int
main (int argc, char *argv[])
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketConnection) connection = connect_to_console (&error);

  if (connection != NULL && send_question (G_IO_STREAM (connection), argc > 1 ? argv[1] : "", &error) &&
      print_answer (G_IO_STREAM (connection), &error))
    return EXIT_SUCCESS;
  if (error != NULL)
    g_printerr ("nicteam-askpass: %s\n", error->message);
  return EXIT_FAILURE;
}
