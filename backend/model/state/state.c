/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/model/state/state.h"

static const NtField nt_address_fields[] = {
  NT_STRING (NtAddress, address, REQUIRED),
  NT_BOOL (NtAddress, dynamic, OPTIONAL),
};
NT_DEFINE_RECORD (NtAddress, nt_address, "Address")

static const NtField nt_host_fields[] = {
  NT_STRING (NtHost, hostname, REQUIRED),
  NT_ENUM (NtHost, server_type, REQUIRED, nt_server_type_enum),
  NT_STRING (NtHost, virtualization, OPTIONAL),
  NT_BOOL (NtHost, guest_modes, OPTIONAL),
  NT_BOOL (NtHost, filters, OPTIONAL),
  NT_STRING (NtHost, notice, OPTIONAL),
  NT_STRING (NtHost, operating_system, OPTIONAL),
  NT_STRING (NtHost, kernel, OPTIONAL),
  NT_STRING (NtHost, agent_version, REQUIRED),
  NT_STRINGS (NtHost, capabilities, OPTIONAL),
};
NT_DEFINE_RECORD (NtHost, nt_host, "Host")

static const NtField nt_adapter_fields[] = {
  NT_STRING (NtAdapter, name, REQUIRED),
  NT_INT (NtAdapter, ifindex, REQUIRED),
  NT_STRING (NtAdapter, mac, OPTIONAL),
  NT_STRING (NtAdapter, permanent_mac, OPTIONAL),
  NT_STRING (NtAdapter, description, OPTIONAL),
  NT_STRING (NtAdapter, driver, OPTIONAL),
  NT_STRING (NtAdapter, bus, OPTIONAL),
  NT_INT (NtAdapter, mtu, REQUIRED),
  NT_INT (NtAdapter, speed_mbps, OPTIONAL),
  NT_ENUM (NtAdapter, duplex, OPTIONAL, nt_duplex_enum),
  NT_BOOL (NtAdapter, enabled, REQUIRED),
  NT_BOOL (NtAdapter, carrier, REQUIRED),
  NT_ENUM (NtAdapter, state, REQUIRED, nt_link_state_enum),
  NT_ENUM (NtAdapter, reason, OPTIONAL, nt_reason_enum),
  NT_STRING (NtAdapter, team, OPTIONAL),
  NT_STRINGS (NtAdapter, obstacles, REQUIRED),
  NT_STRINGS (NtAdapter, cautions, OPTIONAL),
  NT_RECORDS (NtAdapter, addresses, REQUIRED, nt_address_type),
  NT_RECORD (NtAdapter, owner, OPTIONAL, nt_owner_type),
};
NT_DEFINE_RECORD (NtAdapter, nt_adapter, "Adapter")

static const NtField nt_lacp_port_fields[] = {
  NT_INT (NtLacpPort, aggregator, REQUIRED),
  NT_STRING (NtLacpPort, partner_mac, OPTIONAL),
  NT_INT (NtLacpPort, actor_state, REQUIRED),
  NT_INT (NtLacpPort, partner_state, REQUIRED),
};
NT_DEFINE_RECORD (NtLacpPort, nt_lacp_port, "LacpPort")

static const NtField nt_member_fields[] = {
  NT_STRING (NtMember, adapter, REQUIRED),
  NT_ENUM (NtMember, role, REQUIRED, nt_role_enum),
  NT_ENUM (NtMember, state, REQUIRED, nt_link_state_enum),
  NT_ENUM (NtMember, reason, OPTIONAL, nt_reason_enum),
  NT_BOOL (NtMember, defined, REQUIRED),
  NT_BOOL (NtMember, present, REQUIRED),
  NT_INT (NtMember, speed_mbps, OPTIONAL),
  NT_INT (NtMember, link_failures, REQUIRED),
  NT_RECORD (NtMember, lacp, OPTIONAL, nt_lacp_port_type),
};
NT_DEFINE_RECORD (NtMember, nt_member, "Member")

