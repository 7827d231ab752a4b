/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>

#include "app/reach/backoff.h"
#include "app/servers/server-list.h"
#include "app/text/format.h"

static const struct
{
  const char *text;
  const char *written; /* NULL: refused */
  const char *name;
} addresses[] = {
  { "local", "local", NULL },
  { "unix:/run/nicteam/agent.sock", "local", NULL },
  { "unix:/tmp/a.sock", "unix:/tmp/a.sock", "/tmp/a.sock" },
  { "/tmp/a.sock", "unix:/tmp/a.sock", "/tmp/a.sock" },
  { "ssh:server1", "ssh:server1", "server1" },
  { "  server1  ", "ssh:server1", "server1" },
  { "admin@server1", "ssh:admin@server1", "server1" },
  { "server1:2222", "ssh://server1:2222", "server1:2222" },
  { "ssh://admin@server1:2222", "ssh://admin@server1:2222", "server1:2222" },
  { "ssh://admin@server1", "ssh:admin@server1", "server1" },
  { "ssh:[fe80::1]:22", "ssh://[fe80::1]:22", "[fe80::1]:22" },
  { "fe80::1:22", "ssh:fe80::1:22", "fe80::1:22" },
  { "server1:", NULL, NULL },
  { "server1:0", NULL, NULL },
  { "server1:65536", NULL, NULL },
  { "server1:ssh", NULL, NULL },
  { "ssh://-v:22", NULL, NULL },
  { "", NULL, NULL },
  { "unix:", NULL, NULL },
  { "unix:relative", NULL, NULL },
  { "ssh:", NULL, NULL },
  { "-oProxyCommand=evil", NULL, NULL },
  { "ssh:-v", NULL, NULL },
  { "two words", NULL, NULL },
};

static void
test_addresses (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (NtServerAddress) address = nt_server_address_parse (addresses[i].text, &error);
      g_autofree char *written = address ? nt_server_address_to_string (address) : NULL;
      g_autofree char *name = address ? nt_server_address_get_default_name (address) : NULL;

      g_test_message ("“%s”", addresses[i].text);
      g_assert_cmpstr (written, ==, addresses[i].written);
      if (addresses[i].name != NULL)
        g_assert_cmpstr (name, ==, addresses[i].name);
      if (written == NULL)
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
    }
}

static void
count_cb (GListModel *model, guint position, guint removed, guint added, guint *count)
{
  (*count)++;
}

static void
test_kept (void)
{
  g_autofree char *folder = g_dir_make_tmp ("nicteam-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "nicteam", "servers", NULL);
  g_autofree char *parent = g_path_get_dirname (path);
  g_autoptr (NtServerList) list = nt_server_list_new (path);
  g_autoptr (NtServerList) again = nt_server_list_new (path);
  g_autoptr (GError) error = NULL;
  guint count = 0;

  g_assert_true (nt_server_list_load (list, &error));
  g_signal_connect (list, "items-changed", G_CALLBACK (count_cb), &count);
  g_assert_nonnull (nt_server_list_add (list, "ssh:server1", NULL, &error));
  g_assert_nonnull (nt_server_list_add (list, "/tmp/a.sock", "server2", &error));
  g_assert_null (nt_server_list_add (list, "admin@server1", NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS);
  g_clear_error (&error);
  g_assert_true (nt_server_list_remove (list, nt_server_list_find (list, "server1"), &error));
  g_assert_cmpuint (count, ==, 3);

  g_assert_true (nt_server_list_load (again, &error));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (again)), ==, 1);
  g_assert_nonnull (nt_server_list_find (again, "server2"));
  g_unlink (path);
  g_rmdir (parent);
  g_rmdir (folder);
}

static void
test_damaged (void)
{
  g_autofree char *folder = g_dir_make_tmp ("nicteam-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "servers", NULL);
  g_autoptr (NtServerList) list = nt_server_list_new (path);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, "[bad]\naddress=unix:x\n[empty]\n[good]\naddress=server1\n", -1, NULL);
  g_test_expect_message ("nicteam-app", G_LOG_LEVEL_WARNING, "*[bad]*");
  g_test_expect_message ("nicteam-app", G_LOG_LEVEL_WARNING, "*[empty]*");
  g_assert_true (nt_server_list_load (list, &error));
  g_test_assert_expected_messages ();
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 1);

  g_file_set_contents (path, "nonsense", -1, NULL);
  g_assert_false (nt_server_list_load (list, &error));
  g_assert_nonnull (error);
  g_unlink (path);
  g_rmdir (folder);
}

static void
test_backoff (void)
{
  static const struct
  {
    guint attempt;
    double chance;
    guint delay;
  } delays[] = {
    { 0, 0, 1000 },  { 0, 1, 750 },      { 1, 0, 2000 },     { 5, 0, 32000 },
    { 6, 0, 60000 }, { 1000, 0, 60000 }, { 1000, 1, 45000 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (delays); i++)
    g_assert_cmpuint (nt_backoff_get_delay (delays[i].attempt, delays[i].chance), ==, delays[i].delay);
}

static void
test_formats (void)
{
  static const struct
  {
    gint64 speed;
    const char *text;
  } speeds[] = {
    { -1, "–" },
    { 0, "0 Mb/s" },
    { 100, "100 Mb/s" },
    { 1000, "1 Gb/s" },
    { 2500, "2.5 Gb/s" },
    { 100000, "100 Gb/s" },
  };
  static const struct
  {
    double rate;
    const char *text;
    const char *in_bytes;
  } rates[] = {
    { 0, "0 b/s", "0 B/s" },
    { 100, "800 b/s", "100 B/s" },
    { 250, "2.0 kb/s", "250 B/s" },
    { 12500, "100 kb/s", "12 kB/s" },
    { 1.25e6, "10.0 Mb/s", "1.2 MB/s" },
    { 1.25e9, "10.00 Gb/s", "1.25 GB/s" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (speeds); i++)
    {
      g_autofree char *text = nt_format_speed (speeds[i].speed);

      g_assert_cmpstr (text, ==, speeds[i].text);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (rates); i++)
    {
      g_autofree char *text = nt_format_rate (rates[i].rate);
      g_autofree char *in_bytes = nt_format_rate_in_bytes (rates[i].rate);

      g_assert_cmpstr (text, ==, rates[i].text);
      g_assert_cmpstr (in_bytes, ==, rates[i].in_bytes);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/server-list/addresses", test_addresses);
  g_test_add_func ("/server-list/kept", test_kept);
  g_test_add_func ("/server-list/damaged", test_damaged);
  g_test_add_func ("/server-list/backoff", test_backoff);
  g_test_add_func ("/server-list/formats", test_formats);
  return g_test_run ();
}
