/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/model/request/rules-network.h"

#include "backend/model/base/ip.h"

/*
 * Returns another link that already has the address, unless that is an adapter whose addresses move to the interface.
 */
static const char *
find_holder (const NtCheck *check, const NtInterfaceSpec *own, const char *address)
{
  const NtState *state = check->state;

  for (guint i = 0; i < state->adapters->len; i++)
    {
      const NtAdapter *adapter = state->adapters->pdata[i];

      if (nt_addresses_contain (adapter->addresses, address) && !nt_strings_contain (check->spec->members, adapter->name))
        return adapter->name;
    }
  for (guint i = 0; i < state->teams->len; i++)
    {
      const NtTeam *team = state->teams->pdata[i];

      for (guint j = 0; g_strcmp0 (team->id, check->spec->id) != 0 && j < team->interfaces->len; j++)
        if (nt_addresses_contain (((const NtInterface *) team->interfaces->pdata[j])->addresses, address))
          return ((const NtInterface *) team->interfaces->pdata[j])->name;
    }
  for (guint i = 0; i < check->spec->interfaces->len && check->spec->interfaces->pdata[i] != own; i++)
    if (nt_strings_contain (((const NtInterfaceSpec *) check->spec->interfaces->pdata[i])->addresses, address))
      return check->spec->name;
  return NULL;
}

static void
check_address (NtCheck *check, guint interface_index, guint index)
{
  const NtInterfaceSpec *interface = check->spec->interfaces->pdata[interface_index];
  const char *address = interface->addresses->pdata[index];
  const char *holder = find_holder (check, interface, address);

  if (!nt_ip_parse (address, NULL, NULL))
    nt_check_report (check, NT_RULE_ADDRESS_INVALID, address, NULL, "interfaces[%u].addresses[%u]", interface_index, index);
  else if (holder != NULL)
    nt_check_report (check, NT_RULE_ADDRESS_TAKEN, address, holder, "interfaces[%u].addresses[%u]", interface_index, index);
}

/* A link-local gateway is reachable on every network. */
static gboolean
is_reachable (const NtInterfaceSpec *interface, GInetAddress *gateway)
{
  gboolean reachable = g_inet_address_get_is_link_local (gateway);

  for (guint i = 0; i < interface->addresses->len && !reachable; i++)
    reachable = nt_ip_contains (interface->addresses->pdata[i], gateway);
  return reachable;
}

static void
check_gateway (NtCheck *check, guint interface_index, guint index)
{
  const NtInterfaceSpec *interface = check->spec->interfaces->pdata[interface_index];
  const char *text = interface->gateways->pdata[index];
  g_autoptr (GInetAddress) gateway = g_inet_address_new_from_string (text);

  if (gateway == NULL || g_inet_address_get_is_any (gateway))
    nt_check_report (check, NT_RULE_GATEWAY_INVALID, text, NULL, "interfaces[%u].gateways[%u]", interface_index, index);
  else if (!is_reachable (interface, gateway))
    nt_check_report (check, NT_RULE_GATEWAY_UNREACHABLE, text, NULL, "interfaces[%u].gateways[%u]", interface_index, index);
  for (guint i = 0; gateway != NULL && i < index; i++)
    {
      g_autoptr (GInetAddress) other = g_inet_address_new_from_string (interface->gateways->pdata[i]);

      if (other != NULL && g_inet_address_get_family (other) == g_inet_address_get_family (gateway))
        nt_check_report (check, NT_RULE_GATEWAY_TWICE, text, NULL, "interfaces[%u].gateways[%u]", interface_index, index);
    }
}

/* Returns the MTU that the team has, or will get from its first member. */
static gint64
get_team_mtu (const NtCheck *check)
{
  const NtTeam *team = check->spec->id ? nt_state_find_team (check->state, check->spec->id) : NULL;
  const NtAdapter *first =
    check->spec->members->len > 0 ? nt_state_find_adapter (check->state, check->spec->members->pdata[0]) : NULL;
  const NtInterfaceSpec *primary = check->spec->interfaces->pdata[0];

  if (check->spec->mtu != -1)
    return check->spec->mtu;
  if (primary->mtu != -1 && nt_interface_spec_get_vlan (primary) == 0)
    return primary->mtu;
  if (team != NULL && team->mtu != -1)
    return team->mtu;
  return first != NULL ? first->mtu : NT_MTU_MAX;
}

static void
check_interface_mtu (NtCheck *check, guint index)
{
  const NtInterfaceSpec *interface = check->spec->interfaces->pdata[index];
  gint64 of_team = get_team_mtu (check);
  char have[24], most[24];

  if (interface->mtu == -1)
    return;
  if (interface->mtu < NT_MTU_MIN || interface->mtu > NT_MTU_MAX)
    nt_check_report (check, NT_RULE_MTU_RANGE, NT_NUMBER (have, interface->mtu), NULL, "interfaces[%u].mtu", index);
  else if (interface->mtu > of_team)
    nt_check_report (check, NT_RULE_MTU_ABOVE_TEAM, NT_NUMBER (have, interface->mtu), NT_NUMBER (most, of_team),
                     "interfaces[%u].mtu", index);
  else if (nt_interface_spec_get_vlan (interface) == 0 && interface->mtu != of_team)
    nt_check_report (check, NT_RULE_MTU_NOT_TEAMS, NT_NUMBER (have, interface->mtu), NT_NUMBER (most, of_team),
                     "interfaces[%u].mtu", index);
}

/* Announces addresses that move to the team: the administrator may be connected through one of them. */
static void
check_moving_addresses (NtCheck *check, guint index)
{
  const char *name = check->spec->members->pdata[index];
  const NtAdapter *adapter = nt_state_find_adapter (check->state, name);
  const NtTeam *own = check->spec->id ? nt_state_find_team (check->state, check->spec->id) : NULL;
  g_autofree char *lasting = NULL;
  g_autofree char *limited = NULL;

  if (adapter == NULL || (own != NULL && own->spec != NULL && nt_strings_contain (own->spec->members, name)))
    return;
  lasting = nt_addresses_join (adapter->addresses, FALSE);
  limited = nt_addresses_join (adapter->addresses, TRUE);
  if (lasting != NULL)
    nt_check_report (check, NT_RULE_ADDRESSES_MOVE, name, lasting, "members[%u]", index);
  if (limited != NULL)
    nt_check_report (check, NT_RULE_ADDRESSES_LIMITED, name, limited, "members[%u]", index);
}

/* Checks addresses, gateways and MTUs of the interfaces, and the addresses of new members. */
void
nt_check_network (NtCheck *check)
{
  for (guint i = 0; i < check->spec->interfaces->len; i++)
    {
      const NtInterfaceSpec *interface = check->spec->interfaces->pdata[i];

      for (guint j = 0; j < interface->addresses->len; j++)
        check_address (check, i, j);
      for (guint j = 0; j < interface->gateways->len; j++)
        check_gateway (check, i, j);
      check_interface_mtu (check, i);
    }
  for (guint i = 0; i < check->spec->members->len; i++)
    check_moving_addresses (check, i);
}
