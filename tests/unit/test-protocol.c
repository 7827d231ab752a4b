/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/model/base/access-level.h"
#include "backend/model/history/event.h"
#include "backend/model/link/offload.h"
#include "backend/model/plan/operation.h"
#include "backend/model/request/rules.h"
#include "backend/varlink/service/agent-interface.h"

#include <string.h>

/* The types of the protocol that are records of the model must have exactly the same fields and words. */
static const NtRecordType *const types[] = {
  &nt_address_type, &nt_host_type,           &nt_adapter_type,   &nt_lacp_port_type, &nt_member_type,
  &nt_interface_type, &nt_team_type,         &nt_state_type,     &nt_interface_spec_type, &nt_team_spec_type,
  &nt_adapter_identity_type, &nt_drift_type, &nt_event_type,
  &nt_problem_type, &nt_bond_options_type,   &nt_operation_type, &nt_sample_type,
  &nt_owner_type, &nt_route_type,   &nt_adapter_details_type, &nt_team_offload_type, &nt_team_features_type,
};

static const NtEnum *const enums[] = {
  &nt_team_mode_enum, &nt_balance_enum, &nt_lacp_timer_enum,   &nt_role_enum,     &nt_link_state_enum, &nt_status_enum,
  &nt_duplex_enum,    &nt_reason_enum,  &nt_server_type_enum,  &nt_severity_enum, &nt_obstacle_enum,
  &nt_caution_enum, &nt_link_detail_enum, &nt_offload_enum,   &nt_queue_rule_enum, &nt_access_level_enum, &nt_drift_kind_enum, &nt_event_kind_enum, &nt_outcome_enum,
  &nt_tool_enum,
};

/* Returns the text in the parentheses after "type NAME", without comments and white space. */
static char *
find_type (const char *name)
{
  g_autofree char *pattern = g_strdup_printf ("^type %s \\(([^)]*)\\)", name);
  g_autoptr (GRegex) regex = g_regex_new (pattern, G_REGEX_MULTILINE, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *inside = NULL;
  GString *text;

  g_assert_true (g_regex_match (regex, nt_agent_interface_get_description (), 0, &match));
  inside = g_match_info_fetch (match, 1);
  text = g_string_new (inside);
  g_string_replace (text, "\n", "", 0);
  g_string_replace (text, " ", "", 0);
  return g_string_free (text, FALSE);
}

static const char *
get_type_name (const NtField *field)
{
  switch (field->kind)
    {
    case NT_FIELD_BOOL:
      return "bool";
    case NT_FIELD_INT:
      return "int";
    case NT_FIELD_ENUM:
      return ((const NtEnum *) field->of)->name;
    case NT_FIELD_STRING:
    case NT_FIELD_STRINGS:
      return "string";
    case NT_FIELD_MAP:
      return "[string]string";
    case NT_FIELD_RECORD:
    case NT_FIELD_RECORDS:
      return ((const NtRecordType *) field->of)->name;
    default:
      g_assert_not_reached ();
    }
}

static char *
describe_field (const NtField *field)
{
  const char *type = get_type_name (field);
  gboolean is_array = field->kind == NT_FIELD_STRINGS || field->kind == NT_FIELD_RECORDS;

  /* Words of the kernel, such as "802.3ad", and the kinds of operations, which grow, are plain strings in Varlink. */
  if (field->kind == NT_FIELD_ENUM && !g_ascii_isupper (*type))
    type = "string";
  if (g_str_equal (type, "OperationKind"))
    type = "string";
  if (g_str_equal (field->name, "obstacles"))
    type = "Obstacle";
  if (g_str_equal (field->name, "cautions"))
    type = "Caution";
  return g_strdup_printf ("%s:%s%s%s", field->name, field->flags & NT_FIELD_OPTIONAL ? "?" : "", is_array ? "[]" : "", type);
}

static void
test_type (gconstpointer data)
{
  const NtRecordType *type = data;
  g_autofree char *in_protocol = find_type (type->name);
  g_autoptr (GPtrArray) fields = nt_strings_new ();
  g_autofree char *in_model = NULL;

  for (guint i = 0; i < type->n_fields; i++)
    g_ptr_array_add (fields, describe_field (&type->fields[i]));
  g_ptr_array_add (fields, NULL);
  in_model = g_strjoinv (",", (char **) fields->pdata);
  g_assert_cmpstr (in_model, ==, in_protocol);
}

static void
test_enum (gconstpointer data)
{
  const NtEnum *words = data;
  g_autofree char *in_protocol = find_type (words->name);
  g_autoptr (GPtrArray) nicks = g_ptr_array_new ();
  g_autofree char *in_model = NULL;

  for (int i = 0; i < words->n_values; i++)
    {
      g_ptr_array_add (nicks, (gpointer) words->values[i].nick);
      g_assert_nonnull (words->values[i].label);
    }
  g_ptr_array_add (nicks, NULL);
  in_model = g_strjoinv (",", (char **) nicks->pdata);
  g_assert_cmpstr (in_model, ==, in_protocol);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autofree char *path = g_strconcat ("/protocol/", types[i]->name, NULL);

      g_test_add_data_func (path, types[i], test_type);
    }
  for (guint i = 0; i < G_N_ELEMENTS (enums); i++)
    {
      g_autofree char *path = g_strconcat ("/protocol/", enums[i]->name, NULL);

      g_test_add_data_func (path, enums[i], test_enum);
    }
  return g_test_run ();
}
