/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/cli/print/output.h"
#include "app/text/facts.h"

G_BEGIN_DECLS

/* Prints facts one per line: "Speed:  10 Gb/s". Empty values are omitted. */
void nt_facts_print (NtOutput *output, const char *label, const char *value);
void nt_facts_print_health (NtOutput *output, const char *label, NtHealth health, const char *value);
void nt_facts_print_number (NtOutput *output, const char *label, gint64 value);

NtFactSink nt_facts_listen (NtOutput *output);
JsonNode *nt_facts_record_to_node (gconstpointer record);
JsonNode *nt_facts_records_to_node (const GPtrArray *records);

G_END_DECLS
