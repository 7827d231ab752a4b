/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whatever the scanner lets pass must be a message that json-glib reads without complaint.
 *
 *   clang -fsanitize=fuzzer,address … tests/fuzz/fuzz-scan.c
 */
#include <json-glib/json-glib.h>

#include "varlink/scan.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_auto (NtScanResult) result = { NT_SCAN_OK };
  g_autoptr (JsonParser) parser = json_parser_new ();

  if (nt_scan ((const char *) data, size, &result))
    {
      json_parser_load_from_data (parser, (const char *) data, size, NULL);
      g_assert (result.problem == NT_SCAN_OK);
    }
  return 0;
}
