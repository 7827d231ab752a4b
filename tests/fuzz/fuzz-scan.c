/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <json-glib/json-glib.h>

#include "backend/varlink/wire/scan.h"
#include "fuzz.h"

/* Text that passes the scan is read by json-glib without an error, and is an object. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_auto (NtScanResult) result = { NT_SCAN_OK };
  g_autoptr (JsonParser) parser = json_parser_new ();

  if (!nt_scan ((const char *) data, size, &result))
    return 0;
  g_assert (json_parser_load_from_data (parser, (const char *) data, (gssize) size, NULL));
  g_assert (JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)));
  return 0;
}
