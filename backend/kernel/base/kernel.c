/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/kernel/base/kernel.h"

G_DEFINE_QUARK (nt-kernel-error-quark, nt_kernel_error)
G_DEFINE_INTERFACE (NtKernel, nt_kernel, G_TYPE_OBJECT)

static void
nt_kernel_default_init (NtKernelInterface *iface)
{
  g_signal_new ("changed", NT_TYPE_KERNEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

/**
 * nt_kernel_read:
 * @flags: determines if routes are read as well
 * @error: NT_KERNEL_ERROR
 *
 * Returns: (transfer full) (nullable): the present state of all links of this network namespace
 */
NtSnapshot *
nt_kernel_read (NtKernel *self, NtReadFlags flags, GError **error)
{
  return NT_KERNEL_GET_IFACE (self)->read (self, flags, error);
}

/**
 * nt_kernel_read_details:
 * @link: the name of a link
 * @error: NT_KERNEL_ERROR if the link does not exist
 *
 * Asks the driver of the link for details; those that it does not support remain unknown.
 *
 * Returns: (transfer full) (nullable): the details
 */
NtAdapterDetails *
nt_kernel_read_details (NtKernel *self, const char *link, GError **error)
{
  return NT_KERNEL_GET_IFACE (self)->read_details (self, link, error);
}

/**
 * nt_kernel_apply:
 * @error: NT_KERNEL_ERROR, with the error message of the kernel
 *
 * Returns: %TRUE on success; otherwise nothing has changed, except the options of a bond before the one that failed
 */
gboolean
nt_kernel_apply (NtKernel *self, const NtOperation *operation, GError **error)
{
  return NT_KERNEL_GET_IFACE (self)->apply (self, operation, error);
}

/**
 * nt_kernel_sample:
 * @links: (element-type utf8): names of links; empty = all
 * @error: NT_KERNEL_ERROR
 *
 * Links that do not exist are left out.
 *
 * Returns: (transfer full) (nullable): the present counters
 */
NtSamples *
nt_kernel_sample (NtKernel *self, GPtrArray *links, GError **error)
{
  return NT_KERNEL_GET_IFACE (self)->sample (self, links, error);
}

/**
 * nt_kernel_find_origin:
 * @link: the name of a link, which may already be deleted
 *
 * Valid during the emission of "changed".
 *
 * Returns: (transfer none) (nullable): the process that changed the link; NULL = unknown
 */
const char *
nt_kernel_find_origin (NtKernel *self, const char *link)
{
  return NT_KERNEL_GET_IFACE (self)->find_origin (self, link);
}
