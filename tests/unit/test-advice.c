/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/servers/advice.h"

#include <string.h>

static const struct
{
  NtConnection connection;
  const char *address;
  guint n_advices;
  guint index; /* of the server that is shown */
  const char *text;
  const char *command; /* beginning of the text; NULL = none */
} cases[] = {
  { NT_CONNECTION_ONLINE, "server1", 0, 0, NULL, NULL },
  { NT_CONNECTION_UNREACHABLE, "anna@server1", 2, 0, "Test the SSH connection:", "ssh -v anna@server1 true" },
  { NT_CONNECTION_UNREACHABLE, "/run/x.sock", 1, 0, "The console keeps trying to connect.", NULL },
  { NT_CONNECTION_DENIED, "anna@server1", 3, 0, "Copy your public key to the server:", "ssh-copy-id anna@server1" },
  { NT_CONNECTION_DENIED, "anna@server1:2222", 3, 0, "Copy your public key to the server:",
    "ssh-copy-id -p 2222 anna@server1" },
  { NT_CONNECTION_HOST_KEY, "[fe80::1]:2222", 3, 1,
    "If the host key has changed for a known reason, such as a new installation, remove the old key:",
    "ssh-keygen -R '[fe80::1]:2222'" },
  { NT_CONNECTION_NO_AGENT, "anna@server1:2222", 3, 0, "If nicteam-agent is installed, start it. Run as root on server1:2222:",
    "systemctl enable" },
  { NT_CONNECTION_DENIED, "anna@server1", 3, 1,
    "Access requires membership in the group “nicteam”. Run as root on server1:", "usermod -aG nicteam 'anna'" },
  { NT_CONNECTION_NO_ACCESS, "anna@server1", 2, 0,
    "Access requires membership in the group “nicteam”. Run as root on server1:", "usermod -aG nicteam 'anna'" },
  { NT_CONNECTION_NO_ACCESS, "local", 2, 0,
    "Access requires membership in the group “nicteam”. Run as root on this machine:", "usermod -aG nicteam 'me'" },
  { NT_CONNECTION_HOST_KEY, "anna@server1", 3, 1,
    "If the host key has changed for a known reason, such as a new installation, remove the old key:",
    "ssh-keygen -R server1" },
  { NT_CONNECTION_NO_AGENT, "server1", 3, 0, "If nicteam-agent is installed, start it. Run as root on server1:",
    "systemctl enable --now nicteam-agent.socket nicteam-agent.service" },
  { NT_CONNECTION_NO_AGENT, "server1", 3, 1, "Otherwise, install it on Debian 12 or later. Run as root on server1:",
    "apt install git gcc" },
  { NT_CONNECTION_OLD_AGENT, "server1", 1, 0, "Update the agent from the folder in which it was built. Run as root on server1:",
    "cd nicteam\ngit pull\n" },
};

static void
test_advice (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (NtServerAddress) address = nt_server_address_parse (cases[i].address, NULL);
      g_autoptr (GPtrArray) list = nt_advice_for (cases[i].connection, address, "me");
      const NtAdvice *advice = cases[i].index < list->len ? list->pdata[cases[i].index] : NULL;

      g_assert_cmpuint (list->len, ==, cases[i].n_advices);
      if (advice == NULL)
        continue;
      g_assert_cmpstr (advice->text, ==, cases[i].text);
      g_assert_cmpint (advice->command != NULL, ==, cases[i].command != NULL);
      g_assert_true (advice->command == NULL || g_str_has_prefix (advice->command, cases[i].command));
    }
}

/* The commands that are suggested are also in README.md. */
static void
test_readme (void)
{
  g_autofree char *readme = NULL;
  g_autoptr (NtServerAddress) address = nt_server_address_parse ("server1", NULL);
  g_autoptr (GPtrArray) list = nt_advice_for (NT_CONNECTION_NO_AGENT, address, "me");
  g_auto (GStrv) lines = g_strsplit (((const NtAdvice *) list->pdata[1])->command, "\n", -1);

  g_assert_true (g_file_get_contents (g_getenv ("NICTEAM_README"), &readme, NULL, NULL));
  for (char **line = lines; *line != NULL; line++)
    if (g_str_has_prefix (*line, "meson") || g_str_has_prefix (*line, "systemd") || g_str_has_prefix (*line, "systemctl"))
      g_assert_nonnull (strstr (readme, *line));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/advice/advice", test_advice);
  g_test_add_func ("/advice/readme", test_readme);
  return g_test_run ();
}
