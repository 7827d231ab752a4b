/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/agent/engine/store.h"

#include "backend/agent/engine/store-file.h"
#include "backend/model/request/stored-check.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <unistd.h>

struct _NtStore
{
  char *teams_path;
  char *previous_path; /* previous version of the file */
  char *notice;
  char *checkpoint_path;
  char *history_path;
  char *journal_path; /* the history of agent 0.1 */
  char *boot_path;
  int lock; /* held while the store is open: two agents would undo each other's changes */
};

static const NtField nt_checkpoint_fields[] = {
  NT_INT (NtCheckpoint, generation, REQUIRED),
  NT_RECORD (NtCheckpoint, entry, OPTIONAL, nt_history_entry_type),
  NT_STRING (NtCheckpoint, boot, OPTIONAL),
  NT_RECORD (NtCheckpoint, before, REQUIRED, nt_target_type),
};
NT_DEFINE_RECORD (NtCheckpoint, nt_checkpoint, "Checkpoint")

static gboolean
take_lock (NtStore *self, const char *directory, GError **error)
{
  g_autofree char *path = g_build_filename (directory, "lock", NULL);

  self->lock = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (self->lock >= 0 && flock (self->lock, LOCK_EX | LOCK_NB) == 0)
    return TRUE;
  if (errno == EWOULDBLOCK)
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_AGAIN, _("Another agent is already running with its store in %s"), directory);
  else
    g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno), _("Cannot lock %s: %s"), path, g_strerror (errno));
  return FALSE;
}

/**
 * nt_store_open:
 * @directory: the directory of the store; created if absent
 * @error: G_FILE_ERROR; G_FILE_ERROR_AGAIN if another agent uses the store
 *
 * Returns: (transfer full) (nullable): the store
 */
NtStore *
nt_store_open (const char *directory, GError **error)
{
  g_autoptr (NtStore) self = NULL;

  if (g_mkdir_with_parents (directory, 0700) != 0)
    {
      int code = errno;

      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code), _("Cannot create the directory %s: %s"),
                   directory, g_strerror (code));
      return NULL;
    }
  self = g_new0 (NtStore, 1);
  self->teams_path = g_build_filename (directory, "teams.json", NULL);
  self->previous_path = g_build_filename (directory, "teams.json.previous", NULL);
  self->history_path = g_build_filename (directory, "history.json", NULL);
  self->journal_path = g_build_filename (directory, "journal.json", NULL);
  self->boot_path = g_build_filename (directory, "boot", NULL);
  self->checkpoint_path = g_build_filename (directory, "checkpoint.json", NULL);
  return take_lock (self, directory, error) ? g_steal_pointer (&self) : NULL;
}

void
nt_store_close (NtStore *self)
{
  g_free (self->teams_path);
  g_free (self->previous_path);
  g_free (self->notice);
  g_free (self->checkpoint_path);
  g_free (self->history_path);
  g_free (self->journal_path);
  g_free (self->boot_path);
  if (self->lock >= 0)
    close (self->lock);
  g_free (self);
}

static void
set_damaged_error (GError **error, const char *path, const char *what)
{
  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, _("%s is damaged: %s"), path, what);
}

/* Keeps a damaged file for inspection. Returns its new name. */
static char *
set_aside (const char *path)
{
  char *damaged = g_strconcat (path, ".damaged", NULL);

  if (g_rename (path, damaged) != 0)
    g_warning ("cannot rename the damaged file %s: %s", path, g_strerror (errno));
  return damaged;
}

/* Sets the message for nt_store_get_notice() to @sentence (transfer full). */
static void
set_notice (NtStore *self, char *sentence)
{
  g_autofree char *before = self->notice;
  g_autofree char *last = sentence;

  g_warning ("%s", last);
  self->notice = before ? g_strjoin (" ", before, last, NULL) : g_steal_pointer (&last);
}

/* Uses the previous version of a damaged file. */
static NtDefinitions *
load_previous (NtStore *self, const GError *problem)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NtDefinitions) previous = nt_store_file_load (self->previous_path, &nt_definitions_type, &error);
  g_autofree char *damaged = NULL;

  if (previous != NULL && !nt_definitions_check_stored (previous))
    g_clear_pointer (&previous, nt_definitions_unref);

  damaged = set_aside (self->teams_path);
  set_notice (self, g_strdup_printf (
                  previous ? "%s. Using the definitions from before the last change; the damaged file is now %s."
                           : "%s. There are no previous definitions, so no team is managed; the damaged file is now %s.",
                  problem->message, damaged));
  return g_steal_pointer (&previous);
}

/**
 * nt_store_load:
 * @error: G_FILE_ERROR if the file cannot be read, or was written by a newer version
 *
 * If the definitions are damaged, the previous ones are used and nt_store_get_notice() returns a message.
 *
 * Returns: (transfer full) (nullable): the definitions; empty if nothing has been stored yet
 */
