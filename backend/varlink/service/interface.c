/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/varlink/service/interface.h"

/**
 * nt_varlink_interface_new:
 * @description: its definition in Varlink's own language
 * @methods: (array zero-terminated=1): static
 * @user_data: for the methods
 *
 * Returns: (transfer full): an interface
 */
NtVarlinkInterface *
nt_varlink_interface_new (const char *name, const char *description, const NtVarlinkMethod *methods, gpointer user_data)
{
  NtVarlinkInterface *self = g_new0 (NtVarlinkInterface, 1);

  self->name = g_strdup (name);
  self->description = g_strdup (description);
  self->methods = methods;
  self->user_data = user_data;
  return self;
}

void
nt_varlink_interface_free (NtVarlinkInterface *self)
{
  g_free (self->name);
  g_free (self->description);
  g_free (self);
}

/**
 * nt_varlink_interface_find_method:
 * @name: without the interface's own name
 *
 * Returns: (transfer none) (nullable): the method of that name
 */
const NtVarlinkMethod *
nt_varlink_interface_find_method (const NtVarlinkInterface *self, const char *name)
{
  for (const NtVarlinkMethod *method = self->methods; method->name != NULL; method++)
    if (g_str_equal (method->name, name))
      return method;
  return NULL;
}

/**
 * nt_varlink_interfaces_find:
 * @interfaces: (element-type NtVarlinkInterface): those of a service
 *
 * Returns: (transfer none) (nullable): the interface of that name
 */
const NtVarlinkInterface *
nt_varlink_interfaces_find (const GPtrArray *interfaces, const char *name)
{
  for (guint i = 0; i < interfaces->len; i++)
    {
      const NtVarlinkInterface *interface = g_ptr_array_index (interfaces, i);

      if (g_str_equal (interface->name, name))
        return interface;
    }
  return NULL;
}
