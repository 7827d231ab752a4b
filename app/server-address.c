/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server-address.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static NtServerAddress *
new_address (NtAddressKind kind, const char *target)
{
  NtServerAddress *self = g_new0 (NtServerAddress, 1);

  self->kind = kind;
  self->target = g_strdup (target);
  return self;
}

static NtServerAddress *G_GNUC_PRINTF (2, 3)
fail (GError **error, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_propagate_error (error, g_error_new_valist (G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, format, arguments));
  va_end (arguments);
  return NULL;
}

static NtServerAddress *
parse_unix (const char *path, GError **error)
{
  if (!g_path_is_absolute (path))
    return fail (error, _("“%s” is not the full path of a socket; it has to begin with “/”"), path);
  return new_address (NT_ADDRESS_UNIX, path);
}

/* A leading dash would be an option of ssh. */
static gboolean
is_host (const char *host)
{
  if (*host == '\0' || *host == '-')
    return FALSE;
  for (const char *p = host; *p != '\0'; p++)
    if (g_ascii_isspace (*p) || g_ascii_iscntrl (*p) || *p == '/')
      return FALSE;
  return TRUE;
}

static NtServerAddress *
parse_ssh (const char *host, GError **error)
{
  if (!is_host (host))
    return fail (error, _("“%s” is not the name of a host"), host);
  return new_address (NT_ADDRESS_SSH, host);
}

/**
 * nt_server_address_parse:
 * @text: `local`, `unix:/path`, `ssh:host`, or a host, which means ssh
 * @error: %G_IO_ERROR_INVALID_ARGUMENT
 *
 * Returns: (transfer full) (nullable): the address
 */
NtServerAddress *
nt_server_address_parse (const char *text, GError **error)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));

  if (*stripped == '\0')
    return fail (error, "%s", _("Enter the name or address of a server"));
  if (g_str_equal (stripped, "local"))
    return new_address (NT_ADDRESS_UNIX, NT_AGENT_SOCKET);
  if (g_str_has_prefix (stripped, "unix:"))
    return parse_unix (stripped + strlen ("unix:"), error);
  if (g_str_has_prefix (stripped, "ssh:"))
    return parse_ssh (stripped + strlen ("ssh:"), error);
  if (*stripped == '/')
    return parse_unix (stripped, error);
  return parse_ssh (stripped, error);
}

/**
 * nt_server_address_copy:
 * @self: an address
 *
 * Returns: (transfer full): the same address
 */
NtServerAddress *
nt_server_address_copy (const NtServerAddress *self)
{
  return new_address (self->kind, self->target);
}

/**
 * nt_server_address_equal:
 * @a: an address
 * @b: an address
 *
 * Returns: whether both are the same, as they are written
 */
gboolean
nt_server_address_equal (const NtServerAddress *a, const NtServerAddress *b)
{
  return a->kind == b->kind && g_str_equal (a->target, b->target);
}

/**
 * nt_server_address_free:
 * @self: an address
 */
void
nt_server_address_free (NtServerAddress *self)
{
  g_free (self->target);
  g_free (self);
}

/**
 * nt_server_address_to_string:
 * @self: an address
 *
 * Returns: (transfer full): what nt_server_address_parse() reads
 */
char *
nt_server_address_to_string (const NtServerAddress *self)
{
  if (self->kind == NT_ADDRESS_SSH)
    return g_strconcat ("ssh:", self->target, NULL);
  if (g_str_equal (self->target, NT_AGENT_SOCKET))
    return g_strdup ("local");
  return g_strconcat ("unix:", self->target, NULL);
}

/**
 * nt_server_address_get_default_name:
 * @self: an address
 *
 * Returns: (transfer full): how the server is called until it gets another name
 */
char *
nt_server_address_get_default_name (const NtServerAddress *self)
{
  const char *at = strrchr (self->target, '@');

  if (self->kind == NT_ADDRESS_SSH)
    return g_strdup (at ? at + 1 : self->target);
  if (g_str_equal (self->target, NT_AGENT_SOCKET))
    return g_strdup (g_get_host_name ());
  return g_strdup (self->target);
}
