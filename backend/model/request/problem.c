/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/model/base/text.h"
#include "backend/model/request/problem.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/*
 * Each sentence is followed by its arguments: {0}, {1} and {3}, in any order that suits a translation; {2} is the
 * remedy for the obstacle or caution in {1}.
 */
static const NtEnumValue nt_rule_values[] = {
  { "name_empty", N_("A team needs a name.") },
  { "name_too_long", N_("The name is {0} characters long; at most {1} are allowed.") },
  { "name_invalid", N_("The name “{0}” contains a character that is not allowed: “/” or a control character.") },
  { "name_taken", N_("The name “{0}” is already in use; choose another one.") },
  { "device_invalid", N_("“{0}” is not a valid device name. Use 1 to 15 bytes without spaces, “/” and “:”.") },
  { "device_taken", N_("A device named “{0}” already exists; choose another name.") },
  { "team_unknown", N_("No managed team named “{0}”.") },
  { "team_twice", N_("The request contains the team “{0}” twice; remove one of them.") },
  { "members_none", N_("A team needs at least one member; specify an adapter.") },
  { "members_too_many", N_("A team can have at most {1} members, not {0}; create a second team for the others.") },
  { "member_unknown", N_("No adapter named “{0}”. See the list of adapters.") },
  { "member_twice", N_("The adapter “{0}” is listed twice; remove one of them.") },
  { "member_of_other_team", N_("The adapter “{0}” is a member of the team “{1}”; remove it from there first.") },
  { "member_not_teamable", N_("The adapter “{0}” cannot be teamed. {1}. {2}.") },
  { "member_speed_unknown", N_("The speed of the adapter “{0}” is unknown, so in this mode it would stay down permanently once it has lost "
        "its link. Use static teaming or a standby adapter.") },
  { "standby_not_member", N_("The standby adapter “{0}” is not a member of the team; choose one of its members.") },
  { "standby_only_member", N_("The only member of a team cannot be its standby adapter; add another member.") },
  { "standby_needs_switch_independent", N_("A standby adapter requires switch independent mode; change the mode, or use no standby adapter.") },
  { "balance_needs_nftables", N_("Virtual Machine Port in switch independent mode requires filters, which this server does not support. "
        "Install nftables on Linux 5.16 or later and restart the agent, or choose another load balancing.") },
  { "mtu_range", N_("An MTU of {0} bytes is not valid. Use 68 to 65535 bytes.") },
  { "up_delay", N_("A delay of {0} ms is not valid. Use a multiple of 50 ms, from 0 to 60000 ms.") },
  { "vlan_range", N_("{0} is not a valid VLAN ID. Use 1 to {1}, or 0 for untagged traffic.") },
  { "vlan_twice", N_("VLAN {0} is already in use by another interface of this team; choose another ID.") },
  { "default_not_primary", N_("Only the primary interface, the first one, can carry untagged traffic; set a VLAN for this one.") },
  { "link_unknown", N_("No adapter or team interface named “{0}”.") },
  { "address_invalid", N_("“{0}” is not an IP address with a prefix length. Example: 192.0.2.10/24.") },
  { "address_taken", N_("“{1}” already has the address {0}; remove it from there first.") },
  { "gateway_invalid", N_("“{0}” is not the IP address of a gateway.") },
  { "gateway_unreachable", N_("The gateway {0} is not in the network of any address of the interface; add an address in its network.") },
  { "gateway_twice", N_("{0} is a second gateway for its IP version; only one for IPv4 and one for IPv6 are allowed.") },
  { "mtu_above_team", N_("An MTU of {0} bytes exceeds that of the team, {1} bytes; increase that first.") },
  { "mtu_not_teams", N_("The interface without a VLAN always has the MTU of the team: {1} bytes, not {0} bytes.") },
  { "member_is_team", N_("“{0}” is a team or a team interface. Teams cannot contain teams; specify its adapters instead.") },
  { "member_vlan_challenged", N_("The adapter “{0}” does not support VLANs, and the team has VLAN {1}; remove one of the two.") },
  { "guest_needs_switch_independent", N_("This server is a virtual machine, whose virtual switch does not support teams. Choose switch independent "
        "mode, or allow other modes with GuestModes=true in the agent.conf of the server.") },
  { "guest_needs_address_hash", N_("This server is a virtual machine, whose virtual switch expects each address on one port. Choose an address hash, "
        "or allow other load balancing with GuestModes=true in the agent.conf of the server.") },
  { "member_owned", N_("The adapter “{0}” cannot be teamed. {1} ({3}). {2}.") },
  { "bond_unknown", N_("No unmanaged bond named “{0}”. See the list of teams.") },
  { "bond_not_adoptable", N_("The bond “{0}” cannot be adopted: no team can have its mode, {1}, with its present members. "
        "Change its mode first, or delete it and create a team of its adapters.") },
  { "bond_owned", N_("The bond “{0}” cannot be adopted. {1} ({3}). {2}.") },
  { "option_unknown", N_("No bonding option named “{0}” can be set. Available: {1}.") },
  { "option_value", N_("“{1}” is not a valid value of the bonding option {0}. Use a number from {2}.") },
  { "option_mode", N_("The bonding option {0} has no effect in this mode; remove it, or change the mode.") },
  { "min_links", N_("The team has only {1} members, so it could never have {0} active ones; use a lower number.") },
  { "mixed_speeds", N_("The members have different speeds; a flow is limited by the speed of its member.") },
  { "addresses_move", N_("The addresses of the adapter “{0}” move to the team: {1}.") },
  { "addresses_limited", N_("The adapter “{0}” has addresses from DHCP or a router. They move to the team and stay there until they expire: {1}. "
        "From then on they have to be renewed on the team interface.") },
  { "disable_has_addresses", N_("The adapter “{0}” has IP addresses; connections that use it will be lost.") },
  { "member_caution", N_("The adapter “{0}” can be teamed, with a limitation. {1}. {2}.") },
  { "member_replaced", N_("“{0}” is not the adapter that was in the team before; it replaces that one.") },
  { "member_no_longer_teamable", N_("The adapter “{0}” is in the team, but can no longer be teamed. {1}. {2}.") },
  { "take_over", N_("“{0}” is taken over from {1}, which leaves it alone while it belongs to the team.") },
  { "too_few_active", N_("The team goes down: it has only {1} active members now, and needs {0}.") },
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

/* Remedies for obstacles. */
static const char *const obstacle_remedies[] = {
  [NT_OBSTACLE_LOOPBACK] = N_("Choose a network adapter"),
  [NT_OBSTACLE_WIRELESS] = N_("Choose a wired adapter"),
  [NT_OBSTACLE_VIRTUAL_LINK] = N_("Choose the underlying adapter"),
  [NT_OBSTACLE_NOT_ETHERNET] = N_("Choose an Ethernet adapter"),
  [NT_OBSTACLE_BRIDGE_PORT] = N_("Remove it from there first; the team can become the port instead"),
  [NT_OBSTACLE_TEAM_PORT] = N_("Remove it from there first, in the configuration of teamd"),
  [NT_OBSTACLE_VRF_PORT] = N_("Remove it from there first; the team can belong to the VRF instead"),
  [NT_OBSTACLE_FOREIGN_TEAM] = N_("Remove it from there first, with the tool that created the team"),
  [NT_OBSTACLE_TEAM_ITSELF] = N_("Choose its adapters"),
  [NT_OBSTACLE_HAS_VLANS] = N_("Delete them first; a team interface can take over the VLAN"),
  [NT_OBSTACLE_NETWORK_MANAGER] = N_("Take it over with --take-over; NetworkManager will then ignore it"),
  [NT_OBSTACLE_NETWORKD] = N_("Take it over with --take-over; systemd-networkd will then ignore it"),
  [NT_OBSTACLE_NETPLAN] = N_("Take it over with --take-over; the renderer of netplan will then ignore it"),
  [NT_OBSTACLE_IFUPDOWN] = N_("Remove these lines from the file; do not bring the adapter down, its addresses move to the team"),
};

/* Remedies for cautions. */
static const char *const caution_remedies[] = {
  [NT_CAUTION_HALF_DUPLEX] = N_("Set the switch port to full duplex or autonegotiation"),
  [NT_CAUTION_RDMA_DEVICE] = N_("For RDMA, use an adapter outside of the team"),
  [NT_CAUTION_VIRTUAL_FUNCTIONS] = N_("Connect virtual machines to the team through a bridge instead"),
  [NT_CAUTION_VLAN_CHALLENGED] = N_("Use other adapters for VLANs"),
};

/* Arguments that are words of these enumerations are replaced by their translated sentences. */
static const struct
{
  const NtEnum *words;
  const char *const *remedies;
} vocabularies[] = {
  { &nt_obstacle_enum, obstacle_remedies },
  { &nt_caution_enum, caution_remedies },
};

static void
translate_argument (const char *argument, const char **label, const char **remedy)
{
  for (guint i = 0; i < G_N_ELEMENTS (vocabularies); i++)
    {
      int word = nt_enum_parse (vocabularies[i].words, argument);

      if (word < 0)
        continue;
      *label = nt_enum_label (vocabularies[i].words, word);
      *remedy = _(vocabularies[i].remedies[word]);
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
 * @rule: the violated rule
 * @field: the path of the violating field
 * @arguments: (array zero-terminated=1): the arguments for the sentence of the rule
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
 * @rule: the violated rule
 * @field: the path of the violating field
 * @first: (nullable): the first argument for the sentence of the rule
 * @second: (nullable): the second argument
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
 * @self: a problem; may come from a newer agent
 *
 * Returns: (transfer full): a sentence in the user's language; for an unknown rule, the sentence of the agent
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
 *
 * Returns: %TRUE if any of @problems is more than a warning
 */
gboolean
nt_problems_have_error (const GPtrArray *problems)
{
  for (guint i = 0; i < problems->len; i++)
    if (((const NtProblem *) problems->pdata[i])->severity == NT_SEVERITY_ERROR)
      return TRUE;
  return FALSE;
}
