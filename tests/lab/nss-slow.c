/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <nss.h>
#include <pwd.h>
#include <unistd.h>

/* A service “slow” for nsswitch.conf(5): it has no users, and replies only after the file /run/nss-slow has been
 * removed, like a directory server that is not reachable for a while. */
enum nss_status _nss_slow_getpwuid_r (uid_t uid, struct passwd *entry, char *buffer, size_t size, int *code);

enum nss_status
_nss_slow_getpwuid_r (uid_t uid, struct passwd *entry, char *buffer, size_t size, int *code)
{
  while (access ("/run/nss-slow", F_OK) == 0)
    usleep (10000);
  return NSS_STATUS_NOTFOUND;
}
