/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "backend/model/link/link.h"
#include "backend/model/plan/operation.h"

G_BEGIN_DECLS

#define NT_TYPE_COEXIST (nt_coexist_get_type ())
G_DECLARE_FINAL_TYPE (NtCoexist, nt_coexist, NT, COEXIST, GObject)

/* Progress of making a tool leave devices alone. */
typedef enum
{
  NT_RELEASE_DONE,
  NT_RELEASE_WAITING,
  NT_RELEASE_FAILED,
} NtRelease;

NtCoexist *nt_coexist_new (const char *root);
GPtrArray *nt_coexist_list_owned (NtCoexist *self, const NtSnapshot *snapshot);
void nt_coexist_plan (NtCoexist *self, const GPtrArray *during, const GPtrArray *after, GPtrArray *operations);
void nt_coexist_protect (NtCoexist *self, const GPtrArray *devices);
void nt_coexist_take_over (NtCoexist *self, const NtOperation *operation, const GPtrArray *devices);
NtRelease nt_coexist_check (NtCoexist *self, const NtOperation *operation, const NtSnapshot *snapshot, const char **error);

G_END_DECLS
