/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hosts.h"

#include "backend/model/state/make-state.h"

#include <net/if_arp.h>

/* Adds a link that is up, has carrier and runs at 10 Gb/s. */
NtLink *
host_add_link (NtSnapshot *snapshot, const char *name, NtLinkKind kind)
{
  NtLink *link = nt_link_new ();

  link->name = g_strdup (name);
  link->ifindex = snapshot->links->len + 1;
  link->kind = kind;
  link->arp_type = ARPHRD_ETHER;
  link->mtu = 1500;
  link->up = TRUE;
  link->carrier = TRUE;
  link->speed_mbps = 10000;
  link->duplex = NT_DUPLEX_FULL;
  link->mac = g_strdup_printf ("02:00:00:00:00:%02x", (guint) link->ifindex);
  g_ptr_array_add (snapshot->links, link);
  return link;
}

/* Adds nic1, nic2 … and the loopback link. */
NtSnapshot *
host_with_adapters (guint n_adapters)
{
  NtSnapshot *snapshot = nt_snapshot_new ();

  host_add_link (snapshot, "lo", NT_LINK_LOOPBACK);
  for (guint i = 1; i <= n_adapters; i++)
    {
      g_autofree char *name = g_strdup_printf ("nic%u", i);

      host_add_link (snapshot, name, NT_LINK_ADAPTER);
    }
  return snapshot;
}

NtLink *
host_get_link (NtSnapshot *snapshot, const char *name)
{
  return (NtLink *) nt_snapshot_find (snapshot, name);
}

void
host_add_address (NtLink *link, const char *address)
{
  NtLinkAddress *value = nt_link_address_new ();

  value->address = g_strdup (address);
  g_ptr_array_add (link->addresses, value);
}

/* Adds a bond with the members that are listed in @members, separated by spaces. */
NtLink *
host_add_bond (NtSnapshot *snapshot, const char *name, NtBondMode mode, const char *members)
{
  NtLink *link = host_add_link (snapshot, name, NT_LINK_BOND);
  g_auto (GStrv) words = g_strsplit (members, " ", -1);

  link->info_kind = g_strdup ("bond");
  link->bond = nt_bond_new ();
  link->bond->options = nt_bond_options_new ();
  link->bond->options->mode = mode;
  for (guint i = 0; words[i] != NULL && *words[i] != '\0'; i++)
    {
      NtLink *member = host_get_link (snapshot, words[i]);

      member->master = g_strdup (name);
      member->member = nt_bond_member_new ();
      g_ptr_array_add (link->bond->members, g_strdup (words[i]));
    }
  return link;
}

void
host_add_filter (NtSnapshot *snapshot, const char *bond, const char *members)
{
  NtPacketFilter *filter = nt_packet_filter_new ();

  filter->bond = g_strdup (bond);
  filter->members = g_strdup (members);
  g_ptr_array_add (snapshot->filters, filter);
}

/* A definition as a client would send it; members are separated by spaces. */
NtTeamSpec *
team_spec (const char *name, const char *members)
{
  NtTeamSpec *spec = nt_team_spec_new ();
  g_auto (GStrv) words = g_strsplit (members, " ", -1);

  spec->name = g_strdup (name);
  for (guint i = 0; words[i] != NULL && *words[i] != '\0'; i++)
    g_ptr_array_add (spec->members, g_strdup (words[i]));
  return spec;
}

/* The definitions with one complete team, or none; takes @spec. */
NtDefinitions *
wanted_of (NtTeamSpec *spec)
{
  NtDefinitions *wanted = nt_definitions_new ();
  NtInterfaceSpec *interface;

  if (spec == NULL)
    return wanted;
  g_ptr_array_add (wanted->teams, nt_team_spec_complete (spec));
  nt_team_spec_unref (spec);
  spec = wanted->teams->pdata[0];
  spec->id = g_strdup_printf ("id-of-%s", spec->name);
  spec->device = g_strdup (spec->name);
  interface = spec->interfaces->pdata[0];
  interface->vlan = 0;
  interface->device = g_strdup (spec->device);
  return wanted;
}

NtState *
state_of (const NtSnapshot *snapshot, const NtDefinitions *wanted)
{
  g_autoptr (NtHost) host = nt_host_new ();

  host->hostname = g_strdup ("server1");
  host->agent_version = g_strdup (PACKAGE_VERSION);
  return nt_make_state (snapshot, wanted, host);
}
