/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/model/state/device-name.h"

typedef struct
{
  const char *display_name;
  const char *device;
} Case;

static const Case derive_cases[] = {
  { "Team1", "Team1" },
  { "Storage Network", "Storage-Network" },
  { "A very long name of a team", "A-very-long-nam" },
  { "  spaces  ", "spaces" },
  { "Zürich", "Zurich" },
  { "a/b:c", "a-b-c" },
  { "日本", "team" },
  { "..", "team" },
  { "", "team" },
};

static void
test_derive (gconstpointer data)
{
  const Case *test = data;
  g_autofree char *device = nt_device_name_derive (test->display_name);

  g_assert_true (nt_device_name_is_valid (device));
  if (g_str_is_ascii (test->display_name) || g_str_has_prefix (test->display_name, "Z"))
    g_assert_cmpstr (device, ==, test->device);
}

static void
test_valid (void)
{
  g_assert_true (nt_device_name_is_valid ("eth0"));
  g_assert_true (nt_device_name_is_valid ("123456789012345"));
  g_assert_false (nt_device_name_is_valid ("1234567890123456"));
  g_assert_false (nt_device_name_is_valid (""));
  g_assert_false (nt_device_name_is_valid ("."));
  g_assert_false (nt_device_name_is_valid (".."));
  g_assert_false (nt_device_name_is_valid ("a b"));
  g_assert_false (nt_device_name_is_valid ("a/b"));
  g_assert_false (nt_device_name_is_valid ("a:b"));
}

static void
test_vlan (void)
{
  g_autofree char *plain = nt_device_name_derive_vlan ("Team1", 42);
  g_autofree char *cut = nt_device_name_derive_vlan ("123456789012345", 4094);

  g_assert_cmpstr (plain, ==, "Team1.42");
  g_assert_cmpstr (cut, ==, "1234567890.4094");
}

static NtState *
state_with_adapter (const char *name)
{
  NtState *state = nt_state_new ();
  NtAdapter *adapter = nt_adapter_new ();

  adapter->name = g_strdup (name);
  g_ptr_array_add (state->adapters, adapter);
  return state;
}

static void
test_choose (void)
{
  g_autoptr (NtState) state = state_with_adapter ("Team1");
  g_autoptr (NtTeamSpec) asked = nt_team_spec_new ();
  g_autoptr (NtTeamSpec) spec = NULL;
  g_autoptr (GPtrArray) reserved = nt_strings_new ();
  NtInterfaceSpec *vlan = nt_interface_spec_new ();

  asked->name = g_strdup ("Team1");
  vlan->vlan = 7;
  g_ptr_array_add (asked->interfaces, nt_interface_spec_new ());
  g_ptr_array_add (asked->interfaces, vlan);
  spec = nt_team_spec_complete (asked);
  nt_device_name_choose (spec, state, reserved);

  g_assert_cmpstr (spec->device, ==, "Team1-2");
  g_assert_cmpstr (((NtInterfaceSpec *) spec->interfaces->pdata[0])->device, ==, "Team1-2");
  g_assert_cmpstr (((NtInterfaceSpec *) spec->interfaces->pdata[1])->device, ==, "Team1-2.7");
  /* A name that was asked for is not changed. */
  g_assert_null (vlan->device);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (derive_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/device-name/derive/%u", i);

      g_test_add_data_func (path, &derive_cases[i], test_derive);
    }
  g_test_add_func ("/device-name/valid", test_valid);
  g_test_add_func ("/device-name/vlan", test_vlan);
  g_test_add_func ("/device-name/choose", test_choose);
  return g_test_run ();
}
