/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/model/link/bond-options.h"
#include "backend/model/request/rules.h"

G_BEGIN_DECLS

#define NT_TYPE_TEAM_DRAFT (nt_team_draft_get_type ())
G_DECLARE_FINAL_TYPE (NtTeamDraft, nt_team_draft, NT, TEAM_DRAFT, GObject)

NtTeamDraft *nt_team_draft_new (const NtState *state);
NtTeamDraft *nt_team_draft_new_for_team (const NtState *state, const NtTeam *team);

void nt_team_draft_set_name (NtTeamDraft *self, const char *name);
void nt_team_draft_set_member (NtTeamDraft *self, const char *adapter, gboolean is_member);
void nt_team_draft_set_mode (NtTeamDraft *self, int mode);
void nt_team_draft_set_balance (NtTeamDraft *self, int balance);
void nt_team_draft_set_lacp_timer (NtTeamDraft *self, int timer);
void nt_team_draft_set_option (NtTeamDraft *self, const NtTeamOption *option, gint64 value);
void nt_team_draft_set_take_over (NtTeamDraft *self, gboolean take_over);
void nt_team_draft_set_standby (NtTeamDraft *self, const char *adapter);

guint nt_team_draft_add_interface (NtTeamDraft *self);
gboolean nt_team_draft_find_interface (NtTeamDraft *self, const char *device, guint *index);
void nt_team_draft_set_vlan (NtTeamDraft *self, guint index, gint64 vlan);
void nt_team_draft_set_interface_name (NtTeamDraft *self, guint index, const char *name);
void nt_team_draft_set_addresses (NtTeamDraft *self, guint index, const char *addresses);
void nt_team_draft_set_gateways (NtTeamDraft *self, guint index, const char *gateways);
void nt_team_draft_set_interface_mtu (NtTeamDraft *self, guint index, gint64 mtu);
void nt_team_draft_remove_interface (NtTeamDraft *self, guint index);

gboolean nt_team_draft_has_member (NtTeamDraft *self, const char *adapter);
const NtOwner *nt_team_draft_find_owner (NtTeamDraft *self);
const NtState *nt_team_draft_get_state (NtTeamDraft *self);
const NtTeamSpec *nt_team_draft_get_spec (NtTeamDraft *self);
const NtTeamSpec *nt_team_draft_get_original (NtTeamDraft *self);
NtRequest *nt_team_draft_get_request (NtTeamDraft *self);
char *nt_team_draft_get_problem (NtTeamDraft *self, const char *field, int severity);
gboolean nt_team_draft_is_valid (NtTeamDraft *self);

G_END_DECLS
