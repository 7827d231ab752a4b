/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define NT_TYPE_FRAME_READER (nt_frame_reader_get_type ())
G_DECLARE_FINAL_TYPE (NtFrameReader, nt_frame_reader, NT, FRAME_READER, GObject)

NtFrameReader *nt_frame_reader_new (GInputStream *stream, gsize limit);

void nt_frame_reader_read_async (NtFrameReader *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
GBytes *nt_frame_reader_read_finish (NtFrameReader *self, GAsyncResult *result, GError **error);

G_END_DECLS
