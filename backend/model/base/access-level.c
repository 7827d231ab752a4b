/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/model/base/access-level.h"

#include <glib/gi18n-lib.h>

static const NtEnumValue nt_access_level_values[] = {
  { "read", N_("Read") },
  { "manage", N_("Manage") },
};

NT_DEFINE_ENUM (nt_access_level, "AccessLevel")

static const NtField nt_access_fields[] = {
  NT_ENUM (NtAccess, level, OPTIONAL, nt_access_level_enum),
  NT_STRING (NtAccess, user, REQUIRED),
};

NT_DEFINE_RECORD (NtAccess, nt_access, "GetAccess")

static const NtField nt_access_denial_fields[] = {
  NT_ENUM (NtAccessDenial, level, REQUIRED, nt_access_level_enum),
  NT_BOOL (NtAccessDenial, groups_unknown, OPTIONAL),
  NT_STRING (NtAccessDenial, message, REQUIRED),
};

NT_DEFINE_RECORD (NtAccessDenial, nt_access_denial, "AccessDenied")

/**
 * nt_access_explain_denial:
 * @level: the access level that is missing; a newer agent may send one that is unknown here
 * @groups_unknown: %TRUE if the server could not find out the groups of the user
 *
 * Returns: (transfer none): a message for the user, with the remedy
 */
const char *
nt_access_explain_denial (int level, gboolean groups_unknown)
{
  if (groups_unknown)
    return _("Your groups could not be looked up on this server within 10 s, so access is denied. Its administrator has to "
             "check the services in /etc/nsswitch.conf; root has access meanwhile.");
  if (level == NT_ACCESS_READ)
    return _("You do not have access to the teams on this server. Ask its administrator to add you to the group "
             "“nicteam-view” for read-only access, or “nicteam” for full access; then log in again.");
  return _("You do not have permission to change this server. Ask its administrator to add you to the group “nicteam”; "
           "then log in again.");
}