static const NtField nt_interface_fields[] = {
  NT_STRING (NtInterface, name, REQUIRED),
  NT_STRING (NtInterface, device, REQUIRED),
  NT_INT (NtInterface, vlan, REQUIRED),
  NT_BOOL (NtInterface, primary, REQUIRED),
  NT_BOOL (NtInterface, defined, REQUIRED),
  NT_BOOL (NtInterface, present, REQUIRED),
  NT_BOOL (NtInterface, enabled, REQUIRED),
  NT_ENUM (NtInterface, state, REQUIRED, nt_link_state_enum),
  NT_ENUM (NtInterface, reason, OPTIONAL, nt_reason_enum),
  NT_STRING (NtInterface, mac, OPTIONAL),
  NT_INT (NtInterface, mtu, OPTIONAL),
  NT_INT (NtInterface, speed_mbps, OPTIONAL),
  NT_RECORDS (NtInterface, addresses, REQUIRED, nt_address_type),
};
NT_DEFINE_RECORD (NtInterface, nt_interface, "Interface")

static const NtField nt_team_fields[] = {
  NT_STRING (NtTeam, id, REQUIRED),
  NT_STRING (NtTeam, name, REQUIRED),
  NT_STRING (NtTeam, device, REQUIRED),
  NT_BOOL (NtTeam, managed, REQUIRED),
  NT_ENUM (NtTeam, mode, REQUIRED, nt_team_mode_enum),
  NT_ENUM (NtTeam, balance, REQUIRED, nt_balance_enum),
  NT_ENUM (NtTeam, lacp_timer, OPTIONAL, nt_lacp_timer_enum),
  NT_ENUM (NtTeam, status, REQUIRED, nt_status_enum),
  NT_STRING (NtTeam, mac, OPTIONAL),
  NT_INT (NtTeam, mtu, OPTIONAL),
  NT_INT (NtTeam, speed_mbps, OPTIONAL),
  NT_STRING (NtTeam, active_member, OPTIONAL),
  NT_STRING (NtTeam, partner_mac, OPTIONAL),
  NT_STRING (NtTeam, bond_mode, OPTIONAL),
  NT_RECORDS (NtTeam, members, REQUIRED, nt_member_type),
  NT_RECORDS (NtTeam, interfaces, REQUIRED, nt_interface_type),
  NT_RECORDS (NtTeam, drift, OPTIONAL, nt_drift_type),
  NT_RECORD (NtTeam, spec, OPTIONAL, nt_team_spec_type),
  NT_RECORD (NtTeam, owner, OPTIONAL, nt_owner_type),
};
NT_DEFINE_RECORD (NtTeam, nt_team, "Team")

static const NtField nt_pending_fields[] = {
  NT_STRING (NtPending, id, OPTIONAL),
  NT_INT (NtPending, deadline_s, OPTIONAL),
  NT_INT (NtPending, remaining_s, OPTIONAL),
  NT_STRINGS (NtPending, teams, OPTIONAL),
};
NT_DEFINE_RECORD (NtPending, nt_pending, "Pending")

static const NtField nt_state_fields[] = {
  NT_INT (NtState, generation, REQUIRED),
  NT_ENUM (NtState, status, REQUIRED, nt_status_enum),
  NT_RECORD (NtState, pending, OPTIONAL, nt_pending_type),
  NT_RECORD (NtState, host, REQUIRED, nt_host_type),
  NT_RECORDS (NtState, adapters, REQUIRED, nt_adapter_type),
  NT_RECORDS (NtState, teams, REQUIRED, nt_team_type),
};
NT_DEFINE_RECORD (NtState, nt_state, "State")

static const NtField nt_changes_fields[] = {
  NT_RECORD (NtChanges, state, OPTIONAL, nt_state_type),
  NT_INT (NtChanges, generation, OPTIONAL),
  NT_ENUM (NtChanges, status, OPTIONAL, nt_status_enum),
  NT_RECORD (NtChanges, pending, OPTIONAL, nt_pending_type),
  NT_RECORD (NtChanges, host, OPTIONAL, nt_host_type),
  NT_RECORDS (NtChanges, adapters, OPTIONAL, nt_adapter_type),
  NT_RECORDS (NtChanges, teams, OPTIONAL, nt_team_type),
  NT_STRINGS (NtChanges, removed_adapters, OPTIONAL),
  NT_STRINGS (NtChanges, removed_teams, OPTIONAL),
  NT_RECORDS (NtChanges, events, OPTIONAL, nt_event_type),
};
NT_DEFINE_RECORD (NtChanges, nt_changes, "Changes")

