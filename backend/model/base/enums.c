/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/model/base/enums.h"

#include <glib/gi18n-lib.h>

static const NtEnumValue nt_team_mode_values[] = {
  { "switch_independent", N_("Switch Independent") },
  { "static", N_("Static Teaming") },
  { "lacp", N_("LACP") },
};

static const NtEnumValue nt_balance_values[] = {
  { "transport_ports", N_("Address Hash (ports)") },
  { "ip_addresses", N_("Address Hash (IP addresses)") },
  { "mac_addresses", N_("Address Hash (MAC addresses)") },
  { "hyper_v_port", N_("Virtual Machine Port") },
  { "dynamic", N_("Dynamic") },
};

static const NtEnumValue nt_lacp_timer_values[] = {
  { "slow", N_("Slow (30 s)") },
  { "fast", N_("Fast (1 s)") },
};

static const NtEnumValue nt_role_values[] = {
  { "active", N_("Active") },
  { "standby", N_("Standby") },
};

static const NtEnumValue nt_link_state_values[] = {
  { "active", N_("Active") },
  { "standby", N_("Standby") },
  { "faulted", N_("Faulted") },
};

static const NtEnumValue nt_status_values[] = {
  { "ok", N_("OK") },
  { "warning", N_("Warning") },
  { "fault", N_("Fault") },
};

static const NtEnumValue nt_duplex_values[] = {
  { "half", N_("Half duplex") },
  { "full", N_("Full duplex") },
};

static const NtEnumValue nt_server_type_values[] = {
  { "physical", N_("Physical") },
  { "virtual", N_("Virtual") },
};

static const NtEnumValue nt_severity_values[] = {
  { "error", N_("Error") },
  { "warning", N_("Warning") },
};

static const NtEnumValue nt_reason_values[] = {
  { "administrative_decision", N_("Administrative decision") },
  { "media_disconnected", N_("Media disconnected") },
  { "waiting_for_stable_connectivity", N_("Waiting for stable connectivity") },
  { "unknown_speed", N_("Adapter speed unknown") },
  { "no_lacp_partner", N_("No LACP partner") },
  { "lacp_partner_expired", N_("LACP partner no longer responds") },
  { "lacp_negotiating", N_("LACP negotiation in progress") },
  { "lacp_other_aggregator", N_("Connected to another LACP partner, or at a different speed") },
  { "half_duplex", N_("Half duplex, not supported by LACP") },
  { "adapter_not_present", N_("Adapter not present") },
  { "adapter_replaced", N_("Adapter replaced by another one") },
  { "not_a_member", N_("Not in the team") },
  { "no_active_member", N_("No active member") },
  { "too_few_active_members", N_("Fewer active members than required") },
  { "unknown_failure", N_("Unknown failure") },
};

static const NtEnumValue nt_obstacle_values[] = {
  { "loopback", N_("The loopback interface cannot be teamed") },
  { "wireless", N_("Wireless adapters cannot be teamed") },
  { "virtual_link", N_("Virtual links cannot be teamed") },
  { "not_ethernet", N_("Only Ethernet adapters can be teamed") },
  { "bridge_port", N_("It is a port of a bridge or virtual switch") },
  { "team_port", N_("It is a port of a team device that teamd manages") },
  { "vrf_port", N_("It belongs to a VRF") },
  { "foreign_team", N_("It belongs to a team that another tool created") },
  { "team_itself", N_("It is a team") },
  { "has_vlans", N_("VLANs or other links use it") },
  { "network_manager", N_("NetworkManager manages it") },
  { "networkd", N_("systemd-networkd configures it") },
  { "netplan", N_("netplan configures it") },
  { "ifupdown", N_("ifupdown configures it") },
};

static const NtEnumValue nt_caution_values[] = {
  { "half_duplex", N_("It runs at half duplex, which LACP does not support") },
  { "rdma_device", N_("It has an RDMA device, which a team does not provide") },
  { "virtual_functions", N_("It has virtual functions, whose traffic bypasses the team") },
  { "vlan_challenged", N_("It does not support VLANs") },
};

static const NtEnumValue nt_link_detail_values[] = {
  { "autonegotiation", N_("Autonegotiation of speed and duplex failed") },
  { "link_training_failure", N_("Link training failed") },
  { "logical_mismatch", N_("Signal of the link partner not recognized") },
  { "bad_signal_integrity", N_("Poor signal quality") },
  { "no_cable", N_("No cable") },
  { "cable_issue", N_("Cable faulty or not supported") },
  { "eeprom_issue", N_("Memory of the cable or module not readable") },
  { "calibration_failure", N_("Calibration failed") },
  { "power_budget_exceeded", N_("Cable or module exceeds the power budget") },
  { "overheat", N_("Module overheated") },
  { "module", N_("Module not ready") },
};

NT_DEFINE_ENUM (nt_team_mode, "TeamMode")
NT_DEFINE_ENUM (nt_balance, "Balance")
NT_DEFINE_ENUM (nt_lacp_timer, "LacpTimer")
NT_DEFINE_ENUM (nt_role, "Role")
NT_DEFINE_ENUM (nt_link_state, "LinkState")
NT_DEFINE_ENUM (nt_status, "Status")
NT_DEFINE_ENUM (nt_duplex, "Duplex")
NT_DEFINE_ENUM (nt_server_type, "ServerType")
NT_DEFINE_ENUM (nt_severity, "Severity")
NT_DEFINE_ENUM (nt_reason, "Reason")
NT_DEFINE_ENUM (nt_obstacle, "Obstacle")
NT_DEFINE_ENUM (nt_caution, "Caution")
NT_DEFINE_ENUM (nt_link_detail, "LinkDetail")
