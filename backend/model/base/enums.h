/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/model/base/record.h"

G_BEGIN_DECLS

/* The enumerations of the protocol; words.c has their words, in the same order. */

typedef enum { NT_MODE_SWITCH_INDEPENDENT, NT_MODE_STATIC, NT_MODE_LACP } NtTeamMode;
typedef enum
{
  NT_BALANCE_TRANSPORT_PORTS,
  NT_BALANCE_IP_ADDRESSES,
  NT_BALANCE_MAC_ADDRESSES,
  NT_BALANCE_HYPER_V_PORT,
  NT_BALANCE_DYNAMIC,
} NtBalance;
typedef enum { NT_LACP_TIMER_SLOW, NT_LACP_TIMER_FAST } NtLacpTimer;
typedef enum { NT_ROLE_ACTIVE, NT_ROLE_STANDBY } NtRole;
typedef enum { NT_LINK_STATE_ACTIVE, NT_LINK_STATE_STANDBY, NT_LINK_STATE_FAULTED } NtLinkState;
typedef enum { NT_STATUS_OK, NT_STATUS_WARNING, NT_STATUS_FAULT } NtStatus;
typedef enum { NT_DUPLEX_HALF, NT_DUPLEX_FULL } NtDuplex;
typedef enum { NT_SERVER_PHYSICAL, NT_SERVER_VIRTUAL } NtServerType;
typedef enum { NT_SEVERITY_ERROR, NT_SEVERITY_WARNING } NtSeverity;

typedef enum
{
  NT_REASON_ADMINISTRATIVE_DECISION,
  NT_REASON_MEDIA_DISCONNECTED,
  NT_REASON_WAITING_FOR_STABLE_CONNECTIVITY,
  NT_REASON_UNKNOWN_SPEED,
  NT_REASON_NO_LACP_PARTNER,
  NT_REASON_LACP_PARTNER_EXPIRED,
  NT_REASON_LACP_NEGOTIATING,
  NT_REASON_LACP_OTHER_AGGREGATOR,
  NT_REASON_HALF_DUPLEX,
  NT_REASON_ADAPTER_NOT_PRESENT,
  NT_REASON_ADAPTER_REPLACED,
  NT_REASON_NOT_A_MEMBER,
  NT_REASON_NO_ACTIVE_MEMBER,
  NT_REASON_TOO_FEW_ACTIVE_MEMBERS,
  NT_REASON_UNKNOWN_FAILURE,
} NtReason;

typedef enum
{
  NT_OBSTACLE_LOOPBACK,
  NT_OBSTACLE_WIRELESS,
  NT_OBSTACLE_VIRTUAL_LINK,
  NT_OBSTACLE_NOT_ETHERNET,
  NT_OBSTACLE_BRIDGE_PORT,
  NT_OBSTACLE_TEAM_PORT,
  NT_OBSTACLE_VRF_PORT,
  NT_OBSTACLE_FOREIGN_TEAM,
  NT_OBSTACLE_TEAM_ITSELF,
  NT_OBSTACLE_HAS_VLANS,
  NT_OBSTACLE_NETWORK_MANAGER,
  NT_OBSTACLE_NETWORKD,
  NT_OBSTACLE_NETPLAN,
  NT_OBSTACLE_IFUPDOWN,
} NtObstacle;

typedef enum
{
  NT_CAUTION_HALF_DUPLEX,
  NT_CAUTION_RDMA_DEVICE,
  NT_CAUTION_VIRTUAL_FUNCTIONS,
  NT_CAUTION_VLAN_CHALLENGED,
} NtCaution;

/* enum ethtool_link_ext_state of linux/ethtool.h, in the order of its numbers. */
typedef enum
{
  NT_LINK_DETAIL_AUTONEGOTIATION,
  NT_LINK_DETAIL_LINK_TRAINING_FAILURE,
  NT_LINK_DETAIL_LOGICAL_MISMATCH,
  NT_LINK_DETAIL_BAD_SIGNAL_INTEGRITY,
  NT_LINK_DETAIL_NO_CABLE,
  NT_LINK_DETAIL_CABLE_ISSUE,
  NT_LINK_DETAIL_EEPROM_ISSUE,
  NT_LINK_DETAIL_CALIBRATION_FAILURE,
  NT_LINK_DETAIL_POWER_BUDGET_EXCEEDED,
  NT_LINK_DETAIL_OVERHEAT,
  NT_LINK_DETAIL_MODULE,
} NtLinkDetail;

extern const NtEnum nt_team_mode_enum;
extern const NtEnum nt_balance_enum;
extern const NtEnum nt_lacp_timer_enum;
extern const NtEnum nt_role_enum;
extern const NtEnum nt_link_state_enum;
extern const NtEnum nt_status_enum;
extern const NtEnum nt_duplex_enum;
extern const NtEnum nt_server_type_enum;
extern const NtEnum nt_severity_enum;
extern const NtEnum nt_reason_enum;
extern const NtEnum nt_obstacle_enum;
extern const NtEnum nt_caution_enum;
extern const NtEnum nt_link_detail_enum;

G_END_DECLS
