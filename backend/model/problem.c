/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "model/problem.h"
#include "model/text.h"

#include <glib/gi18n-lib.h>

/* {0} and {1} stand for the arguments, in any order that a translation likes. */
static const NtEnumValue nt_rule_values[] = {
  { "name_empty", N_("A team needs a name.") },
  { "name_too_long", N_("The name is {0} characters long; at most {1} are possible.") },
  { "name_invalid", N_("The name “{0}” has a character that is not possible in a name: “/”, or a control character.") },
  { "name_taken", N_("The name “{0}” is in use already; choose another one.") },
  { "device_invalid", N_("“{0}” is not possible as the name of a device: 1 to 15 bytes without spaces, “/” and “:”.") },
  { "device_taken", N_("There is a device “{0}” already; choose another name.") },
  { "team_unknown", N_("There is no team “{0}” that is managed here.") },
  { "team_twice", N_("The team “{0}” is in the request twice.") },
  { "members_none", N_("A team needs at least one member.") },
  { "members_too_many", N_("A team has at most {1} members, not {0}.") },
  { "member_unknown", N_("There is no adapter “{0}”.") },
  { "member_twice", N_("The adapter “{0}” is in the list twice.") },
  { "member_of_other_team", N_("The adapter “{0}” is a member of the team “{1}”; remove it from there first.") },
  { "member_not_teamable", N_("The adapter “{0}” cannot be teamed. {1}.") },
  { "member_speed_unknown", N_("The speed of the adapter “{0}” is not known, so it would stay down for ever after its first loss of link "
        "in this mode; use static teaming, or a standby adapter.") },
  { "standby_not_member", N_("The standby adapter “{0}” is not a member of the team.") },
  { "standby_only_member", N_("The only member of a team cannot be its standby adapter.") },
  { "standby_needs_switch_independent", N_("A standby adapter is possible only in switch independent mode.") },
  { "balance_not_available", N_("“{0}” is not available in switch independent mode yet.") },
  { "mtu_range", N_("An MTU of {0} bytes is not possible: it is from 68 to 65535.") },
  { "vlan_range", N_("{0} is not a VLAN id: they are from 1 to {1}, and 0 stands for untagged traffic.") },
  { "vlan_twice", N_("VLAN {0} is in use by another interface of this team.") },
  { "default_not_primary", N_("Only the primary interface, the first one, can take the untagged traffic.") },
  { "link_unknown", N_("There is no adapter or team interface “{0}”.") },
  { "disable_has_addresses", N_("The adapter “{0}” has IP addresses, and you may be connected through it.") },
  { "address_invalid", N_("“{0}” is not an address with the length of its network, like 192.0.2.10/24.") },
  { "address_taken", N_("“{1}” has the address {0} already; take it from there first.") },
  { "gateway_invalid", N_("“{0}” is not the IP address of a gateway.") },
  { "gateway_unreachable", N_("The gateway {0} is in the network of none of the interface’s addresses; give it one of that network.") },
  { "gateway_twice", N_("{0} is a second gateway of its kind; one of IPv4 and one of IPv6 are possible.") },
  { "mtu_above_team", N_("An MTU of {0} bytes is above the team’s, which is {1}; raise that first.") },
  { "mtu_not_teams", N_("The interface without a VLAN is the team itself, and has its MTU: {1} bytes, not {0}.") },
  { "mixed_speeds", N_("The members have different speeds; a flow on a slow one is slow.") },
  { "addresses_move", N_("The addresses of the adapter “{0}” move to the team: {1}.") },
  { "addresses_limited", N_("Addresses of the adapter “{0}” came from DHCP or a router and move to the team until they lapse: {1}. "
        "Whoever renews them must do so on the team’s interface from then on.") },
};
NT_DEFINE_ENUM (nt_rule, "Rule")

static const NtField nt_problem_fields[] = {
  NT_STRING (NtProblem, field, REQUIRED),
  NT_STRING (NtProblem, rule, REQUIRED),
  NT_ENUM (NtProblem, severity, REQUIRED, nt_severity_enum),
  NT_STRINGS (NtProblem, arguments, REQUIRED),
  NT_STRING (NtProblem, message, REQUIRED),
};
NT_DEFINE_RECORD (NtProblem, nt_problem, "Problem")

static const NtField nt_refusal_fields[] = {
  NT_RECORDS (NtRefusal, problems, REQUIRED, nt_problem_type),
};
NT_DEFINE_RECORD (NtRefusal, nt_refusal, "Refused")

/* The words of an obstacle are a sentence of their own in a problem's arguments, so they are translated too. */
static const char *
translate_argument (const char *argument)
{
  int obstacle = nt_enum_parse (&nt_obstacle_enum, argument);

  return obstacle < 0 ? argument : nt_enum_label (&nt_obstacle_enum, obstacle);
}

static char *
fill_in (const char *sentence, const GPtrArray *arguments)
{
  static const char *const names[] = { "0", "1" };
  NtBlank blanks[G_N_ELEMENTS (names)];

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    blanks[i] = (NtBlank) { names[i], i < arguments->len ? translate_argument (arguments->pdata[i]) : NULL };
  return nt_text_fill (sentence, blanks, G_N_ELEMENTS (blanks));
}

/**
 * nt_problem_make:
 * @rule: the rule that is broken
 * @field: the path of the field that breaks it
 * @first: (nullable): what the sentence of the rule names
 * @second: (nullable): what it names besides
 *
 * Returns: (transfer full): the problem
 */
NtProblem *
nt_problem_make (NtRule rule, const char *field, const char *first, const char *second)
{
  NtProblem *problem = nt_problem_new ();

  problem->field = g_strdup (field);
  problem->rule = g_strdup (nt_enum_nick (&nt_rule_enum, rule));
  problem->severity = rule >= NT_RULE_MIXED_SPEEDS ? NT_SEVERITY_WARNING : NT_SEVERITY_ERROR;
  if (first != NULL)
    g_ptr_array_add (problem->arguments, g_strdup (first));
  if (second != NULL)
    g_ptr_array_add (problem->arguments, g_strdup (second));
  problem->message = fill_in (nt_rule_values[rule].label, problem->arguments);
  return problem;
}

/**
 * nt_problem_describe:
 * @self: a problem, perhaps from a newer agent
 *
 * Returns: (transfer full): the sentence in the user's language; that of the agent for a rule that is unknown here
 */
char *
nt_problem_describe (const NtProblem *self)
{
  int rule = nt_enum_parse (&nt_rule_enum, self->rule);

  if (rule < 0)
    return g_strdup (self->message);
  return fill_in (nt_enum_label (&nt_rule_enum, rule), self->arguments);
}

/**
 * nt_problems_have_error:
 * @problems: (element-type NtProblem): problems
 *
 * Returns: whether one of them is more than a warning
 */
gboolean
nt_problems_have_error (const GPtrArray *problems)
{
  for (guint i = 0; i < problems->len; i++)
    if (((const NtProblem *) problems->pdata[i])->severity == NT_SEVERITY_ERROR)
      return TRUE;
  return FALSE;
}
