/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/varlink/service/agent-interface.h"

#include "backend/varlink/varlink-resources.h"

#define RESOURCE "/io/github/nicteam/varlink/" VARLINK_INTERFACE ".varlink"

/**
 * nt_agent_interface_get_description:
 *
 * Returns: the definition of the agent's interface, in the Varlink interface definition language
 */
const char *
nt_agent_interface_get_description (void)
{
  g_autoptr (GBytes) bytes =
    g_resource_lookup_data (nt_varlink_get_resource (), RESOURCE, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  /* The data of a resource is static and followed by a NUL. */
  return g_bytes_get_data (bytes, NULL);
}
