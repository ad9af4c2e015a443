// SPDX-License-Identifier: Apache-2.0
/*
 * A peer on usrsctp, the user-space SCTP of FreeBSD's authors, over UDP (RFC 6951), for interop tests and benchmarks.
 *
 *   gcc -O2 -o usrsctp-peer usrsctp-peer.c -lusrsctp -lpthread        (Debian: gcc libc6-dev libusrsctp-dev)
 *
 * The head of peer-main.h says how it is used. usrsctp binds its UDP port on all addresses and leaves the source
 * address to the kernel: over loopback that is 127.0.0.1, so --local is nothing else there. One-way throughput:
 *
 *   usrsctp-peer listen sink --udp-local 19001 --messages 500000 --length 128
 *   usrsctp-peer connect source --udp-local 19002 --udp-remote 19001 --remote 127.0.0.1 --messages 500000 --length 128
 */
#include <usrsctp.h>

#include "peer-main.h"

static struct socket *association;

static void library(void) {
    usrsctp_init(opt.udp_local, NULL, NULL);
#ifdef SCTP_DEBUG
    usrsctp_sysctl_set_sctp_debug_on(SCTP_DEBUG_NONE);
#endif
    // on loopback as on any other interface: tshark looks at the packets, and wants a checksum
    usrsctp_sysctl_set_sctp_no_csum_on_loopback(0);
    if (opt.quick) {
        usrsctp_sysctl_set_sctp_rto_min_default(50);
        usrsctp_sysctl_set_sctp_rto_initial_default(100);
        usrsctp_sysctl_set_sctp_init_rto_max_default(200);
        usrsctp_sysctl_set_sctp_rto_max_default(200);
        usrsctp_sysctl_set_sctp_delayed_sack_time_default(10);
        usrsctp_sysctl_set_sctp_heartbeat_interval_default(200);
        usrsctp_sysctl_set_sctp_path_rtx_max_default(2);
        usrsctp_sysctl_set_sctp_assoc_rtx_max_default((uint32_t) opt.association_retrans);
    }
}

static void set(struct socket *s, int level, int name, const void *value, socklen_t length, const char *what) {
    if (usrsctp_setsockopt(s, level, name, value, length) < 0) {
        fail(what);
    }
}

static struct socket *new_socket(void) {
    struct socket *s = usrsctp_socket(AF_INET, SOCK_STREAM, IPPROTO_SCTP, NULL, NULL, 0, NULL);
    if (s == NULL) {
        fail("socket");
    }
    const int on = 1;
    const struct sctp_initmsg init = {.sinit_num_ostreams = (uint16_t) opt.streams, .sinit_max_instreams = 4096};
    const uint16_t wanted[] = {SCTP_ASSOC_CHANGE, SCTP_PEER_ADDR_CHANGE};
    set(s, SOL_SOCKET, SO_RCVBUF, &opt.buffer, sizeof opt.buffer, "receive buffer");
    set(s, SOL_SOCKET, SO_SNDBUF, &opt.buffer, sizeof opt.buffer, "send buffer");
    set(s, IPPROTO_SCTP, SCTP_INITMSG, &init, sizeof init, "streams");
    set(s, IPPROTO_SCTP, SCTP_RECVRCVINFO, &on, sizeof on, "receive information");
    set(s, IPPROTO_SCTP, SCTP_NODELAY, &opt.nodelay, sizeof opt.nodelay, "nodelay");
    for (size_t i = 0; i < COUNT(wanted); i++) {
        const struct sctp_event event = {.se_assoc_id = SCTP_FUTURE_ASSOC, .se_type = wanted[i], .se_on = 1};
        set(s, IPPROTO_SCTP, SCTP_EVENT, &event, sizeof event, "events");
    }
    if (usrsctp_bindx(s, (struct sockaddr *) opt.local, opt.locals, SCTP_BINDX_ADD_ADDR) < 0) {
        fail("bind");
    }
    return s;
}

static void establish(void) {
    library();
    struct socket *s = new_socket();
    if (opt.listener) {
        if (usrsctp_listen(s, 1) < 0) {
            fail("listen");
        }
        puts("ready");
        if ((association = usrsctp_accept(s, NULL, NULL)) == NULL) {
            fail("accept");
        }
        usrsctp_close(s);
        return;
    }
    struct sctp_udpencaps encaps = {.sue_port = htons(opt.udp_remote)};
    encaps.sue_address.ss_family = AF_INET;
    set(s, IPPROTO_SCTP, SCTP_REMOTE_UDP_ENCAPS_PORT, &encaps, sizeof encaps, "UDP encapsulation");
    if (usrsctp_connectx(s, (struct sockaddr *) opt.remote, opt.remotes, NULL) < 0) {
        fail("connect");
    }
    association = s;
}

static int sctp_send(const struct sctp_sndinfo *info, const void *payload, size_t length) {
    return usrsctp_sendv(association, payload, length, NULL, 0, (void *) info, sizeof *info, SCTP_SENDV_SNDINFO, 0)
        < 0 ? -1 : 0;
}

static ssize_t sctp_receive(void *buffer, size_t size, struct sctp_rcvinfo *info, int *flags) {
    socklen_t length = sizeof *info;
    unsigned int type;
    return usrsctp_recvv(association, buffer, size, NULL, NULL, info, &length, &type, flags);
}

static void sctp_shut_down(void) {
    usrsctp_shutdown(association, SHUT_WR);
}
