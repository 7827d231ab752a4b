/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define NT_TYPE_FRAME_WRITER (nt_frame_writer_get_type ())
G_DECLARE_FINAL_TYPE (NtFrameWriter, nt_frame_writer, NT, FRAME_WRITER, GObject)

NtFrameWriter *nt_frame_writer_new (GOutputStream *stream, gsize limit);
gboolean nt_frame_writer_write (NtFrameWriter *self, GBytes *frame);
gsize nt_frame_writer_get_pending (NtFrameWriter *self);
void nt_frame_writer_stop (NtFrameWriter *self);

G_END_DECLS
