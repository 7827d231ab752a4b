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
 * nt_kernel_apply_async:
 *
 * As nt_kernel_apply(), outside of a change: nothing waits for a program that carries it out.
 */
void
nt_kernel_apply_async (NtKernel *self, const NtOperation *operation, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;

  if (NT_KERNEL_GET_IFACE (self)->apply_async != NULL)
    {
      NT_KERNEL_GET_IFACE (self)->apply_async (self, operation, callback, user_data);
      return;
    }
  task = g_task_new (self, NULL, callback, user_data);
  if (nt_kernel_apply (self, operation, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * nt_kernel_apply_finish:
 * @error: NT_KERNEL_ERROR; G_IO_ERROR_CANCELLED if a change came in between, G_IO_ERROR_PENDING if the same operation was
 *   in progress already
 *
 * Returns: %TRUE on success; otherwise nothing has changed
 */
gboolean
nt_kernel_apply_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
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
