/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/model/base/access-level.h"
#include "backend/model/state/state.h"
#include "backend/varlink/service/service.h"

G_BEGIN_DECLS

/* An agent without a kernel, with scripted replies. */
typedef struct _FakeAgent FakeAgent;

FakeAgent *fake_agent_new (void);
void fake_agent_free (FakeAgent *self);
const char *fake_agent_get_address (FakeAgent *self);
void fake_agent_start (FakeAgent *self);
void fake_agent_stop (FakeAgent *self);
void fake_agent_send (FakeAgent *self, const NtChanges *changes);
void fake_agent_set_level (FakeAgent *self, NtAccessLevel level);
void fake_agent_refuse (FakeAgent *self, const char *error);
void fake_agent_refuse_changes (FakeAgent *self, const char *error);
guint fake_agent_count_changes (FakeAgent *self);

NtState *make_state (void);
NtTeam *make_team (const char *id, const char *name, int status);
NtAdapter *make_adapter (const char *name, const char *team);

G_END_DECLS
