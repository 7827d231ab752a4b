/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/reach/askpass.h"

#include <errno.h>
#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* A genuine prompt has only a few lines. */
#define REQUEST_MAX 8192

#define TOKEN_BYTES 32

struct _NtAskpass
{
  GObject parent_instance;

  char *helper; /* the program that ssh runs */
  char *folder; /* of the socket, accessible only to this user */
  char *path;
  GSocketService *service;
  GHashTable *tokens;  /* token → Connection */
  GHashTable *answers; /* prompt → secret, kept until the console exits */
  GHashTable *hosts;   /* hosts for which a secret was given */
};

G_DEFINE_TYPE (NtAskpass, nt_askpass, G_TYPE_OBJECT)

enum
{
  ASKED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static NtAskpass *the_default;

/* One ssh process. */
typedef struct
{
  char *host;
  gboolean may_ask;
  gboolean has_given_up;
  GHashTable *tried;           /* prompts answered from @answers */
  NtAskpassQuestion *question; /* the open one */
} Connection;

/* A request of a helper process. */
typedef struct
{
  NtAskpass *askpass;
  GSocketConnection *stream;
  char *token;
  char *prompt;
  char buffer[REQUEST_MAX];
  gsize length;
} Request;

static void
free_secret (gpointer data)
{
  explicit_bzero (data, strlen (data));
  g_free (data);
}

static void
connection_free (gpointer data)
{
  Connection *connection = data;

  if (connection->question != NULL)
    nt_askpass_question_withdraw (connection->question);
  g_clear_object (&connection->question);
  g_hash_table_unref (connection->tried);
  g_free (connection->host);
  g_free (connection);
}

static void
request_free (Request *request)
{
  explicit_bzero (request->buffer, sizeof request->buffer);
  g_io_stream_close (G_IO_STREAM (request->stream), NULL, NULL);
  g_object_unref (request->stream);
  g_object_unref (request->askpass);
  g_free (request->token);
  g_free (request->prompt);
  g_free (request);
}

/* Sends "+answer", or "-" without one. A socket accepts a message of that size at once. */
static void
reply (Request *request, const char *answer)
{
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (request->stream));
  g_autofree char *text = answer ? g_strconcat ("+", answer, NULL) : g_strdup ("-");

  g_output_stream_write_all (output, text, strlen (text), NULL, NULL, NULL);
  explicit_bzero (text, strlen (text));
  request_free (request);
}

static void
remember (NtAskpass *self, const char *host, const char *prompt, const char *answer)
{
  g_hash_table_replace (self->answers, g_strdup (prompt), g_strdup (answer));
  g_hash_table_add (self->hosts, g_strdup (host));
}

/* ssh asks up to three times; cancelling the first prompt cancels the others too. */
static void
answered_cb (Request *request, const char *answer, NtAskpassQuestion *question)
{
  NtAskpass *self = request->askpass;
  Connection *connection = g_hash_table_lookup (self->tokens, request->token);

  if (connection != NULL)
    connection->has_given_up = answer == NULL;
  if (connection != NULL && answer != NULL && nt_askpass_question_get_kind (question) == NT_ASKPASS_SECRET)
    {
      g_hash_table_add (connection->tried, g_strdup (request->prompt));
      remember (self, connection->host, request->prompt, answer);
    }
  reply (request, answer);
}

static void
ask (NtAskpass *self, Connection *connection, Request *request, const char *hint)
{
  g_set_object (&connection->question, NULL);
  connection->question = nt_askpass_question_new (connection->host, hint, request->prompt);
  g_signal_connect_swapped (connection->question, "answered", G_CALLBACK (answered_cb), request);
  g_signal_emit (self, signals[ASKED], 0, connection->question);
}

/* A stored answer is used once per process: if ssh asks again, the answer was wrong. */
static const char *
recall (NtAskpass *self, Connection *connection, const char *prompt)
{
  const char *answer = g_hash_table_lookup (self->answers, prompt);

  if (answer == NULL)
    return NULL;
  if (g_hash_table_add (connection->tried, g_strdup (prompt)))
    return answer;
  g_hash_table_remove (self->answers, prompt);
  return NULL;
}

