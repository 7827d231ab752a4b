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
} NtWantedTeam;

/* Team definitions, as read from a file */
typedef struct
{
  GPtrArray *teams;   /* of NtWantedTeam */
  GPtrArray *servers; /* names of servers in the file, without duplicates */
} NtWantedFile;

NtWantedFile *nt_wanted_file_read (const char *path, GError **error);
NtWantedFile *nt_wanted_file_parse (const char *text, GError **error);
void nt_wanted_file_free (NtWantedFile *self);
GPtrArray *nt_wanted_file_list (const NtWantedFile *self, const char *server);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NtWantedFile, nt_wanted_file_free)

G_END_DECLS
