// SPDX-License-Identifier: Apache-2.0
/*
 * A peer on usrsctp, the user-space SCTP of FreeBSD's authors, over UDP (RFC 6951), for interop tests and benchmarks.
 *
 *   gcc -O2 -o usrsctp-peer usrsctp-peer.c -lusrsctp -lpthread        (Debian: gcc libc6-dev libusrsctp-dev)
 *
 *   usrsctp-peer listen|connect sink|source|both|echo [OPTION VALUE]...
 *
 *   sink        receives, and judges every message against the pattern of peer-pattern.h
 *   source      sends --messages messages, then shuts down
 *   both        sends --messages messages and receives as many at the same time; who connected shuts down
 *   echo        returns each message on its stream, with its order flag and payload protocol identifier
 *
 *   --local A         own IPv4 address; more than once for multi-homing. Default 127.0.0.1. Over loopback the source
 *                     address is the kernel's choice, so only 127.0.0.1 works there
 *   --remote A        the peer's IPv4 address; more than once for multi-homing. Needed to connect
 *   --port P          SCTP port of the listening side, default 5001
 *   --udp-local P     own UDP port, bound on all addresses, default 9899
 *   --udp-remote P    the peer's UDP port, to connect only: a listener learns it. Default 9899
 *   --messages N      default 100000
 *   --length L        all messages ordered on stream 0 with L octets and not judged: one-way throughput in the manner
 *                     of usrsctp's own tsctp. Default 0: the mixed pattern
 *   --streams S       of the mixed pattern, default 8
 *   --nodelay 1       sends at once (SCTP_NODELAY), default 0: Nagle, as tsctp
 *   --buffer OCTETS   send and receive buffer, default 1 MiB
 *   --quick 1         timers of a network one owns: RTO 50 to 200 ms, heartbeat 200 ms, Path.Max.Retrans 2,
 *                     Association.Max.Retrans 6. Default 0: those of RFC 9260
 *
 * Standard output: "ready" when listening, "up" when the association is there, then "path ADDRESS STATE" as paths
 * change, and at the end one line of key=value pairs, beginning with "usrsctp-peer":
 *   sent, sent_octets, received, received_octets; send_seconds (first send until all was acknowledged, or at least
 *   handed to the association if it is not this side that shuts down) and receive_seconds (first to last message);
 *   send_rate and receive_rate in messages per second; wrong, out_of_order, doubled: what was wrong with what was
 *   received; end=shutdown|lost|failed.
 * Exit status: 0 after an orderly shutdown without a wrong message, 1 otherwise, 2 for wrong usage.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <unistd.h>
#include <usrsctp.h>

#include "peer-pattern.h"

#define MOST_ADDRESSES 8

enum mode { SINK, SOURCE, BOTH, ECHO };

static struct {
    int listener;
    enum mode mode;
    struct sockaddr_in local[MOST_ADDRESSES], remote[MOST_ADDRESSES];
    int locals, remotes;
    uint16_t port, udp_local, udp_remote;
    uint32_t messages, length, streams;
    int nodelay, quick, buffer;
} opt = {.port = 5001, .udp_local = 9899, .udp_remote = 9899, .messages = 100000, .streams = 8, .buffer = 1 << 20};

static struct socket *association;
static struct verdict verdict;
static _Atomic uint64_t sent, sent_octets;
static double send_begun, send_ended, receive_begun, receive_ended;
static const char *end_cause = "lost";

static void fail(const char *what) {
    fprintf(stderr, "usrsctp-peer: %s: %s\n", what, strerror(errno));
    exit(1);
}

static void usage(const char *what) {
    fprintf(stderr, "usrsctp-peer: %s; the head of usrsctp-peer.c says how it is used\n", what);
    exit(2);
}

static void address(const char *text, struct sockaddr_in *list, int *count) {
    struct sockaddr_in *a = &list[*count];
    if (*count == MOST_ADDRESSES || inet_pton(AF_INET, text, &a->sin_addr) != 1) {
        usage("not an IPv4 address, or too many");
    }
    a->sin_family = AF_INET;
    (*count)++;
}

static void read_options(int argc, char **argv) {
    if (argc < 3) {
        usage("role and mode are needed");
    }
    opt.listener = strcmp(argv[1], "listen") == 0;
    if (!opt.listener && strcmp(argv[1], "connect") != 0) {
        usage("the role is listen or connect");
    }
    static const char *const modes[] = {"sink", "source", "both", "echo"};
    for (opt.mode = SINK; opt.mode <= ECHO && strcmp(argv[2], modes[opt.mode]) != 0; opt.mode++) {
    }
    if (opt.mode > ECHO) {
        usage("the mode is sink, source, both or echo");
    }
    for (int i = 3; i < argc; i += 2) {
        const char *name = argv[i], *value = i + 1 < argc ? argv[i + 1] : NULL;
        if (value == NULL) {
            usage("an option without its value");
        }
        const unsigned long n = strtoul(value, NULL, 10);
        if (strcmp(name, "--local") == 0) {
            address(value, opt.local, &opt.locals);
        } else if (strcmp(name, "--remote") == 0) {
            address(value, opt.remote, &opt.remotes);
        } else if (strcmp(name, "--port") == 0) {
            opt.port = (uint16_t) n;
        } else if (strcmp(name, "--udp-local") == 0) {
            opt.udp_local = (uint16_t) n;
        } else if (strcmp(name, "--udp-remote") == 0) {
            opt.udp_remote = (uint16_t) n;
        } else if (strcmp(name, "--messages") == 0) {
            opt.messages = (uint32_t) n;
        } else if (strcmp(name, "--length") == 0) {
            opt.length = (uint32_t) n;
        } else if (strcmp(name, "--streams") == 0) {
            opt.streams = (uint32_t) n;
        } else if (strcmp(name, "--nodelay") == 0) {
            opt.nodelay = (int) n;
        } else if (strcmp(name, "--buffer") == 0) {
            opt.buffer = (int) n;
        } else if (strcmp(name, "--quick") == 0) {
            opt.quick = (int) n;
        } else {
            usage(name);
        }
    }
    if (opt.locals == 0) {
        address("127.0.0.1", opt.local, &opt.locals);
    }
    if (!opt.listener && opt.remotes == 0) {
        usage("to connect, --remote is needed");
    }
    if (opt.streams < 1 || opt.streams > MOST_STREAMS || opt.length > LONGEST || opt.buffer < LONGEST) {
        usage("streams are 1 to 1024, lengths up to 65536, the buffer at least 65536");
    }
}

static void library(void) {
    usrsctp_init(opt.udp_local, NULL, NULL);
#ifdef SCTP_DEBUG
    usrsctp_sysctl_set_sctp_debug_on(SCTP_DEBUG_NONE);
#endif
    // on loopback as on any other interface: its packets are looked at by tshark, which wants a checksum
    usrsctp_sysctl_set_sctp_no_csum_on_loopback(0);
    // nobody here is behind a blackhole; an ABORT is what the other side is to see
    usrsctp_sysctl_set_sctp_blackhole(0);
    if (opt.quick) {
        usrsctp_sysctl_set_sctp_rto_min_default(50);
        usrsctp_sysctl_set_sctp_rto_initial_default(100);
        usrsctp_sysctl_set_sctp_init_rto_max_default(200);
        usrsctp_sysctl_set_sctp_rto_max_default(200);
        usrsctp_sysctl_set_sctp_delayed_sack_time_default(10);
        usrsctp_sysctl_set_sctp_heartbeat_interval_default(200);
        usrsctp_sysctl_set_sctp_path_rtx_max_default(2);
        usrsctp_sysctl_set_sctp_assoc_rtx_max_default(6);
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
    set(s, SOL_SOCKET, SO_RCVBUF, &opt.buffer, sizeof opt.buffer, "receive buffer");
    set(s, SOL_SOCKET, SO_SNDBUF, &opt.buffer, sizeof opt.buffer, "send buffer");
    set(s, IPPROTO_SCTP, SCTP_INITMSG, &init, sizeof init, "streams");
    set(s, IPPROTO_SCTP, SCTP_RECVRCVINFO, &on, sizeof on, "receive information");
    set(s, IPPROTO_SCTP, SCTP_NODELAY, &opt.nodelay, sizeof opt.nodelay, "nodelay");
    const uint16_t wanted[] = {SCTP_ASSOC_CHANGE, SCTP_PEER_ADDR_CHANGE};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        const struct sctp_event event = {.se_assoc_id = SCTP_FUTURE_ASSOC, .se_type = wanted[i], .se_on = 1};
        set(s, IPPROTO_SCTP, SCTP_EVENT, &event, sizeof event, "events");
    }
    for (int i = 0; i < opt.locals; i++) {
        opt.local[i].sin_port = htons(opt.listener ? opt.port : 0);
    }
    if (opt.locals == 1 ? usrsctp_bind(s, (struct sockaddr *) opt.local, sizeof *opt.local) < 0
        : usrsctp_bindx(s, (struct sockaddr *) opt.local, opt.locals, SCTP_BINDX_ADD_ADDR) < 0) {
        fail("bind");
    }
    return s;
}

static void establish(void) {
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
        puts("up");
        return;
    }
    struct sctp_udpencaps encaps = {.sue_port = htons(opt.udp_remote)};
    encaps.sue_address.ss_family = AF_INET;
    set(s, IPPROTO_SCTP, SCTP_REMOTE_UDP_ENCAPS_PORT, &encaps, sizeof encaps, "UDP encapsulation");
    for (int i = 0; i < opt.remotes; i++) {
        opt.remote[i].sin_port = htons(opt.port);
    }
    if (usrsctp_connectx(s, (struct sockaddr *) opt.remote, opt.remotes, NULL) < 0) {
        fail("connect");
    }
    association = s;
    puts("up");
}

static int send_one(uint32_t stream, uint32_t ppid, int unordered, const void *payload, size_t length) {
    struct sctp_sndinfo info = {.snd_sid = (uint16_t) stream, .snd_ppid = htonl(ppid),
        .snd_flags = unordered ? SCTP_UNORDERED : 0};
    if (usrsctp_sendv(association, payload, length, NULL, 0, &info, sizeof info, SCTP_SENDV_SNDINFO, 0) < 0) {
        return -1;
    }
    sent++;
    sent_octets += length;
    return 0;
}

static void *source(void *unused) {
    send_begun = now();
    for (uint32_t i = 0; i < opt.messages; i++) {
        const struct message m = message_of(i, opt.listener, opt.streams);
        if (opt.length > 0 ? send_one(0, 0, 0, noise, opt.length)
            : send_one(m.stream, i, m.unordered, noise + m.offset, m.length)) {
            break;
        }
    }
    send_ended = now();
    return unused;
}

static void on_path(const struct sctp_paddr_change *change) {
    static const char *const states[] = {"?", "available", "unreachable", "removed", "added", "primary", "confirmed"};
    char text[INET_ADDRSTRLEN] = "?";
    if (change->spc_aaddr.ss_family == AF_INET) {
        inet_ntop(AF_INET, &((const struct sockaddr_in *) &change->spc_aaddr)->sin_addr, text, sizeof text);
    }
    printf("path %s %s\n", text, states[change->spc_state < 7 ? change->spc_state : 0]);
}

/* Returns 1 if this ends the association. */
static int on_notification(const union sctp_notification *n) {
    if (n->sn_header.sn_type == SCTP_PEER_ADDR_CHANGE) {
        on_path(&n->sn_paddr_change);
    }
    if (n->sn_header.sn_type != SCTP_ASSOC_CHANGE || n->sn_assoc_change.sac_state == SCTP_COMM_UP) {
        return 0;
    }
    end_cause = n->sn_assoc_change.sac_state == SCTP_SHUTDOWN_COMP ? "shutdown"
        : n->sn_assoc_change.sac_state == SCTP_CANT_STR_ASSOC ? "failed" : "lost";
    return n->sn_assoc_change.sac_state != SCTP_RESTART;
}

