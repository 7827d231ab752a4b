/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/model/history/change-history.h"
#include "backend/model/plan/target.h"

G_BEGIN_DECLS

/* The agent's data on disk: definitions, history, and the checkpoint of a change in progress. */
typedef struct _NtStore NtStore;

/* The state before a change, on disk while the change is in progress. */
typedef struct
{
  NtRecord record;
  gint64 generation; /* of the definitions before the change */
  NtHistoryEntry *entry; /* for the history */
  char *boot;        /* the kernel's id of this boot: after a reboot, nothing of the change is left */
  NtTarget *before;  /* previous state of the links */
} NtCheckpoint;

NT_DECLARE_RECORD (NtCheckpoint, nt_checkpoint)

NtStore *nt_store_open (const char *directory, GError **error);
void nt_store_close (NtStore *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NtStore, nt_store_close)

NtDefinitions *nt_store_load (NtStore *self, GError **error);
const char *nt_store_get_notice (NtStore *self);
gboolean nt_store_save (NtStore *self, const NtDefinitions *definitions, GError **error);
NtHistory *nt_store_load_history (NtStore *self);
void nt_store_save_history (NtStore *self, const NtHistory *history);
NtCheckpoint *nt_store_load_checkpoint (NtStore *self, GError **error);
gboolean nt_store_save_checkpoint (NtStore *self, const NtCheckpoint *checkpoint, GError **error);
void nt_store_drop_checkpoint (NtStore *self);
gboolean nt_store_is_of_boot (NtStore *self, const char *boot);
void nt_store_note_boot (NtStore *self, const char *boot);

G_END_DECLS
