/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Streams of small UDP packets between two servers of a lab, to measure the effect of a change. All servers of a
 * lab share one kernel, and therefore one clock.
 *
 *   stream send MICROSECONDS ADDRESS PORT…   sends one packet to each destination per interval, until its standard input
 *                                            ends
 *   stream receive PORT…                     for each line on its standard input, prints one line: for each port
 *                                            “received lost gap” since the previous line. gap is the longest time, in
 *                                            microseconds, in which no packet that was sent arrived: that many packets
 *                                            in a row, plus one interval. Packets that are only late do not count, nor
 *                                            does time in which none was sent for lack of a processor.
 */

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define FLOWS_MAX 32

typedef struct
{
  uint64_t number;
  int64_t interval; /* microseconds */
} Packet;

typedef struct
{
  int fd;
  Packet last;
  uint64_t received;
  uint64_t lost;
  int64_t gap;
} Flow;

static Flow flows[FLOWS_MAX];
static int n_flows;

static void
fail (const char *what)
{
  fprintf (stderr, "stream: %s: %s\n", what, strerror (errno));
  exit (1);
}

static int64_t
now_us (void)
{
  struct timespec time;

  clock_gettime (CLOCK_MONOTONIC, &time);
  return (int64_t) time.tv_sec * 1000000 + time.tv_nsec / 1000;
}

static void
open_destination (Flow *flow, const char *address, const char *port)
{
  struct addrinfo hints = { .ai_socktype = SOCK_DGRAM, .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV };
  struct addrinfo *found;

  if (getaddrinfo (address, port, &hints, &found) != 0)
    fail (address);
  flow->fd = socket (found->ai_family, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (flow->fd < 0 || connect (flow->fd, found->ai_addr, found->ai_addrlen) != 0)
    fail (address);
  freeaddrinfo (found);
}

static void
open_port (Flow *flow, const char *port)
{
  struct sockaddr_in6 address = { .sin6_family = AF_INET6, .sin6_port = htons ((uint16_t) atoi (port)) };
  int off = 0;

  flow->fd = socket (AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (flow->fd < 0 || setsockopt (flow->fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off) != 0 ||
      bind (flow->fd, (struct sockaddr *) &address, sizeof address) != 0)
    fail (port);
}

/* A packet that cannot be sent is lost like one that does not arrive: its number is used up. */
static void
send_to_all (uint64_t number, int64_t interval)
{
  const Packet packet = { number, interval };

  for (int i = 0; i < n_flows; i++)
    if (send (flows[i].fd, &packet, sizeof packet, 0) < 0 && errno == EBADF)
      fail ("send");
}

static void
send_streams (int64_t interval)
{
  struct pollfd input = { STDIN_FILENO, POLLIN, 0 };
  int64_t next = now_us ();

  for (uint64_t number = 1; poll (&input, 1, 0) == 0; number++)
    {
      struct timespec until = { next / 1000000, next % 1000000 * 1000 };

      clock_nanosleep (CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL);
      send_to_all (number, interval);
      /* A sender that was delayed does not catch up: a burst would not show the time in between. */
      next = next + interval > now_us () ? next + interval : now_us ();
    }
}

static void
take_packet (Flow *flow, const Packet *packet)
{
  uint64_t missing = packet->number > flow->last.number ? packet->number - flow->last.number - 1 : 0;
  int64_t gap = (int64_t) (missing + 1) * packet->interval;

  /* Senders start at 1. */
  if (packet->number > 1 && flow->last.number > 0 && missing > 0)
    {
      flow->lost += missing;
      if (gap > flow->gap)
        flow->gap = gap;
    }
  flow->received++;
  flow->last = *packet;
}

static void
receive (Flow *flow)
{
  Packet packet;

  while (recv (flow->fd, &packet, sizeof packet, 0) == (ssize_t) sizeof packet)
    take_packet (flow, &packet);
}

static void
report (void)
{
  for (int i = 0; i < n_flows; i++)
    {
      Flow *flow = &flows[i];

      printf ("%llu %llu %lld ", (unsigned long long) flow->received, (unsigned long long) flow->lost,
              (long long) flow->gap);
      flow->received = flow->lost = 0;
      flow->gap = 0;
    }
  printf ("\n");
  fflush (stdout);
}

static void
receive_streams (void)
{
  struct pollfd polled[FLOWS_MAX + 1];
  char line[256];

  for (int i = 0; i < n_flows; i++)
    polled[i] = (struct pollfd) { flows[i].fd, POLLIN, 0 };
  polled[n_flows] = (struct pollfd) { STDIN_FILENO, POLLIN, 0 };
  for (;;)
    {
      if (poll (polled, (nfds_t) n_flows + 1, -1) < 0)
        fail ("poll");
      for (int i = 0; i < n_flows; i++)
        if (polled[i].revents)
          receive (&flows[i]);
      if (!polled[n_flows].revents)
        continue;
      if (read (STDIN_FILENO, line, sizeof line) <= 0)
        return;
      report ();
    }
}

int
main (int argc, char **argv)
{
  if (argc >= 5 && strcmp (argv[1], "send") == 0)
    {
      for (int i = 3; i + 1 < argc && n_flows < FLOWS_MAX; i += 2)
        open_destination (&flows[n_flows++], argv[i], argv[i + 1]);
      send_streams (atoll (argv[2]));
      return 0;
    }
  if (argc >= 3 && strcmp (argv[1], "receive") == 0)
    {
      for (int i = 2; i < argc && n_flows < FLOWS_MAX; i++)
        open_port (&flows[n_flows++], argv[i]);
      receive_streams ();
      return 0;
    }
  fputs ("usage: stream send MICROSECONDS ADDRESS PORT… | stream receive PORT…\n", stderr);
  return 2;
}
