// SPDX-License-Identifier: Apache-2.0
/*
 * What the interop peers have in common, whatever SCTP they stand on: options, the messages, the report. A peer defines
 * the functions declared below and includes this file after the header of its SCTP.
 *
 *   PEER listen|connect sink|source|both|echo [OPTION VALUE]...
 *
 *   sink        receives, and judges every message against the pattern of peer-pattern.h
 *   source      sends --messages messages, then shuts down
 *   both        sends --messages messages and receives as many at the same time; who connected shuts down
 *   echo        returns each message on its stream, with its order flag and payload protocol identifier
 *
 *   --local A         own IPv4 address; more than once for multi-homing. Default 127.0.0.1
 *   --remote A        the peer's IPv4 address; more than once for multi-homing. Needed to connect
 *   --port P          SCTP port of the listening side, default 5001
 *   --source-port P   own SCTP port, to connect only. Default 0: any
 *   --udp-local P     own UDP port of RFC 6951, default 9899; 0: SCTP straight over IP, where that is possible
 *   --udp-remote P    the peer's UDP port, to connect only: a listener learns it. Default 9899
 *   --messages N      default 100000
 *   --length L        all messages ordered on stream 0 with L octets and not judged: one-way throughput in the manner
 *                     of usrsctp's own tsctp. Default 0: the mixed pattern
 *   --streams S       of the mixed pattern, default 8
 *   --nodelay 1       sends at once (SCTP_NODELAY), default 0: Nagle, as tsctp
 *   --buffer OCTETS   send and receive buffer, default 1 MiB
 *   --quick 1         timers of a network one owns: RTO 50 to 200 ms, heartbeat 200 ms, Path.Max.Retrans 2,
 *                     Association.Max.Retrans 6. Default 0: those of RFC 9260
 *   --association-retrans N   with --quick: another Association.Max.Retrans
 *   --report N        prints "received K" after every N messages, default 0: never
 *
 * Standard output: "ready" when listening, "up" when the association is there, then "path ADDRESS STATE" as paths
 * change, and at the end one line "summary" of key=value pairs:
 *   sent, sent_octets, received, received_octets; send_seconds (first send until all was acknowledged, or at least
 *   handed to the association if it is not this side that shuts down) and receive_seconds (first to last message);
 *   send_rate and receive_rate in messages per second; wrong, out_of_order, doubled: what was wrong with what was
 *   received; end=shutdown|lost|failed.
 * Exit status: 0 after an orderly shutdown without a wrong message, 1 otherwise, 2 for wrong usage.
 */
#ifndef PEER_MAIN_H
#define PEER_MAIN_H

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

#include "peer-pattern.h"

#define MOST_ADDRESSES 8
#define COUNT(array) (sizeof (array) / sizeof *(array))

enum mode { SINK, SOURCE, BOTH, ECHO };

static struct {
    int listener;
    enum mode mode;
    struct sockaddr_in local[MOST_ADDRESSES], remote[MOST_ADDRESSES];
    int locals, remotes;
    uint16_t port, source_port, udp_local, udp_remote;
    uint32_t messages, length, streams, report;
    int nodelay, quick, association_retrans, buffer;
} opt = {.port = 5001, .udp_local = 9899, .udp_remote = 9899, .messages = 100000, .streams = 8, .buffer = 1 << 20,
    .association_retrans = 6};

/* The SCTP underneath: an association is there when establish() returns. */
static void establish(void);
/* Blocks while the send buffer is full; -1 if the association is gone. info is in host order. */
static int sctp_send(const struct sctp_sndinfo *info, const void *payload, size_t length);
/* One piece of a message or notification, as recvmsg; 0 or less at the end. */
static ssize_t sctp_receive(void *buffer, size_t size, struct sctp_rcvinfo *info, int *flags);
static void sctp_shut_down(void);

static struct verdict verdict;
static _Atomic uint64_t sent, sent_octets;
static double send_begun, send_ended, receive_begun, receive_ended;
static const char *end_cause = "lost";

static void fail(const char *what) {
    fprintf(stderr, "%s: %s\n", what, strerror(errno));
    exit(1);
}

static void usage(const char *what) {
    fprintf(stderr, "%s: the head of peer-main.h says how this is used\n", what);
    exit(2);
}