NtDefinitions *
nt_store_load (NtStore *self, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (NtDefinitions) definitions = nt_store_file_load (self->teams_path, &nt_definitions_type, &problem);

  if (definitions != NULL && !nt_definitions_check_stored (definitions))
    set_damaged_error (&problem, self->teams_path, _("definitions are incomplete or contradict each other"));
  if (g_error_matches (problem, G_FILE_ERROR, G_FILE_ERROR_INVAL))
    {
      g_clear_pointer (&definitions, nt_definitions_unref);
      definitions = load_previous (self, problem);
    }
  else if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
  return definitions != NULL ? g_steal_pointer (&definitions) : nt_definitions_new ();
}

/**
 * nt_store_get_notice:
 *
 * Returns: (nullable): a message for the administrator
 */
const char *
nt_store_get_notice (NtStore *self)
{
  return self->notice;
}

/* Makes a hard link to the present file; saving then replaces only its first name. */
static void
keep_previous (NtStore *self)
{
  g_unlink (self->previous_path);
  if (link (self->teams_path, self->previous_path) != 0 && errno != ENOENT)
    g_message ("cannot keep %s: %s", self->previous_path, g_strerror (errno));
}

/**
 * nt_store_save:
 * @error: G_FILE_ERROR
 *
 * Returns: %TRUE if the definitions are on disk
 */
gboolean
nt_store_save (NtStore *self, const NtDefinitions *definitions, GError **error)
{
  keep_previous (self);
  return nt_store_file_save (self->teams_path, definitions, error);
}

/**
 * nt_store_load_history:
 *
 * A damaged history is replaced by an empty one, as it must not prevent changes.
 *
 * Returns: (transfer full): the history
 */
NtHistory *
nt_store_load_history (NtStore *self)
{
  g_autoptr (GError) error = NULL;
  NtHistory *history = nt_store_file_load (self->history_path, &nt_history_type, &error);

  if (history == NULL && error == NULL)
    history = nt_store_file_load (self->journal_path, &nt_history_type, &error);
  if (error != NULL)
    g_warning ("%s", error->message);
  return history ? history : nt_history_new ();
}

void
nt_store_save_history (NtStore *self, const NtHistory *history)
{
  g_autoptr (GError) error = NULL;

  if (!nt_store_file_save (self->history_path, history, &error))
    g_warning ("cannot write the history: %s", error->message);
}

/**
 * nt_store_load_checkpoint:
 * @error: G_FILE_ERROR
 *
 * A damaged checkpoint is set aside: if the agent refused to start, the machine would have no teams.
 *
 * Returns: (transfer full) (nullable): the change that an earlier agent did not finish; NULL if there is none
 */
NtCheckpoint *
nt_store_load_checkpoint (NtStore *self, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (NtCheckpoint) checkpoint = nt_store_file_load (self->checkpoint_path, &nt_checkpoint_type, &problem);
  g_autofree char *damaged = NULL;

  if (checkpoint != NULL && !nt_target_check_stored (checkpoint->before))
    set_damaged_error (&problem, self->checkpoint_path, _("the previous state of the links is missing"));
  if (problem == NULL)
    return g_steal_pointer (&checkpoint);
  if (!g_error_matches (problem, G_FILE_ERROR, G_FILE_ERROR_INVAL))
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
  damaged = set_aside (self->checkpoint_path);
  set_notice (self, g_strdup_printf ("%s. An unfinished change could not be rolled back; the damaged file is now %s.",
                                 problem->message, damaged));
  return NULL;
}

/**
 * nt_store_save_checkpoint:
 * @error: G_FILE_ERROR
 *
 * Returns: %TRUE if the checkpoint is on disk, so that the change may begin
 */
gboolean
nt_store_save_checkpoint (NtStore *self, const NtCheckpoint *checkpoint, GError **error)
{
  return nt_store_file_save (self->checkpoint_path, checkpoint, error);
}

/**
 * nt_store_drop_checkpoint:
 *
 * Removes the checkpoint when the change is finished or rolled back. If it survives on disk after a crash of the
 * machine, its generation tells the next agent that the change was finished.
 */
void
nt_store_drop_checkpoint (NtStore *self)
{
  if (g_unlink (self->checkpoint_path) != 0 && errno != ENOENT)
    g_warning ("cannot remove %s: %s", self->checkpoint_path, g_strerror (errno));
}

/**
 * nt_store_is_of_boot:
 * @boot: (nullable): the id of the present boot
 *
 * Returns: %TRUE if all teams have been restored since this boot
 */
gboolean
nt_store_is_of_boot (NtStore *self, const char *boot)
{
  g_autofree char *noted = NULL;

  return g_file_get_contents (self->boot_path, &noted, NULL, NULL) && g_strcmp0 (noted, boot) == 0;
}

/**
 * nt_store_note_boot:
 * @boot: (nullable): the id of the present boot
 *
 * Records that all teams have been restored. If this fails, the next agent restores them once more.
 */
void
nt_store_note_boot (NtStore *self, const char *boot)
{
  g_autoptr (GError) error = NULL;

  if (boot != NULL && !g_file_set_contents (self->boot_path, boot, -1, &error))
    g_warning ("%s", error->message);
}
