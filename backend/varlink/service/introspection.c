/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/varlink/service/introspection.h"

#include "backend/varlink/wire/error.h"

#define SERVICE "org.varlink.service"

/* The definition is part of the Varlink specification. */
static const char description[] =
  "# The interface of every Varlink service\n"
  "interface org.varlink.service\n"
  "\n"
  "# Information about the service and its interfaces\n"
  "method GetInfo() -> (\n"
  "  vendor: string,\n"
  "  product: string,\n"
  "  version: string,\n"
  "  url: string,\n"
  "  interfaces: []string\n"
  ")\n"
  "\n"
  "# The definition of one interface\n"
  "method GetInterfaceDescription(interface: string) -> (description: string)\n"
  "\n"
  "error InterfaceNotFound (interface: string)\n"
  "error MethodNotFound (method: string)\n"
  "error MethodNotImplemented (method: string)\n"
  "error InvalidParameter (parameter: string)\n"
  "error PermissionDenied ()\n"
  "error ExpectedMore ()\n";

typedef struct
{
  NtRecord record;
  char *interface;
} NtDescriptionRequest;

static const NtField nt_description_request_fields[] = {
  NT_STRING (NtDescriptionRequest, interface, REQUIRED),
};
static NT_DEFINE_RECORD (NtDescriptionRequest, nt_description_request, "GetInterfaceDescription")

static JsonArray *
list_interfaces (const GPtrArray *interfaces)
{
  JsonArray *names = json_array_sized_new (interfaces->len);

  for (guint i = 0; i < interfaces->len; i++)
    json_array_add_string_element (names, ((const NtVarlinkInterface *) interfaces->pdata[i])->name);
  return names;
}

static void
get_info (NtVarlinkCall *call, gpointer user_data)
{
  const NtVarlinkIntrospection *self = user_data;
  g_autoptr (NtNothing) nothing = nt_varlink_call_read (call, &nt_nothing_type);
  g_autoptr (JsonObject) reply = NULL;

  if (nothing == NULL)
    return;

  reply = json_object_new ();
  json_object_set_string_member (reply, "vendor", self->info.vendor);
  json_object_set_string_member (reply, "product", self->info.product);
  json_object_set_string_member (reply, "version", self->info.version);
  json_object_set_string_member (reply, "url", self->info.url);
  json_object_set_array_member (reply, "interfaces", list_interfaces (self->interfaces));
  nt_varlink_call_reply (call, reply);
}

static void
reply_description (NtVarlinkCall *call, const NtVarlinkInterface *interface)
{
  g_autoptr (JsonObject) reply = json_object_new ();

  json_object_set_string_member (reply, "description", interface->description);
  nt_varlink_call_reply (call, reply);
}

static void
get_interface_description (NtVarlinkCall *call, gpointer user_data)
{
  const NtVarlinkIntrospection *self = user_data;
  NtDescriptionRequest *request = nt_varlink_call_read (call, &nt_description_request_type);
  const NtVarlinkInterface *interface;

  if (request == NULL)
    return;
  interface = nt_varlink_interfaces_find (self->interfaces, request->interface);
  if (interface == NULL)
    nt_varlink_call_reply_error_string (call, NT_VARLINK_INTERFACE_NOT_FOUND, "interface", request->interface);
  else
    reply_description (call, interface);
  nt_record_unref (request);
}

/**
 * nt_varlink_introspection_new_interface:
 * @self: borrowed; must outlive the interface
 *
 * Returns: (transfer full): org.varlink.service, which every service has
 */
NtVarlinkInterface *
nt_varlink_introspection_new_interface (NtVarlinkIntrospection *self)
{
  static const NtVarlinkMethod methods[] = {
    { "GetInfo", NT_VARLINK_METHOD_DEFAULT, get_info },
    { "GetInterfaceDescription", NT_VARLINK_METHOD_DEFAULT, get_interface_description },
    { NULL },
  };

  return nt_varlink_interface_new (SERVICE, description, methods, self);
}
