/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/reach/server-address.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define URI_SCHEME "ssh://"

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
    return fail (error, _("“%s” is not the absolute path of a socket"), path);
  return new_address (NT_ADDRESS_UNIX, path);
}

/* ssh would take a leading dash as an option. */
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

/* Returns the port of "host:22" or "[fe80::1]:22", NULL if there is none, as in a plain IPv6 address. */
static const char *
find_port (const char *host)
{
  const char *at = strrchr (host, '@');
  const char *name = at ? at + 1 : host;
  const char *colon = *name == '[' ? strstr (name, "]:") : strchr (name, ':');

  if (colon == NULL || (*name != '[' && strchr (colon + 1, ':') != NULL))
    return NULL;
  return colon + (*name == '[' ? 2 : 1);
}

/* ssh accepts a destination with a port only as a URI. */
static NtServerAddress *
parse_ssh (const char *host, GError **error)
{
  const char *port = find_port (host);
  g_autofree char *uri = port ? g_strconcat (URI_SCHEME, host, NULL) : NULL;

  if (!is_host (host))
    return fail (error, _("“%s” is not a host name"), host);
  if (port != NULL && !g_ascii_string_to_unsigned (port, 10, 1, G_MAXUINT16, NULL, NULL))
    return fail (error, _("“%s” is not a port number from 1 to 65535"), port);
  return new_address (NT_ADDRESS_SSH, uri ? uri : host);
}

/**
 * nt_server_address_parse:
 * @text: `local`, `unix:/path`, `ssh:host`, `ssh://host:port`, or a host with an optional port, which means ssh
 * @error: %G_IO_ERROR_INVALID_ARGUMENT
 *
 * Returns: (transfer full) (nullable): the address
 */
NtServerAddress *
nt_server_address_parse (const char *text, GError **error)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));

  if (*stripped == '\0')
    return fail (error, "%s", _("No server name or address given"));
  if (g_str_equal (stripped, "local"))
    return new_address (NT_ADDRESS_UNIX, NT_AGENT_SOCKET);
  if (g_str_has_prefix (stripped, "unix:"))
    return parse_unix (stripped + strlen ("unix:"), error);
  if (g_str_has_prefix (stripped, URI_SCHEME))
    return parse_ssh (stripped + strlen (URI_SCHEME), error);
  if (g_str_has_prefix (stripped, "ssh:"))
    return parse_ssh (stripped + strlen ("ssh:"), error);
  if (*stripped == '/')
    return parse_unix (stripped, error);
  return parse_ssh (stripped, error);
}

/**
 * nt_server_address_copy:
 *
 * Returns: (transfer full):
 */
NtServerAddress *
nt_server_address_copy (const NtServerAddress *self)
{
  return new_address (self->kind, self->target);
}

/**
 * nt_server_address_equal:
 *
 * Returns: %TRUE if both addresses are written the same
 */
gboolean
nt_server_address_equal (const NtServerAddress *a, const NtServerAddress *b)
{
  return a->kind == b->kind && g_str_equal (a->target, b->target);
}

void
nt_server_address_free (NtServerAddress *self)
{
  g_free (self->target);
  g_free (self);
}

/**
 * nt_server_address_to_string:
 *
 * Returns: (transfer full): text for nt_server_address_parse()
 */
char *
nt_server_address_to_string (const NtServerAddress *self)
{
  if (self->kind == NT_ADDRESS_SSH)
    return g_strconcat (g_str_has_prefix (self->target, URI_SCHEME) ? "" : "ssh:", self->target, NULL);
  if (g_str_equal (self->target, NT_AGENT_SOCKET))
    return g_strdup ("local");
  return g_strconcat ("unix:", self->target, NULL);
}

static const char *
skip_scheme (const char *target)
{
  return target + (g_str_has_prefix (target, URI_SCHEME) ? strlen (URI_SCHEME) : 0);
}

/**
 * nt_server_address_split:
 * @self: an ssh address
 * @user: (out) (transfer full) (nullable): %NULL if not given
 * @host: (out) (transfer full): without brackets
 * @port: (out) (transfer full) (nullable): %NULL if not given
 */
void
nt_server_address_split (const NtServerAddress *self, char **user, char **host, char **port)
{
  const char *target = skip_scheme (self->target);
  const char *at = strrchr (target, '@');
  const char *name = at ? at + 1 : target;
  const char *own_port = find_port (name);
  gboolean has_brackets = own_port != NULL && *name == '[';
  gsize length = own_port ? (gsize) (own_port - name) - 1 : strlen (name);

  *user = at ? g_strndup (target, at - target) : NULL;
  *host = has_brackets ? g_strndup (name + 1, length - 2) : g_strndup (name, length);
  *port = g_strdup (own_port);
}

/**
 * nt_server_address_get_default_name:
 *
 * Returns: (transfer full): the name of the server unless the user chooses another one
 */
char *
nt_server_address_get_default_name (const NtServerAddress *self)
{
  const char *at = strrchr (self->target, '@');

  if (self->kind == NT_ADDRESS_SSH)
    return g_strdup (at ? at + 1 : skip_scheme (self->target));
  if (g_str_equal (self->target, NT_AGENT_SOCKET))
    return g_strdup (g_get_host_name ());
  return g_strdup (self->target);
}
