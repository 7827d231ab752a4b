/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <adwaita.h>
#include <glib-unix.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "app/rows/team-row.h"
#include "app/servers/server-list.h"
#include "app/text/format.h"
#include "fake-agent.h"
#include "ui/traffic/chart.h"
#include "ui/window/window.h"

/*
 * Measures the console with many servers, as started by tests/bench/console: the time to the first frame, the time
 * until a change is shown, the memory per server, and the time per frame while a long list scrolls and while the
 * traffic of a large team is drawn. The agents are the fake ones of the unit tests, in a separate process: a lab
 * with that many servers would occupy the whole machine.
 */

#define N_SERVERS 200
#define N_ROWS 2000
#define N_CHANGES 20
#define N_FRAMES 300
#define SLOW_FRAME_MS 33.0
#define N_MEMBERS 32
#define N_SAMPLES 40

/* Requests to the process of the agents, one byte each. */
#define SEND_CHANGE 'c'
#define SEND_ROWS 'r'

typedef struct
{
  GtkWindow *window;
  NtServerList *servers;
  GdkFrameClock *clock;
  int request; /* to the agents' process */

  gint64 painted_at;
  gint64 arrived_at;
  GArray *frames; /* of gint64: time at which each was painted */
} Bench;

/* The agents */

static FakeAgent *agents[N_SERVERS];

static NtChanges *
make_change (gboolean is_bad)
{
  NtChanges *changes = nt_changes_new ();

  changes->status = is_bad ? NT_STATUS_WARNING : NT_STATUS_OK;
  g_ptr_array_add (changes->teams, make_team ("t1", "Team1", changes->status));
  return changes;
}

static NtChanges *
make_adapters (guint count)
{
  NtChanges *changes = nt_changes_new ();

  for (guint i = 0; i < count; i++)
    {
      g_autofree char *name = g_strdup_printf ("nic%u", i + 1);

      g_ptr_array_add (changes->adapters, make_adapter (name, i == 0 ? "t1" : NULL));
    }
  return changes;
}

static gboolean
request_cb (int fd, GIOCondition condition, gpointer user_data)
{
  static gboolean is_bad;
  g_autoptr (NtChanges) changes = NULL;
  char request;

  if (read (fd, &request, 1) != 1)
    exit (0);
  is_bad = !is_bad;
  changes = request == SEND_ROWS ? make_adapters (N_ROWS) : make_change (is_bad);
  fake_agent_send (agents[0], changes);
  return G_SOURCE_CONTINUE;
}

static void
run_agents (int request, int answer)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);

  for (guint i = 0; i < N_SERVERS; i++)
    {
      agents[i] = fake_agent_new ();
      fake_agent_start (agents[i]);
      dprintf (answer, "%s\n", fake_agent_get_address (agents[i]));
    }
  close (answer);
  g_unix_fd_add (request, G_IO_IN | G_IO_HUP, request_cb, NULL);
  g_main_loop_run (loop);
}

/* Starts the agents, and saves them as servers of the console. */
static int
start_agents (void)
{
  int request[2], answer[2];
  g_autofree char *path = nt_server_list_get_default_path ();
  g_autoptr (NtServerList) list = NULL;
  char line[256];
  FILE *addresses;
  guint number = 0;

  if (pipe (request) != 0 || pipe (answer) != 0)
    abort ();
  if (fork () == 0)
    {
      close (request[1]);
      close (answer[0]);
      run_agents (request[0], answer[1]);
    }
  close (request[0]);
  close (answer[1]);

  list = nt_server_list_new (path);
  addresses = fdopen (answer[0], "r");
  while (fgets (line, sizeof line, addresses) != NULL)
    {
      g_autofree char *name = g_strdup_printf ("server%03u", ++number);

      if (nt_server_list_add (list, g_strchomp (line), name, NULL) == NULL)
        abort ();
    }
  fclose (addresses);
  return request[1];
}

/* The window */

static void
print_value (const char *what, double value)
{
  g_print ("%s %.2f\n", what, value);
}

static void
painted_cb (GdkFrameClock *clock, gpointer user_data)
{
  Bench *bench = user_data;

  bench->painted_at = g_get_monotonic_time ();
  if (bench->frames != NULL)
    g_array_append_val (bench->frames, bench->painted_at);
}

static double
read_private_kib (void)
{
  g_autofree char *text = NULL;
  double kib = 0;

  g_file_get_contents ("/proc/self/smaps_rollup", &text, NULL, NULL);
  for (char *line = text; line != NULL; line = strchr (line, '\n') ? strchr (line, '\n') + 1 : NULL)
    if (g_str_has_prefix (line, "Private_Dirty:"))
      kib = g_ascii_strtod (line + strlen ("Private_Dirty:"), NULL);
  return kib;
}

