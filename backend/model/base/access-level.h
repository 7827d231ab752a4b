/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/model/base/record.h"

G_BEGIN_DECLS

/* What somebody may do on a server: each level includes those before it. */
typedef enum
{
  NT_ACCESS_NONE = -1,
  NT_ACCESS_READ,
  NT_ACCESS_MANAGE,
} NtAccessLevel;

/* The groups of users that have a level without being asked. */
#define NT_ACCESS_MANAGE_GROUP "nicteam"
#define NT_ACCESS_READ_GROUP "nicteam-view"

extern const NtEnum nt_access_level_enum;

/* Who a client is to the agent, and what he may do. */
typedef struct
{
  NtRecord record;
  int level;
  char *user;
} NtAccess;

NT_DECLARE_RECORD (NtAccess, nt_access)

/* What was wanted of somebody who may not. */
typedef struct
{
  NtRecord record;
  int level;
  char *message;
} NtAccessDenial;

NT_DECLARE_RECORD (NtAccessDenial, nt_access_denial)

const char *nt_access_explain_denial (int level);

G_END_DECLS
