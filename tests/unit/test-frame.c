/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "backend/varlink/wire/error.h"
#include "backend/varlink/wire/frame-reader.h"
#include "backend/varlink/wire/frame-writer.h"
#include "socket-pair.h"

#define LIMIT 32

typedef struct
{
  const char *name;
  const char *bytes;
  gsize length;
  const char *frames[4];
  int code; /* code of the error at the end, -1 for a clean end */
} Case;

#define BYTES(s) s, sizeof (s) - 1

static const Case cases[] = {
  { "nothing", BYTES (""), { NULL }, -1 },
  { "one", BYTES ("one\0"), { "one" }, -1 },
  { "empty-frame", BYTES ("\0"), { "" }, -1 },
  { "three", BYTES ("one\0two\0three\0"), { "one", "two", "three" }, -1 },
  { "at-limit", BYTES ("0123456789abcdef0123456789abcdef\0"), { "0123456789abcdef0123456789abcdef" }, -1 },
  { "over-limit", BYTES ("0123456789abcdef0123456789abcdefg\0"), { NULL }, NT_VARLINK_ERROR_TOO_BIG },
  { "never-ends", BYTES ("0123456789abcdef0123456789abcdefg"), { NULL }, NT_VARLINK_ERROR_TOO_BIG },
  { "partial", BYTES ("par"), { NULL }, NT_VARLINK_ERROR_CLOSED },
  { "partial-after-one", BYTES ("one\0par"), { "one" }, NT_VARLINK_ERROR_CLOSED },
};

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static GBytes *
read_frame (NtFrameReader *reader, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  nt_frame_reader_read_async (reader, NULL, read_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return nt_frame_reader_read_finish (reader, result, error);
}

static void
check_frames (const Case *test, NtFrameReader *reader)
{
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; test->frames[i] != NULL; i++)
    {
      g_autoptr (GBytes) frame = read_frame (reader, &error);

      g_assert_no_error (error);
      g_assert_cmpmem (g_bytes_get_data (frame, NULL),
                       g_bytes_get_size (frame),
                       test->frames[i],
                       strlen (test->frames[i]));
    }

  g_assert_null (read_frame (reader, &error));
  if (test->code >= 0)
    g_assert_error (error, NT_VARLINK_ERROR, test->code);
  else
    g_assert_no_error (error);
}

static void
test_at_once (gconstpointer data)
{
  const Case *test = data;
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (test->bytes, test->length, NULL);
  g_autoptr (NtFrameReader) reader = nt_frame_reader_new (stream, LIMIT);

  check_frames (test, reader);
}

/* The remaining output, one byte at a time. */
typedef struct
{
  GSocketConnection *connection;
  const char *bytes;
  gsize rest;
  guint source;
} Feed;

static gboolean
write_byte_cb (gpointer user_data)
{
  Feed *feed = user_data;
  GOutputStream *stream = g_io_stream_get_output_stream (G_IO_STREAM (feed->connection));

  if (feed->rest == 0)
    {
      feed->source = 0;
      g_io_stream_close (G_IO_STREAM (feed->connection), NULL, NULL);
      return G_SOURCE_REMOVE;
    }
  g_output_stream_write (stream, feed->bytes++, 1, NULL, NULL);
  feed->rest--;
  return G_SOURCE_CONTINUE;
}

static void
test_byte_by_byte (gconstpointer data)
{
  const Case *test = data;
  g_autoptr (GSocketConnection) near = NULL;
  g_autoptr (GSocketConnection) far = NULL;
  g_autoptr (NtFrameReader) reader = NULL;
  Feed feed = { NULL, test->bytes, test->length };

  make_socket_pair (&near, &far);
  feed.connection = far;
  feed.source = g_idle_add (write_byte_cb, &feed);
  reader = nt_frame_reader_new (g_io_stream_get_input_stream (G_IO_STREAM (near)), LIMIT);
  check_frames (test, reader);
  g_clear_handle_id (&feed.source, g_source_remove);
}

static void
set_true_cb (gboolean *flag)
{
  *flag = TRUE;
}

static void
test_writer_bound (void)
{
  g_autoptr (GSocketConnection) near = NULL;
  g_autoptr (GSocketConnection) far = NULL;
  g_autoptr (NtFrameWriter) writer = NULL;
  g_autofree char *text = g_strnfill (1024 * 1024, 'x');
  g_autoptr (GBytes) frame = g_bytes_new (text, strlen (text) + 1);
  gsize limit = 3 * g_bytes_get_size (frame);

  make_socket_pair (&near, &far);
  writer = nt_frame_writer_new (g_io_stream_get_output_stream (G_IO_STREAM (near)), limit);
  for (int i = 0; i < 3; i++)
    g_assert_true (nt_frame_writer_write (writer, frame));
  g_assert_false (nt_frame_writer_write (writer, frame));
  g_assert_cmpuint (nt_frame_writer_get_pending (writer), ==, limit);
  nt_frame_writer_stop (writer);
}

static void
test_writer_drains (void)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (NtFrameWriter) writer = nt_frame_writer_new (stream, 1024);
  g_autoptr (GBytes) one = g_bytes_new_static ("one", 4);
  g_autoptr (GBytes) two = g_bytes_new_static ("two", 4);
  gboolean drained = FALSE;

  g_signal_connect_swapped (writer, "drained", G_CALLBACK (set_true_cb), &drained);
  nt_frame_writer_write (writer, one);
  nt_frame_writer_write (writer, two);
  g_assert_cmpuint (nt_frame_writer_get_pending (writer), ==, 8);
  run_until_true (&drained);

  g_assert_cmpuint (nt_frame_writer_get_pending (writer), ==, 0);
  g_assert_cmpmem (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (stream)),
                   g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (stream)),
                   "one\0two",
                   8);
}

static void
test_writer_fails (void)
{
  g_autoptr (GSocketConnection) near = NULL;
  g_autoptr (GSocketConnection) far = NULL;
  g_autoptr (NtFrameWriter) writer = NULL;
  g_autoptr (GBytes) frame = g_bytes_new_static ("one", 4);
  gboolean failed = FALSE;

  make_socket_pair (&near, &far);
  writer = nt_frame_writer_new (g_io_stream_get_output_stream (G_IO_STREAM (near)), 1024);
  g_signal_connect_swapped (writer, "failed", G_CALLBACK (set_true_cb), &failed);
  g_io_stream_close (G_IO_STREAM (far), NULL, NULL);
  nt_frame_writer_write (writer, frame);
  run_until_true (&failed);
}

static void
add_case (const char *group, const Case *test, GTestDataFunc func)
{
  g_autofree char *path = g_strconcat ("/frame/", group, "/", test->name, NULL);

  g_test_add_data_func (path, test, func);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      add_case ("at-once", &cases[i], test_at_once);
      add_case ("byte-by-byte", &cases[i], test_byte_by_byte);
    }
  g_test_add_func ("/frame/writer/bound", test_writer_bound);
  g_test_add_func ("/frame/writer/drains", test_writer_drains);
  g_test_add_func ("/frame/writer/fails", test_writer_fails);
  return g_test_run ();
}