/* A request is "token\nhint\nprompt" and ends with a zero byte. */
static void
handle (Request *request)
{
  NtAskpass *self = request->askpass;
  g_auto (GStrv) parts = g_strsplit (request->buffer, "\n", 3);
  Connection *connection = g_strv_length (parts) == 3 ? g_hash_table_lookup (self->tokens, parts[0]) : NULL;
  const char *answer;

  if (connection == NULL || connection->has_given_up || !g_utf8_validate (parts[2], -1, NULL))
    {
      reply (request, NULL);
      return;
    }
  request->token = g_strdup (parts[0]);
  request->prompt = g_strdup (parts[2]);
  answer = recall (self, connection, request->prompt);
  if (answer != NULL || !connection->may_ask)
    reply (request, answer);
  else
    ask (self, connection, request, parts[1]);
}

static void read_more (Request *request);

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Request *request = user_data;
  gssize size = g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL);

  if (size <= 0)
    {
      request_free (request);
      return;
    }
  request->length += size;
  if (memchr (request->buffer, '\0', request->length) != NULL)
    handle (request);
  else if (request->length < sizeof request->buffer)
    read_more (request);
  else
    request_free (request);
}

static void
read_more (Request *request)
{
  g_input_stream_read_async (g_io_stream_get_input_stream (G_IO_STREAM (request->stream)),
                             request->buffer + request->length, sizeof request->buffer - request->length,
                             G_PRIORITY_DEFAULT, NULL, read_cb, request);
}

static gboolean
is_of_this_user (GSocketConnection *stream)
{
  g_autoptr (GCredentials) credentials = g_socket_get_credentials (g_socket_connection_get_socket (stream), NULL);

  return credentials != NULL && g_credentials_get_unix_user (credentials, NULL) == getuid ();
}

static gboolean
incoming_cb (NtAskpass *self, GSocketConnection *stream)
{
  Request *request;

  if (!is_of_this_user (stream))
    return TRUE;
  request = g_new0 (Request, 1);
  request->askpass = g_object_ref (self);
  request->stream = g_object_ref (stream);
  read_more (request);
  return TRUE;
}

static void
nt_askpass_dispose (GObject *object)
{
  NtAskpass *self = NT_ASKPASS (object);

  if (self->service != NULL)
    {
      g_socket_service_stop (self->service);
      g_socket_listener_close (G_SOCKET_LISTENER (self->service));
    }
  g_clear_object (&self->service);
  if (self->path != NULL)
    g_unlink (self->path);
  if (self->folder != NULL)
    g_rmdir (self->folder);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->folder, g_free);
  g_hash_table_remove_all (self->tokens);

  G_OBJECT_CLASS (nt_askpass_parent_class)->dispose (object);
}

static void
nt_askpass_finalize (GObject *object)
{
  NtAskpass *self = NT_ASKPASS (object);

  g_hash_table_unref (self->tokens);
  g_hash_table_unref (self->answers);
  g_hash_table_unref (self->hosts);
  g_free (self->helper);

  G_OBJECT_CLASS (nt_askpass_parent_class)->finalize (object);
}

static void
nt_askpass_class_init (NtAskpassClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = nt_askpass_dispose;
  G_OBJECT_CLASS (klass)->finalize = nt_askpass_finalize;

  /**
   * NtAskpass::asked:
   * @question: a prompt to show to the user; ssh waits for the answer
   */
  signals[ASKED] = g_signal_new ("asked", NT_TYPE_ASKPASS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                 NT_TYPE_ASKPASS_QUESTION);
}

static void
nt_askpass_init (NtAskpass *self)
{
  self->tokens = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, connection_free);
  self->answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_secret);
  self->hosts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static gboolean
