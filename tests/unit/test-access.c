/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/agent/access/access.h"
#include "backend/agent/access/throttle.h"
#include "backend/agent/base/limits.h"
#include "backend/varlink/service/agent-interface.h"
#include "socket-pair.h"

#include <unistd.h>

/* The access level of a user, by groups. */
typedef struct
{
  const char *name;
  uid_t uid;
  gid_t groups[3];
  NtAccessGroups known;
  NtAccessLevel level;
} Case;

#define KNOWN { 500, 501 }
#define NO_GROUPS { -1, -1 }

static const Case cases[] = {
  { "root", 0, { 0 }, KNOWN, NT_ACCESS_MANAGE },
  { "root-without-groups", 0, { 0 }, NO_GROUPS, NT_ACCESS_MANAGE },
  { "manager", 1000, { 1000, 500 }, KNOWN, NT_ACCESS_MANAGE },
  { "manager-by-primary-group", 1000, { 500 }, KNOWN, NT_ACCESS_MANAGE },
  { "viewer", 1000, { 1000, 501 }, KNOWN, NT_ACCESS_READ },
  { "both", 1000, { 1000, 501, 500 }, KNOWN, NT_ACCESS_MANAGE },
  { "nobody", 65534, { 65534 }, KNOWN, NT_ACCESS_NONE },
  { "in-the-group-of-root", 1000, { 0 }, KNOWN, NT_ACCESS_NONE },
  { "no-such-groups", 1000, { 1000, 500 }, NO_GROUPS, NT_ACCESS_NONE },
  { "largest-group", 1000, { (gid_t) -1 }, NO_GROUPS, NT_ACCESS_NONE },
};

static void
test_level (gconstpointer data)
{
  const Case *test = data;
  g_autoptr (GArray) groups = g_array_new (FALSE, FALSE, sizeof (gid_t));
  NtCaller caller = { .uid = test->uid, .pid = 1, .pidfd = -1, .groups = groups };

  g_array_append_vals (groups, test->groups, G_N_ELEMENTS (test->groups));
  /* The rest of a row is 0, the group of root: it must not count. */
  g_assert_cmpint (nt_access_judge (&caller, &test->known), ==, test->level);
}

/* Each method of the interface has a rule. A new method without one fails here, and is refused by the agent. */
static void
test_every_method (void)
{
  g_autoptr (GRegex) regex = g_regex_new ("^method (\\w+)", G_REGEX_MULTILINE, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  guint n = 0;

  g_regex_match (regex, nt_agent_interface_get_description (), 0, &match);
  for (; g_match_info_matches (match); g_match_info_next (match, NULL), n++)
    {
      g_autofree char *name = g_match_info_fetch (match, 1);
      g_autofree char *full_name = g_strconcat (VARLINK_INTERFACE ".", name, NULL);
      const NtAccessRule *rule = nt_access_find_rule (full_name);

      g_test_message ("%s", name);
      g_assert_nonnull (rule);
      g_assert_cmpint (rule->level == NT_ACCESS_NONE, ==, g_str_equal (name, "GetAccess"));
      g_assert_cmpuint (rule->cost_ms, >, 0);
      g_assert_cmpuint (rule->cost_ms, <, NT_LIMIT_BURST_MS);
    }
  g_assert_cmpuint (n, >, 8);
}

/* Methods that change a server require full access. */
static void
test_changes (void)
{
  static const char *const names[] = { "Apply", "Confirm", "Revert", "Undo" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *full_name = g_strconcat (VARLINK_INTERFACE ".", names[i], NULL);

      g_assert_cmpint (nt_access_find_rule (full_name)->level, ==, NT_ACCESS_MANAGE);
    }
}

static void
test_unknown (void)
{
  g_assert_null (nt_access_find_rule (VARLINK_INTERFACE ".Nothing"));
  g_assert_null (nt_access_find_rule (VARLINK_INTERFACE "x.GetState"));
  g_assert_null (nt_access_find_rule ("org.example.GetState"));
  g_assert_null (nt_access_find_rule ("GetState"));
}

static void
test_caller (void)
{
  g_autoptr (GSocketConnection) left = NULL;
  g_autoptr (GSocketConnection) right = NULL;
  g_autoptr (NtCaller) caller = NULL;
  gid_t groups[256];

  make_socket_pair (&left, &right);
  caller = nt_caller_new (g_socket_connection_get_socket (left));
  g_assert_cmpuint (caller->uid, ==, getuid ());
  g_assert_cmpint (caller->pid, ==, getpid ());
  g_assert_cmpuint (g_array_index (caller->groups, gid_t, 0), ==, getgid ());
  g_assert_cmpint (caller->groups->len, ==, 1 + getgroups (G_N_ELEMENTS (groups), groups));
  g_assert_cmpuint (nt_caller_get_start_time (caller), >, 0);
  g_assert_null (nt_caller_new (NULL));
}

static void
test_start_time (void)
{
  static const char stat[] = "7 (a) b (c) S 1 7 7 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 4711 8 9\n";
  static const char no_number[] = "7 (a) S 1 7 7 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 47x 8 9\n";

  g_assert_cmpuint (nt_caller_parse_start_time (stat), ==, 4711);
  g_assert_cmpuint (nt_caller_parse_start_time ("7 (a) S 1"), ==, 0);
  g_assert_cmpuint (nt_caller_parse_start_time (no_number), ==, 0);
  g_assert_cmpuint (nt_caller_parse_start_time (""), ==, 0);
}

/* Ten calls pass at once, further ones as time passes; another user is not delayed. */
static void
test_throttle (void)
{
  g_autoptr (NtThrottle) throttle = nt_throttle_new (1000);

  for (int i = 0; i < 10; i++)
    g_assert_cmpint (nt_throttle_charge (throttle, 1, 100, 5000), ==, 0);
  g_assert_cmpint (nt_throttle_charge (throttle, 1, 100, 5000), ==, 100);
  g_assert_cmpint (nt_throttle_charge (throttle, 1, 100, 5000), ==, 200);
  g_assert_cmpint (nt_throttle_charge (throttle, 2, 100, 5000), ==, 0);
  g_assert_cmpint (nt_throttle_charge (throttle, 1, 100, 5200), ==, 100);
  g_assert_cmpuint (nt_throttle_get_n_users (throttle), ==, 2);

  /* Once the debt is paid, the user has the whole allowance again; a user without further calls is forgotten. */
  g_assert_cmpint (nt_throttle_charge (throttle, 3, 100, 10000), ==, 0);
  g_assert_cmpuint (nt_throttle_get_n_users (throttle), ==, 1);
  for (int i = 0; i < 10; i++)
    g_assert_cmpint (nt_throttle_charge (throttle, 1, 100, 10000), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/access/level/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_level);
    }
  g_test_add_func ("/access/every-method", test_every_method);
  g_test_add_func ("/access/changes", test_changes);
  g_test_add_func ("/access/unknown", test_unknown);
  g_test_add_func ("/access/caller", test_caller);
  g_test_add_func ("/access/start-time", test_start_time);
  g_test_add_func ("/access/throttle", test_throttle);
  return g_test_run ();
}
