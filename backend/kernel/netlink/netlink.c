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

/* A burst of events, of about 1.5 kB each, overflows the default buffer after 90 events. */
#define EVENT_BUFFER_BYTES (4 * 1024 * 1024)
/* Long enough to identify the link of an event. */
#define EVENT_BEGINNING_BYTES 128

/* If links change during a dump, it is inconsistent and has to be repeated. */
#define DUMP_TRIES 5

struct _NtNetlink
{
  struct nl_sock *socket;
  struct nl_cb *callbacks;
};

/* A request in progress. */
typedef struct
{
  NtNetlinkFunc func;
  gpointer user_data;
  gboolean done;
  gboolean interrupted;
  int error; /* errno */
  char *words;
} Exchange;

/* Returns the kernel's error message: Documentation/userspace-api/netlink/intro.rst, "Extended ACK". */
static char *
find_kernel_message (const struct nlmsgerr *refusal)
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
  exchange->words = find_kernel_message (refusal);
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

/* Older kernels lack some options, which are not essential. */
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
 * @error: NT_KERNEL_ERROR, with the error message of the kernel
 *
 * Returns: %TRUE on success
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
 * @message: a request, with NLM_F_DUMP for all objects of a kind
 * @func: called for each reply; called with NULL if a dump was interrupted, upon which the replies so far must be
 *   discarded
 * @error: NT_KERNEL_ERROR
 *
 * Returns: %TRUE if the reply is complete
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
  return fail (error, EINTR, "The links change too quickly to be read");
}

/**
 * nt_netlink_listen:
 * @self: a socket that is used for events only from now on
 * @groups: (array length=n_groups): RTNLGRP_*
 * @error: NT_KERNEL_ERROR
 *
 * Returns: %TRUE on success
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

/* A host can have a million routes that change all the time, so only events of default routes are received. */
static gboolean
filter_other_routes (NtNetlink *self)
{
  /* The filter program reads in network byte order, while the kernel writes in host byte order. */
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
 * Returns: %TRUE on success
 */
gboolean
nt_netlink_listen_to_default_routes (NtNetlink *self, GError **error)
{
  static const guint groups[] = { RTNLGRP_IPV4_ROUTE, RTNLGRP_IPV6_ROUTE };

  if (!filter_other_routes (self))
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
 *
 * Receives all pending events. As the caller then reads the complete state again, events that the kernel had to drop
 * (ENOBUFS) do no harm.
 *
 * Returns: %TRUE if there were any events
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
 * @self: a NETLINK_GENERIC socket
 * @name: the name of a family: "ethtool"
 *
 * Returns: the number of the family; 0 if this kernel does not have it
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
