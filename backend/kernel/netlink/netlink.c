/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/kernel/netlink/netlink.h"

#include "backend/kernel/base/kernel.h"

#include <errno.h>
#include <linux/genetlink.h>
#include <linux/filter.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <netlink/attr.h>
#include <netlink/socket.h>
#include <string.h>
#include <sys/socket.h>

/* Events of a busy moment, each about 1.5 kB, overflow the default buffer at 90. */
#define EVENT_BUFFER_BYTES (4 * 1024 * 1024)
/* Enough for which link it is about. */
#define EVENT_BEGINNING_BYTES 128

/* A dump during which links change is cut short and must be asked for again. */
#define DUMP_TRIES 5

struct _NtNetlink
{
  struct nl_sock *socket;
  struct nl_cb *callbacks;
};

/* One exchange under way. */
typedef struct
{
  NtNetlinkFunc func;
  gpointer user_data;
  gboolean done;
  gboolean interrupted;
  int error; /* errno */
  char *words;
} Exchange;

/* The text that the kernel adds to a refusal: Documentation/userspace-api/netlink/intro.rst, "Extended ACK". */
static char *
find_words (const struct nlmsgerr *refusal)
{
  const struct nlmsghdr *header = (const struct nlmsghdr *) ((const char *) refusal - NLMSG_HDRLEN);
  gsize skip = NLMSG_HDRLEN + sizeof *refusal;
  const struct nlattr *words;

  if (!(header->nlmsg_flags & NLM_F_ACK_TLVS))
    return NULL;
  if (!(header->nlmsg_flags & NLM_F_CAPPED))
    skip += refusal->msg.nlmsg_len - NLMSG_HDRLEN;
  if (header->nlmsg_len <= skip)
    return NULL;
  words = nla_find ((struct nlattr *) ((char *) header + skip), (int) (header->nlmsg_len - skip), NLMSGERR_ATTR_MSG);
  return words != NULL ? g_strndup (nla_data (words), (gsize) nla_len (words)) : NULL;
}

static int
refused_cb (struct sockaddr_nl *from, struct nlmsgerr *refusal, void *data)
{
  Exchange *exchange = data;

  exchange->done = TRUE;
  exchange->error = -refusal->error;
  exchange->words = find_words (refusal);
  return NL_STOP;
}

static int
done_cb (struct nl_msg *message, void *data)
{
  ((Exchange *) data)->done = TRUE;
  return NL_STOP;
}

static int
interrupted_cb (struct nl_msg *message, void *data)
{
  ((Exchange *) data)->interrupted = TRUE;
  return NL_OK;
}

static int
valid_cb (struct nl_msg *message, void *data)
{
  Exchange *exchange = data;

  if (exchange->func != NULL)
    exchange->func (nlmsg_hdr (message), exchange->user_data);
  return NL_OK;
}

static gboolean
fail (GError **error, int code, const char *words)
{
  if (words != NULL)
    g_set_error (error, NT_KERNEL_ERROR, code, "%s (%s)", words, g_strerror (code));
  else
    g_set_error_literal (error, NT_KERNEL_ERROR, code, g_strerror (code));
  return FALSE;
}

/* Options that older kernels lack are no loss. */
static void
set_option (NtNetlink *self, int option)
{
  int on = 1;

  setsockopt (nl_socket_get_fd (self->socket), SOL_NETLINK, option, &on, sizeof on);
}

/**
 * nt_netlink_open:
 * @protocol: NETLINK_ROUTE or NETLINK_GENERIC
 * @error: NT_KERNEL_ERROR
 *
 * Returns: (transfer full) (nullable): a socket in the network namespace of the caller
 */
NtNetlink *
nt_netlink_open (int protocol, GError **error)
{
  g_autoptr (NtNetlink) self = g_new0 (NtNetlink, 1);

  self->socket = nl_socket_alloc ();
  self->callbacks = nl_cb_alloc (NL_CB_DEFAULT);
  if (nl_connect (self->socket, protocol) < 0)
    {
      fail (error, errno, NULL);
      return NULL;
    }
  nl_socket_set_msg_buf_size (self->socket, 64 * 1024);
  set_option (self, NETLINK_EXT_ACK);
  set_option (self, NETLINK_CAP_ACK);
  return g_steal_pointer (&self);
}

void
nt_netlink_close (NtNetlink *self)
{
  g_clear_pointer (&self->callbacks, nl_cb_put);
  g_clear_pointer (&self->socket, nl_socket_free);
  g_free (self);
}

