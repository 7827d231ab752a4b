/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/model/state/state.h"

G_BEGIN_DECLS

/* Groups of facts, for display under common titles. */
typedef enum
{
  NT_FACTS_TEAMING,
  NT_FACTS_LINK,
  NT_FACTS_DEVICE,
  NT_FACTS_QUEUES,
  NT_FACTS_OFFLOADS,
} NtFactSection;

/**
 * NtFactFunc:
 * @label: translated
 * @value: never empty
 *
 * Receives one fact.
 */
typedef void (*NtFactFunc) (NtFactSection section, const char *label, const char *value, gpointer user_data);

/* Receives facts. */
typedef struct
{
  NtFactFunc func;
  gpointer user_data;
} NtFactSink;

void nt_facts_add (const NtFactSink *listener, NtFactSection section, const char *label, const char *value);
void nt_facts_add_number (const NtFactSink *listener, NtFactSection section, const char *label, gint64 value);
char *nt_facts_join_strings (const GPtrArray *strings);
char *nt_facts_join_addresses (const GPtrArray *addresses);


G_END_DECLS
