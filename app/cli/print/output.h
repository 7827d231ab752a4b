/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "app/text/health.h"

G_BEGIN_DECLS

/* The output of a command: tables and text, or JSON. */
typedef struct _NtOutput NtOutput;

typedef enum
{
  NT_OUTPUT_TEXT,
  NT_OUTPUT_JSON,       /* one array with one object per server */
  NT_OUTPUT_JSON_LINES, /* for commands that do not end: one object per line, as it arrives */
} NtOutputFormat;

NtOutput *nt_output_new (NtOutputFormat format, gboolean many_servers);
void nt_output_end (NtOutput *self);
void nt_output_free (NtOutput *self);

NtOutputFormat nt_output_get_format (NtOutput *self);
gboolean nt_output_is_json (NtOutput *self);
void nt_output_set_columns (NtOutput *self, const char *const *titles);
void nt_output_begin_row (NtOutput *self, const char *server);
void nt_output_add_cell (NtOutput *self, const char *text);
void nt_output_add_health (NtOutput *self, NtHealth health, const char *text);
void nt_output_flush (NtOutput *self);
void nt_output_print (NtOutput *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
void nt_output_print_error (NtOutput *self, const char *line);
void nt_output_emit (NtOutput *self);
void nt_output_take (NtOutput *self, NtOutput *other);
void nt_output_add_server (NtOutput *self, const char *server);
void nt_output_add_json (NtOutput *self, const char *server, const char *member, JsonNode *value);
void nt_output_add_error (NtOutput *self, const char *server, int code, const char *message);
void nt_output_print_object (JsonObject *object);

char *nt_output_colorize (NtHealth health, const char *text);

G_END_DECLS
