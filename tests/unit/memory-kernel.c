/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "memory-kernel.h"

#include "backend/model/base/record-json.h"
#include "hosts.h"

#include <errno.h>

struct _NtMemoryKernel
{
  GObject parent_instance;

  NtSnapshot *snapshot;
  guint n_applied;
  int fail_at; /* counts down; -1 = never */
};

static void nt_memory_kernel_iface_init (NtKernelInterface *iface);

G_DEFINE_TYPE_WITH_CODE (NtMemoryKernel,
                         nt_memory_kernel,
                         G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (NT_TYPE_KERNEL, nt_memory_kernel_iface_init))

static gboolean
refuse (GError **error, int code)
{
  g_set_error_literal (error, NT_KERNEL_ERROR, code, g_strerror (code));
  return FALSE;
}

static void
set_text (char **place, const char *value)
{
  g_free (*place);
  *place = g_strdup (value);
}

static void
release (NtSnapshot *snapshot, NtLink *link)
{
  NtLink *bond = host_get_link (snapshot, link->master);
  guint index;

  if (g_ptr_array_find_with_equal_func (bond->bond->members, link->name, g_str_equal, &index))
    g_ptr_array_remove_index (bond->bond->members, index);
  if (bond->bond->members->len == 0)
    set_text (&bond->mac, "02:ff:ff:ff:ff:ff");
  g_clear_pointer (&link->master, g_free);
  g_clear_pointer (&link->member, nt_bond_member_unref);
  link->up = FALSE;
}

static void
merge_options (NtBondOptions *into, const NtBondOptions *from)
{
  for (guint i = 0; i < nt_bond_options_type.n_fields; i++)
    {
      const NtField *field = &nt_bond_options_type.fields[i];

      if (!nt_field_is_set (field, from))
        continue;
      if (field->kind == NT_FIELD_STRING)
        set_text ((char **) ((char *) into + field->offset), *(char *const *) ((const char *) from + field->offset));
      else if (field->kind == NT_FIELD_INT)
        *(gint64 *) ((char *) into + field->offset) = *(const gint64 *) ((const char *) from + field->offset);
      else
        *(int *) ((char *) into + field->offset) = *(const int *) ((const char *) from + field->offset);
    }
}

/* A new bond has all options, including those of other modes. */
static void
set_defaults (NtBondOptions *options)
{
  options->lacp_rate = NT_LACP_RATE_SLOW;
  options->ad_select = NT_AD_SELECT_STABLE;
  options->tlb_dynamic_lb = 1;
  options->primary_reselect = NT_RESELECT_ALWAYS;
}

static gboolean
create (NtSnapshot *snapshot, const NtOperation *operation, GError **error)
{
  NtLink *link;

  if (host_get_link (snapshot, operation->link) != NULL)
    return refuse (error, EEXIST);
  if (operation->kind == NT_OPERATION_CREATE_BOND)
    {
      link = host_add_bond (snapshot, operation->link, NT_BOND_BALANCE_RR, "");
      set_defaults (link->bond->options);
      merge_options (link->bond->options, operation->bond);
      set_text (&link->mac, operation->mac);
    }
  else
    {
      if (host_get_link (snapshot, operation->other) == NULL)
        return refuse (error, ENODEV);
      link = host_add_link (snapshot, operation->link, NT_LINK_VLAN);
      link->parent = g_strdup (operation->other);
      link->vlan = operation->vlan_id;
    }
  link->up = FALSE;
  return TRUE;
}

/* Replaces the filters of a bond. */
static gboolean
set_filter (NtSnapshot *snapshot, const char *bond, const char *members)
{
  for (guint i = snapshot->filters->len; i > 0; i--)
    if (g_str_equal (((const NtPacketFilter *) snapshot->filters->pdata[i - 1])->bond, bond))
      g_ptr_array_remove_index (snapshot->filters, i - 1);
  if (members != NULL)
    host_add_filter (snapshot, bond, members);
  return TRUE;
}

static void
delete (NtSnapshot *snapshot, NtLink *link)
{
  g_autofree char *name = g_strdup (link->name);

  while (link->bond != NULL && link->bond->members->len > 0)
    release (snapshot, host_get_link (snapshot, link->bond->members->pdata[0]));
  g_ptr_array_remove (snapshot->links, link);
  /* The table remains, without any rules. */
  if (nt_snapshot_find_filter (snapshot, name) != NULL)
    set_filter (snapshot, name, "");
  for (guint i = snapshot->links->len; i > 0; i--)
    {
      NtLink *other = snapshot->links->pdata[i - 1];

      if (other->kind == NT_LINK_VLAN && g_strcmp0 (other->parent, name) == 0)
        g_ptr_array_remove (snapshot->links, other);
    }
}