static void add_address(const char *text, struct sockaddr_in *list, int *count) {
    struct sockaddr_in *a = &list[*count];
    if (*count == MOST_ADDRESSES || inet_pton(AF_INET, text, &a->sin_addr) != 1) {
        usage(text);
    }
    a->sin_family = AF_INET;
    (*count)++;
}

static void option(const char *name, const char *value) {
    const unsigned long n = strtoul(value, NULL, 10);
    struct { const char *name; void *field; size_t size; } numbers[] = {{"--port", &opt.port, 2},
        {"--source-port", &opt.source_port, 2},
        {"--udp-local", &opt.udp_local, 2}, {"--udp-remote", &opt.udp_remote, 2}, {"--messages", &opt.messages, 4},
        {"--length", &opt.length, 4}, {"--streams", &opt.streams, 4}, {"--nodelay", &opt.nodelay, 4},
        {"--buffer", &opt.buffer, 4}, {"--quick", &opt.quick, 4},
        {"--association-retrans", &opt.association_retrans, 4}, {"--report", &opt.report, 4}};
    if (strcmp(name, "--local") == 0) {
        add_address(value, opt.local, &opt.locals);
        return;
    }
    if (strcmp(name, "--remote") == 0) {
        add_address(value, opt.remote, &opt.remotes);
        return;
    }
    for (size_t i = 0; i < COUNT(numbers); i++) {
        if (strcmp(name, numbers[i].name) == 0) {
            if (numbers[i].size == 2) {
                *(uint16_t *) numbers[i].field = (uint16_t) n;
            } else {
                *(uint32_t *) numbers[i].field = (uint32_t) n;
            }
            return;
        }
    }
    usage(name);
}

static void read_options(int argc, char **argv) {
    static const char *const modes[] = {"sink", "source", "both", "echo"};
    if (argc < 3 || (argc & 1) == 0) {
        usage("a role, a mode, and pairs of option and value are needed");
    }
    opt.listener = strcmp(argv[1], "listen") == 0;
    if (!opt.listener && strcmp(argv[1], "connect") != 0) {
        usage("the role is listen or connect");
    }
    for (opt.mode = SINK; opt.mode <= ECHO && strcmp(argv[2], modes[opt.mode]) != 0; opt.mode++) {
    }
    if (opt.mode > ECHO) {
        usage("the mode is sink, source, both or echo");
    }
    for (int i = 3; i < argc; i += 2) {
        option(argv[i], argv[i + 1]);
    }
    if (opt.locals == 0) {
        add_address("127.0.0.1", opt.local, &opt.locals);
    }
    if (!opt.listener && opt.remotes == 0) {
        usage("to connect, --remote is needed");
    }
    if (opt.streams < 1 || opt.streams > MOST_STREAMS || opt.length > LONGEST || opt.buffer < LONGEST) {
        usage("streams are 1 to 1024, lengths up to 65536, the buffer at least 65536");
    }
    for (int i = 0; i < opt.locals; i++) {
        opt.local[i].sin_port = htons(opt.listener ? opt.port : opt.source_port);
    }
    for (int i = 0; i < opt.remotes; i++) {
        opt.remote[i].sin_port = htons(opt.port);
    }
}

static int send_one(uint32_t stream, uint32_t ppid, int unordered, const void *payload, size_t length) {
    const struct sctp_sndinfo info = {.snd_sid = (uint16_t) stream, .snd_ppid = htonl(ppid),
        .snd_flags = unordered ? SCTP_UNORDERED : 0};
    if (sctp_send(&info, payload, length) < 0) {
        return -1;
    }
    sent++;
    sent_octets += length;
    return 0;
}

/* In mode "both", once everything is there and gone; asked by both threads, so that the later one does it. */
static void shut_down_if_done(void) {
    static atomic_flag done = ATOMIC_FLAG_INIT;
    if (opt.mode == BOTH && !opt.listener && verdict.messages >= opt.messages && sent == opt.messages
        && !atomic_flag_test_and_set(&done)) {
        sctp_shut_down();
    }
}

static void *source(void *unused) {
    send_begun = now();
    for (uint32_t i = 0; i < opt.messages; i++) {
        const struct message m = message_of(i, opt.listener, opt.streams);
        if (opt.length > 0 ? send_one(0, PPID_BASE, 0, noise, opt.length)
            : send_one(m.stream, PPID_BASE + i, m.unordered, noise + m.offset, m.length)) {
            break;
        }
    }
    send_ended = now();
    shut_down_if_done();
    return unused;
}