static void on_message(const struct sctp_rcvinfo *info, const uint8_t *payload, size_t length) {
    const int unordered = (info->rcv_flags & SCTP_UNORDERED) != 0;
    const uint32_t ppid = ntohl(info->rcv_ppid);
    if (opt.mode == ECHO) {
        verdict.messages++;
        verdict.octets += length;
        send_one(info->rcv_sid, ppid, unordered, payload, length);
    } else if (opt.length > 0) {
        verdict.messages++;
        verdict.octets += length;
        verdict.wrong += length != opt.length;
    } else {
        judge(&verdict, !opt.listener, opt.streams, ppid, info->rcv_sid, unordered, payload, length);
    }
}

/* Reads until the association ends. */
static void receive(void) {
    static uint8_t buffer[4 * LONGEST];
    size_t held = 0;
    for (;;) {
        struct sctp_rcvinfo info;
        socklen_t info_length = sizeof info;
        unsigned int info_type;
        int flags = 0;
        const ssize_t n = usrsctp_recvv(association, buffer + held, sizeof buffer - held, NULL, NULL, &info,
            &info_length, &info_type, &flags);
        if (n <= 0) {
            return;
        }
        held += (size_t) n;
        if (!(flags & MSG_EOR)) {
            if (held == sizeof buffer) {
                verdict.wrong++;
                held = 0;
            }
            continue;
        }
        if (flags & MSG_NOTIFICATION) {
            if (on_notification((const union sctp_notification *) buffer)) {
                return;
            }
        } else {
            if (verdict.messages == 0) {
                receive_begun = now();
            }
            on_message(&info, buffer, held);
            // a clock reading per message would be a cost that no other program of this kind has
            if ((verdict.messages & 255) == 0 || verdict.messages >= opt.messages) {
                receive_ended = now();
            }
            if (opt.mode == BOTH && !opt.listener && verdict.messages == opt.messages && sent == opt.messages) {
                usrsctp_shutdown(association, SHUT_WR);
            }
        }
        held = 0;
    }
}

