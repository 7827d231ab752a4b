/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/reach/transport-error.h"

G_DEFINE_QUARK (nt-transport-error-quark, nt_transport_error)
