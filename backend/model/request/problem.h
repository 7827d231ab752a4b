/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/model/base/enums.h"

G_BEGIN_DECLS

/* The rules that requests are checked against; problem.c has the sentence of each. */
typedef enum
{
  NT_RULE_NAME_EMPTY,
  NT_RULE_NAME_TOO_LONG,
  NT_RULE_NAME_INVALID,
  NT_RULE_NAME_TAKEN,
  NT_RULE_DEVICE_INVALID,
  NT_RULE_DEVICE_TAKEN,
  NT_RULE_TEAM_UNKNOWN,
  NT_RULE_TEAM_TWICE,
  NT_RULE_MEMBERS_NONE,
  NT_RULE_MEMBERS_TOO_MANY,
  NT_RULE_MEMBER_UNKNOWN,
  NT_RULE_MEMBER_TWICE,
  NT_RULE_MEMBER_OF_OTHER_TEAM,
  NT_RULE_MEMBER_NOT_TEAMABLE,
  NT_RULE_MEMBER_SPEED_UNKNOWN,
  NT_RULE_STANDBY_NOT_MEMBER,
  NT_RULE_STANDBY_ONLY_MEMBER,
  NT_RULE_STANDBY_NEEDS_SWITCH_INDEPENDENT,
  NT_RULE_BALANCE_NEEDS_NFTABLES,
  NT_RULE_MTU_RANGE,
  NT_RULE_UP_DELAY,
  NT_RULE_VLAN_RANGE,
  NT_RULE_VLAN_TWICE,
  NT_RULE_DEFAULT_NOT_PRIMARY,
  NT_RULE_LINK_UNKNOWN,
  NT_RULE_ADDRESS_INVALID,
  NT_RULE_ADDRESS_TAKEN,
  NT_RULE_GATEWAY_INVALID,
  NT_RULE_GATEWAY_UNREACHABLE,
  NT_RULE_GATEWAY_TWICE,
  NT_RULE_MTU_ABOVE_TEAM,
  NT_RULE_MTU_NOT_TEAMS,
  NT_RULE_MEMBER_IS_TEAM,
  NT_RULE_MEMBER_VLAN_CHALLENGED,
  NT_RULE_GUEST_NEEDS_SWITCH_INDEPENDENT,
  NT_RULE_GUEST_NEEDS_ADDRESS_HASH,
  NT_RULE_MEMBER_OWNED,
  NT_RULE_BOND_UNKNOWN,
  NT_RULE_BOND_NOT_ADOPTABLE,
  NT_RULE_BOND_OWNED,
  NT_RULE_OPTION_UNKNOWN,
  NT_RULE_OPTION_VALUE,
  NT_RULE_OPTION_MODE,
  NT_RULE_MIN_LINKS,

  /* The rules from here on are warnings. */
  NT_RULE_MIXED_SPEEDS,
  NT_RULE_ADDRESSES_MOVE,
  NT_RULE_ADDRESSES_LIMITED,
  NT_RULE_DISABLE_HAS_ADDRESSES,
  NT_RULE_MEMBER_CAUTION,
  NT_RULE_MEMBER_REPLACED,
  NT_RULE_MEMBER_NO_LONGER_TEAMABLE,
  NT_RULE_TAKE_OVER,
  NT_RULE_TOO_FEW_ACTIVE,
} NtRule;

#define NT_RULE_FIRST_WARNING NT_RULE_MIXED_SPEEDS

extern const NtEnum nt_rule_enum;

typedef struct
{
  NtRecord record;
  char *field; /* path in the request: "set[0].members[1]" */
  char *rule;  /* word of nt_rule_enum; a newer agent may send one that is unknown here */
  int severity;
  GPtrArray *arguments;
  char *message; /* in English */
} NtProblem;

NT_DECLARE_RECORD (NtProblem, nt_problem)

/* Parameters of the error Refused. */
typedef struct
{
  NtRecord record;
  GPtrArray *problems; /* of NtProblem */
} NtRefusal;

NT_DECLARE_RECORD (NtRefusal, nt_refusal)

NtProblem *nt_problem_make_with (NtRule rule, const char *field, const char *const *arguments);
NtProblem *nt_problem_make (NtRule rule, const char *field, const char *first, const char *second);
char *nt_problem_describe (const NtProblem *self);
gboolean nt_problems_have_error (const GPtrArray *problems);

G_END_DECLS
