/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Limits on the resources that clients can use. Together with those of the agent (backend/agent/base/limits.h) they are
 * complete; see the table in ARCHITECTURE.md.
 */

/* Maximum size of a call, in bytes. */
#define NT_LIMIT_CALL_BYTES (1024 * 1024)

/* Maximum number of values in a message: each takes some hundred bytes of memory. */
#define NT_LIMIT_CALL_VALUES 20000

/* Calls that are queued behind an unanswered one, by number and by bytes; further calls are not read. */
#define NT_LIMIT_WAITING_CALLS 16
#define NT_LIMIT_WAITING_BYTES (64 * 1024)

/* Bytes of replies that a client has not read yet: above the first limit, its next call has to wait; at the second one,
 * which only a stream can reach, it is disconnected. */
#define NT_LIMIT_OUTPUT_PAUSE_BYTES (64 * 1024)
#define NT_LIMIT_OUTPUT_DROP_BYTES (4 * 1024 * 1024)

/* Connections: per user other than root, of all these users, and in total with root. A stream occupies its connection,
 * so this limits streams as well. */
#define NT_LIMIT_CONNECTIONS_PER_USER 32
#define NT_LIMIT_CONNECTIONS_OF_USERS 256
#define NT_LIMIT_CONNECTIONS 512