static const char *path_state(long state) {
    switch (state) {
        case SCTP_ADDR_AVAILABLE: return "available";
        case SCTP_ADDR_UNREACHABLE: return "unreachable";
        case SCTP_ADDR_MADE_PRIM: return "primary";
        case SCTP_ADDR_CONFIRMED: return "confirmed";
        default: return "other";
    }
}

/* Returns 1 if this ends the association. */
static int on_notification(const union sctp_notification *n) {
    if (n->sn_header.sn_type == SCTP_PEER_ADDR_CHANGE) {
        // copied: the kernel packs this structure, so the address in it may be at any place
        const struct sctp_paddr_change change = n->sn_paddr_change;
        struct sockaddr_in a;
        char text[INET_ADDRSTRLEN];
        memcpy(&a, &change.spc_aaddr, sizeof a);
        printf("path %s %s\n", inet_ntop(AF_INET, &a.sin_addr, text, sizeof text),
            path_state((long) change.spc_state));
    }
    if (n->sn_header.sn_type != SCTP_ASSOC_CHANGE) {
        return 0;
    }
    switch (n->sn_assoc_change.sac_state) {
        case SCTP_SHUTDOWN_COMP: end_cause = "shutdown"; return 1;
        case SCTP_CANT_STR_ASSOC: end_cause = "failed"; return 1;
        case SCTP_COMM_LOST: end_cause = "lost"; return 1;
        default: return 0;
    }
}

static void on_message(const struct sctp_rcvinfo *info, const uint8_t *payload, size_t length) {
    const int unordered = (info->rcv_flags & SCTP_UNORDERED) != 0;
    const uint32_t ppid = ntohl(info->rcv_ppid);
    if (verdict.messages == 0) {
        receive_begun = now();
    }
    if (opt.mode == ECHO || opt.length > 0) {
        verdict.messages++;
        verdict.octets += length;
        verdict.wrong += opt.length > 0 && length != opt.length;
    } else {
        judge(&verdict, !opt.listener, opt.streams, ppid, info->rcv_sid, unordered, payload, length);
    }
    if (opt.mode == ECHO) {
        send_one(info->rcv_sid, ppid, unordered, payload, length);
    }
    // a clock reading per message would be a cost that no other program of this kind has
    if ((verdict.messages & 255) == 0 || verdict.messages >= opt.messages) {
        receive_ended = now();
    }
    if (opt.report > 0 && verdict.messages % opt.report == 0) {
        printf("received %" PRIu64 "\n", verdict.messages);
    }
    shut_down_if_done();
}

/* Reads until the association ends. */
static void receive(void) {
    static uint8_t buffer[4 * LONGEST];
    size_t held = 0;
    for (;;) {
        struct sctp_rcvinfo info = {0};
        int flags = 0;
        const ssize_t n = sctp_receive(buffer + held, sizeof buffer - held, &info, &flags);
        if (n <= 0) {
            // the end of the stream of an association that was shut down; one that is lost says so, or is an error
            end_cause = n == 0 ? "shutdown" : end_cause;
            return;
        }
        held += (size_t) n;
        if (!(flags & MSG_EOR) && held < sizeof buffer) {
            continue;
        }
        if (!(flags & MSG_NOTIFICATION)) {
            on_message(&info, buffer, held);
        } else if (on_notification((const union sctp_notification *) buffer)) {
            return;
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
    establish();
    puts("up");
    pthread_t sender;
    const int sends = opt.mode == SOURCE || opt.mode == BOTH;
    if (opt.mode == SOURCE) {
        source(NULL);
        sctp_shut_down();
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
    printf("summary sent=%" PRIu64 " sent_octets=%" PRIu64 " received=%" PRIu64 " received_octets=%" PRIu64
        " send_seconds=%.6f receive_seconds=%.6f send_rate=%.0f receive_rate=%.0f wrong=%" PRIu64
        " out_of_order=%" PRIu64 " doubled=%" PRIu64 " end=%s\n", sent, sent_octets, verdict.messages, verdict.octets,
        sending, receiving, rate(sent, sending), rate(verdict.messages, receiving), verdict.wrong,
        verdict.out_of_order, verdict.doubled, end_cause);
    fflush(stdout);
    // no clean-up: usrsctp_finish would wait for timers of associations that are gone
    _exit(strcmp(end_cause, "shutdown") == 0 && verdict.wrong + verdict.out_of_order + verdict.doubled == 0 ? 0 : 1);
}

#endif
