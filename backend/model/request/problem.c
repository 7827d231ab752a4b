/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/model/base/text.h"
#include "backend/model/request/problem.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* {0} and {1} stand for the arguments, in any order that a translation likes; {2} for the way out of what {1} says, {3}
 * for a third argument. */
static const NtEnumValue nt_rule_values[] = {
  { "name_empty", N_("A team needs a name.") },
  { "name_too_long", N_("The name is {0} characters long; at most {1} are possible.") },
  { "name_invalid", N_("The name “{0}” has a character that is not possible in a name: “/”, or a control character.") },
  { "name_taken", N_("The name “{0}” is in use already; choose another one.") },
  { "device_invalid", N_("“{0}” is not possible as the name of a device: 1 to 15 bytes without spaces, “/” and “:”.") },
  { "device_taken", N_("There is a device “{0}” already; choose another name.") },
  { "team_unknown", N_("There is no team “{0}” that is managed here.") },
  { "team_twice", N_("The team “{0}” is in the request twice; leave one out.") },
  { "members_none", N_("A team needs at least one member; name an adapter.") },
  { "members_too_many", N_("A team has at most {1} members, not {0}; make a second team of the rest.") },
  { "member_unknown", N_("There is no adapter “{0}”; the list of adapters has their names.") },
  { "member_twice", N_("The adapter “{0}” is in the list twice; leave one out.") },
  { "member_of_other_team", N_("The adapter “{0}” is a member of the team “{1}”; remove it from there first.") },
  { "member_not_teamable", N_("The adapter “{0}” cannot be teamed. {1}. {2}.") },
  { "member_speed_unknown", N_("The speed of the adapter “{0}” is not known, so it would stay down for ever after its first loss of link "
        "in this mode; use static teaming, or a standby adapter.") },
  { "standby_not_member", N_("The standby adapter “{0}” is not a member of the team; choose one of its members.") },
  { "standby_only_member", N_("The only member of a team cannot be its standby adapter; add another one.") },
  { "standby_needs_switch_independent", N_("A standby adapter is possible only in switch independent mode; choose that, or no standby adapter.") },
  { "balance_needs_nftables", N_("Virtual Machine Port in switch independent mode needs filters, which this server cannot make. "
        "Install nftables, with Linux 5.16 or later, and restart the agent; or choose another load balancing.") },
  { "mtu_range", N_("An MTU of {0} bytes is not possible: it is from 68 to 65535.") },
  { "up_delay", N_("A delay of {0} ms is not possible: it is a multiple of 50, from 0 to 60000.") },
  { "vlan_range", N_("{0} is not a VLAN id: they are from 1 to {1}, and 0 stands for untagged traffic.") },
  { "vlan_twice", N_("VLAN {0} is in use by another interface of this team; choose another id.") },
  { "default_not_primary", N_("Only the primary interface, the first one, can take the untagged traffic; give this one a VLAN.") },
  { "link_unknown", N_("There is no adapter or team interface “{0}”.") },
  { "address_invalid", N_("“{0}” is not an address with the length of its network, like 192.0.2.10/24.") },
  { "address_taken", N_("“{1}” has the address {0} already; take it from there first.") },
  { "gateway_invalid", N_("“{0}” is not the IP address of a gateway.") },
  { "gateway_unreachable", N_("The gateway {0} is in the network of none of the interface’s addresses; give it one of that network.") },
  { "gateway_twice", N_("{0} is a second gateway of its kind; one of IPv4 and one of IPv6 are possible.") },
  { "mtu_above_team", N_("An MTU of {0} bytes is above the team’s, which is {1}; raise that first.") },
  { "mtu_not_teams", N_("The interface without a VLAN is the team itself, and has its MTU: {1} bytes, not {0}.") },
  { "member_is_team", N_("“{0}” is a team, or an interface of one, and there are no teams of teams; name its adapters instead.") },
  { "member_vlan_challenged", N_("The adapter “{0}” cannot carry VLANs, and the team has VLAN {1}; leave one of the two out.") },
  { "guest_needs_switch_independent", N_("This server is a virtual machine, whose switch knows nothing of teams; choose switch independent "
        "mode, or allow the others by GuestModes=true in its agent.conf.") },
  { "guest_needs_address_hash", N_("This server is a virtual machine, whose switch expects each address on one port; choose an address hash, "
        "or allow the others by GuestModes=true in its agent.conf.") },
  { "member_owned", N_("The adapter “{0}” cannot be teamed. {1} ({3}). {2}.") },
  { "bond_unknown", N_("There is no bond “{0}” that could be adopted; the list of teams has those that nobody here manages.") },
  { "bond_not_adoptable", N_("The bond “{0}” cannot be adopted: its mode, {1}, with the members that it has, is none that a team can have. "
        "Change its mode first, or delete it and make a team of its adapters.") },
  { "bond_owned", N_("The bond “{0}” cannot be adopted. {1} ({3}). {2}.") },
  { "mixed_speeds", N_("The members have different speeds; a flow on a slow one is slow.") },
  { "addresses_move", N_("The addresses of the adapter “{0}” move to the team: {1}.") },
  { "addresses_limited", N_("Addresses of the adapter “{0}” came from DHCP or a router and move to the team until they lapse: {1}. "
        "Whoever renews them must do so on the team’s interface from then on.") },
  { "disable_has_addresses", N_("The adapter “{0}” has IP addresses, and somebody may be connected through it.") },
  { "member_caution", N_("The adapter “{0}” can be teamed, but consider this. {1}. {2}.") },
  { "member_replaced", N_("“{0}” is another adapter than the one that was in the team; it takes its place.") },
  { "member_no_longer_teamable", N_("The adapter “{0}” is in the team, but should not be now. {1}. {2}.") },
  { "take_over", N_("“{0}” is taken over from {1}, which leaves it alone as long as it belongs to the team.") },
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

/* What to do about an obstacle. */
static const char *const obstacle_ways_out[] = {
  [NT_OBSTACLE_LOOPBACK] = N_("Choose a network adapter"),
  [NT_OBSTACLE_WIRELESS] = N_("Choose a wired adapter"),
  [NT_OBSTACLE_VIRTUAL_LINK] = N_("Choose the adapter below it"),
  [NT_OBSTACLE_NOT_ETHERNET] = N_("Choose an Ethernet adapter"),
  [NT_OBSTACLE_BRIDGE_PORT] = N_("Take it out of that first; the team can be the port instead"),
  [NT_OBSTACLE_TEAM_PORT] = N_("Take it out of that first, in the settings of teamd"),
  [NT_OBSTACLE_VRF_PORT] = N_("Take it out of that first; the team can belong to it instead"),
  [NT_OBSTACLE_FOREIGN_TEAM] = N_("Take it out of that first, with what made it"),
  [NT_OBSTACLE_TEAM_ITSELF] = N_("Choose its adapters"),
  [NT_OBSTACLE_HAS_VLANS] = N_("Delete them first; an interface of the team can take the VLAN"),
  [NT_OBSTACLE_NETWORK_MANAGER] = N_("Take it over, with --take-over, and NetworkManager is told to leave it alone"),
  [NT_OBSTACLE_NETWORKD] = N_("Take it over, with --take-over, and systemd-networkd is told to leave it alone"),
  [NT_OBSTACLE_NETPLAN] = N_("Take it over, with --take-over, and who does it for netplan is told to leave it alone"),
  [NT_OBSTACLE_IFUPDOWN] = N_("Remove these lines from the file, and no more; what addresses it has move to the team"),
};

/* What to do about a caution. */
static const char *const caution_ways_out[] = {
  [NT_CAUTION_HALF_DUPLEX] = N_("Set the switch’s port to full duplex, or to autonegotiation"),
  [NT_CAUTION_RDMA_DEVICE] = N_("For RDMA, use an adapter outside of the team"),
  [NT_CAUTION_VIRTUAL_FUNCTIONS] = N_("Connect virtual machines to the team by a bridge instead"),
  [NT_CAUTION_VLAN_CHALLENGED] = N_("Leave VLANs to other adapters"),
};

/* Arguments that are words of these are sentences of their own, so they are translated too. */
static const struct
{
  const NtEnum *words;
  const char *const *ways_out;
} vocabularies[] = {
  { &nt_obstacle_enum, obstacle_ways_out },
  { &nt_caution_enum, caution_ways_out },
};

static void
translate_argument (const char *argument, const char **label, const char **way_out)
{
  for (guint i = 0; i < G_N_ELEMENTS (vocabularies); i++)
    {
      int word = nt_enum_parse (vocabularies[i].words, argument);

      if (word < 0)
        continue;
      *label = nt_enum_label (vocabularies[i].words, word);
      *way_out = _(vocabularies[i].ways_out[word]);
    }
}

static char *
fill_in (const char *sentence, const GPtrArray *arguments)
{
  NtBlank blanks[] = { { "0" }, { "1" }, { "2" }, { "3" } };

  if (arguments->len > 0)
    blanks[0].value = arguments->pdata[0];
  if (arguments->len > 1)
    blanks[1].value = arguments->pdata[1];
  if (arguments->len > 2)
    blanks[3].value = arguments->pdata[2];
  if (arguments->len > 1 && strstr (sentence, "{2}") != NULL)
    translate_argument (arguments->pdata[1], &blanks[1].value, &blanks[2].value);
  return nt_text_fill (sentence, blanks, G_N_ELEMENTS (blanks));
}

/**
 * nt_problem_make_with:
 * @rule: the rule that is broken
 * @field: the path of the field that breaks it
 * @arguments: (array zero-terminated=1): what the sentence of the rule names
 *
 * Returns: (transfer full): the problem
 */
NtProblem *
nt_problem_make_with (NtRule rule, const char *field, const char *const *arguments)
{
  NtProblem *problem = nt_problem_new ();

  problem->field = g_strdup (field);
  problem->rule = g_strdup (nt_enum_nick (&nt_rule_enum, rule));
  problem->severity = rule >= NT_RULE_FIRST_WARNING ? NT_SEVERITY_WARNING : NT_SEVERITY_ERROR;
  for (guint i = 0; arguments[i] != NULL; i++)
    g_ptr_array_add (problem->arguments, g_strdup (arguments[i]));
  problem->message = fill_in (nt_rule_values[rule].label, problem->arguments);
  return problem;
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
  const char *arguments[] = { first, first ? second : NULL, NULL };

  return nt_problem_make_with (rule, field, arguments);
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
