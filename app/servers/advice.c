/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/servers/advice.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define REPOSITORY "https://github.com/nicteam/nicteam"

#define START_AGENT "systemctl enable --now nicteam-agent.socket nicteam-agent.service"

#define BUILD_AGENT \
  "meson setup build --prefix=/usr --buildtype=release -Dconsole=false -Dtests=false\n" \
  "meson install -C build\n"

#define INSTALL_AGENT \
  "apt install git gcc meson gettext pkgconf libglib2.0-dev libjson-glib-dev libnl-3-dev libnl-genl-3-dev\n" \
  "git clone " REPOSITORY "\n" \
  "cd nicteam\n" BUILD_AGENT "systemd-sysusers\n" \
  "systemctl daemon-reload\n" START_AGENT

#define UPDATE_AGENT \
  "cd nicteam\n" \
  "git pull\n" BUILD_AGENT "systemctl daemon-reload\n" \
  "systemctl restart nicteam-agent.service"

/* Input and output of one call of nt_advice_for(). */
typedef struct
{
  GPtrArray *list;
  const NtServerAddress *address;
  char *user; /* login name; this and the next two are NULL if not applicable or not given */
  char *host;
  char *port;
  const char *own_user; /* local login name */
} Context;

static void
advice_free (gpointer data)
{
  NtAdvice *advice = data;

  g_free (advice->text);
  g_free (advice->command);
  g_free (advice);
}

/* @text and @command: (transfer full) */
static void
add (Context *context, char *text, char *command)
{
  NtAdvice *advice = g_new0 (NtAdvice, 1);

  advice->text = text;
  advice->command = command;
  g_ptr_array_add (context->list, advice);
}

static gboolean
is_ssh (const Context *context)
{
  return context->address->kind == NT_ADDRESS_SSH;
}

static char *
describe_place (const Context *context)
{
  g_autofree char *name = nt_server_address_get_default_name (context->address);

  return is_ssh (context) ? g_strdup_printf (_("as root on %s"), name) : g_strdup (_("as root on this machine"));
}

static void
add_as_root (Context *context, const char *format, const char *command)
{
  g_autofree char *where = describe_place (context);
  g_autoptr (GString) text = g_string_new (format);

  g_string_replace (text, "{where}", where, 0);
  add (context, g_string_free (g_steal_pointer (&text), FALSE), g_strdup (command));
}

static void
add_group (Context *context)
{
  g_autofree char *quoted = g_shell_quote (context->user ? context->user : context->own_user);
  g_autofree char *command = g_strdup_printf ("usermod -aG nicteam %s", quoted);

  add_as_root (context, _("Access requires membership in the group “nicteam”. Run {where}:"), command);
}

static void
advise_unreachable (Context *context)
{
  if (is_ssh (context))
    add (context, g_strdup (_("Test the SSH connection:")),
         g_strdup_printf ("ssh -v %s true", context->address->target));
  add (context, g_strdup (_("The console keeps trying to connect.")), NULL);
}

static char *
copy_key (const Context *context)
{
  return g_strconcat ("ssh-copy-id ", context->port ? "-p " : "", context->port ? context->port : "",
                      context->port ? " " : "", context->user ? context->user : "", context->user ? "@" : "",
                      context->host, NULL);
}

static char *
remove_key (const Context *context)
{
  return context->port ? g_strdup_printf ("ssh-keygen -R '[%s]:%s'", context->host, context->port)
                        : g_strdup_printf ("ssh-keygen -R %s", context->host);
}

static void
advise_denied (Context *context)
{
  if (is_ssh (context))
    add (context, g_strdup (_("Copy your public key to the server:")), copy_key (context));
  add_group (context);
  add (context, g_strdup (_("The console does not retry by itself. “Try Again” can ask for a password.")), NULL);
}

static void
advise_no_access (Context *context)
{
  add_group (context);
  add (context, g_strdup (_("Then log in again and use “Try Again”.")), NULL);
}

static void
advise_host_key (Context *context)
{
  add_as_root (context, _("Show the actual host key. Run {where}, on its local console:"),
               "ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub");
  add (context, g_strdup (_("If the host key has changed for a known reason, such as a new installation, remove the "
                            "old key:")),
       remove_key (context));
  add (context, g_strdup (_("“Try Again” shows the fingerprint of the new key. An unexplained change may mean that "
                             "the connection is being intercepted.")),
       NULL);
}

static void
advise_no_agent (Context *context)
{
  add_as_root (context, _("If nicteam-agent is installed, start it. Run {where}:"), START_AGENT);
  add_as_root (context, _("Otherwise, install it on Debian 12 or later. Run {where}:"), INSTALL_AGENT);
  add_group (context);
}

static void
advise_old_agent (Context *context)
{
  add_as_root (context, _("Update the agent from the folder in which it was built. Run {where}:"), UPDATE_AGENT);
}

/**
 * nt_advice_for:
 * @connection: the state of the connection
 * @user: local login name
 *
 * Returns: (transfer full) (element-type NtAdvice): steps in the order in which to take them; empty if none are needed
 */
GPtrArray *
nt_advice_for (NtConnection connection, const NtServerAddress *address, const char *user)
{
  Context context = {
    .list = g_ptr_array_new_with_free_func (advice_free),
    .address = address,
    .own_user = user,
  };

  if (is_ssh (&context))
    nt_server_address_split (address, &context.user, &context.host, &context.port);
  if (connection == NT_CONNECTION_UNREACHABLE)
    advise_unreachable (&context);
  else if (connection == NT_CONNECTION_NO_ACCESS)
    advise_no_access (&context);
  else if (connection == NT_CONNECTION_DENIED)
    advise_denied (&context);
  else if (connection == NT_CONNECTION_HOST_KEY)
    advise_host_key (&context);
  else if (connection == NT_CONNECTION_NO_AGENT)
    advise_no_agent (&context);
  else if (connection == NT_CONNECTION_OLD_AGENT)
    advise_old_agent (&context);
  g_free (context.user);
  g_free (context.host);
  g_free (context.port);
  return context.list;
}
