/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/varlink/wire/limits.h"

/* What a user other than root may cost: each method has a cost in milliseconds, see access.c. A user may run up this
 * many; from then on his calls wait, so that he gets one millisecond's worth a millisecond. Root could stop the
 * agent as well. */
#define NT_LIMIT_BURST_MS 5000

/* How long somebody may think about the password that polkit asks for. */
#define NT_LIMIT_PASSWORD_MS (2 * 60 * 1000)
