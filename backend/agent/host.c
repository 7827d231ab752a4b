/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "agent/host.h"

#include <string.h>
#include <sys/utsname.h>

static gboolean
file_has (const char *path, const char *word)
{
  g_autofree char *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) && strstr (text, word) != NULL;
}

/* The signs that systemd-detect-virt goes by, without asking the processor itself. */
static NtServerType
read_server_type (void)
{
  gboolean is_virtual = file_has ("/proc/cpuinfo", " hypervisor") || file_has ("/proc/cpuinfo", "User Mode Linux") ||
                        g_file_test ("/sys/hypervisor/type", G_FILE_TEST_EXISTS) ||
                        g_file_test ("/proc/device-tree/hypervisor", G_FILE_TEST_EXISTS);

  return is_virtual ? NT_SERVER_VIRTUAL : NT_SERVER_PHYSICAL;
}

/**
 * nt_host_read:
 *
 * Returns: (transfer full): the machine that this runs on
 */
NtHost *
nt_host_read (void)
{
  NtHost *host = nt_host_new ();
  struct utsname kernel;

  host->server_type = read_server_type ();
  host->operating_system = g_get_os_info (G_OS_INFO_KEY_PRETTY_NAME);
  host->agent_version = g_strdup (PACKAGE_VERSION);
  if (uname (&kernel) == 0)
    {
      host->hostname = g_strdup (kernel.nodename);
      host->kernel = g_strdup (kernel.release);
    }
  return host;
}
