/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/model/plan/operation.h"

#include <glib/gi18n-lib.h>

#include "backend/model/base/text.h"
#include "backend/model/link/owner.h"

/* The blanks are the fields of the operation; see nt_operation_describe(). */
static const NtEnumValue nt_operation_kind_values[] = {
  { "create_bond", N_("Create the team device {link} ({options})") },
  { "create_vlan", N_("Create {link}, VLAN {vlan} on {other}") },
  { "delete", N_("Delete the device {link}") },
  { "change_bond", N_("Change {link}: {options}") },
  { "add_member", N_("Add the adapter {link} to {other}") },
  { "remove_member", N_("Remove the adapter {link} from {other}") },
  { "set_up", N_("Bring {link} up") },
  { "set_down", N_("Take {link} down") },
  { "set_mtu", N_("Set the MTU of {link} to {mtu} bytes") },
  { "set_mac", N_("Set the MAC address of {link} to {mac}") },
  { "set_alias", N_("Set the alias of {link} to “{alias}”") },
  { "add_address", N_("Add the address {address} to {link}") },
  { "remove_address", N_("Remove the address {address} from {link}") },
  { "add_route", N_("Add the route {route} on {link}") },
  { "remove_route", N_("Remove the route {route} from {link}") },
  { "enable_ipv6", N_("Enable IPv6 on {link}") },
  { "disable_ipv6", N_("Disable IPv6 on {link}") },
  { "add_name", N_("Add alternative name “{name}” to {link}") },
  { "remove_name", N_("Remove alternative name “{name}” from {link}") },
  { "await_carrier", N_("Wait up to {timeout} s for carrier on {link}") },
  { "set_filter", N_("Filter incoming traffic of {link}: broadcasts only on the first of {devices}, no frames of its own") },
  { "remove_filter", N_("Remove the filters of {link}") },
  { "take_over", N_("Take over from {tool}: {devices}") },
  { "return", N_("After confirmation, return to {tool}: {devices}") },
};
NT_DEFINE_ENUM (nt_operation_kind, "OperationKind")

static const NtField nt_operation_fields[] = {
  NT_ENUM (NtOperation, kind, OPTIONAL, nt_operation_kind_enum),
  NT_STRING (NtOperation, link, REQUIRED),
  NT_STRING (NtOperation, other, OPTIONAL),
  NT_INT (NtOperation, vlan_id, OPTIONAL),
  NT_INT (NtOperation, mtu_bytes, OPTIONAL),
  NT_INT (NtOperation, timeout_s, OPTIONAL),
  NT_STRING (NtOperation, mac, OPTIONAL),
  NT_STRING (NtOperation, alias, OPTIONAL),
  NT_STRING (NtOperation, name, OPTIONAL),
  NT_STRINGS (NtOperation, devices, OPTIONAL),
  NT_ENUM (NtOperation, tool, OPTIONAL, nt_tool_enum),
  NT_RECORD (NtOperation, bond, OPTIONAL, nt_bond_options_type),
  NT_RECORD (NtOperation, route, OPTIONAL, nt_route_type),
  NT_RECORD (NtOperation, address, OPTIONAL, nt_link_address_type),
  NT_INT (NtOperation, outage_ms, OPTIONAL),
  NT_STRINGS (NtOperation, interrupts, OPTIONAL),
  NT_STRING (NtOperation, message, OPTIONAL),
};
NT_DEFINE_RECORD (NtOperation, nt_operation, "Operation")

/**
 * nt_operation_make:
 * @link: the device that is changed
 * @other: (nullable): a device that the operation refers to
 *
 * Returns: (transfer full): the operation, without the other fields that @kind needs
 */
NtOperation *
nt_operation_make (NtOperationKind kind, const char *link, const char *other)
{
  NtOperation *operation = nt_operation_new ();

  operation->kind = kind;
  operation->link = g_strdup (link);
  operation->other = g_strdup (other);
  return operation;
}

static char *
describe_option (const NtField *field, const NtBondOptions *options)
{
  const char *place = (const char *) options + field->offset;

  if (field->kind == NT_FIELD_INT)
    return g_strdup_printf ("%s %" G_GINT64_FORMAT, field->name, *(const gint64 *) place);
  if (field->kind == NT_FIELD_ENUM)
    return g_strdup_printf ("%s %s", field->name, nt_enum_nick (field->of, *(const int *) place));
  return g_strdup_printf ("%s %s", field->name, *(char *const *) place);
}

/* Lists options as in the kernel's documentation: "mode 802.3ad, miimon 50". */
static char *
describe_options (const NtBondOptions *options)
{
  g_autoptr (GPtrArray) words = nt_strings_new ();

  for (guint i = 0; options != NULL && i < nt_bond_options_type.n_fields; i++)
    if (nt_field_is_set (&nt_bond_options_type.fields[i], options))
      g_ptr_array_add (words, describe_option (&nt_bond_options_type.fields[i], options));
  return nt_strings_join (words, ", ");
}

/**
 * nt_operation_describe:
 * @self: an operation; may come from a newer agent
 *
 * Returns: (transfer full): a description in the user's language
 */
char *
nt_operation_describe (const NtOperation *self)
{
  g_autofree char *options = describe_options (self->bond);
  g_autofree char *devices = nt_strings_join (self->devices, ", ");
  g_autofree char *vlan = g_strdup_printf ("%" G_GINT64_FORMAT, self->vlan_id);
  g_autofree char *mtu = g_strdup_printf ("%" G_GINT64_FORMAT, self->mtu_bytes);
  g_autofree char *timeout = g_strdup_printf ("%" G_GINT64_FORMAT, self->timeout_s);
  NtBlank blanks[] = {
    { "link", self->link },
    { "other", self->other },
    { "vlan", vlan },
    { "mtu", mtu },
    { "timeout", timeout },
    { "mac", self->mac },
    { "alias", self->alias },
    { "name", self->name },
    { "address", self->address ? self->address->address : NULL },
    { "route", self->route ? self->route->text : NULL },
    { "devices", devices },
    { "tool", self->tool >= 0 ? nt_enum_label (&nt_tool_enum, self->tool) : NULL },
    { "options", options },
  };

  if (self->kind < 0)
    return g_strdup (self->message);
  return nt_text_fill (nt_enum_label (&nt_operation_kind_enum, self->kind), blanks, G_N_ELEMENTS (blanks));
}
