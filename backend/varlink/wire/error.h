/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Errors that every Varlink service can report. */
#define NT_VARLINK_INTERFACE_NOT_FOUND "org.varlink.service.InterfaceNotFound"
#define NT_VARLINK_METHOD_NOT_FOUND "org.varlink.service.MethodNotFound"
#define NT_VARLINK_METHOD_NOT_IMPLEMENTED "org.varlink.service.MethodNotImplemented"
#define NT_VARLINK_INVALID_PARAMETER "org.varlink.service.InvalidParameter"
#define NT_VARLINK_PERMISSION_DENIED "org.varlink.service.PermissionDenied"
#define NT_VARLINK_EXPECTED_MORE "org.varlink.service.ExpectedMore"

/* The agent's variant of PermissionDenied, with a message. */
#define NT_VARLINK_ACCESS_DENIED "io.github.nicteam.Agent.AccessDenied"

/**
 * NtVarlinkError:
 * @NT_VARLINK_ERROR_CLOSED: the connection ended before the reply arrived
 * @NT_VARLINK_ERROR_PROTOCOL: the peer violated the protocol
 * @NT_VARLINK_ERROR_TOO_BIG: a message exceeds the limit of its direction
 * @NT_VARLINK_ERROR_NOT_FOUND: the service does not have the interface or method
 * @NT_VARLINK_ERROR_INVALID_PARAMETER: the service rejected a parameter
 * @NT_VARLINK_ERROR_PERMISSION_DENIED: the caller does not have permission
 * @NT_VARLINK_ERROR_REMOTE: the service reported an error of its own interface
 *
 * From @NT_VARLINK_ERROR_NOT_FOUND on, errors are error replies of the service, with a name and parameters.
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
