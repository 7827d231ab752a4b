/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>
#include <unistd.h>

#include "backend/varlink/service/service.h"
#include "backend/varlink/wire/error.h"
#include "backend/varlink/wire/limits.h"
#include "backend/varlink/wire/message.h"
#include "socket-pair.h"

#define INTERFACE "io.github.nicteam.Test"

/* Size of the reply of Large: a socket buffers only a few of them. */
#define LARGE_SIZE (100 * 1024)

/* A real server, and the other end of a connection to it. */
typedef struct
{
  NtVarlinkService *server;
  GSocketConnection *connection;
  NtVarlinkCall *held; /* the last call to Hold or Watch */
  gboolean held_closed;
  guint n_large; /* calls to Large */
} Fixture;

/* The methods of the server, with their parameters. */

typedef struct
{
  NtRecord record;
  char *text;
} NtText;

typedef struct
{
  NtRecord record;
  gint64 number;
} NtNumber;

static const NtField nt_text_fields[] = { NT_STRING (NtText, text, REQUIRED) };
static NT_DEFINE_RECORD (NtText, nt_text, "Echo")

static const NtField nt_number_fields[] = { NT_INT (NtNumber, number, OPTIONAL) };
static NT_DEFINE_RECORD (NtNumber, nt_number, "TakeInt")

static void
echo (NtVarlinkCall *call, gpointer user_data)
{
  g_autoptr (JsonObject) reply = json_object_new ();
  NtText *request = nt_varlink_call_read (call, &nt_text_type);

  if (request == NULL)
    return;
  json_object_set_string_member (reply, "text", request->text);
  nt_varlink_call_reply (call, reply);
  nt_record_unref (request);
}

static void
take_int (NtVarlinkCall *call, gpointer user_data)
{
  g_autoptr (JsonObject) reply = json_object_new ();
  NtNumber *request = nt_varlink_call_read (call, &nt_number_type);

  if (request == NULL)
    return;
  json_object_set_int_member (reply, "number", request->number == -1 ? 7 : request->number);
  nt_varlink_call_reply (call, reply);
  nt_record_unref (request);
}

static void
who_am_i (NtVarlinkCall *call, gpointer user_data)
{
  GCredentials *credentials = nt_varlink_call_get_credentials (call);
  g_autoptr (JsonObject) reply = json_object_new ();

  json_object_set_int_member (reply, "uid", g_credentials_get_unix_user (credentials, NULL));
  json_object_set_int_member (reply, "pid", g_credentials_get_unix_pid (credentials, NULL));
  nt_varlink_call_reply (call, reply);
}

static void
count_to_three (NtVarlinkCall *call, gpointer user_data)
{
  for (int i = 1; i <= 3; i++)
    {
      g_autoptr (JsonObject) reply = json_object_new ();

      json_object_set_int_member (reply, "n", i);
      if (i < 3)
        nt_varlink_call_reply_continues (call, reply);
      else
        nt_varlink_call_reply (call, reply);
    }
}

static void
large (NtVarlinkCall *call, gpointer user_data)
{
  Fixture *fixture = user_data;
  g_autofree char *text = g_strnfill (LARGE_SIZE, 'x');
  g_autoptr (JsonObject) reply = json_object_new ();

  fixture->n_large++;
  json_object_set_string_member (reply, "text", text);
  nt_varlink_call_reply (call, reply);
}

static void
fail (NtVarlinkCall *call, gpointer user_data)
{
  nt_varlink_call_reply_error_string (call, INTERFACE ".Failed", "message", "It went wrong");
}

static void
held_closed_cb (Fixture *fixture)
{
  fixture->held_closed = TRUE;
}

static void
hold (NtVarlinkCall *call, gpointer user_data)
{
  Fixture *fixture = user_data;

  g_set_object (&fixture->held, call);
  g_signal_connect_swapped (call, "closed", G_CALLBACK (held_closed_cb), fixture);
}