static gboolean
receive (NtNetlink *self, Exchange *exchange, GError **error)
{
  nl_cb_err (self->callbacks, NL_CB_CUSTOM, refused_cb, exchange);
  nl_cb_set (self->callbacks, NL_CB_ACK, NL_CB_CUSTOM, done_cb, exchange);
  nl_cb_set (self->callbacks, NL_CB_FINISH, NL_CB_CUSTOM, done_cb, exchange);
  nl_cb_set (self->callbacks, NL_CB_DUMP_INTR, NL_CB_CUSTOM, interrupted_cb, exchange);
  nl_cb_set (self->callbacks, NL_CB_VALID, NL_CB_CUSTOM, valid_cb, exchange);

  while (!exchange->done)
    {
      int result = nl_recvmsgs (self->socket, self->callbacks);

      if (result < 0 && !exchange->done && !exchange->interrupted)
        {
          g_set_error_literal (error, NT_KERNEL_ERROR, EIO, nl_geterror (result));
          return FALSE;
        }
    }
  if (exchange->error != 0)
    {
      g_autofree char *words = g_steal_pointer (&exchange->words);

      return fail (error, exchange->error, words);
    }
  return TRUE;
}

static gboolean
exchange_once (NtNetlink *self, NtNetlinkMessage *message, Exchange *exchange, GError **error)
{
  int result;

  nlmsg_hdr (message)->nlmsg_seq = NL_AUTO_SEQ;
  result = nl_send_auto (self->socket, message);
  if (result < 0)
    {
      g_set_error_literal (error, NT_KERNEL_ERROR, EIO, nl_geterror (result));
      return FALSE;
    }
  return receive (self, exchange, error);
}

/**
 * nt_netlink_request:
 * @self: a socket
 * @message: a request
 * @error: NT_KERNEL_ERROR, with what the kernel said
 *
 * Returns: whether the kernel has done it
 */
gboolean
nt_netlink_request (NtNetlink *self, NtNetlinkMessage *message, GError **error)
{
  Exchange exchange = { 0 };

  nlmsg_hdr (message)->nlmsg_flags |= NLM_F_REQUEST | NLM_F_ACK;
  return exchange_once (self, message, &exchange, error);
}

/**
 * nt_netlink_query:
 * @self: a socket
 * @message: what to ask for, with NLM_F_DUMP for all of a kind
 * @func: called with each answer; with NULL when a dump was cut short: what came so far does not count
 * @user_data: for @func
 * @error: NT_KERNEL_ERROR
 *
 * Returns: whether the answer is whole
 */
gboolean
nt_netlink_query (NtNetlink *self, NtNetlinkMessage *message, NtNetlinkFunc func, gpointer user_data, GError **error)
{
  gboolean is_dump = (nlmsg_hdr (message)->nlmsg_flags & NLM_F_DUMP) == NLM_F_DUMP;

  nlmsg_hdr (message)->nlmsg_flags |= NLM_F_REQUEST | (is_dump ? 0 : NLM_F_ACK);
  for (int i = 0; i < DUMP_TRIES; i++)
    {
      Exchange exchange = { func, user_data };

      if (!exchange_once (self, message, &exchange, error))
        return FALSE;
      if (!exchange.interrupted)
        return TRUE;
      func (NULL, user_data);
    }
  return fail (error, EINTR, "The links change too fast to be read");
}

/**
 * nt_netlink_listen:
 * @self: a socket, from now on only for events
 * @groups: (array length=n_groups): RTNLGRP_*
 * @n_groups: how many
 * @error: NT_KERNEL_ERROR
 *
 * Returns: whether events will come
 */
