/* SPDX-License-Identifier: GPL-3.0-or-later */

/* call-agent SOCKET METHOD [PARAMETERS [TIMES]] is a minimal client: it prints the reply as received. With TIMES it
 * repeats the call over one connection and prints the duration of each call in microseconds. */

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

static char buffer[4 << 20];

static void
fail (const char *what)
{
  fprintf (stderr, "call-agent: %s: %s\n", what, strerror (errno));
  exit (1);
}

static int
connect_to (const char *path)
{
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  int fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

  snprintf (address.sun_path, sizeof address.sun_path, "%s", path);
  if (fd < 0 || connect (fd, (struct sockaddr *) &address, sizeof address) != 0)
    fail (path);
  return fd;
}

/* A message ends with a zero byte. */
static size_t
call (int fd, const char *request, size_t length)
{
  size_t received = 0;

  if (write (fd, request, length) != (ssize_t) length)
    fail ("write");
  while (received == 0 || buffer[received - 1] != '\0')
    {
      ssize_t n = read (fd, buffer + received, sizeof buffer - received);

      if (n <= 0)
        fail ("read");
      received += (size_t) n;
    }
  return received;
}

static double
now_us (void)
{
  struct timespec time;

  clock_gettime (CLOCK_MONOTONIC, &time);
  return (double) time.tv_sec * 1e6 + (double) time.tv_nsec / 1e3;
}

int
main (int argc, char **argv)
{
  static char request[1 << 16];
  int times = argc > 4 ? atoi (argv[4]) : 0;
  size_t length;
  int fd;

  if (argc < 3)
    {
      fputs ("usage: call-agent SOCKET METHOD [PARAMETERS [TIMES]]\n", stderr);
      return 2;
    }
  fd = connect_to (argv[1]);
  length = 1 + (size_t) snprintf (request,
                                  sizeof request,
                                  "{\"method\":\"%s\",\"parameters\":%s}",
                                  argv[2],
                                  argc > 3 ? argv[3] : "{}");
  for (int i = 0; i < times; i++)
    {
      double start = now_us ();

      call (fd, request, length);
      printf ("%.1f\n", now_us () - start);
    }
  if (times == 0)
    {
      size_t received = call (fd, request, length);

      fwrite (buffer, 1, received - 1, stdout);
      return strstr (buffer, "\"error\":\"") != NULL;
    }
  return 0;
}
