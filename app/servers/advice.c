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

/* Whom it is about. */
typedef struct
{
  GPtrArray *list;
  const NtServerAddress *address;
  char *user; /* who logs in there; this and what follows is NULL where it is not reached by ssh, or not said */
  char *host;
  char *port;
  const char *own_user; /* who sits here */
} Advising;

static void
advice_free (gpointer data)
{
  NtAdvice *advice = data;

  g_free (advice->text);
  g_free (advice->command);
  g_free (advice);
}

/* Takes both. */
static void
add (Advising *advising, char *text, char *command)
{
  NtAdvice *advice = g_new0 (NtAdvice, 1);

  advice->text = text;
  advice->command = command;
  g_ptr_array_add (advising->list, advice);
}

static gboolean
is_ssh (const Advising *advising)
{
  return advising->address->kind == NT_ADDRESS_SSH;
}

static char *
say_where (const Advising *advising)
{
  g_autofree char *name = nt_server_address_get_default_name (advising->address);

  return is_ssh (advising) ? g_strdup_printf (_("as root on %s"), name) : g_strdup (_("as root on this machine"));
}

static void
add_as_root (Advising *advising, const char *format, const char *command)
{
  g_autofree char *where = say_where (advising);
  g_autoptr (GString) text = g_string_new (format);

  g_string_replace (text, "{where}", where, 0);
  add (advising, g_string_free (g_steal_pointer (&text), FALSE), g_strdup (command));
}

static void
add_group (Advising *advising)
{
  g_autofree char *quoted = g_shell_quote (advising->user ? advising->user : advising->own_user);
  g_autofree char *command = g_strdup_printf ("usermod -aG nicteam %s", quoted);

  add_as_root (advising, _("Who may use the agent is in the group “nicteam”; {where}:"), command);
}

static void
advise_unreachable (Advising *advising)
{
  if (is_ssh (advising))
    add (advising, g_strdup (_("See what ssh says, and at which step:")),
         g_strdup_printf ("ssh -v %s true", advising->address->target));
  add (advising, g_strdup (_("It is tried again by itself, as soon as the server is back.")), NULL);
}

static char *
copy_key (const Advising *advising)
{
  return g_strconcat ("ssh-copy-id ", advising->port ? "-p " : "", advising->port ? advising->port : "",
                      advising->port ? " " : "", advising->user ? advising->user : "", advising->user ? "@" : "",
                      advising->host, NULL);
}

static char *
forget_key (const Advising *advising)
{
  return advising->port ? g_strdup_printf ("ssh-keygen -R '[%s]:%s'", advising->host, advising->port)
                        : g_strdup_printf ("ssh-keygen -R %s", advising->host);
}

static void
advise_denied (Advising *advising)
{
  if (is_ssh (advising))
    add (advising, g_strdup (_("Bring your key to the server, once:")), copy_key (advising));
  add_group (advising);
  add (advising, g_strdup (_("It is not tried again by itself. “Try Again” asks for a password where one is needed.")), NULL);
}

static void
advise_no_access (Advising *advising)
{
  add_group (advising);
  add (advising, g_strdup (_("It is not tried again by itself: do so with “Try Again” when you have logged in anew.")), NULL);
}

static void
advise_host_key (Advising *advising)
{
  add_as_root (advising, _("See which key the server really has; {where}, at its own keyboard:"),
               "ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub");
  add (advising, g_strdup (_("If the key has changed for a reason that you know, such as a new installation, forget the old one:")),
       forget_key (advising));
  add (advising, g_strdup (_("“Try Again” shows the fingerprint of the new key. If you know of no reason, somebody may "
                             "be between you and the server.")),
       NULL);
}

static void
advise_no_agent (Advising *advising)
{
  add_as_root (advising, _("If nicteam-agent is installed, start it; {where}:"), START_AGENT);
  add_as_root (advising, _("If not, install it, on Debian 12 or later; {where}:"), INSTALL_AGENT);
  add_group (advising);
}

static void
advise_old_agent (Advising *advising)
{
  add_as_root (advising, _("Update the agent where it was built; {where}:"), UPDATE_AGENT);
}

/**
 * nt_advice_for:
 * @connection: what hinders
 * @address: where the server is
 * @user: who sits here
 *
 * Returns: (transfer full) (element-type NtAdvice): what to do about it, one after the other; empty if nothing hinders
 */
GPtrArray *
nt_advice_for (NtConnection connection, const NtServerAddress *address, const char *user)
{
  Advising advising = {
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