static const NtField nt_sample_fields[] = {
  NT_STRING (NtSample, link, REQUIRED),
  NT_INT (NtSample, rx_bytes, REQUIRED),
  NT_INT (NtSample, tx_bytes, REQUIRED),
  NT_INT (NtSample, rx_packets, REQUIRED),
  NT_INT (NtSample, tx_packets, REQUIRED),
  NT_INT (NtSample, rx_errors, REQUIRED),
  NT_INT (NtSample, tx_errors, REQUIRED),
  NT_INT (NtSample, rx_dropped, REQUIRED),
  NT_INT (NtSample, tx_dropped, REQUIRED),
};
NT_DEFINE_RECORD (NtSample, nt_sample, "Sample")

static const NtField nt_samples_fields[] = {
  NT_INT (NtSamples, time_us, REQUIRED),
  NT_RECORDS (NtSamples, samples, REQUIRED, nt_sample_type),
};
NT_DEFINE_RECORD (NtSamples, nt_samples, "Samples")

/* Adapters are identified by their name, teams by their id. */
static const char *
get_adapter_key (gconstpointer adapter)
{
  return ((const NtAdapter *) adapter)->name;
}

static const char *
get_team_key (gconstpointer team)
{
  return ((const NtTeam *) team)->id;
}

typedef const char *(*GetKey) (gconstpointer record);

static gpointer
find_by_key (const GPtrArray *records, const char *key, GetKey get_key, guint *index)
{
  for (guint i = 0; i < records->len; i++)
    if (g_strcmp0 (get_key (records->pdata[i]), key) == 0)
      {
        if (index != NULL)
          *index = i;
        return records->pdata[i];
      }
  return NULL;
}

static void
diff_records (const GPtrArray *before, const GPtrArray *after, GetKey get_key, GPtrArray *changed, GPtrArray *removed)
{
  for (guint i = 0; i < after->len; i++)
    if (!nt_record_equal (find_by_key (before, get_key (after->pdata[i]), get_key, NULL), after->pdata[i]))
      g_ptr_array_add (changed, nt_record_ref (after->pdata[i]));
  for (guint i = 0; i < before->len; i++)
    if (find_by_key (after, get_key (before->pdata[i]), get_key, NULL) == NULL)
      g_ptr_array_add (removed, g_strdup (get_key (before->pdata[i])));
}

static void
patch_records (GPtrArray *records, const GPtrArray *changed, const GPtrArray *removed, GetKey get_key)
{
  guint index = 0;

  for (guint i = 0; i < removed->len; i++)
    if (find_by_key (records, removed->pdata[i], get_key, &index) != NULL)
      g_ptr_array_remove_index (records, index);
  for (guint i = 0; i < changed->len; i++)
    {
      gpointer record = nt_record_ref (changed->pdata[i]);

      if (find_by_key (records, get_key (record), get_key, &index) == NULL)
        g_ptr_array_add (records, record);
      else
        {
          nt_record_unref (records->pdata[index]);
          records->pdata[index] = record;
        }
    }
}

/* Every link with IPv6 assigns itself such an address; no connection depends on it. */
static gboolean
is_link_local (const NtAddress *address)
{
  return g_str_has_prefix (address->address, "fe80:");
}

/**
 * nt_addresses_contain:
 * @addresses: (element-type NtAddress): addresses
 * @address: "192.0.2.1/24"
 *
 * Returns: %TRUE if @address is among @addresses
 */
gboolean
nt_addresses_contain (const GPtrArray *addresses, const char *address)
{
  for (guint i = 0; i < addresses->len; i++)
    if (g_str_equal (((const NtAddress *) addresses->pdata[i])->address, address))
      return TRUE;
  return FALSE;
}

/**
 * nt_addresses_matter:
 * @addresses: (element-type NtAddress): the addresses of a link
 *
 * Returns: %TRUE if a connection may depend on one of them
 */
