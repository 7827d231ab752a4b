/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/model/team/team-spec.h"

G_BEGIN_DECLS

/* The definition of one team in a file */
typedef struct
{
  char *server; /* NULL = for any server */
  char *path;   /* in the file, for error messages: "[0].team.spec" */
  NtTeamSpec *spec;
} NtModelTeam;

/* Team definitions, as read from a file */
typedef struct
{
  GPtrArray *teams;   /* of NtModelTeam */
  GPtrArray *servers; /* names of servers in the file, without duplicates */
} NtModelFile;

NtModelFile *nt_model_file_read (const char *path, GError **error);
NtModelFile *nt_model_file_parse (const char *text, GError **error);
void nt_model_file_free (NtModelFile *self);
GPtrArray *nt_model_file_list (const NtModelFile *self, const char *server);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NtModelFile, nt_model_file_free)

G_END_DECLS
