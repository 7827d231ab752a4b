/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/agent/engine/event-log.h"

#include <unistd.h>

/* Never changed: journalctl MESSAGE_ID=…, and data/nicteam.catalog. */
static const char *const message_ids[] = {
  [NT_EVENT_ADAPTER_APPEARED] = "d0c77832aae9447c9862dd6394f1cf0c",
  [NT_EVENT_ADAPTER_DISAPPEARED] = "ab9183a34cca43fb9ce619a1a1e33451",
  [NT_EVENT_ADAPTER_STATE] = "4d58333997fb4349a24cc43efd48e52e",
  [NT_EVENT_ACTIVE_MEMBER] = "77abb53191544871998e4249858b9ff8",
  [NT_EVENT_LACP_PARTNER] = "50f4f321fa8b4815bac350752ffdd5f1",
  [NT_EVENT_TEAM_APPEARED] = "47e7b69fb7354bbb96f4536d8f453a76",
  [NT_EVENT_TEAM_DISAPPEARED] = "8c4f7576f3e14abf928cf102b1cde9dc",
  [NT_EVENT_TEAM_STATUS] = "934a8bbd87f54a4f8f89b604cb08946c",
  [NT_EVENT_DRIFT] = "d1bc830b22c645289df16945218edfa9",
  [NT_EVENT_CHANGE] = "347e97379f48489eaf83f2fdd622f22c",
};

#define FIELDS_MAX 12

typedef struct
{
  GLogField fields[FIELDS_MAX];
  gsize count;
} Entry;

static void
add (Entry *entry, const char *key, const char *value)
{
  if (value == NULL)
    return;
  g_assert (entry->count < FIELDS_MAX);
  entry->fields[entry->count++] = (GLogField) { key, value, -1 };
}

/**
 * nt_event_log_write:
 *
 * Writes an event to systemd's journal, with a MESSAGE_ID for each kind and fields to search by. Without a journal it is
 * an informational message, which GLib shows on request (G_MESSAGES_DEBUG).
 */
void
nt_event_log_write (const NtEvent *event)
{
  Entry entry = { .count = 0 };

  if (!g_log_writer_is_journald (STDERR_FILENO))
    {
      g_info ("%s", event->message);
      return;
    }
  add (&entry, "MESSAGE", event->message);
  add (&entry, "MESSAGE_ID", message_ids[event->kind]);
  add (&entry, "PRIORITY", "5");
  add (&entry, "SYSLOG_IDENTIFIER", "nicteam-agent");
  add (&entry, "NICTEAM_TEAM", event->team);
  add (&entry, "NICTEAM_LINK", event->link);
  add (&entry, "NICTEAM_STATE", nt_enum_nick (&nt_link_state_enum, event->state));
  add (&entry, "NICTEAM_REASON", nt_enum_nick (&nt_reason_enum, event->reason));
  add (&entry, "NICTEAM_STATUS", nt_enum_nick (&nt_status_enum, event->status));
  add (&entry, "NICTEAM_USER", event->who);
  add (&entry, "NICTEAM_CHANGE_ID", event->change);
  g_log_writer_journald (G_LOG_LEVEL_MESSAGE, entry.fields, entry.count, NULL);
}
