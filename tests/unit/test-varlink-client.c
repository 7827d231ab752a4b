/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "backend/varlink/client/client.h"
#include "backend/varlink/wire/error.h"
#include "socket-pair.h"

#define METHOD "io.github.nicteam.Test.Method"

/* A client whose service is written by hand. */
typedef struct
{
  NtVarlinkClient *client;
  GSocketConnection *service;
  GAsyncResult *result;
  guint n_replies;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSocketConnection) near = NULL;

  make_socket_pair (&near, &fixture->service);
  fixture->client = nt_varlink_client_new (G_IO_STREAM (near));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->result);
  nt_varlink_client_close (fixture->client);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (g_steal_pointer (&fixture->client));
  g_clear_object (&fixture->service);
}

static void
send_reply (Fixture *fixture, const char *text)
{
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (fixture->service)),
                             text,
                             strlen (text) + 1,
                             NULL,
                             NULL,
                             NULL);
}

static void
finished_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *fixture = user_data;

  g_set_object (&fixture->result, result);
}

static void
call (Fixture *fixture, GCancellable *cancellable)
{
  nt_varlink_client_call_async (fixture->client, METHOD, NULL, cancellable, finished_cb, fixture);
}

static JsonObject *
wait_for_result (Fixture *fixture, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  while (fixture->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  result = g_steal_pointer (&fixture->result);
  return nt_varlink_client_call_finish (fixture->client, result, error);
}

static void
test_call (Fixture *fixture, gconstpointer data)
{
  static const char expected[] = "{\"method\":\"" METHOD "\",\"parameters\":{}}";
  char buffer[sizeof expected] = { 0 };
  g_autoptr (JsonObject) reply = NULL;
  g_autoptr (GError) error = NULL;

  call (fixture, NULL);
  g_input_stream_read_all (g_io_stream_get_input_stream (G_IO_STREAM (fixture->service)),
                           buffer,
                           sizeof buffer,
                           NULL,
                           NULL,
                           &error);
  g_assert_no_error (error);
  g_assert_cmpmem (buffer, sizeof buffer, expected, sizeof expected);

  send_reply (fixture, "{\"parameters\":{\"n\":1}}");
  reply = wait_for_result (fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpint (json_object_get_int_member (reply, "n"), ==, 1);
}

/* Replies that a client must not accept, or must turn into an error. */
typedef struct
{
  const char *name;
  const char *reply;
  int code;
  const char *message;
} Case;

static const Case cases[] = {
  { "not-json", "nonsense", NT_VARLINK_ERROR_PROTOCOL, NULL },
  { "unknown-key", "{\"parameters\":{},\"id\":1}", NT_VARLINK_ERROR_PROTOCOL, NULL },
  { "twice", "{\"parameters\":{\"a\":1,\"a\":2}}", NT_VARLINK_ERROR_PROTOCOL, NULL },
  { "continues-unasked", "{\"continues\":true}", NT_VARLINK_ERROR_PROTOCOL, NULL },
  { "error-continues", "{\"error\":\"a.B\",\"continues\":true}", NT_VARLINK_ERROR_PROTOCOL, NULL },
  { "remote", "{\"error\":\"a.B\"}", NT_VARLINK_ERROR_REMOTE, "The server reported the error a.B" },
  { "remote-message",
    "{\"error\":\"a.B\",\"parameters\":{\"message\":\"No\"}}",
    NT_VARLINK_ERROR_REMOTE,
    "No" },
  { "denied", "{\"error\":\"" NT_VARLINK_PERMISSION_DENIED "\"}", NT_VARLINK_ERROR_PERMISSION_DENIED, NULL },
  { "method", "{\"error\":\"" NT_VARLINK_METHOD_NOT_FOUND "\"}", NT_VARLINK_ERROR_NOT_FOUND, NULL },
  { "invalid",
    "{\"error\":\"" NT_VARLINK_INVALID_PARAMETER "\",\"parameters\":{\"parameter\":\"name\"}}",
    NT_VARLINK_ERROR_INVALID_PARAMETER,
    "The server rejected the value of “name”" },
};

static void
test_case (Fixture *fixture, gconstpointer data)
{
  const Case *test = data;
  g_autoptr (GError) error = NULL;

  call (fixture, NULL);
  send_reply (fixture, test->reply);
  g_assert_null (wait_for_result (fixture, &error));
  g_assert_error (error, NT_VARLINK_ERROR, test->code);
  if (test->message != NULL)
    g_assert_cmpstr (error->message, ==, test->message);
  g_assert_cmpint (nt_varlink_client_is_closed (fixture->client),
                   ==,
                   test->code == NT_VARLINK_ERROR_PROTOCOL);
}

static void
test_remote_error (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) copy = NULL;

  call (fixture, NULL);
  send_reply (fixture, "{\"error\":\"a.B\",\"parameters\":{\"reason\":\"busy\",\"n\":1}}");
  g_assert_null (wait_for_result (fixture, &error));
  copy = g_error_copy (error);
  g_assert_cmpstr (nt_varlink_error_get_name (copy), ==, "a.B");
  g_assert_cmpstr (nt_varlink_error_get_string (copy, "reason"), ==, "busy");
  g_assert_null (nt_varlink_error_get_string (copy, "n"));
}

static void
count_reply_cb (NtVarlinkClient *client, JsonObject *parameters, gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->n_replies++;
}

static void
test_stream (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonObject) last = NULL;

  nt_varlink_client_stream_async (fixture->client,
                                  METHOD,
                                  NULL,
                                  count_reply_cb,
                                  fixture,
                                  NULL,
                                  finished_cb,
                                  fixture);
  send_reply (fixture, "{\"parameters\":{},\"continues\":true}");
  send_reply (fixture, "{\"continues\":true}");
  send_reply (fixture, "{\"parameters\":{\"n\":3}}");
  while (fixture->result == NULL)
    g_main_context_iteration (NULL, TRUE);

  last = nt_varlink_client_stream_finish (fixture->client, fixture->result, NULL);
  g_assert_cmpuint (fixture->n_replies, ==, 2);
  g_assert_cmpint (json_object_get_int_member (last, "n"), ==, 3);
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) reply = NULL;

  call (fixture, cancellable);
  g_cancellable_cancel (cancellable);
  g_assert_null (wait_for_result (fixture, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);

  /* The reply to the cancelled call must not be taken for that of the next one. */
  call (fixture, NULL);
  send_reply (fixture, "{\"parameters\":{\"n\":1}}");
  send_reply (fixture, "{\"parameters\":{\"n\":2}}");
  reply = wait_for_result (fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpint (json_object_get_int_member (reply, "n"), ==, 2);
}

static void
closed_cb (NtVarlinkClient *client, GError *error, gpointer user_data)
{
  gboolean *closed = user_data;

  *closed = TRUE;
}

static void
test_closed (Fixture *fixture, gconstpointer data)
{
  gboolean closed = FALSE;
  g_autoptr (GError) error = NULL;

  g_signal_connect (fixture->client, "closed", G_CALLBACK (closed_cb), &closed);
  call (fixture, NULL);
  g_clear_object (&fixture->service);
  g_assert_null (wait_for_result (fixture, &error));
  g_assert_error (error, NT_VARLINK_ERROR, NT_VARLINK_ERROR_CLOSED);
  g_clear_error (&error);
  g_assert_true (closed);

  call (fixture, NULL);
  g_assert_null (wait_for_result (fixture, &error));
  g_assert_error (error, NT_VARLINK_ERROR, NT_VARLINK_ERROR_CLOSED);
}

static void
test_unasked_reply (Fixture *fixture, gconstpointer data)
{
  send_reply (fixture, "{\"parameters\":{}}");
  while (!nt_varlink_client_is_closed (fixture->client))
    g_main_context_iteration (NULL, TRUE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/varlink-client/case/", cases[i].name, NULL);

      g_test_add (path, Fixture, &cases[i], set_up, test_case, tear_down);
    }

#define ADD(name, func) g_test_add ("/varlink-client/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("call", test_call);
  ADD ("remote-error", test_remote_error);
  ADD ("stream", test_stream);
  ADD ("cancel", test_cancel);
  ADD ("closed", test_closed);
  ADD ("unasked-reply", test_unasked_reply);
#undef ADD
  return g_test_run ();
}