gboolean
nt_addresses_matter (const GPtrArray *addresses)
{
  for (guint i = 0; i < addresses->len; i++)
    if (!is_link_local (addresses->pdata[i]))
      return TRUE;
  return FALSE;
}

/**
 * nt_addresses_join:
 * @addresses: (element-type NtAddress): the addresses of a link
 * @dynamic: %TRUE to select those with a limited lifetime, %FALSE to select the others
 *
 * Returns: (transfer full) (nullable): the selected addresses for display, without link-local ones; NULL if there are
 *   none
 */
char *
nt_addresses_join (const GPtrArray *addresses, gboolean dynamic)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < addresses->len; i++)
    {
      const NtAddress *address = addresses->pdata[i];

      if (!is_link_local (address) && address->dynamic == dynamic)
        g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", address->address);
    }
  return g_string_free (text, text->len == 0);
}

/**
 * nt_state_find_adapter:
 * @name: (nullable): the name of an adapter
 *
 * Returns: (transfer none) (nullable): the adapter
 */
const NtAdapter *
nt_state_find_adapter (const NtState *self, const char *name)
{
  return find_by_key (self->adapters, name, get_adapter_key, NULL);
}

/**
 * nt_state_find_team:
 * @id_or_name: (nullable): the id or the name of a team
 *
 * Returns: (transfer none) (nullable): the team
 */
const NtTeam *
nt_state_find_team (const NtState *self, const char *id_or_name)
{
  const NtTeam *team = find_by_key (self->teams, id_or_name, get_team_key, NULL);

  for (guint i = 0; team == NULL && i < self->teams->len; i++)
    if (g_strcmp0 (((const NtTeam *) self->teams->pdata[i])->name, id_or_name) == 0)
      team = self->teams->pdata[i];
  return team;
}

/**
 * nt_state_diff:
 *
 * Returns: (transfer full): the changes that lead from @before to @after
 */
NtChanges *
nt_state_diff (const NtState *before, const NtState *after)
{
  NtChanges *changes = nt_changes_new ();

  if (before->generation != after->generation)
    changes->generation = after->generation;
  if (before->status != after->status)
    changes->status = after->status;
  if (!nt_record_equal (before->pending, after->pending))
    changes->pending = after->pending ? nt_pending_ref (after->pending) : nt_pending_new ();
  if (!nt_record_equal (before->host, after->host))
    changes->host = nt_host_ref (after->host);
  diff_records (before->adapters, after->adapters, get_adapter_key, changes->adapters, changes->removed_adapters);
  diff_records (before->teams, after->teams, get_team_key, changes->teams, changes->removed_teams);
  return changes;
}

/**
 * nt_state_patch:
 * @self: (nullable): the present state
 * @changes: changes; if they contain a whole state, it replaces @self
 *
 * Returns: (transfer full) (nullable): the state after the changes; NULL if there is no state to start from
 */
NtState *
nt_state_patch (const NtState *self, const NtChanges *changes)
{
  NtState *state;

  if (changes->state != NULL)
    return nt_state_ref (changes->state);
  if (self == NULL)
    return NULL;

  state = nt_state_copy (self);
  if (changes->generation != -1)
    state->generation = changes->generation;
  if (changes->status != -1)
    state->status = changes->status;
  if (changes->pending != NULL)
    {
      g_clear_pointer (&state->pending, nt_pending_unref);
      state->pending = changes->pending->id != NULL ? nt_pending_ref (changes->pending) : NULL;
    }
  if (changes->host != NULL)
    {
      g_clear_pointer (&state->host, nt_host_unref);
      state->host = nt_host_ref (changes->host);
    }
  patch_records (state->adapters, changes->adapters, changes->removed_adapters, get_adapter_key);
  patch_records (state->teams, changes->teams, changes->removed_teams, get_team_key);
  return state;
}

/**
 * nt_changes_are_empty:
 *
 * Returns: %TRUE if nothing changed
 */
gboolean
nt_changes_are_empty (const NtChanges *self)
{
  return self->state == NULL && self->generation == -1 && self->status == -1 && self->pending == NULL && self->host == NULL &&
         self->adapters->len == 0 && self->teams->len == 0 && self->removed_adapters->len == 0 &&
         self->removed_teams->len == 0 && self->events->len == 0;
}
