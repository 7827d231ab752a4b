/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/model/plan/outage.h"

#include "backend/model/base/text.h"

#include <glib/gi18n-lib.h>

/*
 * Measured with tests/bench/run outage, in milliseconds. When a member leaves and rejoins, the time until adapter and
 * switch have a link again comes on top.
 */
#define DOWN_MS 2    /* a bond goes down with its members to change an option */
#define MODE_MS 6    /* a bond loses all members to change its mode, and gets them back */
#define LACP_MS 2000 /* the same with an LACP partner, until the negotiation is complete */
#define LEAVE_MS 5   /* a member leaves, until another member carries its traffic */
#define FAIL_MS 55   /* the same, if the driver has to detect it, at the next MIIMON check */
#define VLAN_MS 5    /* a VLAN device is recreated */

#define MOVE_MS 2    /* addresses that another link already has, when their link goes down */
#define JOIN_MS 4    /* addresses that no link has until their adapter is a member */
#define TAKE_OVER_MS 30 /* addresses that systemd-networkd removes, until the team has them */

typedef struct
{
  GPtrArray *operations;
  const NtSnapshot *snapshot;
} Plan;

static NtOperation *
find_after (const Plan *plan, guint index, NtOperationKind kind, const char *link, const char *other)
{
  for (guint i = index + 1; i < plan->operations->len; i++)
    {
      NtOperation *operation = plan->operations->pdata[i];

      if (operation->kind == (int) kind && (link == NULL || g_str_equal (operation->link, link)) &&
          (other == NULL || g_strcmp0 (operation->other, other) == 0))
        return operation;
    }
  return NULL;
}

static void
interrupt (NtOperation *operation, gint64 milliseconds, const char *link)
{
  operation->outage_ms = milliseconds;
  g_ptr_array_add (operation->interrupts, g_strdup (link));
}

/* Estimates a bond that comes up again in the same plan. */
static void
estimate_bond_down (const Plan *plan, guint index, const NtLink *bond)
{
  NtOperation *operation = plan->operations->pdata[index];
  const NtOperation *change = find_after (plan, index, NT_OPERATION_CHANGE_BOND, bond->name, NULL);
  gint64 milliseconds = DOWN_MS;

  if (find_after (plan, index, NT_OPERATION_SET_UP, bond->name, NULL) == NULL)
    return;
  if (change != NULL && change->bond->mode != -1)
    milliseconds = change->bond->mode == NT_BOND_8023AD ? LACP_MS : MODE_MS;
  for (guint i = 0; i < bond->bond->members->len; i++)
    interrupt (operation, milliseconds, bond->bond->members->pdata[i]);
}

static gboolean
is_moved_before (const Plan *plan, guint index, const char *address)
{
  for (guint i = 0; i < index; i++)
    {
      const NtOperation *operation = plan->operations->pdata[i];

      if (operation->kind == NT_OPERATION_ADD_ADDRESS && g_str_equal (operation->address->address, address))
        return TRUE;
    }
  return FALSE;
}

/* Estimates an adapter whose addresses move to a team. */
static void
estimate_move (const Plan *plan, guint index, const NtLink *link)
{
  for (guint i = 0; i < link->addresses->len; i++)
    {
      const NtLinkAddress *address = link->addresses->pdata[i];

      if (address->link_local)
        continue;
      interrupt (plan->operations->pdata[index], is_moved_before (plan, index, address->address) ? MOVE_MS : JOIN_MS,
                 link->name);
      return;
    }
}

static void
estimate_down (const Plan *plan, guint index, const NtLink *link)
{
  NtOperation *operation = plan->operations->pdata[index];

  if (link->bond != NULL)
    estimate_bond_down (plan, index, link);
  else if (link->member != NULL && link->carrier && find_after (plan, index, NT_OPERATION_ADD_MEMBER, link->name, NULL) == NULL)
    interrupt (operation, FAIL_MS, link->name);
  else if (link->member == NULL && find_after (plan, index, NT_OPERATION_ADD_MEMBER, link->name, NULL) != NULL)
    estimate_move (plan, index, link);
}

/* If the bond went down earlier in the plan, its interruption already covers this one. */
static gboolean
is_down_before (const Plan *plan, guint index, const char *bond)
{
  for (guint i = 0; i < index; i++)
    {
      const NtOperation *operation = plan->operations->pdata[i];

      if (operation->kind == NT_OPERATION_SET_DOWN && g_str_equal (operation->link, bond))
        return TRUE;
    }
  return FALSE;
}

