// SPDX-License-Identifier: Apache-2.0
/*
 * The messages that the interop peers send each other, so that the receiver can judge every one of them alone. Message
 * number i has the payload protocol identifier PPID_BASE + i, and from i and the sender's role follow its stream, its
 * order flag, its length and its content. org.poolswitch.perf.rig.Pattern is the same in Java.
 */
#ifndef PEER_PATTERN_H
#define PEER_PATTERN_H

#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define LONGEST 65536
#define MOST_STREAMS 1024
/* Far from every identifier that IANA gave out: tshark must not take noise for somebody's protocol. */
#define PPID_BASE 0x50000000u

struct message {
    uint32_t number, stream, length, offset;
    int unordered;
};

/* Content is a window into one table of noise: it costs nothing to make and a memcmp to check. */
static uint8_t noise[2 * LONGEST];

static void make_noise(void) {
    uint32_t x = 0x2545F491u;
    for (uint32_t j = 0; j < sizeof noise; j++) {
        x ^= x << 13;
        x ^= x >> 17;
        x ^= x << 5;
        noise[j] = (uint8_t) (x >> 24);
    }
}

static uint32_t mix(uint32_t h) {
    h *= 2654435761u;
    h ^= h >> 15;
    h *= 2246822519u;
    return h ^ h >> 13;
}

/* listener: 1 if the sender is the one that was connected to, so that a reflected message is not taken for the peer's */
static struct message message_of(uint32_t number, int listener, uint32_t streams) {
    const uint32_t h = mix(2 * number + (uint32_t) listener + 1), class = h >> 20, size = mix(h);
    struct message m = {.number = number, .stream = (h >> 3 & 0xffff) % streams, .unordered = (h & 7) == 0,
        .offset = size >> 16};
    m.length = class == 0 ? LONGEST : 1 + size % (class < 9 ? LONGEST : class < 205 ? 4096 : 256);
    return m;
}

/* What came in, and what was wrong with it. */
struct verdict {
    uint64_t messages, octets, wrong, out_of_order, doubled;
    int64_t newest[MOST_STREAMS];
    uint8_t *seen;
    uint32_t most;
};

static void verdict_init(struct verdict *v, uint32_t most) {
    memset(v, 0, sizeof *v);
    memset(v->newest, 0xff, sizeof v->newest);
    v->most = most;
    v->seen = calloc(most / 8 + 1, 1);
}

/* Judges one whole message against what the sender must have sent under this number. */
static void judge(struct verdict *v, int listener, uint32_t streams, uint32_t ppid, uint32_t stream, int unordered,
    const uint8_t *payload, size_t length) {
    const uint32_t number = ppid - PPID_BASE;
    v->messages++;
    v->octets += length;
    if (number >= v->most || stream >= streams) {
        v->wrong++;
        return;
    }
    const struct message m = message_of(number, listener, streams);
    if (m.stream != stream || m.unordered != unordered || m.length != length
        || memcmp(payload, noise + m.offset, length) != 0) {
        v->wrong++;
    }
    v->doubled += (v->seen[number / 8] >> number % 8) & 1;
    v->seen[number / 8] |= (uint8_t) (1 << number % 8);
    if (!unordered) {
        v->out_of_order += number <= v->newest[stream];
        v->newest[stream] = number;
    }
}

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double) t.tv_sec + (double) t.tv_nsec / 1e9;
}

#endif
