/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/reach/ssh.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "app/reach/askpass.h"

/* The exit status of ssh for its own errors */
#define EXIT_OF_SSH 255

#define CONNECT_TIMEOUT_S 10
#define CONNECT_TIMEOUT_MAX_S 3600

/* A socket pair instead of pipes: writing after the end of ssh returns an error instead of a signal, and never
 * blocks. */
static gboolean
make_stream (GIOStream **stream, int *far, GError **error)
{
  g_autoptr (GSocket) socket = NULL;
  int fds[2];

  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds) != 0)
    {
      g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (errno), g_strerror (errno));
      return FALSE;
    }
  socket = g_socket_new_from_fd (fds[0], error);
  if (socket == NULL)
    {
      close (fds[0]);
      close (fds[1]);
      return FALSE;
    }

  *stream = G_IO_STREAM (g_socket_connection_factory_create_connection (socket));
  *far = fds[1];
  return TRUE;
}

#define TOKEN_KEY "nt-askpass-token"

static void
forget_token (gpointer token)
{
  NtAskpass *askpass = nt_askpass_get_default ();

  if (askpass != NULL)
    nt_askpass_forget (askpass, token);
  g_free (token);
}

static GSubprocessLauncher *
new_launcher (int fd, NtTransportFlags flags)
{
  GSubprocessLauncher *launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDERR_PIPE);

  g_subprocess_launcher_take_stdin_fd (launcher, dup (fd));
  g_subprocess_launcher_take_stdout_fd (launcher, fd);
  g_subprocess_launcher_setenv (launcher, "LC_ALL", "C.UTF-8", TRUE);
  if (flags & NT_TRANSPORT_INTERACTIVE)
    g_subprocess_launcher_setenv (launcher, "SSH_ASKPASS_REQUIRE", "force", TRUE);
  return launcher;
}

/* The last line of ssh is the reason why it ended. */
static char *
get_last_line (const char *words)
{
  g_autofree char *stripped = g_strstrip (g_strdup (words));
  const char *newline = strrchr (stripped, '\n');

  return g_strstrip (g_strdup (newline ? newline + 1 : stripped));
}

static NtTransportError
classify (int exit_status, const char *words)
{
  if (strstr (words, "Host key verification failed") != NULL)
    return NT_TRANSPORT_ERROR_HOST_KEY;
  if (strstr (words, "Permission denied (") != NULL ||
      strstr (words, "Too many authentication failures") != NULL)
    return NT_TRANSPORT_ERROR_DENIED;
  if (exit_status == EXIT_OF_SSH || exit_status == 0)
    return NT_TRANSPORT_ERROR_UNREACHABLE;
  return NT_TRANSPORT_ERROR_NO_AGENT;
}

static char *
describe (NtTransportError code, const char *host)
{
  switch (code)
    {
    case NT_TRANSPORT_ERROR_DENIED:
      return g_strdup_printf (_("Access to %s was denied. Check that “ssh” works from a terminal"), host);
    case NT_TRANSPORT_ERROR_HOST_KEY:
      return g_strdup_printf (_("The host key of %s is unknown or has changed. Connect once with “ssh” from a "
                                "terminal to check it"),
                              host);
    case NT_TRANSPORT_ERROR_NO_AGENT:
      return g_strdup_printf (_("No agent responds on %s. Install nicteam-agent there and start its service"),
                              host);
    case NT_TRANSPORT_ERROR_UNREACHABLE:
    default:
      return g_strdup_printf (_("%s is not reachable. Check its name, power and network"), host);
    }
}

/* Seconds; the environment may say otherwise, for links and machines that are slow. */
static guint
get_connect_timeout (void)
{
  const char *value = g_getenv ("NICTEAM_CONNECT_TIMEOUT");
  guint64 seconds;

  if (value != NULL && g_ascii_string_to_unsigned (value, 10, 1, CONNECT_TIMEOUT_MAX_S, &seconds, NULL))
    return (guint) seconds;
  return CONNECT_TIMEOUT_S;
}

/**
 * nt_ssh_spawn:
 * @host: a destination as given to ssh
 * @flags: %NT_TRANSPORT_INTERACTIVE allows prompts
 * @stream: (out) (transfer full): the connection to the agent
 *
 * Starts the OpenSSH client, so that the configuration, keys, key agents and jump hosts of the user apply.
 *
 * Returns: (transfer full) (nullable): the client, with its standard error in a pipe
 */
GSubprocess *
nt_ssh_spawn (const char *host, NtTransportFlags flags, GIOStream **stream, GError **error)
{
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  NtAskpass *askpass = nt_askpass_get_default ();
  /* Stored secrets are used by all connections, even by those that may not prompt. */
  gboolean knows = askpass != NULL && nt_askpass_knows (askpass, host);
  gboolean may_ask = (flags & (NT_TRANSPORT_INTERACTIVE | NT_TRANSPORT_TERMINAL)) != 0 || knows;
  const char *batch_mode = may_ask ? "BatchMode=no" : "BatchMode=yes";
  /* ssh uses the first value of an option, so repeating BatchMode here has no effect. */
  const char *own_path = (flags & NT_TRANSPORT_FRESH) != 0 ? "ControlPath=none" : batch_mode;
  g_autofree char *connect_timeout = g_strdup_printf ("ConnectTimeout=%u", get_connect_timeout ());
  const char *const argv[] = {
    "ssh", "-T", "-e", "none", "-o", connect_timeout, "-o", "ServerAliveInterval=15", "-o", "ServerAliveCountMax=3",
    "-o", batch_mode, "-o", own_path, "--", host, "nicteam-agent", "bridge", NULL,
  };
  g_autofree char *token = NULL;
  GSubprocess *subprocess;
  int fd;

  if (!make_stream (stream, &fd, error))
    return NULL;
  launcher = new_launcher (fd, flags);
  if (askpass != NULL && may_ask)
    token = nt_askpass_prepare (askpass, launcher, host, (flags & NT_TRANSPORT_INTERACTIVE) != 0);
  subprocess = g_subprocess_launcher_spawnv (launcher, argv, error);
  if (subprocess != NULL && token != NULL)
    g_object_set_data_full (G_OBJECT (subprocess), TOKEN_KEY, g_steal_pointer (&token), forget_token);
  return subprocess;
}

/**
 * nt_ssh_set_error:
 * @error: (out): set to an %NT_TRANSPORT_ERROR
 * @exit_status: of ssh
 * @words: the standard error of ssh
 *
 * Determines why an ssh connection failed.
 */
void
nt_ssh_set_error (GError **error, const char *host, int exit_status, const char *words)
{
  NtTransportError code = classify (exit_status, words);
  g_autofree char *last_line = get_last_line (words);
  g_autofree char *description = describe (code, host);

  if (*last_line != '\0')
    g_set_error (error, NT_TRANSPORT_ERROR, code, "%s (%s)", description, last_line);
  else
    g_set_error_literal (error, NT_TRANSPORT_ERROR, code, description);
}
