/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/change/batch-job.h"

#include <glib/gi18n-lib.h>

struct _NtBatchJob
{
  GObject parent_instance;

  NtServer *server;
  NtRequest *request; /* NULL if the server cannot make the change */
  char *text;
  NtJobState state;
};

G_DEFINE_TYPE (NtBatchJob, nt_batch_job, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_SERVER_NAME,
  PROP_HEALTH,
  PROP_STATE_TEXT,
  PROP_TEXT,
  N_PROPERTIES,
};

static GParamSpec *properties[N_PROPERTIES];

static const struct
{
  const char *word;
  NtHealth health;
} looks[] = {
  [NT_JOB_WAITING] = { N_("Waiting"), NT_HEALTH_INFO },
  [NT_JOB_PLANNING] = { N_("Planning"), NT_HEALTH_BUSY },
  [NT_JOB_READY] = { N_("Ready"), NT_HEALTH_INFO },
  [NT_JOB_UP_TO_DATE] = { N_("Up to Date"), NT_HEALTH_OK },
  [NT_JOB_IMPOSSIBLE] = { N_("Not Possible"), NT_HEALTH_FAULT },
  [NT_JOB_APPLYING] = { N_("Applying"), NT_HEALTH_BUSY },
  [NT_JOB_DONE] = { N_("Done"), NT_HEALTH_OK },
  [NT_JOB_UNDOING] = { N_("Undoing"), NT_HEALTH_BUSY },
  [NT_JOB_UNDONE] = { N_("Undone"), NT_HEALTH_INFO },
  [NT_JOB_FAILED] = { N_("Failed"), NT_HEALTH_FAULT },
};

static void
nt_batch_job_finalize (GObject *object)
{
  NtBatchJob *self = NT_BATCH_JOB (object);

  g_clear_object (&self->server);
  g_clear_pointer (&self->request, nt_request_unref);
  g_free (self->text);

  G_OBJECT_CLASS (nt_batch_job_parent_class)->finalize (object);
}

static void
nt_batch_job_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  NtBatchJob *self = NT_BATCH_JOB (object);

  switch (id)
    {
    case PROP_SERVER_NAME:
      g_value_set_string (value, nt_server_get_name (self->server));
      break;
    case PROP_HEALTH:
      g_value_set_int (value, looks[self->state].health);
      break;
    case PROP_STATE_TEXT:
      g_value_set_string (value, _(looks[self->state].word));
      break;
    default:
      g_value_set_string (value, self->text);
    }
}

static void
nt_batch_job_class_init (NtBatchJobClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->finalize = nt_batch_job_finalize;
  object_class->get_property = nt_batch_job_get_property;

  properties[PROP_SERVER_NAME] = g_param_spec_string ("server-name", NULL, NULL, NULL, flags);
  properties[PROP_HEALTH] = g_param_spec_int ("health", NULL, NULL, 0, G_MAXINT, NT_HEALTH_BUSY, flags);
  properties[PROP_STATE_TEXT] = g_param_spec_string ("state-text", NULL, NULL, NULL, flags);
  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
nt_batch_job_init (NtBatchJob *self)
{
  self->text = g_strdup ("");
}

/**
 * nt_batch_job_new:
 * @request: (nullable): %NULL if the server cannot make the change
 * @obstacle: (nullable): the reason in that case
 *
 * Returns: (transfer full): a change of one server in a batch
 */
NtBatchJob *
nt_batch_job_new (NtServer *server, const NtRequest *request, const char *obstacle)
{
  NtBatchJob *self = g_object_new (NT_TYPE_BATCH_JOB, NULL);

  self->server = g_object_ref (server);
  self->request = request ? nt_request_ref (request) : NULL;
  if (request == NULL)
    nt_batch_job_set_state (self, NT_JOB_IMPOSSIBLE, obstacle);
  return self;
}

/**
 * nt_batch_job_get_server:
 *
 * Returns: (transfer none):
 */
NtServer *
nt_batch_job_get_server (NtBatchJob *self)
{
  return self->server;
}

/**
 * nt_batch_job_get_request:
 *
 * Returns: (transfer none) (nullable):
 */
const NtRequest *
nt_batch_job_get_request (NtBatchJob *self)
{
  return self->request;
}

NtJobState
nt_batch_job_get_state (NtBatchJob *self)
{
  return self->state;
}

/**
 * nt_batch_job_set_state:
 * @text: (nullable): details for the user
 */
void
nt_batch_job_set_state (NtBatchJob *self, NtJobState state, const char *text)
{
  self->state = state;
  g_free (self->text);
  self->text = g_strdup (text ? text : "");
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HEALTH]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE_TEXT]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
}