static gboolean
change_bond (NtLink *bond, const NtBondOptions *options, GError **error)
{
  g_autoptr (NtBondOptions) difference = NULL;
  NtBondChange needs;

  difference = nt_bond_options_difference (bond->bond->options, options, &needs);
  if (needs == NT_CHANGE_NO_MEMBERS && bond->bond->members->len > 0)
    return refuse (error, ENOTEMPTY);
  if (needs != NT_CHANGE_LIVE && bond->up)
    return refuse (error, EBUSY);
  merge_options (bond->bond->options, options);
  return TRUE;
}

static gboolean
add_member (NtSnapshot *snapshot, NtLink *link, const char *bond_name, GError **error)
{
  NtLink *bond = host_get_link (snapshot, bond_name);

  if (bond == NULL)
    return refuse (error, ENODEV);
  if (link->up)
    return refuse (error, EPERM);
  if (link->master != NULL)
    return refuse (error, EBUSY);
  link->master = g_strdup (bond_name);
  link->member = nt_bond_member_new ();
  link->up = TRUE;
  g_ptr_array_add (bond->bond->members, g_strdup (link->name));
  return TRUE;
}

static void
remove_string (GPtrArray *strings, const char *string)
{
  guint index;

  if (g_ptr_array_find_with_equal_func (strings, string, g_str_equal, &index))
    g_ptr_array_remove_index (strings, index);
}

static void
remove_address (NtLink *link, const char *address)
{
  for (guint i = link->addresses->len; i > 0; i--)
    if (g_str_equal (((NtLinkAddress *) link->addresses->pdata[i - 1])->address, address))
      g_ptr_array_remove_index (link->addresses, i - 1);
}

static void
remove_route (NtSnapshot *snapshot, const NtRoute *route)
{
  for (guint i = snapshot->routes->len; i > 0; i--)
    if (nt_record_equal (snapshot->routes->pdata[i - 1], route))
      g_ptr_array_remove_index (snapshot->routes, i - 1);
}

/* A route replaces the one to the same destination. */
static void
add_route (NtSnapshot *snapshot, NtRoute *route)
{
  for (guint i = snapshot->routes->len; i > 0; i--)
    if (g_str_equal (((const NtRoute *) snapshot->routes->pdata[i - 1])->text, route->text))
      g_ptr_array_remove_index (snapshot->routes, i - 1);
  g_ptr_array_add (snapshot->routes, nt_route_ref (route));
}

static gboolean
change (NtSnapshot *snapshot, NtLink *link, const NtOperation *operation, GError **error)
{
  switch ((NtOperationKind) operation->kind)
    {
    case NT_OPERATION_DELETE:
      delete (snapshot, link);
      return TRUE;
    case NT_OPERATION_CHANGE_BOND:
      return change_bond (link, operation->bond, error);
    case NT_OPERATION_ADD_MEMBER:
      return add_member (snapshot, link, operation->other, error);
    case NT_OPERATION_REMOVE_MEMBER:
      release (snapshot, link);
      return TRUE;
    case NT_OPERATION_SET_UP:
    case NT_OPERATION_SET_DOWN:
      link->up = operation->kind == NT_OPERATION_SET_UP;
      return TRUE;
    case NT_OPERATION_SET_MTU:
      link->mtu = operation->mtu_bytes;
      return TRUE;
    case NT_OPERATION_SET_MAC:
      set_text (&link->mac, operation->mac);
      return TRUE;
    case NT_OPERATION_SET_ALIAS:
      set_text (&link->alias, operation->alias);
      return TRUE;
    case NT_OPERATION_ADD_ADDRESS:
      host_add_address (link, operation->address->address);
      return TRUE;
    case NT_OPERATION_ADD_ROUTE:
      add_route (snapshot, operation->route);
      return TRUE;
    case NT_OPERATION_REMOVE_ROUTE:
      remove_route (snapshot, operation->route);
      return TRUE;
    case NT_OPERATION_ADD_NAME:
      g_ptr_array_add (link->alternative_names, g_strdup (operation->name));
      return TRUE;
    case NT_OPERATION_ENABLE_IPV6:
    case NT_OPERATION_DISABLE_IPV6:
      link->ipv6_disabled = operation->kind == NT_OPERATION_DISABLE_IPV6;
      return TRUE;
    case NT_OPERATION_REMOVE_NAME:
      remove_string (link->alternative_names, operation->name);
      return TRUE;
    case NT_OPERATION_REMOVE_ADDRESS:
      remove_address (link, operation->address->address);
      return TRUE;
    case NT_OPERATION_SET_FILTER:
      {
        g_autofree char *members = nt_strings_join (operation->devices, " ");

        return set_filter (snapshot, operation->link, members);
      }
    case NT_OPERATION_REMOVE_FILTER:
    case NT_OPERATION_CREATE_BOND:
    case NT_OPERATION_CREATE_VLAN:
    case NT_OPERATION_AWAIT_CARRIER:
    case NT_OPERATION_TAKE_OVER:
    case NT_OPERATION_RETURN:
    default:
      return refuse (error, EOPNOTSUPP);
    }
}

