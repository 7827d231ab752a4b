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
 * @self: a kernel
 * @flags: whether to read the routes too
 * @error: NT_KERNEL_ERROR
 *
 * Returns: (transfer full) (nullable): all links of this network namespace at this moment
 */
NtSnapshot *
nt_kernel_read (NtKernel *self, NtReadFlags flags, GError **error)
{
  return NT_KERNEL_GET_IFACE (self)->read (self, flags, error);
}

/**
 * nt_kernel_read_details:
 * @self: a kernel
 * @link: the name of a link
 * @error: NT_KERNEL_ERROR: it is not there
 *
 * Asks the driver of a link; what it does not tell stays unknown.
 *
 * Returns: (transfer full) (nullable): what is told of a link only when it is asked for
 */
NtAdapterDetails *
nt_kernel_read_details (NtKernel *self, const char *link, GError **error)
{
  return NT_KERNEL_GET_IFACE (self)->read_details (self, link, error);
}

/**
 * nt_kernel_apply:
 * @self: a kernel
 * @operation: what to do
 * @error: NT_KERNEL_ERROR, with what the kernel said
 *
 * Returns: whether it is done; if not, nothing of it is, but for the options of a bond before the one that failed
 */
gboolean
nt_kernel_apply (NtKernel *self, const NtOperation *operation, GError **error)
{
  return NT_KERNEL_GET_IFACE (self)->apply (self, operation, error);
}

/**
 * nt_kernel_sample:
 * @self: a kernel
 * @links: (element-type utf8): names of links; empty = all
 * @error: NT_KERNEL_ERROR
 *
 * A link that is not there is left out.
 *
 * Returns: (transfer full) (nullable): the counters at this moment
 */
NtSamples *
nt_kernel_sample (NtKernel *self, GPtrArray *links, GError **error)
{
  return NT_KERNEL_GET_IFACE (self)->sample (self, links, error);
}

/**
 * nt_kernel_find_culprit:
 * @self: a kernel
 * @link: the name of a link, also of one that is gone
 *
 * To be asked while "changed" is emitted.
 *
 * Returns: (transfer none) (nullable): the process that changed the link; NULL = it is not known
 */
const char *
nt_kernel_find_culprit (NtKernel *self, const char *link)
{
  return NT_KERNEL_GET_IFACE (self)->find_culprit (self, link);
}
