/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/change/team-draft.h"
#include "backend/model/team/spec-to-bond.h"

#include <string.h>

/* Path of the fields of the only definition in a request */
#define SPEC_PREFIX "set[0]."

struct _NtTeamDraft
{
  GObject parent_instance;

  NtState *state;
  NtTeamSpec *original; /* the present definition; NULL for a new team */
  NtTeamSpec *spec;     /* replaced with each change */
  GPtrArray *problems;  /* of NtProblem */
  gboolean take_over;   /* from other tools */
};

G_DEFINE_TYPE (NtTeamDraft, nt_team_draft, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* @spec: (transfer full): replaces the definition and is checked */
static void
take_spec (NtTeamDraft *self, NtTeamSpec *spec)
{
  g_autoptr (NtRequest) request = NULL;

  g_clear_pointer (&self->spec, nt_team_spec_unref);
  self->spec = spec;
  request = nt_team_draft_get_request (self);
  g_clear_pointer (&self->problems, g_ptr_array_unref);
  self->problems = nt_rules_check (self->state, request);
  g_signal_emit (self, signals[CHANGED], 0);
}

static NtTeamSpec *
make_first_spec (void)
{
  NtTeamSpec *spec = nt_team_spec_new ();

  spec->name = g_strdup ("");
  spec->mode = NT_MODE_SWITCH_INDEPENDENT;
  spec->balance = NT_BALANCE_TRANSPORT_PORTS;
  g_ptr_array_add (spec->interfaces, nt_interface_spec_new ());
  return spec;
}

static void
remove_string (GPtrArray *strings, const char *string)
{
  guint index;

  if (g_ptr_array_find_with_equal_func (strings, string, g_str_equal, &index))
    g_ptr_array_remove_index (strings, index);
}

static const NtInterfaceSpec *
find_original (NtTeamDraft *self, guint index)
{
  if (self->original == NULL || index >= self->original->interfaces->len)
    return NULL;
  return self->original->interfaces->pdata[index];
}

/* "members[3]" belongs to "members". */
static gboolean
is_below (const NtProblem *problem, const char *field)
{
  gsize length = strlen (field);
  const char *path = problem->field;

  if (!g_str_has_prefix (path, SPEC_PREFIX))
    return FALSE;
  path += strlen (SPEC_PREFIX);
  return strncmp (path, field, length) == 0 && (path[length] == '\0' || path[length] == '[');
}

static void
nt_team_draft_finalize (GObject *object)
{
  NtTeamDraft *self = NT_TEAM_DRAFT (object);

  g_clear_pointer (&self->state, nt_state_unref);
  g_clear_pointer (&self->original, nt_team_spec_unref);
  g_clear_pointer (&self->spec, nt_team_spec_unref);
  g_clear_pointer (&self->problems, g_ptr_array_unref);

  G_OBJECT_CLASS (nt_team_draft_parent_class)->finalize (object);
}

static void
nt_team_draft_class_init (NtTeamDraftClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = nt_team_draft_finalize;

  /**
   * NtTeamDraft::changed:
   *
   * The draft and perhaps its problems have changed.
   */
  signals[CHANGED] =
    g_signal_new ("changed", NT_TYPE_TEAM_DRAFT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
nt_team_draft_init (NtTeamDraft *self)
{
}

/**
 * nt_team_draft_new:
 * @state: of the server that will have the team
 *
 * Returns: (transfer full): a draft with default values
 */
NtTeamDraft *
nt_team_draft_new (const NtState *state)
{
  NtTeamDraft *self = g_object_new (NT_TYPE_TEAM_DRAFT, NULL);

  self->state = nt_state_ref (state);
  take_spec (self, make_first_spec ());
  return self;
}

/**
 * nt_team_draft_new_for_team:
 * @state: of the server that has the team
 * @team: a managed team
 *
 * Returns: (transfer full): a draft with the present definition of @team
 */
NtTeamDraft *
nt_team_draft_new_for_team (const NtState *state, const NtTeam *team)
{
  NtTeamDraft *self = g_object_new (NT_TYPE_TEAM_DRAFT, NULL);

  self->state = nt_state_ref (state);
  self->original = nt_team_spec_complete (team->spec);
  take_spec (self, nt_team_spec_ref (self->original));
  return self;
}

/**
 * nt_team_draft_set_name:
 * @name: surrounding space is removed
 */
void
nt_team_draft_set_name (NtTeamDraft *self, const char *name)
{
  NtTeamSpec *spec = nt_team_spec_copy (self->spec);

  g_free (spec->name);
  spec->name = g_strstrip (g_strdup (name));
  take_spec (self, spec);
}

/**
 * nt_team_draft_set_member:
 * @adapter: the name of an adapter
 *
 * Adds or removes a member. Removing the standby member leaves the team without one.
 */
void
nt_team_draft_set_member (NtTeamDraft *self, const char *adapter, gboolean is_member)
{
  NtTeamSpec *spec;

  if (nt_team_draft_has_member (self, adapter) == is_member)
    return;
  spec = nt_team_spec_copy (self->spec);
  remove_string (spec->members, adapter);
  if (is_member)
    g_ptr_array_add (spec->members, g_strdup (adapter));
  else if (g_strcmp0 (spec->standby, adapter) == 0)
    g_clear_pointer (&spec->standby, g_free);
  take_spec (self, spec);
}

/**
 * nt_team_draft_set_mode:
 * @mode: an NtTeamMode
 */
void
nt_team_draft_set_mode (NtTeamDraft *self, int mode)
{
  NtTeamSpec *spec = nt_team_spec_copy (self->spec);

  spec->mode = mode;
  if (mode != NT_MODE_SWITCH_INDEPENDENT)
    g_clear_pointer (&spec->standby, g_free);
  nt_spec_drop_options (spec);
  take_spec (self, spec);
}

/**
 * nt_team_draft_set_balance:
 * @balance: an NtBalance
 */
void
nt_team_draft_set_balance (NtTeamDraft *self, int balance)
{
  NtTeamSpec *spec = nt_team_spec_copy (self->spec);

  spec->balance = balance;
  take_spec (self, spec);
}

/**
 * nt_team_draft_set_lacp_timer:
 * @timer: an NtLacpTimer
 */
void
nt_team_draft_set_lacp_timer (NtTeamDraft *self, int timer)
{
  NtTeamSpec *spec = nt_team_spec_copy (self->spec);

  spec->lacp_timer = timer;
  take_spec (self, spec);
}

/**
 * nt_team_draft_set_option:
 * @value: in the range of @option
 */
void
nt_team_draft_set_option (NtTeamDraft *self, const NtTeamOption *option, gint64 value)
{
  NtTeamSpec *spec = nt_team_spec_copy (self->spec);
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, value);

  nt_map_set (spec->options, option->name, value != option->value ? text : NULL);
  take_spec (self, spec);
}

/**
 * nt_team_draft_set_standby:
 * @adapter: (nullable): a member; %NULL makes all members active
 */
void
nt_team_draft_set_standby (NtTeamDraft *self, const char *adapter)
{
  NtTeamSpec *spec = nt_team_spec_copy (self->spec);

  g_free (spec->standby);
  spec->standby = g_strdup (adapter);
  take_spec (self, spec);
}

/**
 * nt_team_draft_set_take_over:
 * @take_over: %TRUE to take members over from other tools
 */
void
nt_team_draft_set_take_over (NtTeamDraft *self, gboolean take_over)
{
  self->take_over = take_over;
  take_spec (self, nt_team_spec_copy (self->spec));
}

/**
 * nt_team_draft_add_interface:
 *
 * Adds an interface without a VLAN.
 *
 * Returns: its index
 */
guint
nt_team_draft_add_interface (NtTeamDraft *self)
{
  NtTeamSpec *spec = nt_team_spec_copy (self->spec);

  g_ptr_array_add (spec->interfaces, nt_interface_spec_new ());
  take_spec (self, spec);
  return spec->interfaces->len - 1;
}

/**
 * nt_team_draft_find_interface:
 * @index: (out): set on success
 *
 * Returns: %TRUE if the team has an interface with that device
 */
gboolean
nt_team_draft_find_interface (NtTeamDraft *self, const char *device, guint *index)
{
  for (guint i = 0; i < self->spec->interfaces->len; i++)
    if (g_strcmp0 (((const NtInterfaceSpec *) self->spec->interfaces->pdata[i])->device, device) == 0)
      {
        *index = i;
        return TRUE;
      }
  return FALSE;
}

/**
 * nt_team_draft_set_vlan:
 * @index: of an interface; 0 is the primary one
 * @vlan: 0 for untagged traffic
 */
void
nt_team_draft_set_vlan (NtTeamDraft *self, guint index, gint64 vlan)
{
  NtTeamSpec *spec = nt_team_spec_copy (self->spec);
  NtInterfaceSpec *interface = nt_team_spec_edit_interface (spec, index);
  const NtInterfaceSpec *original = find_original (self, index);

  interface->vlan = vlan;
  /* The VLAN of a device cannot be changed; the agent creates a new device. */
  g_clear_pointer (&interface->device, g_free);
  if (original != NULL && original->vlan == vlan)
    interface->device = g_strdup (original->device);
  take_spec (self, spec);
}

/**
 * nt_team_draft_set_interface_name:
 * @name: (nullable): %NULL for the default, made of team and VLAN
 */
void
nt_team_draft_set_interface_name (NtTeamDraft *self, guint index, const char *name)
{
  NtTeamSpec *spec = nt_team_spec_copy (self->spec);
  NtInterfaceSpec *interface = nt_team_spec_edit_interface (spec, index);

  g_free (interface->name);
  interface->name = g_strdup (name);
  take_spec (self, spec);
}

/* Splits a line at spaces and commas. */
static void
take_words (GPtrArray **place, const char *line)
{
  g_auto (GStrv) words = g_strsplit_set (line, " ,\t", -1);

  g_ptr_array_unref (*place);
  *place = nt_strings_new ();
  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      g_ptr_array_add (*place, g_strdup (words[i]));
}

/**
 * nt_team_draft_set_addresses:
 * @addresses: static addresses such as "192.0.2.10/24", separated by spaces or commas
 */
void
nt_team_draft_set_addresses (NtTeamDraft *self, guint index, const char *addresses)
{
  NtTeamSpec *spec = nt_team_spec_copy (self->spec);

  take_words (&nt_team_spec_edit_interface (spec, index)->addresses, addresses);
  take_spec (self, spec);
}

/**
 * nt_team_draft_set_gateways:
 * @gateways: separated by spaces or commas
 */
void
nt_team_draft_set_gateways (NtTeamDraft *self, guint index, const char *gateways)
{
  NtTeamSpec *spec = nt_team_spec_copy (self->spec);

  take_words (&nt_team_spec_edit_interface (spec, index)->gateways, gateways);
  take_spec (self, spec);
}

/**
 * nt_team_draft_set_interface_mtu:
 * @mtu: in bytes, -1 for the MTU of the team
 */
void
nt_team_draft_set_interface_mtu (NtTeamDraft *self, guint index, gint64 mtu)
{
  NtTeamSpec *spec = nt_team_spec_copy (self->spec);

  nt_team_spec_edit_interface (spec, index)->mtu = mtu;
  take_spec (self, spec);
}

/**
 * nt_team_draft_remove_interface:
 * @index: of an interface other than the primary one
 */
void
nt_team_draft_remove_interface (NtTeamDraft *self, guint index)
{
  NtTeamSpec *spec = nt_team_spec_copy (self->spec);

  g_ptr_array_remove_index (spec->interfaces, index);
  take_spec (self, spec);
}

/**
 * nt_team_draft_has_member:
 *
 * Returns: %TRUE if the draft has @adapter as a member
 */
gboolean
nt_team_draft_has_member (NtTeamDraft *self, const char *adapter)
{
  return nt_strings_contain (self->spec->members, adapter);
}

/**
 * nt_team_draft_find_owner:
 *
 * Returns: (transfer none) (nullable): another tool that configures a member and from which it can be taken over
 */
const NtOwner *
nt_team_draft_find_owner (NtTeamDraft *self)
{
  for (guint i = 0; i < self->spec->members->len; i++)
    {
      const NtAdapter *adapter = nt_state_find_adapter (self->state, self->spec->members->pdata[i]);

      if (adapter != NULL && adapter->team == NULL && adapter->owner != NULL && nt_owner_can_be_taken_over (adapter->owner))
        return adapter->owner;
    }
  return NULL;
}

/**
 * nt_team_draft_get_state:
 *
 * Returns: (transfer none): the state that the draft is based on
 */
const NtState *
nt_team_draft_get_state (NtTeamDraft *self)
{
  return self->state;
}

/**
 * nt_team_draft_get_spec:
 *
 * Returns: (transfer none): the definition, valid until the next change
 */
const NtTeamSpec *
nt_team_draft_get_spec (NtTeamDraft *self)
{
  return self->spec;
}

/**
 * nt_team_draft_get_original:
 *
 * Returns: (transfer none) (nullable): the complete present definition; %NULL for a new team
 */
const NtTeamSpec *
nt_team_draft_get_original (NtTeamDraft *self)
{
  return self->original;
}

/**
 * nt_team_draft_get_request:
 *
 * A change replaces the whole definition, so the request is valid only for the state that the draft is based on.
 *
 * Returns: (transfer full): the request for the agent
 */
NtRequest *
nt_team_draft_get_request (NtTeamDraft *self)
{
  NtRequest *request = nt_request_new ();

  g_ptr_array_add (request->set, nt_team_spec_ref (self->spec));
  if (self->original != NULL)
    request->generation = self->state->generation;
  request->take_over = self->take_over && nt_team_draft_find_owner (self) != NULL;
  return request;
}

/**
 * nt_team_draft_get_problem:
 * @field: a field of the definition, such as `name`, `members` or `interfaces`
 * @severity: an NtSeverity
 *
 * Returns: (transfer full) (nullable): a sentence that describes the problem
 */
char *
nt_team_draft_get_problem (NtTeamDraft *self, const char *field, int severity)
{
  for (guint i = 0; i < self->problems->len; i++)
    {
      const NtProblem *problem = g_ptr_array_index (self->problems, i);

      if (problem->severity == severity && is_below (problem, field))
        return nt_problem_describe (problem);
    }
  return NULL;
}

/**
 * nt_team_draft_is_valid:
 *
 * Returns: %TRUE if the request is valid and changes anything
 */
gboolean
nt_team_draft_is_valid (NtTeamDraft *self)
{
  return !nt_problems_have_error (self->problems) &&
         (self->original == NULL || !nt_record_equal (self->original, self->spec));
}