gboolean
nt_netlink_listen (NtNetlink *self, const guint *groups, guint n_groups, GError **error)
{
  int fd = nl_socket_get_fd (self->socket);
  int size = EVENT_BUFFER_BYTES;

  for (guint i = 0; i < n_groups; i++)
    if (nl_socket_add_membership (self->socket, (int) groups[i]) < 0)
      return fail (error, errno, NULL);
  if (setsockopt (fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof size) < 0)
    setsockopt (fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
  return TRUE;
}

/* A host can have a million routes that come and go; of those only the default ones are awaited. */
static gboolean
leave_out_other_routes (NtNetlink *self)
{
  /* The program loads in the network's order what the kernel has written in the machine's. */
  struct sock_filter program[] = {
    BPF_STMT (BPF_LD | BPF_H | BPF_ABS, G_STRUCT_OFFSET (struct nlmsghdr, nlmsg_type)),
    BPF_JUMP (BPF_JMP | BPF_JEQ | BPF_K, GUINT16_TO_BE (RTM_NEWROUTE), 1, 0),
    BPF_JUMP (BPF_JMP | BPF_JEQ | BPF_K, GUINT16_TO_BE (RTM_DELROUTE), 0, 2),
    BPF_STMT (BPF_LD | BPF_B | BPF_ABS, NLMSG_HDRLEN + G_STRUCT_OFFSET (struct rtmsg, rtm_dst_len)),
    BPF_JUMP (BPF_JMP | BPF_JEQ | BPF_K, 0, 0, 1),
    BPF_STMT (BPF_RET | BPF_K, G_MAXUINT32),
    BPF_STMT (BPF_RET | BPF_K, 0),
  };
  struct sock_fprog filter = { G_N_ELEMENTS (program), program };

  return setsockopt (nt_netlink_get_fd (self), SOL_SOCKET, SO_ATTACH_FILTER, &filter, sizeof filter) == 0;
}

/**
 * nt_netlink_listen_to_default_routes:
 * @self: a socket that listens
 * @error: NT_KERNEL_ERROR
 *
 * Returns: whether events of default routes will come as well
 */
gboolean
nt_netlink_listen_to_default_routes (NtNetlink *self, GError **error)
{
  static const guint groups[] = { RTNLGRP_IPV4_ROUTE, RTNLGRP_IPV6_ROUTE };

  if (!leave_out_other_routes (self))
    return fail (error, errno, NULL);
  return nt_netlink_listen (self, groups, G_N_ELEMENTS (groups), error);
}

guint32
nt_netlink_get_port (NtNetlink *self)
{
  return nl_socket_get_local_port (self->socket);
}

int
nt_netlink_get_fd (NtNetlink *self)
{
  return nl_socket_get_fd (self->socket);
}

/**
 * nt_netlink_drain:
 * @self: a socket that listens
 * @func: (nullable): called with the beginning of each event
 * @user_data: for @func
 *
 * Takes all events that have come: what is there is read anew, whole. So events that the kernel had to drop (ENOBUFS) are
 * no loss.
 *
 * Returns: whether there were any
 */
gboolean
nt_netlink_drain (NtNetlink *self, NtNetlinkEventFunc func, gpointer user_data)
{
  union
  {
    struct nlmsghdr header;
    char bytes[EVENT_BEGINNING_BYTES];
  } event;
  gboolean any = FALSE;

  for (;;)
    {
      gssize size = recv (nt_netlink_get_fd (self), &event, sizeof event, MSG_DONTWAIT | MSG_TRUNC);

      if (size < 0 && errno == ENOBUFS)
        g_debug ("the kernel dropped events");
      else if (size < 0 && errno != EINTR)
        return any;
      else if (func != NULL && size >= (gssize) sizeof event.header)
        func (&event.header, MIN ((gsize) size, sizeof event), user_data);
      any = TRUE;
    }
}

static void
take_family_id (const struct nlmsghdr *message, gpointer user_data)
{
  const struct nlattr *id = message ? nlmsg_find_attr ((struct nlmsghdr *) message, GENL_HDRLEN, CTRL_ATTR_FAMILY_ID) : NULL;

  if (id != NULL)
    *(int *) user_data = nla_get_u16 (id);
}

/**
 * nt_netlink_resolve_family:
 * @self: a socket of NETLINK_GENERIC
 * @name: the name of a family: "ethtool"
 *
 * Returns: its number, or 0 if this kernel does not have it
 */
int
nt_netlink_resolve_family (NtNetlink *self, const char *name)
{
  g_autoptr (NtNetlinkMessage) message = nlmsg_alloc_simple (GENL_ID_CTRL, NLM_F_REQUEST);
  struct genlmsghdr header = { .cmd = CTRL_CMD_GETFAMILY, .version = 1 };
  int id = 0;

  nlmsg_append (message, &header, sizeof header, NLMSG_ALIGNTO);
  nla_put_string (message, CTRL_ATTR_FAMILY_NAME, name);
  if (!nt_netlink_query (self, message, take_family_id, &id, NULL))
    return 0;
  return id;
}