/* Readers keep their snapshot, so the kernel changes a copy of its own. */
static NtSnapshot *
copy_deeply (const NtSnapshot *snapshot)
{
  g_autofree char *text = nt_record_to_text (snapshot, FALSE);

  return nt_record_from_text (&nt_snapshot_type, text, NT_JSON_STRICT, NULL);
}

static NtSnapshot *
nt_memory_kernel_read (NtKernel *kernel, NtReadFlags flags, GError **error)
{
  return copy_deeply (NT_MEMORY_KERNEL (kernel)->snapshot);
}

static NtAdapterDetails *
nt_memory_kernel_read_details (NtKernel *kernel, const char *link, GError **error)
{
  NtAdapterDetails *details = nt_adapter_details_new ();

  details->name = g_strdup (link);
  return details;
}

static gboolean
nt_memory_kernel_apply (NtKernel *kernel, const NtOperation *operation, GError **error)
{
  NtMemoryKernel *self = NT_MEMORY_KERNEL (kernel);
  NtLink *link = host_get_link (self->snapshot, operation->link);
  gboolean creates = operation->kind == NT_OPERATION_CREATE_BOND || operation->kind == NT_OPERATION_CREATE_VLAN;

  if (self->fail_at >= 0 && self->fail_at-- == 0)
    return refuse (error, EIO);
  if (!creates && link == NULL && operation->kind != NT_OPERATION_REMOVE_FILTER)
    return refuse (error, ENODEV);
  self->n_applied++;
  if (operation->kind == NT_OPERATION_REMOVE_FILTER)
    return set_filter (self->snapshot, operation->link, NULL);
  return creates ? create (self->snapshot, operation, error) : change (self->snapshot, link, operation, error);
}

static NtSamples *
nt_memory_kernel_sample (NtKernel *kernel, GPtrArray *links, GError **error)
{
  return nt_samples_new ();
}

static const char *
nt_memory_kernel_find_origin (NtKernel *kernel, const char *link)
{
  return "somebody (7)";
}

static void
nt_memory_kernel_finalize (GObject *object)
{
  nt_snapshot_unref (NT_MEMORY_KERNEL (object)->snapshot);
  G_OBJECT_CLASS (nt_memory_kernel_parent_class)->finalize (object);
}

static void
nt_memory_kernel_iface_init (NtKernelInterface *iface)
{
  iface->read = nt_memory_kernel_read;
  iface->read_details = nt_memory_kernel_read_details;
  iface->apply = nt_memory_kernel_apply;
  iface->sample = nt_memory_kernel_sample;
  iface->find_origin = nt_memory_kernel_find_origin;
}

static void
nt_memory_kernel_class_init (NtMemoryKernelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = nt_memory_kernel_finalize;
}

static void
nt_memory_kernel_init (NtMemoryKernel *self)
{
  self->fail_at = -1;
}

/* Takes @snapshot. */
NtMemoryKernel *
nt_memory_kernel_new (NtSnapshot *snapshot)
{
  NtMemoryKernel *self = g_object_new (NT_TYPE_MEMORY_KERNEL, NULL);

  self->snapshot = snapshot;
  return self;
}

/* Refuses the operation with that number, counted from the next one as 0, once; -1 = none. */
void
nt_memory_kernel_fail_at (NtMemoryKernel *self, int operation)
{
  self->fail_at = operation;
}

guint
nt_memory_kernel_get_n_applied (NtMemoryKernel *self)
{
  return self->n_applied;
}

/* Changes made by others: the links may be changed, and nt_memory_kernel_tell() announces it. */
NtSnapshot *
nt_memory_kernel_edit (NtMemoryKernel *self)
{
  return self->snapshot;
}

void
nt_memory_kernel_tell (NtMemoryKernel *self)
{
  g_signal_emit_by_name (self, "changed");
}
