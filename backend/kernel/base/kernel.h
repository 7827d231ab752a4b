/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "backend/model/link/adapter-details.h"
#include "backend/model/plan/operation.h"
#include "backend/model/state/state.h"

G_BEGIN_DECLS

/* Errors of the kernel: the code of the GError is the errno. */
#define NT_KERNEL_ERROR (nt_kernel_error_quark ())
GQuark nt_kernel_error_quark (void);

/* A host can have a million routes, so they are read only for a change. */
typedef enum
{
  NT_READ_LINKS = 0,
  NT_READ_ROUTES = 1 << 0,
  NT_READ_DEFAULT_ROUTES = 1 << 1, /* default routes only */
  NT_READ_FILTERS = 1 << 2,        /* filters as they are now, up to 2 s later; else as they were last read */
  NT_READ_ALL = NT_READ_ROUTES | NT_READ_FILTERS, /* for a change */
} NtReadFlags;

#define NT_TYPE_KERNEL (nt_kernel_get_type ())
G_DECLARE_INTERFACE (NtKernel, nt_kernel, NT, KERNEL, GObject)

/**
 * NtKernelInterface:
 * @read: reads all links, and routes on request
 * @read_details: asks the driver of one link
 * @apply: carries out one operation
 * @apply_async: (nullable): the same without blocking, if it differs from @apply; calls back with a #GTask of a boolean
 * @sample: reads the counters of links
 * @find_origin: returns the process that changed a link, for the changes that "changed" is emitted for
 *
 * The signal "changed" is emitted when the links have changed since they were read.
 */
struct _NtKernelInterface
{
  GTypeInterface parent;

  NtSnapshot *(*read) (NtKernel *self, NtReadFlags flags, GError **error);
  NtAdapterDetails *(*read_details) (NtKernel *self, const char *link, GError **error);
  gboolean (*apply) (NtKernel *self, const NtOperation *operation, GError **error);
  void (*apply_async) (NtKernel *self, const NtOperation *operation, GAsyncReadyCallback callback, gpointer user_data);
  NtSamples *(*sample) (NtKernel *self, GPtrArray *links, GError **error);
  const char *(*find_origin) (NtKernel *self, const char *link);
};

NtSnapshot *nt_kernel_read (NtKernel *self, NtReadFlags flags, GError **error);
NtAdapterDetails *nt_kernel_read_details (NtKernel *self, const char *link, GError **error);
gboolean nt_kernel_apply (NtKernel *self, const NtOperation *operation, GError **error);
void nt_kernel_apply_async (NtKernel *self, const NtOperation *operation, GAsyncReadyCallback callback, gpointer user_data);
gboolean nt_kernel_apply_finish (GAsyncResult *result, GError **error);
NtSamples *nt_kernel_sample (NtKernel *self, GPtrArray *links, GError **error);
const char *nt_kernel_find_origin (NtKernel *self, const char *link);

G_END_DECLS
