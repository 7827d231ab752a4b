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
add (Context *advising, char *text, char *command)
{
  NtAdvice *advice = g_new0 (NtAdvice, 1);

  advice->text = text;
  advice->command = command;
  g_ptr_array_add (advising->list, advice);
}

static gboolean
is_ssh (const Context *advising)
{
  return advising->address->kind == NT_ADDRESS_SSH;
}

static char *
describe_place (const Context *advising)
{
  g_autofree char *name = nt_server_address_get_default_name (advising->address);

  return is_ssh (advising) ? g_strdup_printf (_("as root on %s"), name) : g_strdup (_("as root on this machine"));
}

static void
add_as_root (Context *advising, const char *format, const char *command)
{
  g_autofree char *where = describe_place (advising);
  g_autoptr (GString) text = g_string_new (format);

  g_string_replace (text, "{where}", where, 0);
  add (advising, g_string_free (g_steal_pointer (&text), FALSE), g_strdup (command));
}

static void
add_group (Context *advising)
{
  g_autofree char *quoted = g_shell_quote (advising->user ? advising->user : advising->own_user);
  g_autofree char *command = g_strdup_printf ("usermod -aG nicteam %s", quoted);

  add_as_root (advising, _("Access requires membership in the group “nicteam”. Run {where}:"), command);
}

static void
advise_unreachable (Context *advising)
{
  if (is_ssh (advising))
    add (advising, g_strdup (_("Test the SSH connection:")),
         g_strdup_printf ("ssh -v %s true", advising->address->target));
  add (advising, g_strdup (_("The console keeps trying to connect.")), NULL);
}

static char *
copy_key (const Context *advising)
{
  return g_strconcat ("ssh-copy-id ", advising->port ? "-p " : "", advising->port ? advising->port : "",
                      advising->port ? " " : "", advising->user ? advising->user : "", advising->user ? "@" : "",
                      advising->host, NULL);
}

static char *
remove_key (const Context *advising)
{
  return advising->port ? g_strdup_printf ("ssh-keygen -R '[%s]:%s'", advising->host, advising->port)
                        : g_strdup_printf ("ssh-keygen -R %s", advising->host);
}

static void
advise_denied (Context *advising)
{
  if (is_ssh (advising))
    add (advising, g_strdup (_("Copy your public key to the server:")), copy_key (advising));
  add_group (advising);
  add (advising, g_strdup (_("The console does not retry by itself. “Try Again” can ask for a password.")), NULL);
}

static void
advise_no_access (Context *advising)
{
  add_group (advising);
  add (advising, g_strdup (_("Then log in again and use “Try Again”.")), NULL);
}

static void
advise_host_key (Context *advising)
{
  add_as_root (advising, _("Show the actual host key. Run {where}, on its local console:"),
               "ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub");
  add (advising, g_strdup (_("If the host key has changed for a known reason, such as a new installation, remove it:")),
       remove_key (advising));
  add (advising, g_strdup (_("“Try Again” shows the fingerprint of the new key. An unexplained change may mean that "
                             "the connection is being intercepted.")),
       NULL);
}

static void
advise_no_agent (Context *advising)
{
  add_as_root (advising, _("If nicteam-agent is installed, start it. Run {where}:"), START_AGENT);
  add_as_root (advising, _("Otherwise, install it on Debian 12 or later. Run {where}:"), INSTALL_AGENT);
  add_group (advising);
}

static void
advise_old_agent (Context *advising)
{
  add_as_root (advising, _("Update the agent from the folder in which it was built. Run {where}:"), UPDATE_AGENT);
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
  Context advising = {
    .list = g_ptr_array_new_with_free_func (advice_free),
    .address = address,
    .own_user = user,
  };

  if (is_ssh (&advising))
    nt_server_address_split (address, &advising.user, &advising.host, &advising.port);
  if (connection == NT_CONNECTION_UNREACHABLE)
    advise_unreachable (&advising);
  else if (connection == NT_CONNECTION_NO_ACCESS)
    advise_no_access (&advising);
  else if (connection == NT_CONNECTION_DENIED)
    advise_denied (&advising);
  else if (connection == NT_CONNECTION_HOST_KEY)
    advise_host_key (&advising);
  else if (connection == NT_CONNECTION_NO_AGENT)
    advise_no_agent (&advising);
  else if (connection == NT_CONNECTION_OLD_AGENT)
    advise_old_agent (&advising);
  g_free (advising.user);
  g_free (advising.host);
  g_free (advising.port);
  return advising.list;
}
