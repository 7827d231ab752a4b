/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/model/link/offload.h"

#include <string.h>

/* The kernel's names of features, abbreviated. */
static const struct
{
  char letter;
  const char *word;
} features[] = {
  { 'c', "tx-checksum-ip-generic" }, { '4', "tx-checksum-ipv4" },    { 'r', "rx-checksum" },
  { 's', "tx-scatter-gather" },      { 't', "tx-tcp-segmentation" }, { 'g', "tx-generic-segmentation" },
  { 'o', "rx-gro" },
};

/* A link of "NAME:RX:TX:FEATURES", as "a:4:2:crs"; "-" is unknown. */
static NtAdapterDetails *
make_link (const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, ":", -1);
  NtAdapterDetails *details = nt_adapter_details_new ();

  details->name = g_strdup (words[0]);
  details->rx_queues = *words[1] == '-' ? -1 : g_ascii_strtoll (words[1], NULL, 10);
  details->tx_queues = *words[2] == '-' ? -1 : g_ascii_strtoll (words[2], NULL, 10);
  for (guint i = 0; i < G_N_ELEMENTS (features); i++)
    if (strchr (words[3], features[i].letter) != NULL)
      g_ptr_array_add (details->features, g_strdup (features[i].word));
  return details;
}

typedef struct
{
  const char *name;
  NtTeamMode mode;
  NtBalance balance;
  const char *members; /* separated by spaces */
  const char *bond;
  gint64 rx_queues;
  gint64 tx_queues;
  const char *offered;   /* offloads, separated by spaces */
  const char *different; /* those in which the kernel's bond differs */
} Case;

#define INDEPENDENT NT_MODE_SWITCH_INDEPENDENT
#define PORTS NT_BALANCE_TRANSPORT_PORTS

static const Case cases[] = {
  { "one", INDEPENDENT, PORTS, "a:4:2:crstg", "t:16:16:crstg", 4, 2, "tx_checksum rx_checksum scatter_gather tso gso", "" },
  { "hash-is-smallest", INDEPENDENT, PORTS, "a:4:2:c b:8:1:c", "t:16:16:c", 4, 1, "tx_checksum", "" },
  { "ip-hash-is-smallest", INDEPENDENT, NT_BALANCE_IP_ADDRESSES, "a:4:2: b:8:1:", "t:16:16:", 4, 1, "", "" },
  { "mac-hash-is-smallest", INDEPENDENT, NT_BALANCE_MAC_ADDRESSES, "a:4:2: b:8:1:", "t:16:16:", 4, 1, "", "" },
  { "vm-port-is-sum", INDEPENDENT, NT_BALANCE_HYPER_V_PORT, "a:4:2: b:8:1:", "t:16:16:", 12, 3, "", "" },
  { "dynamic-is-sum", INDEPENDENT, NT_BALANCE_DYNAMIC, "a:4:2: b:8:1: c:1:1:", "t:16:16:", 13, 4, "", "" },
  { "static-is-smallest", NT_MODE_STATIC, NT_BALANCE_DYNAMIC, "a:4:2: b:8:1:", "t:16:16:", 4, 1, "", "" },
  { "static-vm-port-is-smallest", NT_MODE_STATIC, NT_BALANCE_HYPER_V_PORT, "a:4:2: b:8:1:", "t:16:16:", 4, 1, "", "" },
  { "lacp-is-smallest", NT_MODE_LACP, NT_BALANCE_HYPER_V_PORT, "a:4:2: b:8:1:", "t:16:16:", 4, 1, "", "" },
  { "unknown-queues", INDEPENDENT, PORTS, "a:-:-: b:8:-:", "t:16:16:", 8, -1, "", "" },
  { "unknown-queues-of-a-sum", INDEPENDENT, NT_BALANCE_DYNAMIC, "a:4:-: b:-:3:", "t:16:16:", 4, 3, "", "" },
  { "transmit-needs-all", INDEPENDENT, PORTS, "a:1:1:cstg b:1:1:", "t:16:16:", 1, 1, "", "" },
  { "receive-needs-one", INDEPENDENT, PORTS, "a:1:1:r b:1:1:", "t:16:16:r", 1, 1, "rx_checksum", "" },
  { "other-words-of-one", INDEPENDENT, PORTS, "a:1:1:c b:1:1:4", "t:16:16:c", 1, 1, "tx_checksum", "" },
  { "bond-has-what-one-has", INDEPENDENT, PORTS, "a:1:1:stg b:1:1:", "t:16:16:stg", 1, 1, "", "scatter_gather tso gso" },
  { "bond-lacks-what-one-has", INDEPENDENT, PORTS, "a:1:1:r b:1:1:", "t:16:16:", 1, 1, "rx_checksum", "rx_checksum" },
  { "no-members", INDEPENDENT, PORTS, "", "t:16:16:", -1, -1, "", "" },
  { "nothing", INDEPENDENT, NT_BALANCE_DYNAMIC, "", NULL, -1, -1, "", "" },
};

static char *
list_offloads (const NtTeamFeatures *team, gboolean different)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();

  for (guint i = 0; i < team->offloads->len; i++)
    {
      const NtTeamOffload *offload = team->offloads->pdata[i];

      if (different ? offload->offered != offload->bond : offload->offered)
        g_ptr_array_add (words, (gpointer) nt_enum_nick (&nt_offload_enum, offload->offload));
    }
  g_ptr_array_add (words, NULL);
  return g_strjoinv (" ", (char **) words->pdata);
}

static void
test_team (gconstpointer data)
{
  const Case *test = data;
  g_autoptr (GPtrArray) members = nt_records_new ();
  g_autoptr (NtAdapterDetails) bond = test->bond ? make_link (test->bond) : NULL;
  g_auto (GStrv) words = g_strsplit (test->members, " ", -1);
  g_autoptr (NtTeamFeatures) team = NULL;
  g_autofree char *offered = NULL;
  g_autofree char *different = NULL;

  for (guint i = 0; words[i] != NULL; i++)
    g_ptr_array_add (members, make_link (words[i]));
  team = nt_team_features_compute (test->mode, test->balance, members, bond);
  offered = list_offloads (team, FALSE);
  different = list_offloads (team, TRUE);
  g_assert_cmpint (team->rx_queues, ==, test->rx_queues);
  g_assert_cmpint (team->tx_queues, ==, test->tx_queues);
  g_assert_cmpstr (offered, ==, test->offered);
  g_assert_cmpstr (different, ==, test->different);
}

/* Members that have a feature are listed, even if the team does not offer it. */
static void
test_members (void)
{
  g_autoptr (GPtrArray) members = nt_records_new ();
  g_autoptr (NtTeamFeatures) team = NULL;
  const NtTeamOffload *checksum;

  g_ptr_array_add (members, make_link ("a:1:1:"));
  g_ptr_array_add (members, make_link ("b:1:1:c"));
  team = nt_team_features_compute (NT_MODE_LACP, PORTS, members, NULL);
  checksum = team->offloads->pdata[0];
  g_assert_cmpint (checksum->offload, ==, NT_OFFLOAD_TX_CHECKSUM);
  g_assert_false (checksum->offered);
  g_assert_cmpuint (checksum->members->len, ==, 1);
  g_assert_cmpstr (checksum->members->pdata[0], ==, "b");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/offload/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_team);
    }
  g_test_add_func ("/offload/members", test_members);
  return g_test_run ();
}