listen (NtAskpass *self, GError **error)
{
  g_autofree char *template = g_build_filename (g_get_user_runtime_dir (), "nicteam-XXXXXX", NULL);
  g_autoptr (GSocketAddress) address = NULL;

  if (g_mkdtemp_full (template, 0700) == NULL)
    {
      int saved = errno;

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved), "%s: %s", template, g_strerror (saved));
      return FALSE;
    }
  self->folder = g_steal_pointer (&template);
  self->path = g_build_filename (self->folder, "askpass", NULL);
  address = g_unix_socket_address_new (self->path);
  self->service = g_socket_service_new ();
  if (!g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), address, G_SOCKET_TYPE_STREAM,
                                      G_SOCKET_PROTOCOL_DEFAULT, NULL, NULL, error))
    return FALSE;
  g_signal_connect_object (self->service, "incoming", G_CALLBACK (incoming_cb), self, G_CONNECT_SWAPPED);
  return TRUE;
}

static char *
make_token (void)
{
  g_autoptr (GString) token = g_string_new (NULL);

  for (int i = 0; i < TOKEN_BYTES / 4; i++)
    {
      guint32 word;

      if (getentropy (&word, sizeof word) != 0)
        g_error ("Cannot get random numbers from the kernel");
      g_string_append_printf (token, "%08x", word);
    }
  return g_string_free (g_steal_pointer (&token), FALSE);
}

/**
 * nt_askpass_new:
 * @helper: the path of nicteam-askpass
 *
 * Returns: (transfer full) (nullable): an object that answers prompts of ssh
 */
NtAskpass *
nt_askpass_new (const char *helper, GError **error)
{
  g_autoptr (NtAskpass) self = g_object_new (NT_TYPE_ASKPASS, NULL);

  self->helper = g_strdup (helper);
  return listen (self, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * nt_askpass_get_default:
 *
 * Returns: (transfer none) (nullable): the object that all connections use
 */
NtAskpass *
nt_askpass_get_default (void)
{
  return the_default;
}

/**
 * nt_askpass_set_default:
 * @self: (nullable): the object that all connections use from now on
 */
void
nt_askpass_set_default (NtAskpass *self)
{
  g_set_object (&the_default, self);
}

/**
 * nt_askpass_knows:
 * @host: a host as given to ssh
 *
 * Returns: %TRUE if a secret for @host is stored, so that ssh may prompt even without a user
 */
gboolean
nt_askpass_knows (NtAskpass *self, const char *host)
{
  return g_hash_table_contains (self->hosts, host);
}

/**
 * nt_askpass_prepare:
 * @launcher: for an ssh process
 * @host: the host that ssh connects to
 * @may_ask: %FALSE to answer only from memory
 *
 * Directs the prompts of ssh to this object. A token authenticates each process.
 *
 * Returns: (transfer full): the token, to be passed to nt_askpass_forget() when the process has ended
 */
char *
nt_askpass_prepare (NtAskpass *self, GSubprocessLauncher *launcher, const char *host, gboolean may_ask)
{
  Connection *connection = g_new0 (Connection, 1);
  char *token = make_token ();

  connection->host = g_strdup (host);
  connection->may_ask = may_ask;
  connection->tried = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_hash_table_insert (self->tokens, g_strdup (token), connection);

  g_subprocess_launcher_setenv (launcher, "SSH_ASKPASS", self->helper, TRUE);
  g_subprocess_launcher_setenv (launcher, "SSH_ASKPASS_REQUIRE", "force", TRUE);
  g_subprocess_launcher_setenv (launcher, NT_ASKPASS_SOCKET_VARIABLE, self->path, TRUE);
  g_subprocess_launcher_setenv (launcher, NT_ASKPASS_TOKEN_VARIABLE, token, TRUE);
  return token;
}

/**
 * nt_askpass_forget:
 * @token: of an ssh process that has ended
 *
 * Withdraws open questions of the process.
 */
void
nt_askpass_forget (NtAskpass *self, const char *token)
{
  g_hash_table_remove (self->tokens, token);
}
