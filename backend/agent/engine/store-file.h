/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/model/base/record.h"

G_BEGIN_DECLS

/* The version of the files that this agent writes; earlier ones are read too. */
#define NT_STORE_VERSION 2

gpointer nt_store_file_load (const char *path, const NtRecordType *type, GError **error);
gboolean nt_store_file_save (const char *path, gconstpointer record, GError **error);

G_END_DECLS
