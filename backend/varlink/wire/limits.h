/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * What a client can take of a server, at the most. With the agent's own (agent/agent-limits.h) these are all: ARCHITECTURE.md
 * has the table.
 */

/* The longest message that a client may send, in bytes. */
#define NT_LIMIT_CALL_BYTES (1024 * 1024)

/* The values in a message: each becomes some hundred bytes of memory. */
#define NT_LIMIT_CALL_VALUES 20000

/* Calls that wait behind one that is not answered, by number and by bytes; more are left unread. */
#define NT_LIMIT_WAITING_CALLS 16
#define NT_LIMIT_WAITING_BYTES (64 * 1024)

/* Bytes of answers that wait to be read: from the first on, the next call waits until the client has read them; by the
 * second, which only a stream can come to, the client is dropped. */
#define NT_LIMIT_OUTPUT_PAUSE_BYTES (64 * 1024)
#define NT_LIMIT_OUTPUT_DROP_BYTES (4 * 1024 * 1024)

/* Connections: of one user other than root, of all of these, and of all with root's. A stream takes its connection for
 * itself, so there are not more streams than connections. */
#define NT_LIMIT_CONNECTIONS_PER_USER 32
#define NT_LIMIT_CONNECTIONS_OF_USERS 256
#define NT_LIMIT_CONNECTIONS 512
