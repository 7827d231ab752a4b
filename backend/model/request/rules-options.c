/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/model/request/rules-options.h"

#include "backend/model/team/spec-to-bond.h"

static char *
list_options (void)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) names = NULL;

  for (guint i = 0; i < nt_n_team_options; i++)
    g_strv_builder_add (builder, nt_team_options[i].name);
  names = g_strv_builder_end (builder);
  return g_strjoinv (", ", names);
}

static void
report_value (NtCheck *check, const NtTeamOption *option, const char *text)
{
  g_autofree char *range = g_strdup_printf ("%d–%d", (int) option->min, (int) option->max);
  g_autofree char *field = g_strdup_printf ("set[%u].options.%s", check->index, option->name);
  const char *arguments[] = { option->name, text, range, NULL };

  g_ptr_array_add (check->problems, nt_problem_make_with (NT_RULE_OPTION_VALUE, field, arguments));
}

static guint
count_active (const NtTeam *team)
{
  guint active = 0;

  for (guint i = 0; i < team->members->len; i++)
    active += ((const NtMember *) team->members->pdata[i])->state == NT_LINK_STATE_ACTIVE;
  return active;
}

/* The kernel takes a bond down that has fewer usable members: bond_3ad_set_carrier(). */
static void
check_min_links (NtCheck *check, gint64 wanted)
{
  const NtTeam *team = check->spec->id ? nt_state_find_team (check->state, check->spec->id) : NULL;
  char number[24], have[24];

  if (wanted > check->spec->members->len)
    nt_check_report (check, NT_RULE_MIN_LINKS, NT_NUMBER (number, wanted), NT_NUMBER (have, check->spec->members->len),
                     "options.min_links");
  else if (team != NULL && team->mode == NT_MODE_LACP && wanted > count_active (team))
    nt_check_report (check, NT_RULE_TOO_FEW_ACTIVE, NT_NUMBER (number, wanted), NT_NUMBER (have, count_active (team)),
                     "options.min_links");
}

static void
check_option (NtCheck *check, const NtTeamOption *option, const char *text, NtBondMode mode)
{
  gint64 value;

  if (!nt_team_option_parse (option, text, &value))
    report_value (check, option, text);
  else if (!(option->modes & (1u << mode)))
    nt_check_report (check, NT_RULE_OPTION_MODE, option->name, NULL, "options.%s", option->name);
  else if (option->offset == G_STRUCT_OFFSET (NtBondOptions, min_links))
    check_min_links (check, value);
}

/* Checks the bonding options that the definition sets. */
void
nt_check_options (NtCheck *check)
{
  g_autoptr (NtBondOptions) bond = nt_spec_to_bond_options (check->spec);
  g_autofree char *available = list_options ();

  for (guint i = 0; i < check->spec->options->len; i++)
    {
      g_auto (GStrv) parts = g_strsplit (check->spec->options->pdata[i], "=", 2);
      const NtTeamOption *option = nt_team_option_find (parts[0]);

      if (option == NULL)
        nt_check_report (check, NT_RULE_OPTION_UNKNOWN, parts[0], available, "options.%s", parts[0]);
      else
        check_option (check, option, parts[1], bond->mode);
    }
}
