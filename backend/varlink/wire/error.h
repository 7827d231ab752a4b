/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The errors that every Varlink service may answer with. */
#define NT_VARLINK_INTERFACE_NOT_FOUND "org.varlink.service.InterfaceNotFound"
#define NT_VARLINK_METHOD_NOT_FOUND "org.varlink.service.MethodNotFound"
#define NT_VARLINK_METHOD_NOT_IMPLEMENTED "org.varlink.service.MethodNotImplemented"
#define NT_VARLINK_INVALID_PARAMETER "org.varlink.service.InvalidParameter"
#define NT_VARLINK_PERMISSION_DENIED "org.varlink.service.PermissionDenied"
#define NT_VARLINK_EXPECTED_MORE "org.varlink.service.ExpectedMore"

/* What the agent answers to who may not; the same as PermissionDenied, with words. */
#define NT_VARLINK_ACCESS_DENIED "io.github.nicteam.Agent.AccessDenied"

/**
 * NtVarlinkError:
 * @NT_VARLINK_ERROR_CLOSED: the connection ended before the answer came
 * @NT_VARLINK_ERROR_PROTOCOL: the peer broke the rules of the protocol
 * @NT_VARLINK_ERROR_TOO_BIG: a message is over the limit of its direction
 * @NT_VARLINK_ERROR_NOT_FOUND: the service does not know the interface or the method
 * @NT_VARLINK_ERROR_INVALID_PARAMETER: the service refused a parameter
 * @NT_VARLINK_ERROR_PERMISSION_DENIED: the caller may not do this
 * @NT_VARLINK_ERROR_REMOTE: the service answered with an error of its own interface
 *
 * From @NT_VARLINK_ERROR_NOT_FOUND on the error is the service's answer, with
 * a name and parameters.
 */
typedef enum
{
  NT_VARLINK_ERROR_CLOSED,
  NT_VARLINK_ERROR_PROTOCOL,
  NT_VARLINK_ERROR_TOO_BIG,
  NT_VARLINK_ERROR_NOT_FOUND,
  NT_VARLINK_ERROR_INVALID_PARAMETER,
  NT_VARLINK_ERROR_PERMISSION_DENIED,
  NT_VARLINK_ERROR_REMOTE,
} NtVarlinkError;

#define NT_VARLINK_ERROR (nt_varlink_error_quark ())
GQuark nt_varlink_error_quark (void);

GError *nt_varlink_error_new_remote (const char *name, JsonObject *parameters);
const char *nt_varlink_error_get_name (const GError *error);
JsonObject *nt_varlink_error_get_parameters (const GError *error);
const char *nt_varlink_error_get_string (const GError *error, const char *member);

G_END_DECLS