static const NtVarlinkMethod methods[] = {
  { "Echo", NT_VARLINK_METHOD_DEFAULT, echo },
  { "TakeInt", NT_VARLINK_METHOD_DEFAULT, take_int },
  { "WhoAmI", NT_VARLINK_METHOD_DEFAULT, who_am_i },
  { "Count", NT_VARLINK_METHOD_NEEDS_MORE, count_to_three },
  { "Large", NT_VARLINK_METHOD_DEFAULT, large },
  { "Fail", NT_VARLINK_METHOD_DEFAULT, fail },
  { "Hold", NT_VARLINK_METHOD_DEFAULT, hold },
  { "Watch", NT_VARLINK_METHOD_NEEDS_MORE, hold },
  { NULL },
};

static void
set_up (Fixture *fixture, gconstpointer data)
{
  static const NtVarlinkServiceInfo info = { "Vendor", "Product", "1", "https://example.org" };
  g_autoptr (GSocketConnection) served = NULL;

  fixture->server = nt_varlink_service_new (&info);
  nt_varlink_service_add_interface (fixture->server, INTERFACE, "interface " INTERFACE "\n", methods, fixture);
  make_socket_pair (&served, &fixture->connection);
  nt_varlink_service_serve (fixture->server, G_IO_STREAM (served));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->held);
  g_clear_object (&fixture->connection);
  while (nt_varlink_service_get_n_connections (fixture->server) > 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_finalize_object (g_steal_pointer (&fixture->server));
  /* Lets cancelled reads finish. */
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
send_bytes (Fixture *fixture, const void *bytes, gsize length)
{
  GOutputStream *stream = g_io_stream_get_output_stream (G_IO_STREAM (fixture->connection));
  g_autoptr (GError) error = NULL;
  gsize sent = 0;

  while (sent < length)
    {
      gssize size = g_pollable_output_stream_write_nonblocking (G_POLLABLE_OUTPUT_STREAM (stream),
                                                                (const char *) bytes + sent,
                                                                length - sent,
                                                                NULL,
                                                                &error);

      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        g_clear_error (&error);
      else if (error != NULL)
        return; /* closed already, as the test checks */
      else
        sent += size;
      g_main_context_iteration (NULL, FALSE);
    }
}

static void
send_text (Fixture *fixture, const char *text)
{
  send_bytes (fixture, text, strlen (text) + 1);
}

static void
shut_down_output (Fixture *fixture)
{
  g_socket_shutdown (g_socket_connection_get_socket (fixture->connection), FALSE, TRUE, NULL);
}

static gboolean
is_readable (Fixture *fixture)
{
  GSocket *socket = g_socket_connection_get_socket (fixture->connection);

  return g_socket_condition_check (socket, G_IO_IN | G_IO_HUP) != 0;
}

/* Receives one message, or NULL at the end of the connection. */
static char *
receive_text (Fixture *fixture)
{
  GInputStream *stream = g_io_stream_get_input_stream (G_IO_STREAM (fixture->connection));
  g_autoptr (GString) text = g_string_new (NULL);
  char byte;

  for (;;)
    {
      while (!is_readable (fixture))
        g_main_context_iteration (NULL, FALSE);
      if (g_input_stream_read (stream, &byte, 1, NULL, NULL) <= 0)
        return NULL;
      if (byte == '\0')
        return g_string_free (g_steal_pointer (&text), FALSE);
      g_string_append_c (text, byte);
    }
}

/* Receives that many messages of any content. */
static void
receive_replies (Fixture *fixture, guint count)
{
  GInputStream *stream = g_io_stream_get_input_stream (G_IO_STREAM (fixture->connection));
  g_autofree char *buffer = g_malloc (LARGE_SIZE);

  while (count > 0)
    {
      gssize size;

      while (!is_readable (fixture))
        g_main_context_iteration (NULL, FALSE);
      size = g_input_stream_read (stream, buffer, LARGE_SIZE, NULL, NULL);
      g_assert_cmpint (size, >, 0);
      for (gssize i = 0; i < size; i++)
        count -= buffer[i] == '\0';
    }
}

static void
assert_next_reply (Fixture *fixture, const char *expected)
{
  g_autofree char *reply = receive_text (fixture);

  g_assert_cmpstr (reply, ==, expected);
}

/* The replies of a strict service; NULL: it closes the connection. */
typedef struct
{
  const char *name;
  const char *call;
  const char *reply;
} Case;

#define ECHO(parameters) "{\"method\":\"" INTERFACE ".Echo\",\"parameters\":" parameters "}"
#define ECHO_WITH(header) "{\"method\":\"" INTERFACE ".Echo\",\"parameters\":{\"text\":\"x\"}," header "}"
#define TAKE_INT(number) "{\"method\":\"" INTERFACE ".TakeInt\",\"parameters\":{\"number\":" number "}}"
#define ECHOED "{\"parameters\":{\"text\":\"x\"}}"
#define SERVICE(error, parameters) \
  "{\"error\":\"org.varlink.service." error "\",\"parameters\":" parameters "}"
#define INVALID(field) SERVICE ("InvalidParameter", "{\"parameter\":\"" field "\"}")

static const Case cases[] = {
  { "echo", ECHO ("{\"text\":\"x\"}"), ECHOED },
  { "spaces", " { \"parameters\" : {\"text\":\"x\"} , \"method\" : \"" INTERFACE ".Echo\" } ", ECHOED },
  { "flags-false", ECHO_WITH ("\"more\":false,\"oneway\":false,\"upgrade\":false"), ECHOED },
  { "more-on-single", ECHO_WITH ("\"more\":true"), ECHOED },
  { "no-parameters", "{\"method\":\"" INTERFACE ".TakeInt\"}", "{\"parameters\":{\"number\":7}}" },
  { "null-parameters",
    "{\"method\":\"" INTERFACE ".TakeInt\",\"parameters\":null}",
    "{\"parameters\":{\"number\":7}}" },
  { "null-field", TAKE_INT ("null"), "{\"parameters\":{\"number\":7}}" },
  { "parameters-array", ECHO ("[]"), NULL },
  { "parameters-string", ECHO ("\"x\""), NULL },
  { "more-null", ECHO_WITH ("\"more\":null"), NULL },
  { "more-number", ECHO_WITH ("\"more\":1"), NULL },
  { "more-and-oneway", ECHO_WITH ("\"more\":true,\"oneway\":true"), NULL },
  { "more-and-upgrade", ECHO_WITH ("\"more\":true,\"upgrade\":true"), NULL },
  { "unknown-header-key", ECHO_WITH ("\"id\":1"), NULL },
  { "no-method", "{\"parameters\":{}}", NULL },
  { "method-number", "{\"method\":1}", NULL },
  { "empty-message", "", NULL },
  { "byte-order-mark", "\xef\xbb\xbf" ECHO ("{}"), NULL },
  { "comment", "/**/" ECHO ("{}"), NULL },
  { "trailing-comma", ECHO ("{\"text\":\"x\",}"), NULL },
  { "bytes-after", ECHO ("{}") "x", NULL },
  { "invalid-utf8", ECHO ("{\"text\":\"\xff\"}"), NULL },
  { "escaped-nul", ECHO ("{\"text\":\"\\u0000\"}"), NULL },
  { "lone-surrogate", ECHO ("{\"text\":\"\\ud800\"}"), NULL },
  { "nan", TAKE_INT ("NaN"), NULL },
  { "leading-zeros", TAKE_INT ("007"), NULL },
  { "header-key-twice", ECHO_WITH ("\"more\":false,\"more\":false"), NULL },
  { "unknown-parameter", ECHO ("{\"text\":\"x\",\"colour\":1}"), INVALID ("colour") },
  { "missing-parameter", ECHO ("{}"), INVALID ("text") },
  { "wrong-type", ECHO ("{\"text\":1}"), INVALID ("text") },
  { "parameter-twice", ECHO ("{\"text\":\"x\",\"text\":\"y\"}"), INVALID ("text") },
  { "fraction", TAKE_INT ("1.0"), INVALID ("number") },
  { "exponent", TAKE_INT ("1e3"), INVALID ("number") },
  { "beyond-int64", TAKE_INT ("9223372036854775808"), INVALID ("number") },
  { "beyond-double", TAKE_INT ("1e400"), INVALID ("number") },
  { "largest-int", TAKE_INT ("9223372036854775807"), "{\"parameters\":{\"number\":9223372036854775807}}" },
  { "unknown-method",
    "{\"method\":\"" INTERFACE ".Nothing\"}",
    SERVICE ("MethodNotFound", "{\"method\":\"" INTERFACE ".Nothing\"}") },
  { "unknown-interface",
    "{\"method\":\"org.example.Nothing\"}",
    SERVICE ("InterfaceNotFound", "{\"interface\":\"org.example\"}") },
  { "no-interface", "{\"method\":\"Echo\"}", SERVICE ("InterfaceNotFound", "{\"interface\":\"Echo\"}") },
  { "empty-method", "{\"method\":\"\"}", SERVICE ("InterfaceNotFound", "{\"interface\":\"\"}") },
  { "expected-more", "{\"method\":\"" INTERFACE ".Count\"}", SERVICE ("ExpectedMore", "{}") },
  { "upgrade",
    ECHO_WITH ("\"upgrade\":true"),
    SERVICE ("MethodNotImplemented", "{\"method\":\"" INTERFACE ".Echo\"}") },
  { "own-error",
    "{\"method\":\"" INTERFACE ".Fail\"}",
    "{\"error\":\"" INTERFACE ".Failed\",\"parameters\":{\"message\":\"It went wrong\"}}" },
  { "get-info",
    "{\"method\":\"org.varlink.service.GetInfo\"}",
    "{\"parameters\":{\"vendor\":\"Vendor\",\"product\":\"Product\",\"version\":\"1\","
    "\"url\":\"https://example.org\",\"interfaces\":[\"org.varlink.service\",\"" INTERFACE "\"]}}" },
  { "get-info-parameter",
    "{\"method\":\"org.varlink.service.GetInfo\",\"parameters\":{\"x\":1}}",
    INVALID ("x") },
  { "description",
    "{\"method\":\"org.varlink.service.GetInterfaceDescription\",\"parameters\":{\"interface\":\"" INTERFACE
    "\"}}",
    "{\"parameters\":{\"description\":\"interface " INTERFACE "\\n\"}}" },
  { "description-unknown",
    "{\"method\":\"org.varlink.service.GetInterfaceDescription\",\"parameters\":{\"interface\":\"a.b\"}}",
    SERVICE ("InterfaceNotFound", "{\"interface\":\"a.b\"}") },
  { "description-missing",
    "{\"method\":\"org.varlink.service.GetInterfaceDescription\"}",
    INVALID ("interface") },
};

static void
test_case (Fixture *fixture, gconstpointer data)
{
  const Case *test = data;

  send_text (fixture, test->call);
  assert_next_reply (fixture, test->reply);
}

static void
test_byte_by_byte (Fixture *fixture, gconstpointer data)
{
  const Case *test = data;

  for (gsize i = 0; i <= strlen (test->call); i++)
    send_bytes (fixture, test->call + i, 1);
  assert_next_reply (fixture, test->reply);
}

static void
test_too_long (Fixture *fixture, gconstpointer data)
{
  g_autofree char *padding = g_strnfill (NT_LIMIT_CALL_BYTES, ' ');
  g_autofree char *text = g_strconcat (padding, ECHO ("{\"text\":\"x\"}"), NULL);

  send_text (fixture, text);
  assert_next_reply (fixture, NULL);
}

static void
test_too_deep (Fixture *fixture, gconstpointer data)
{
  g_autofree char *open = g_strnfill (100000, '[');
  g_autofree char *deep = g_strconcat ("{\"method\":\"a.B\",\"parameters\":{\"x\":", open, NULL);

  send_text (fixture, deep);
  assert_next_reply (fixture, NULL);
}

/* Each value takes memory: short text may need a lot. */
static void
test_too_many_values (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new ("{\"method\":\"a.B\",\"parameters\":{\"x\":[0");

  for (int i = 0; i < NT_LIMIT_CALL_VALUES; i++)
    g_string_append (text, ",0");
  g_string_append (text, "]}}");
  send_text (fixture, text->str);
  assert_next_reply (fixture, NULL);
}

static void
test_pipelined (Fixture *fixture, gconstpointer data)
{
  static const char calls[] = ECHO ("{\"text\":\"1\"}") "\0" ECHO ("{\"text\":\"2\"}") "\0" ECHO (
    "{\"text\":\"3\"}");

  send_bytes (fixture, calls, sizeof calls);
  assert_next_reply (fixture, "{\"parameters\":{\"text\":\"1\"}}");
  assert_next_reply (fixture, "{\"parameters\":{\"text\":\"2\"}}");
  assert_next_reply (fixture, "{\"parameters\":{\"text\":\"3\"}}");
}

static void
test_many_pipelined (Fixture *fixture, gconstpointer data)
{
  for (int i = 0; i < 1000; i++)
    send_text (fixture, ECHO ("{\"text\":\"x\"}"));
  for (int i = 0; i < 1000; i++)
    assert_next_reply (fixture, ECHOED);
}

/* A client may send all its calls, shut down its side, and read the replies. */
static void
test_half_closed (Fixture *fixture, gconstpointer data)
{
  send_text (fixture, ECHO ("{\"text\":\"x\"}"));
  send_text (fixture, ECHO ("{\"text\":\"x\"}"));
  shut_down_output (fixture);
  assert_next_reply (fixture, ECHOED);
  assert_next_reply (fixture, ECHOED);
  assert_next_reply (fixture, NULL);
}

static void
test_partial (Fixture *fixture, gconstpointer data)
{
  send_bytes (fixture, "{\"method\"", 9);
  shut_down_output (fixture);
  assert_next_reply (fixture, NULL);
}

static void
test_oneway (Fixture *fixture, gconstpointer data)
{
  send_text (fixture, ECHO_WITH ("\"oneway\":true"));
  send_text (fixture, "{\"method\":\"" INTERFACE ".Nothing\",\"oneway\":true}");
  send_text (fixture, ECHO ("{\"text\":\"x\"}"));
  assert_next_reply (fixture, ECHOED);
}

static void
test_in_order (Fixture *fixture, gconstpointer data)
{
  send_text (fixture, "{\"method\":\"" INTERFACE ".Hold\"}");
  send_text (fixture, ECHO ("{\"text\":\"x\"}"));
  while (fixture->held == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (is_readable (fixture));

  nt_varlink_call_reply (fixture->held, NULL);
  assert_next_reply (fixture, "{\"parameters\":{}}");
  assert_next_reply (fixture, ECHOED);
}

static void
test_stream (Fixture *fixture, gconstpointer data)
{
  send_text (fixture, "{\"method\":\"" INTERFACE ".Count\",\"more\":true}");
  assert_next_reply (fixture, "{\"parameters\":{\"n\":1},\"continues\":true}");
  assert_next_reply (fixture, "{\"parameters\":{\"n\":2},\"continues\":true}");
  assert_next_reply (fixture, "{\"parameters\":{\"n\":3}}");
}

static void
start_watch (Fixture *fixture)
{
  send_text (fixture, "{\"method\":\"" INTERFACE ".Watch\",\"more\":true}");
  while (fixture->held == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_gone_in_stream (Fixture *fixture, gconstpointer data)
{
  start_watch (fixture);
  nt_varlink_call_reply_continues (fixture->held, NULL);
  g_clear_object (&fixture->connection);
  run_until_true (&fixture->held_closed);

  g_assert_true (nt_varlink_call_is_closed (fixture->held));
  nt_varlink_call_reply_continues (fixture->held, NULL);
  nt_varlink_call_reply (fixture->held, NULL);
}

/* If a client calls and does not read, its further calls wait, and it gets all replies when it reads. */
static void
test_unread_answers (Fixture *fixture, gconstpointer data)
{
  const guint n_calls = 100;
  guint before;

  for (guint i = 0; i < n_calls; i++)
    send_text (fixture, "{\"method\":\"" INTERFACE ".Large\"}");
  do
    {
      before = fixture->n_large;
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
  while (fixture->n_large != before);
  g_assert_cmpuint (fixture->n_large, >, 0);
  g_assert_cmpuint (fixture->n_large, <, n_calls / 2);

  receive_replies (fixture, n_calls);
  g_assert_cmpuint (fixture->n_large, ==, n_calls);
}

static void
test_slow_reader (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = g_strnfill (1024 * 1024, 'x');
  g_autoptr (JsonObject) reply = json_object_new ();

  json_object_set_string_member (reply, "text", text);
  start_watch (fixture);
  for (int i = 0; i < 8 && !fixture->held_closed; i++)
    nt_varlink_call_reply_continues (fixture->held, reply);
  g_assert_true (fixture->held_closed);
  g_assert_cmpuint (nt_varlink_service_get_n_connections (fixture->server), ==, 0);
}

static void
set_true_cb (gboolean *flag)
{
  *flag = TRUE;
}

/* The handler of a stream is notified when the client has caught up. */
static void
test_drained (Fixture *fixture, gconstpointer data)
{
  gboolean drained = FALSE;

  start_watch (fixture);
  g_signal_connect_swapped (fixture->held, "drained", G_CALLBACK (set_true_cb), &drained);
  nt_varlink_call_reply_continues (fixture->held, NULL);
  g_assert_cmpuint (nt_varlink_call_get_pending (fixture->held), >, 0);
  run_until_true (&drained);
  g_assert_cmpuint (nt_varlink_call_get_pending (fixture->held), ==, 0);
  nt_varlink_call_reply (fixture->held, NULL);
}

static void
test_credentials (Fixture *fixture, gconstpointer data)
{
  g_autofree char *expected =
    g_strdup_printf ("{\"parameters\":{\"uid\":%u,\"pid\":%u}}", getuid (), getpid ());

  send_text (fixture, "{\"method\":\"" INTERFACE ".WhoAmI\"}");
  assert_next_reply (fixture, expected);
}

static void
refuse_echo (NtVarlinkCall *call, gpointer user_data)
{
  if (g_str_has_suffix (nt_varlink_call_get_method (call), ".Echo"))
    nt_varlink_call_reply_error (call, NT_VARLINK_PERMISSION_DENIED, NULL);
  else
    nt_varlink_call_admit (call);
}

static void
test_gate (Fixture *fixture, gconstpointer data)
{
  nt_varlink_service_set_gate (fixture->server, refuse_echo, NULL);
  send_text (fixture, ECHO ("{\"text\":\"x\"}"));
  send_text (fixture, TAKE_INT ("1"));
  assert_next_reply (fixture, SERVICE ("PermissionDenied", "{}"));
  assert_next_reply (fixture, "{\"parameters\":{\"number\":1}}");
}

static void
test_server_closes (Fixture *fixture, gconstpointer data)
{
  start_watch (fixture);
  nt_varlink_service_close (fixture->server);
  g_assert_true (fixture->held_closed);
  assert_next_reply (fixture, NULL);
}

static void
add_case (const char *group, const Case *test, void (*func) (Fixture *, gconstpointer))
{
  g_autofree char *path = g_strconcat ("/varlink/", group, "/", test->name, NULL);

  g_test_add (path, Fixture, test, set_up, func, tear_down);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      add_case ("at-once", &cases[i], test_case);
      add_case ("byte-by-byte", &cases[i], test_byte_by_byte);
    }

#define ADD(name, func) g_test_add ("/varlink/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("too-long", test_too_long);
  ADD ("too-deep", test_too_deep);
  ADD ("pipelined", test_pipelined);
  ADD ("many-pipelined", test_many_pipelined);
  ADD ("half-closed", test_half_closed);
  ADD ("partial", test_partial);
  ADD ("oneway", test_oneway);
  ADD ("in-order", test_in_order);
  ADD ("stream", test_stream);
  ADD ("gone-in-stream", test_gone_in_stream);
  ADD ("slow-reader", test_slow_reader);
  ADD ("unread-answers", test_unread_answers);
  ADD ("too-many-values", test_too_many_values);
  ADD ("drained", test_drained);
  ADD ("credentials", test_credentials);
  ADD ("gate", test_gate);
  ADD ("server-closes", test_server_closes);
#undef ADD
  return g_test_run ();
}
