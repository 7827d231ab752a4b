/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/model/base/record.h"

G_BEGIN_DECLS

/* Unknown fields in JSON: an error in requests, ignored in messages of a newer peer. */
typedef enum
{
  NT_JSON_STRICT,
  NT_JSON_LENIENT,
} NtJsonMode;

JsonObject *nt_record_to_json (gconstpointer record);
char *nt_record_to_text (gconstpointer record, gboolean pretty);
gpointer nt_record_from_json (const NtRecordType *type, JsonObject *object, NtJsonMode mode, GError **error);
gpointer nt_record_from_text (const NtRecordType *type, const char *text, NtJsonMode mode, GError **error);

G_END_DECLS