static void
estimate_leave (const Plan *plan, guint index, const NtLink *link)
{
  NtOperation *operation = plan->operations->pdata[index];

  if (link->carrier && !is_down_before (plan, index, operation->other))
    interrupt (operation, LEAVE_MS, link->name);
}

/* A deleted VLAN counts as interrupted only if another link receives its addresses. */
static void
estimate_deletion (const Plan *plan, guint index, const NtLink *link)
{
  for (guint i = 0; i < link->addresses->len && link->kind == NT_LINK_VLAN; i++)
    for (guint j = index + 1; j < plan->operations->len; j++)
      {
        const NtOperation *later = plan->operations->pdata[j];
        const NtLinkAddress *address = link->addresses->pdata[i];

        if (later->kind == NT_OPERATION_ADD_ADDRESS && g_str_equal (later->address->address, address->address))
          {
            interrupt (plan->operations->pdata[index], VLAN_MS, link->name);
            return;
          }
      }
}

/**
 * nt_outage_estimate_take_over:
 * @operation: (inout): an operation by which another tool leaves devices alone
 * @snapshot: the present state of the kernel, with owners
 *
 * systemd-networkd removes the addresses of a link that it no longer configures; NetworkManager keeps them.
 */
void
nt_outage_estimate_take_over (NtOperation *operation, const NtSnapshot *snapshot)
{
  for (guint i = 0; operation->tool == NT_TOOL_NETWORKD && i < operation->devices->len; i++)
    {
      const char *name = operation->devices->pdata[i];
      const NtLink *link = nt_snapshot_find (snapshot, name);
      const NtOwner *owner = nt_owned_links_find (snapshot->owners, name);

      if (link != NULL && link->addresses->len > 0 && owner != NULL && nt_owner_get_renderer (owner) == NT_TOOL_NETWORKD)
        interrupt (operation, TAKE_OVER_MS, name);
    }
}

/**
 * nt_outage_estimate:
 * @operations: (element-type NtOperation) (inout): a plan that is not shared yet
 * @snapshot: the present state of the kernel
 *
 * Fills in the links that each operation interrupts, and for how long, as far as the driver is concerned. Disabling or
 * deleting something on request does not count as an interruption.
 */
void
nt_outage_estimate (GPtrArray *operations, const NtSnapshot *snapshot)
{
  const Plan plan = { operations, snapshot };

  for (guint i = 0; i < operations->len; i++)
    {
      const NtOperation *operation = operations->pdata[i];
      const NtLink *link = nt_snapshot_find (snapshot, operation->link);

      if (link == NULL || !link->up)
        continue;
      if (operation->kind == NT_OPERATION_SET_DOWN)
        estimate_down (&plan, i, link);
      else if (operation->kind == NT_OPERATION_REMOVE_MEMBER)
        estimate_leave (&plan, i, link);
      else if (operation->kind == NT_OPERATION_DELETE)
        estimate_deletion (&plan, i, link);
    }
}

/**
 * nt_outage_sum:
 * @operations: (element-type NtOperation): a plan
 *
 * Returns: the estimated interruption of the whole plan, in milliseconds
 */
gint64
nt_outage_sum (const GPtrArray *operations)
{
  gint64 sum = 0;

  for (guint i = 0; i < operations->len; i++)
    sum += MAX (((const NtOperation *) operations->pdata[i])->outage_ms, 0);
  return sum;
}

/**
 * nt_outage_describe:
 * @operations: (element-type NtOperation): a plan
 *
 * Returns: (transfer full): a summary sentence in the user's language
 */
char *
nt_outage_describe (const GPtrArray *operations)
{
  g_autoptr (GPtrArray) names = nt_strings_new ();
  g_autofree char *milliseconds = g_strdup_printf ("%" G_GINT64_FORMAT, nt_outage_sum (operations));
  g_autofree char *list = NULL;
  NtBlank blanks[] = { { "links", NULL }, { "milliseconds", milliseconds } };

  for (guint i = 0; i < operations->len; i++)
    {
      const GPtrArray *links = ((const NtOperation *) operations->pdata[i])->interrupts;

      for (guint j = 0; j < links->len; j++)
        if (!nt_strings_contain (names, links->pdata[j]))
          g_ptr_array_add (names, g_strdup (links->pdata[j]));
    }
  if (names->len == 0)
    return g_strdup (_("No interruption."));
  blanks[0].value = list = nt_strings_join (names, ", ");
  return nt_text_fill (_("Total interruption of {links}: about {milliseconds} ms."), blanks, G_N_ELEMENTS (blanks));
}
