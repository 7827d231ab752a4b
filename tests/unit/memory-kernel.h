/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/kernel/base/kernel.h"

/*
 * A kernel in memory, for cases that the real one cannot be made to show: a refusal at any operation. It has those
 * rules of bonding that restrict a plan; only the real kernel proves that they are complete.
 */
#define NT_TYPE_MEMORY_KERNEL (nt_memory_kernel_get_type ())
G_DECLARE_FINAL_TYPE (NtMemoryKernel, nt_memory_kernel, NT, MEMORY_KERNEL, GObject)

NtMemoryKernel *nt_memory_kernel_new (NtSnapshot *snapshot);
void nt_memory_kernel_fail_at (NtMemoryKernel *self, int operation);
guint nt_memory_kernel_get_n_applied (NtMemoryKernel *self);
NtSnapshot *nt_memory_kernel_edit (NtMemoryKernel *self);
void nt_memory_kernel_tell (NtMemoryKernel *self);