static double rate(uint64_t messages, double seconds) {
    return seconds > 0 ? (double) messages / seconds : 0;
}

int main(int argc, char **argv) {
    setvbuf(stdout, NULL, _IOLBF, 0);
    read_options(argc, argv);
    make_noise();
    verdict_init(&verdict, opt.messages);
    library();
    establish();
    pthread_t sender;
    const int sends = opt.mode == SOURCE || opt.mode == BOTH;
    if (opt.mode == SOURCE) {
        source(NULL);
        usrsctp_shutdown(association, SHUT_WR);
    } else if (opt.mode == BOTH && pthread_create(&sender, NULL, source, NULL) != 0) {
        fail("thread");
    }
    receive();
    if (opt.mode == SOURCE) {
        send_ended = now();
    } else if (opt.mode == BOTH) {
        pthread_join(sender, NULL);
    }
    const double sending = sends ? send_ended - send_begun : 0, receiving = receive_ended - receive_begun;
    printf("usrsctp-peer sent=%" PRIu64 " sent_octets=%" PRIu64 " received=%" PRIu64 " received_octets=%" PRIu64
        " send_seconds=%.6f receive_seconds=%.6f send_rate=%.0f receive_rate=%.0f wrong=%" PRIu64
        " out_of_order=%" PRIu64 " doubled=%" PRIu64 " end=%s\n", sent, sent_octets, verdict.messages, verdict.octets,
        sending, receiving, rate(sent, sending), rate(verdict.messages, receiving), verdict.wrong,
        verdict.out_of_order, verdict.doubled, end_cause);
    fflush(stdout);
    // usrsctp_finish waits for timers of associations that are gone; the process's end needs none of them
    _exit(strcmp(end_cause, "shutdown") == 0 && verdict.wrong + verdict.out_of_order + verdict.doubled == 0 ? 0 : 1);
}
