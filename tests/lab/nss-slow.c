/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <nss.h>
#include <pwd.h>
#include <unistd.h>

/* A service “slow” for nsswitch.conf(5): it knows nobody, and says so only after the file /run/nss-slow has gone, as a
 * directory server does that is not reachable for a while. */
enum nss_status _nss_slow_getpwuid_r (uid_t uid, struct passwd *entry, char *buffer, size_t size, int *code);

enum nss_status
_nss_slow_getpwuid_r (uid_t uid, struct passwd *entry, char *buffer, size_t size, int *code)
{
  while (access ("/run/nss-slow", F_OK) == 0)
    usleep (10000);
  return NSS_STATUS_NOTFOUND;
}
