/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/model/base/record-json.h"
#include "backend/model/request/rules.h"

#include <string.h>

typedef struct
{
  const char *name;
  const char *text;
  const char *field; /* field named in the error; NULL = no error */
} Case;

static const Case strict_cases[] = {
  { "empty", "{}", NULL },
  { "whole", "{\"set\":[{\"name\":\"a\",\"members\":[\"b\"],\"mode\":\"lacp\",\"mtu\":9000}],\"remove\":[\"c\"],"
             "\"generation\":3,\"dry_run\":true}", NULL },
  { "null", "{\"set\":null,\"generation\":null,\"dry_run\":null}", NULL },
  { "unknown", "{\"sett\":[]}", "sett" },
  { "unknown-inside", "{\"set\":[{\"name\":\"a\",\"members\":[],\"speed_mbps\":1}]}", "set[0].speed_mbps" },
  { "missing", "{\"set\":[{\"members\":[]}]}", "set[0].name" },
  { "missing-in-second", "{\"set\":[{\"name\":\"a\",\"members\":[]},{\"name\":\"b\"}]}", "set[1].members" },
  { "string-for-array", "{\"remove\":\"a\"}", "remove" },
  { "number-in-strings", "{\"remove\":[\"a\",1]}", "remove[1]" },
  { "string-for-object", "{\"set\":[\"a\"]}", "set" },
  { "string-for-int", "{\"generation\":\"3\"}", "generation" },
  { "fraction-for-int", "{\"generation\":3.5}", "generation" },
  { "minus-one", "{\"generation\":-1}", "generation" },
  { "int-for-bool", "{\"dry_run\":1}", "dry_run" },
  { "unknown-word", "{\"set\":[{\"name\":\"a\",\"members\":[],\"mode\":\"fast\"}]}", "set[0].mode" },
  { "deep", "{\"set\":[{\"name\":\"a\",\"members\":[],\"interfaces\":[{},{\"vlan\":true}]}]}", "set[0].interfaces[1].vlan" },
};

static void
test_strict (gconstpointer data)
{
  const Case *test = data;
  g_autoptr (GError) error = NULL;
  NtRequest *request = nt_record_from_text (&nt_request_type, test->text, NT_JSON_STRICT, &error);

  if (test->field == NULL)
    g_assert_no_error (error);
  else
    g_assert_error (error, NT_MODEL_ERROR, NT_MODEL_ERROR_FIELD);
  g_assert_cmpstr (error ? error->message : NULL, ==, test->field);
  g_clear_pointer (&request, nt_request_unref);
}

static void
test_lenient (void)
{
  const char *text = "{\"name\":\"a\",\"members\":[],\"mode\":\"of-the-future\",\"colour\":\"red\"}";
  g_autoptr (GError) error = NULL;
  g_autoptr (NtTeamSpec) spec = nt_record_from_text (&nt_team_spec_type, text, NT_JSON_LENIENT, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (spec->name, ==, "a");
  g_assert_cmpint (spec->mode, ==, -1);
}

static NtTeam *
make_team (void)
{
  NtTeam *team = nt_team_new ();
  NtMember *member = nt_member_new ();

  team->id = g_strdup ("1");
  team->name = g_strdup ("Équipe \"1\"");
  team->device = g_strdup ("team1");
  team->mode = NT_MODE_LACP;
  team->mtu = 9000;
  member->adapter = g_strdup ("nic1");
  member->state = NT_LINK_STATE_FAULTED;
  member->reason = NT_REASON_MEDIA_DISCONNECTED;
  member->lacp = nt_lacp_port_new ();
  member->lacp->aggregator = 2;
  g_ptr_array_add (team->members, member);
  return team;
}

static void
test_round_trip (void)
{
  g_autoptr (NtTeam) team = make_team ();
  g_autofree char *text = nt_record_to_text (team, FALSE);
  g_autoptr (GError) error = NULL;
  g_autoptr (NtTeam) back = nt_record_from_text (&nt_team_type, text, NT_JSON_STRICT, &error);

  g_assert_no_error (error);
  g_assert_true (nt_record_equal (team, back));
  /* Unset fields are not sent. */
  g_assert_null (strstr (text, "partner_mac"));
  g_assert_null (strstr (text, "\"speed_mbps\""));
}

static void
test_copy (void)
{
  g_autoptr (NtTeam) team = make_team ();
  g_autoptr (NtTeam) copy = nt_team_copy (team);

  g_assert_true (nt_record_equal (team, copy));
  g_assert_true (copy->members->pdata[0] == team->members->pdata[0]);
  copy->mtu = 1500;
  g_assert_false (nt_record_equal (team, copy));
  g_ptr_array_set_size (copy->members, 0);
  g_assert_cmpuint (team->members->len, ==, 1);
}

static void
test_words (void)
{
  g_assert_cmpint (nt_enum_parse (&nt_balance_enum, "transport-ports"), ==, NT_BALANCE_TRANSPORT_PORTS);
  g_assert_cmpint (nt_enum_parse (&nt_balance_enum, "hyper_v_port"), ==, NT_BALANCE_HYPER_V_PORT);
  g_assert_cmpint (nt_enum_parse (&nt_bond_mode_enum, "802.3ad"), ==, NT_BOND_8023AD);
  g_assert_cmpint (nt_enum_parse (&nt_bond_mode_enum, "balance-tlb"), ==, NT_BOND_BALANCE_TLB);
  g_assert_cmpint (nt_enum_parse (&nt_balance_enum, ""), ==, -1);
  g_assert_null (nt_enum_nick (&nt_balance_enum, -1));
  g_assert_cmpstr (nt_enum_label (&nt_status_enum, NT_STATUS_WARNING), ==, "Warning");
}

static NtState *
make_state (guint n_adapters)
{
  NtState *state = nt_state_new ();

  state->host = nt_host_new ();
  for (guint i = 0; i < n_adapters; i++)
    {
      NtAdapter *adapter = nt_adapter_new ();

      adapter->name = g_strdup_printf ("nic%u", i + 1);
      g_ptr_array_add (state->adapters, adapter);
    }
  return state;
}

static void
test_state_diff (void)
{
  g_autoptr (NtState) before = make_state (3);
  g_autoptr (NtState) after = make_state (4);
  g_autoptr (NtState) patched = NULL;
  g_autoptr (NtChanges) changes = NULL;
  g_autoptr (NtChanges) none = NULL;

  after->generation = 7;
  ((NtAdapter *) after->adapters->pdata[0])->mtu = 9000;
  g_ptr_array_remove_index (after->adapters, 1);
  g_ptr_array_add (after->teams, make_team ());

  changes = nt_state_diff (before, after);
  g_assert_cmpuint (changes->adapters->len, ==, 2); /* nic1 changed, nic4 is new */
  g_assert_cmpuint (changes->removed_adapters->len, ==, 1);
  g_assert_cmpstr (changes->removed_adapters->pdata[0], ==, "nic2");
  patched = nt_state_patch (before, changes);
  g_assert_true (nt_record_equal (patched, after));

  none = nt_state_diff (after, patched);
  g_assert_true (nt_changes_are_empty (none));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (strict_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/record/strict/", strict_cases[i].name, NULL);

      g_test_add_data_func (path, &strict_cases[i], test_strict);
    }
  g_test_add_func ("/record/lenient", test_lenient);
  g_test_add_func ("/record/round-trip", test_round_trip);
  g_test_add_func ("/record/copy", test_copy);
  g_test_add_func ("/record/words", test_words);
  g_test_add_func ("/record/state-diff", test_state_diff);
  return g_test_run ();
}
