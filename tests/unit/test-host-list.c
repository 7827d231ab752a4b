/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/servers/host-list.h"
#include "app/servers/ssh-hosts.h"

#include <glib/gstdio.h>

/* "name=address/groups" of each host. */
static char *
describe (const GPtrArray *entries)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < entries->len; i++)
    {
      const NtHostEntry *entry = entries->pdata[i];

      g_string_append_printf (text, "%s%s", i > 0 ? " " : "", entry->name);
      if (!g_str_equal (entry->name, entry->address))
        g_string_append_printf (text, "=%s", entry->address);
      for (guint j = 0; j < entry->groups->len; j++)
        g_string_append_printf (text, "%c%s", j == 0 ? '/' : ',', (const char *) entry->groups->pdata[j]);
    }
  return g_string_free (text, FALSE);
}

static const struct
{
  const char *text;
  const char *expected;
} cases[] = {
  { "", "" },
  { "server1", "server1" },
  { " server1, root@server2;server3\n# none\r\nserver1\tfe80::1", "server1 server2=root@server2 server3 fe80::1" },
  { "local ssh:a ssh:me@b", "local a=ssh:a b=ssh:me@b" },
  { "[web]\nweb1\nweb2 ansible_host=192.0.2.2 ansible_user=admin ; x\n", "web1/web web2=admin@192.0.2.2/web" },
  { "mail\n[web]\nmail\n[db:vars]\nansible_user = dba\n[db]\none:2222\n", "mail/web one=dba@one:2222/db" },
  { "[web]\nw[08:10].example\nx[a:c:2]\n", "w08.example/web w09.example/web w10.example/web xa/web xc/web" },
  { "[eu]\na\n[us]\nb ansible_port=2200\n[prod:children]\neu\nus\n[eu:children]\nprod\n", "a/eu,prod b=b:2200/us,prod,eu" },
  { "[all:vars]\nansible_user=ops\n[all]\na\nself ansible_connection=local\n[x]\nb ansible_user=me\n",
    "a=ops@a self=local b=me@b/x" },
  { "[web]\nv6 ansible_host=fe80::1\nplain ansible_port=22\n[web:vars]\nansible_ssh_port = 2222\nansible_user=me\n",
    "v6=me@[fe80::1]:2222/web plain=me@plain/web" },
  { "[here:vars]\nansible_connection=local\n[here]\nself\n", "self=local/here" },
  { "gateway:2201 root@gateway:2202", "gateway:2201 gateway:2202=root@gateway:2202" },
  { "192.0.2.1 server1 server1.example\t# the first\nfe80::2\tserver2\n", "server1=192.0.2.1 server2=fe80::2" },
  { "192.0.2.1 192.0.2.2\n", "192.0.2.1 192.0.2.2" },
  { "[\"server1\", \"server2\"]", "server1 server2" },
  { "servers:\n- server1\n  - 'server2'\n[fe80::1]:22", "servers: server1 server2 [fe80::1]:22" },
  { "[2001:db8:0:0:0:0:0:1]:22", "[2001:db8:0:0:0:0:0:1]:22" },
  { "[web]\nw[1:2x]\nx[1x:2]\ny[1:3:z]\nz[1:3:0]\n", "w[1:2x]/web x[1x:2]/web y[1:3:z]/web z[1:3:0]/web" },
  { "[web]\nw[2147483646:2147483647:2147483647]\nx[1:99999999999999999999]\n",
    "w2147483646/web x[1:99999999999999999999]/web" },
  { "[broken\nstill\n[web]\n'unclosed\nweb[1:\n", "still/broken web[1:/web" },
};

static void
test_parse (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) entries = nt_host_list_parse (cases[i].text);
      g_autofree char *text = describe (entries);

      g_assert_cmpstr (text, ==, cases[i].expected);
    }
}

/* A mistyped range does not fill the memory. */
static void
test_bounds (void)
{
  g_autoptr (GPtrArray) entries = nt_host_list_parse ("[web]\nw[1:99999999]\nx[1:99][1:99][1:99]\n");

  g_assert_cmpuint (entries->len, ==, 10000);
}

static void
write_file (const char *folder, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
test_ssh_hosts (void)
{
  g_autofree char *folder = g_dir_make_tmp ("nicteam-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "config", NULL);
  g_autofree char *nowhere = g_build_filename (folder, "nowhere", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) hosts = NULL;
  g_auto (GStrv) none = nt_ssh_hosts_list (nowhere);

  g_assert_null (none[0]);
  write_file (folder, "config",
              "# Host no\nHost one two *.example !three\n  HostName x\nhost=four\nHOST \"five\"\nInclude more-*\nHostName six\n");
  write_file (folder, "more-1", "Host seven one\nInclude config\n");
  hosts = nt_ssh_hosts_list (path);
  text = g_strjoinv (" ", hosts);
  g_assert_cmpstr (text, ==, "one two four five seven");
  g_assert_cmpint (g_remove (path), ==, 0);
  g_free (path);
  path = g_build_filename (folder, "more-1", NULL);
  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/host-list/parse", test_parse);
  g_test_add_func ("/host-list/bounds", test_bounds);
  g_test_add_func ("/host-list/ssh-hosts", test_ssh_hosts);
  return g_test_run ();
}
