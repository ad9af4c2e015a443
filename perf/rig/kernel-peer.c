// SPDX-License-Identifier: Apache-2.0
/*
 * A peer on the Linux kernel's SCTP, straight over IP (--udp-local 0) or over UDP (RFC 6951), for interop tests.
 *
 *   gcc -O2 -o kernel-peer kernel-peer.c -lpthread        (Debian: gcc libc6-dev)
 *
 * The head of peer-main.h says how it is used. The kernel's own UDP port is a setting of its network namespace: for
 * --udp-local 9899, net.sctp.udp_port must be 9899.
 */
#include <stdint.h>
#include <sys/socket.h>

#include <linux/sctp.h>

#include "peer-main.h"

static int association = -1;

static void set(int s, int level, int name, const void *value, size_t length, const char *what) {
    if (setsockopt(s, level, name, value, (socklen_t) length) < 0) {
        fail(what);
    }
}

static void quick(int s) {
    const struct sctp_rtoinfo rto = {.srto_initial = 100, .srto_max = 200, .srto_min = 50};
    const struct sctp_assocparams limits = {.sasoc_asocmaxrxt = (uint16_t) opt.association_retrans};
    const struct sctp_sack_info sack = {.sack_delay = 10};
    struct sctp_paddrparams path = {.spp_hbinterval = 200, .spp_pathmaxrxt = 2, .spp_flags = SPP_HB_ENABLE};
    path.spp_address.ss_family = AF_INET;
    set(s, IPPROTO_SCTP, SCTP_RTOINFO, &rto, sizeof rto, "RTO");
    set(s, IPPROTO_SCTP, SCTP_ASSOCINFO, &limits, sizeof limits, "Association.Max.Retrans");
    set(s, IPPROTO_SCTP, SCTP_PEER_ADDR_PARAMS, &path, sizeof path, "Path.Max.Retrans");
    set(s, IPPROTO_SCTP, SCTP_DELAYED_SACK, &sack, sizeof sack, "SACK delay");
}

static int new_socket(void) {
    const int s = socket(AF_INET, SOCK_STREAM, IPPROTO_SCTP);
    if (s < 0) {
        fail("socket");
    }
    const int on = 1;
    const struct sctp_initmsg init = {.sinit_num_ostreams = (uint16_t) opt.streams, .sinit_max_instreams = 4096,
        .sinit_max_attempts = 8, .sinit_max_init_timeo = opt.quick ? 200 : 60000};
    const uint16_t wanted[] = {SCTP_ASSOC_CHANGE, SCTP_PEER_ADDR_CHANGE};
    // an association of an earlier run may still be saying goodbye from this port, to an end that has gone
    set(s, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on, "reuse of the port");
    set(s, SOL_SOCKET, SO_RCVBUF, &opt.buffer, sizeof opt.buffer, "receive buffer");
    set(s, SOL_SOCKET, SO_SNDBUF, &opt.buffer, sizeof opt.buffer, "send buffer");
    set(s, IPPROTO_SCTP, SCTP_INITMSG, &init, sizeof init, "streams");
    set(s, IPPROTO_SCTP, SCTP_RECVRCVINFO, &on, sizeof on, "receive information");
    set(s, IPPROTO_SCTP, SCTP_NODELAY, &opt.nodelay, sizeof opt.nodelay, "nodelay");
    for (size_t i = 0; i < COUNT(wanted); i++) {
        const struct sctp_event event = {.se_assoc_id = SCTP_FUTURE_ASSOC, .se_type = wanted[i], .se_on = 1};
        set(s, IPPROTO_SCTP, SCTP_EVENT, &event, sizeof event, "events");
    }
    if (opt.quick) {
        quick(s);
    }
    set(s, IPPROTO_SCTP, SCTP_SOCKOPT_BINDX_ADD, opt.local, (size_t) opt.locals * sizeof *opt.local, "bind");
    return s;
}

static void establish(void) {
    const int s = new_socket();
    if (opt.listener) {
        if (listen(s, 1) < 0) {
            fail("listen");
        }
        puts("ready");
        if ((association = accept(s, NULL, NULL)) < 0) {
            fail("accept");
        }
        close(s);
        return;
    }
    struct sctp_udpencaps encaps = {.sue_port = htons(opt.udp_local == 0 ? 0 : opt.udp_remote)};
    encaps.sue_address.ss_family = AF_INET;
    set(s, IPPROTO_SCTP, SCTP_REMOTE_UDP_ENCAPS_PORT, &encaps, sizeof encaps, "UDP encapsulation");
    set(s, IPPROTO_SCTP, SCTP_SOCKOPT_CONNECTX, opt.remote, (size_t) opt.remotes * sizeof *opt.remote, "connect");
    association = s;
}

static int sctp_send(const struct sctp_sndinfo *info, const void *payload, size_t length) {
    union {
        struct cmsghdr header;
        char space[CMSG_SPACE(sizeof *info)];
    } control = {.header = {.cmsg_len = CMSG_LEN(sizeof *info), .cmsg_level = IPPROTO_SCTP, .cmsg_type = SCTP_SNDINFO}};
    memcpy(CMSG_DATA(&control.header), info, sizeof *info);
    struct iovec data = {.iov_base = (void *) payload, .iov_len = length};
    const struct msghdr m = {.msg_iov = &data, .msg_iovlen = 1, .msg_control = &control,
        .msg_controllen = sizeof control};
    return sendmsg(association, &m, MSG_NOSIGNAL) < 0 ? -1 : 0;
}

static ssize_t sctp_receive(void *buffer, size_t size, struct sctp_rcvinfo *info, int *flags) {
    char control[CMSG_SPACE(sizeof *info) + 64];
    struct iovec data = {.iov_base = buffer, .iov_len = size};
    struct msghdr m = {.msg_iov = &data, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control};
    const ssize_t n = recvmsg(association, &m, 0);
    *flags = m.msg_flags;
    for (struct cmsghdr *c = n > 0 ? CMSG_FIRSTHDR(&m) : NULL; c != NULL; c = CMSG_NXTHDR(&m, c)) {
        if (c->cmsg_level == IPPROTO_SCTP && c->cmsg_type == SCTP_RCVINFO) {
            memcpy(info, CMSG_DATA(c), sizeof *info);
        }
    }
    return n;
}

static void sctp_shut_down(void) {
    shutdown(association, SHUT_WR);
}
