/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/agent/engine/host.h"

#include "backend/kernel/filters/packet-filters.h"

#include <string.h>
#include <sys/utsname.h>

/* What is told of a virtual machine that nobody knows by name; systemd-detect-virt(1) has the same word for it. */
#define SOME_VIRTUALIZATION "vm-other"

static gboolean
file_has (const char *path, const char *word)
{
  g_autofree char *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) && strstr (text, word) != NULL;
}

/* Where systemd is not installed: signs that it goes by too, without asking the processor itself. */
static char *
look_for_signs (void)
{
  gboolean is_virtual = file_has ("/proc/cpuinfo", " hypervisor") || file_has ("/proc/cpuinfo", "User Mode Linux") ||
                        g_file_test ("/sys/hypervisor/type", G_FILE_TEST_EXISTS) ||
                        g_file_test ("/proc/device-tree/hypervisor", G_FILE_TEST_EXISTS);

  return is_virtual ? g_strdup (SOME_VIRTUALIZATION) : NULL;
}

/*
 * systemd knows the many ways to tell, and those that mislead: a processor that speaks of a hypervisor also does so on the
 * host of it, with Xen or Hyper-V. It is asked for virtual machines only: a container has the machine's own adapters.
 *
 * Returns: what the machine runs in; NULL = it is a physical one
 */
static char *
detect_virtualization (void)
{
  const char *argv[] = { "systemd-detect-virt", "--vm", NULL };
  GSpawnFlags flags = G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL;
  /* It would tell the service manager of its own end. */
  g_auto (GStrv) environment = g_environ_unsetenv (g_get_environ (), "NOTIFY_SOCKET");
  g_autofree char *word = NULL;

  /* It fails where there is none, and says so too. */
  if (!g_spawn_sync (NULL, (char **) argv, environment, flags, NULL, NULL, &word, NULL, NULL, NULL) || *g_strstrip (word) == '\0')
    return look_for_signs ();
  return g_str_equal (word, "none") ? NULL : g_steal_pointer (&word);
}

/**
 * nt_host_read_boot_id:
 *
 * Returns: (transfer full) (nullable): what tells this boot of the machine from all others
 */
char *
nt_host_read_boot_id (void)
{
  char *id = NULL;

  return g_file_get_contents ("/proc/sys/kernel/random/boot_id", &id, NULL, NULL) ? g_strstrip (id) : NULL;
}

/**
 * nt_host_read:
 * @guest_modes: whether a virtual machine may use all modes
 *
 * Returns: (transfer full): the machine that this runs on
 */
NtHost *
nt_host_read (gboolean guest_modes)
{
  NtHost *host = nt_host_new ();
  struct utsname kernel;

  host->virtualization = detect_virtualization ();
  host->server_type = host->virtualization ? NT_SERVER_VIRTUAL : NT_SERVER_PHYSICAL;
  host->guest_modes = guest_modes;
  host->filters = nt_filters_are_possible ();
  host->operating_system = g_get_os_info (G_OS_INFO_KEY_PRETTY_NAME);
  host->agent_version = g_strdup (PACKAGE_VERSION);
  if (uname (&kernel) == 0)
    {
      host->hostname = g_strdup (kernel.nodename);
      host->kernel = g_strdup (kernel.release);
    }
  return host;
}
