/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/model/team/identity.h"

static const NtAdapterIdentity *
find_identity (const NtTeamSpec *spec, const char *member)
{
  for (guint i = 0; spec != NULL && i < spec->identities->len; i++)
    if (g_str_equal (((const NtAdapterIdentity *) spec->identities->pdata[i])->name, member))
      return spec->identities->pdata[i];
  return NULL;
}

/* Adapters of virtual machines often have no permanent address. */
static const char *
get_own_mac (const NtLink *link)
{
  return link->permanent_mac ? link->permanent_mac : link->mac;
}

static gboolean
is_same (const char *first, const char *second)
{
  return first != NULL && g_strcmp0 (first, second) == 0;
}

/* Functions of one card can share an address; then the bus address decides, and finally the name. */
static guint
rate (const NtAdapterIdentity *identity, const NtLink *link)
{
  if (link->kind != NT_LINK_ADAPTER || !is_same (identity->mac, get_own_mac (link)))
    return 0;
  return 1 + 2 * is_same (identity->bus, link->bus) + is_same (identity->name, link->name);
}

/* An address that is not permanent may have been changed; then the same name at the same bus address suffices. */
static gboolean
has_other_address_only (const NtAdapterIdentity *identity, const NtLink *link)
{
  return link != NULL && link->permanent_mac == NULL && is_same (identity->bus, link->bus);
}

/* Finds the adapter of a member by its identity, whatever its present name. */
static const NtLink *
find_adapter (const NtTeamSpec *spec, const char *member, const NtSnapshot *snapshot)
{
  const NtAdapterIdentity *identity = find_identity (spec, member);
  const NtLink *namesake = nt_snapshot_find (snapshot, member);
  const NtLink *best = NULL;
  guint best_rate = 0;

  if (identity == NULL || identity->mac == NULL)
    return namesake;
  for (guint i = 0; i < snapshot->links->len; i++)
    if (rate (identity, snapshot->links->pdata[i]) > best_rate)
      {
        best = snapshot->links->pdata[i];
        best_rate = rate (identity, best);
      }
  return best == NULL && has_other_address_only (identity, namesake) ? namesake : best;
}

/**
 * nt_identity_is_replaced:
 * @member: the name of a member in @spec
 *
 * Returns: %TRUE if the adapter is absent and another adapter has its name
 */
gboolean
nt_identity_is_replaced (const NtTeamSpec *spec, const char *member, const NtSnapshot *snapshot)
{
  return nt_snapshot_find (snapshot, member) != NULL && find_adapter (spec, member, snapshot) == NULL;
}

/**
 * nt_identity_is_present:
 * @member: the name of a member in @spec
 *
 * Returns: %TRUE if the adapter is present under that name
 */
gboolean
nt_identity_is_present (const NtTeamSpec *spec, const char *member, const NtSnapshot *snapshot)
{
  const NtLink *adapter = find_adapter (spec, member, snapshot);

  return adapter != NULL && g_str_equal (adapter->name, member);
}

static NtAdapterIdentity *
identify (const NtLink *link)
{
  NtAdapterIdentity *identity = nt_adapter_identity_new ();

  identity->name = g_strdup (link->name);
  identity->mac = g_strdup (get_own_mac (link));
  identity->bus = g_strdup (link->bus);
  return identity;
}

/**
 * nt_identity_note:
 * @spec: (inout): the new definition of a team
 * @before: (nullable): its previous definition
 *
 * Records the identities of the adapters that now have the names of the members. The recorded identity of an absent
 * adapter is kept.
 */
void
nt_identity_note (NtTeamSpec *spec, const NtTeamSpec *before, const NtSnapshot *snapshot)
{
  g_autoptr (GPtrArray) old = spec->identities;

  spec->identities = nt_records_new ();
  for (guint i = 0; i < spec->members->len; i++)
    {
      const NtLink *link = nt_snapshot_find (snapshot, spec->members->pdata[i]);
      const NtAdapterIdentity *known = find_identity (before, spec->members->pdata[i]);

      if (link != NULL)
        g_ptr_array_add (spec->identities, identify (link));
      else if (known != NULL)
        g_ptr_array_add (spec->identities, nt_adapter_identity_ref (known));
    }
}

/* All names are looked up before the first one is changed, as two adapters may have swapped names. */
static char *
find_present_name (const NtTeamSpec *spec, const char *member, const NtSnapshot *snapshot)
{
  const NtLink *adapter = find_adapter (spec, member, snapshot);

  return g_strdup (adapter ? adapter->name : member);
}

static void
follow_names (GPtrArray *names, const NtTeamSpec *spec, const NtSnapshot *snapshot)
{
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *name = names->pdata[i];

      names->pdata[i] = find_present_name (spec, name, snapshot);
    }
}

/* Present adapters are identified anew; the known identity of an absent adapter is kept. */
static void
follow_identities (NtTeamSpec *followed, const NtTeamSpec *spec, const NtSnapshot *snapshot)
{
  g_ptr_array_unref (followed->identities);
  followed->identities = nt_records_new ();
  for (guint i = 0; i < spec->members->len; i++)
    {
      const NtAdapterIdentity *known = find_identity (spec, spec->members->pdata[i]);
      const NtLink *link = find_adapter (spec, spec->members->pdata[i], snapshot);

      if (link != NULL && link->kind == NT_LINK_ADAPTER)
        g_ptr_array_add (followed->identities, identify (link));
      else if (known != NULL)
        g_ptr_array_add (followed->identities, nt_adapter_identity_ref (known));
    }
}

/**
 * nt_identity_follow:
 *
 * Returns: (transfer full) (nullable): the definition with the present names and identities of its members; NULL if
 *   it is up to date
 */
NtTeamSpec *
nt_identity_follow (const NtTeamSpec *spec, const NtSnapshot *snapshot)
{
  g_autoptr (NtTeamSpec) followed = nt_team_spec_copy (spec);

  follow_names (followed->members, spec, snapshot);
  follow_names (followed->disabled, spec, snapshot);
  if (spec->standby != NULL)
    {
      g_free (followed->standby);
      followed->standby = find_present_name (spec, spec->standby, snapshot);
    }
  follow_identities (followed, spec, snapshot);
  return nt_record_equal (followed, spec) ? NULL : g_steal_pointer (&followed);
}

static void
leave_out (GPtrArray *names, const NtTeamSpec *spec, const NtSnapshot *snapshot)
{
  for (guint i = names->len; i > 0; i--)
    if (nt_identity_is_replaced (spec, names->pdata[i - 1], snapshot))
      g_ptr_array_remove_index (names, i - 1);
}

/**
 * nt_identity_leave_out_replaced:
 *
 * A replacement adapter may serve another purpose, and its cable may lead elsewhere: it never joins a team
 * automatically.
 *
 * Returns: (transfer full): the definition without members whose name now belongs to another adapter
 */
NtTeamSpec *
nt_identity_leave_out_replaced (const NtTeamSpec *spec, const NtSnapshot *snapshot)
{
  NtTeamSpec *left = nt_team_spec_copy (spec);

  leave_out (left->members, spec, snapshot);
  leave_out (left->disabled, spec, snapshot);
  if (spec->standby != NULL && nt_identity_is_replaced (spec, spec->standby, snapshot))
    g_clear_pointer (&left->standby, g_free);
  return left;
}