static guint
count_online (NtServerList *servers)
{
  guint online = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (servers)); i++)
    {
      g_autoptr (NtServer) server = g_list_model_get_item (G_LIST_MODEL (servers), i);

      online += nt_server_get_connection (server) == NT_CONNECTION_ONLINE;
    }
  return online;
}

static void
settle (guint ms)
{
  gint64 until = g_get_monotonic_time () + ms * 1000;

  while (g_get_monotonic_time () < until)
    g_main_context_iteration (NULL, g_main_context_pending (NULL));
}

static void
ask_for (Bench *bench, char request)
{
  if (write (bench->request, &request, 1) != 1)
    abort ();
}

static void
state_changed_cb (Bench *bench)
{
  bench->arrived_at = g_get_monotonic_time ();
}

/* Time from reading a change to the end of the frame that shows it. */
static void
measure_changes (Bench *bench)
{
  g_autoptr (NtServer) server = g_list_model_get_item (G_LIST_MODEL (bench->servers), 0);
  double worst = 0;

  g_signal_connect_swapped (server, "state-changed", G_CALLBACK (state_changed_cb), bench);
  for (guint i = 0; i < N_CHANGES; i++)
    {
      bench->arrived_at = 0;
      ask_for (bench, SEND_CHANGE);
      while (bench->arrived_at == 0 || bench->painted_at < bench->arrived_at)
        g_main_context_iteration (NULL, TRUE);
      worst = MAX (worst, (double) (bench->painted_at - bench->arrived_at) / 1000);
      settle (50);
    }
  g_signal_handlers_disconnect_by_data (server, bench);
  print_value ("change_ms", worst);
}

static GtkWidget *
find_list (GtkWidget *widget, guint n_rows)
{
  if (GTK_IS_COLUMN_VIEW (widget) &&
      g_list_model_get_n_items (G_LIST_MODEL (gtk_column_view_get_model (GTK_COLUMN_VIEW (widget)))) >= n_rows)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_list (child, n_rows);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* One step per frame, so that every frame shows different rows. */
static gboolean
scroll_cb (GtkWidget *list, GdkFrameClock *clock, gpointer user_data)
{
  GtkAdjustment *scroll = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (list));

  gtk_adjustment_set_value (scroll, gtk_adjustment_get_value (scroll) + 120);
  gtk_widget_queue_draw (list);
  return G_SOURCE_CONTINUE;
}

static void
tell_frames (const GArray *frames)
{
  double worst = 0;
  guint slow = 0;

  for (guint i = 1; i < frames->len; i++)
    {
      double ms = (double) (g_array_index (frames, gint64, i) - g_array_index (frames, gint64, i - 1)) / 1000;

      worst = MAX (worst, ms);
      slow += ms > SLOW_FRAME_MS;
    }
  print_value ("scroll_worst_ms", worst);
  print_value ("scroll_slow_frames", slow);
}

static void
measure_scrolling (Bench *bench)
{
  g_autoptr (NtServer) server = g_list_model_get_item (G_LIST_MODEL (bench->servers), 0);
  GtkWidget *list = NULL;
  guint callback;

  ask_for (bench, SEND_ROWS);
  nt_window_select_server (NT_WINDOW (bench->window), server);
  while ((list = find_list (GTK_WIDGET (bench->window), N_ROWS)) == NULL)
    g_main_context_iteration (NULL, TRUE);
  settle (500);
  bench->frames = g_array_new (FALSE, FALSE, sizeof (gint64));
  callback = gtk_widget_add_tick_callback (list, scroll_cb, NULL, NULL);
  while (bench->frames->len < N_FRAMES)
    g_main_context_iteration (NULL, TRUE);
  gtk_widget_remove_tick_callback (list, callback);
  tell_frames (bench->frames);
  g_clear_pointer (&bench->frames, g_array_unref);
}

/* The traffic of a large team after that many seconds; it varies by member. */
static void
take_samples (NtSampler *sampler, guint second)
{
  g_autoptr (NtSamples) samples = nt_samples_new ();

  samples->time_us = second * G_USEC_PER_SEC;
  for (guint i = 0; i < N_MEMBERS; i++)
    {
      NtSample *sample = nt_sample_new ();

      sample->link = g_strdup_printf ("nic%u", i + 1);
      sample->rx_bytes = 1000000 * (gint64) second + 300000 * ((second + i) % 5);
      sample->tx_bytes = 500000 * (gint64) second + 100000 * ((second * i) % 7);
      g_ptr_array_add (samples->samples, sample);
    }
  nt_sampler_take_samples (sampler, samples);
}

