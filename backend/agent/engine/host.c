/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/agent/engine/host.h"

#include "backend/kernel/base/child.h"

#include <string.h>
#include <sys/utsname.h>

/* Used for virtual machines of an unknown kind, as in systemd-detect-virt(1). */
#define SOME_VIRTUALIZATION "vm-other"

/* It usually takes some milliseconds. */
#define DETECT_MS 2000

static gboolean
file_has (const char *path, const char *word)
{
  g_autofree char *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) && strstr (text, word) != NULL;
}

/* Without systemd, looks for signs that systemd uses as well, except CPUID. */
static char *
detect_without_systemd (void)
{
  gboolean is_virtual = file_has ("/proc/cpuinfo", " hypervisor") || file_has ("/proc/cpuinfo", "User Mode Linux") ||
                        g_file_test ("/sys/hypervisor/type", G_FILE_TEST_EXISTS) ||
                        g_file_test ("/proc/device-tree/hypervisor", G_FILE_TEST_EXISTS);

  return is_virtual ? g_strdup (SOME_VIRTUALIZATION) : NULL;
}

/*
 * systemd knows the many ways to detect a hypervisor, and the misleading ones: with Xen or Hyper-V, the processor of
 * the host reports a hypervisor as well. Only virtual machines count; a container has the adapters of the machine
 * itself.
 *
 * Returns: the hypervisor; NULL = a physical machine
 */
static char *
detect_virtualization (void)
{
  static const char *const argv[] = { "systemd-detect-virt", "--vm", NULL };
  g_autoptr (NtChildResult) result = nt_child_run (argv, NULL, DETECT_MS, NULL);
  const char *word = result != NULL ? g_strstrip (result->output) : "";

  /* It fails on physical machines, but still prints "none". */
  if (*word == '\0')
    return detect_without_systemd ();
  return g_str_equal (word, "none") ? NULL : g_strdup (word);
}

/**
 * nt_host_read_boot_id:
 *
 * Returns: (transfer full) (nullable): the kernel's id of the present boot
 */
char *
nt_host_read_boot_id (void)
{
  char *id = NULL;

  return g_file_get_contents ("/proc/sys/kernel/random/boot_id", &id, NULL, NULL) ? g_strstrip (id) : NULL;
}

/**
 * nt_host_read:
 * @guest_modes: %TRUE if a virtual machine may use all modes
 *
 * Returns: (transfer full): information about this machine; its filters are checked separately, as this can take longer
 */
NtHost *
nt_host_read (gboolean guest_modes)
{
  NtHost *host = nt_host_new ();
  struct utsname kernel;

  host->virtualization = detect_virtualization ();
  host->server_type = host->virtualization ? NT_SERVER_VIRTUAL : NT_SERVER_PHYSICAL;
  host->guest_modes = guest_modes;
  host->operating_system = g_get_os_info (G_OS_INFO_KEY_PRETTY_NAME);
  host->agent_version = g_strdup (PACKAGE_VERSION);
  if (uname (&kernel) == 0)
    {
      host->hostname = g_strdup (kernel.nodename);
      host->kernel = g_strdup (kernel.release);
    }
  return host;
}