static NtRow *
make_large_team (NtServer *server)
{
  g_autoptr (NtTeam) team = make_team ("t1", "Team1", NT_STATUS_OK);

  g_ptr_array_set_size (team->members, 0);
  for (guint i = 0; i < N_MEMBERS; i++)
    {
      NtMember *member = nt_member_new ();

      member->adapter = g_strdup_printf ("nic%u", i + 1);
      member->present = TRUE;
      g_ptr_array_add (team->members, member);
    }
  return nt_row_new (NT_TYPE_TEAM_ROW, server, "t1", team, NULL);
}

/* Time from a sample to the end of the frame that shows it, with the whole width of the chart in use. */
static void
measure_chart (Bench *bench)
{
  g_autoptr (NtServer) server = g_list_model_get_item (G_LIST_MODEL (bench->servers), 0);
  g_autoptr (NtRow) row = make_large_team (server);
  g_autoptr (NtSampler) sampler = nt_sampler_new ();
  GtkWidget *chart = g_object_new (NT_TYPE_CHART, NULL);
  double worst = 0;

  nt_chart_set_format (NT_CHART (chart), nt_format_rate);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (bench->window), chart);
  for (guint second = 0; second < NT_SERIES_LENGTH + N_SAMPLES; second++)
    {
      gint64 start = g_get_monotonic_time ();
      g_autoptr (GPtrArray) traffic = NULL;

      take_samples (sampler, second);
      if (second < NT_SERIES_LENGTH)
        continue;
      traffic = nt_traffic_find (sampler, row);
      nt_chart_set_traffic (NT_CHART (chart), traffic);
      while (bench->painted_at < start)
        g_main_context_iteration (NULL, TRUE);
      worst = MAX (worst, (double) (bench->painted_at - start) / 1000);
      settle (50);
    }
  print_value ("chart_ms", worst);
}

static void
measure_memory (Bench *bench, double before)
{
  while (count_online (bench->servers) < N_SERVERS)
    g_main_context_iteration (NULL, TRUE);
  settle (500);
  print_value ("memory_kib", (read_private_kib () - before) / N_SERVERS);
}

static void
mapped_cb (GtkWidget *window, gpointer user_data)
{
  Bench *bench = user_data;

  bench->clock = gtk_widget_get_frame_clock (window);
  g_signal_connect (bench->clock, "after-paint", G_CALLBACK (painted_cb), bench);
}

static void
activate_cb (GtkApplication *application, gpointer user_data)
{
  Bench *bench = user_data;

  bench->window = GTK_WINDOW (nt_window_new (ADW_APPLICATION (application), bench->servers));
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (bench->servers)); i++)
    {
      g_autoptr (NtServer) server = g_list_model_get_item (G_LIST_MODEL (bench->servers), i);

      nt_server_connect (server);
    }
  g_signal_connect (bench->window, "map", G_CALLBACK (mapped_cb), bench);
  gtk_window_present (bench->window);
}

/* The agents are started before the measurement begins, which is when the console's program starts. */
static void
start_console (char **argv)
{
  g_autofree char *request = g_strdup_printf ("%d", start_agents ());
  g_autofree char *start = g_strdup_printf ("%" G_GINT64_FORMAT, g_get_monotonic_time ());

  g_setenv ("NICTEAM_BENCH_REQUEST", request, TRUE);
  g_setenv ("NICTEAM_BENCH_START", start, TRUE);
  execv ("/proc/self/exe", argv);
  abort ();
}

int
main (int argc, char **argv)
{
  const char *request = g_getenv ("NICTEAM_BENCH_REQUEST");
  gint64 start = request ? g_ascii_strtoll (g_getenv ("NICTEAM_BENCH_START"), NULL, 10) : 0;
  g_autofree char *path = nt_server_list_get_default_path ();
  g_autoptr (AdwApplication) application = NULL;
  g_autoptr (GError) error = NULL;
  Bench bench = { 0 };
  double before;

  if (request == NULL)
    start_console (argv);
  bench.request = atoi (request);
  bench.servers = nt_server_list_new (path);
  application = g_object_new (ADW_TYPE_APPLICATION, "application-id", APP_ID, "resource-base-path",
                              "/io/github/nicteam/Console", NULL);
  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), &bench);
  if (!nt_server_list_load (bench.servers, &error) || !g_application_register (G_APPLICATION (application), NULL, &error))
    g_error ("%s", error->message);

  before = read_private_kib ();
  g_application_activate (G_APPLICATION (application));
  while (bench.painted_at == 0)
    g_main_context_iteration (NULL, TRUE);
  print_value ("first_frame_ms", (double) (bench.painted_at - start) / 1000);
  measure_memory (&bench, before);
  measure_changes (&bench);
  measure_scrolling (&bench);
  measure_chart (&bench);
  return EXIT_SUCCESS;
}
