// SPDX-License-Identifier: Apache-2.0
/*
 * The least that a registrar can do over the kernel's SCTP: two system calls for an answer, and always the same answer.
 * It keeps no pools and is no registrar; bench pool loads it beside registrars to see what the kernel alone costs.
 *
 *   gcc -O2 -o fixed-answer fixed-answer.c        (Debian: gcc libc6-dev)
 *   fixed-answer ADDRESS                          answers at port 3863
 *   fixed-answer ADDRESS costs                    prints what system calls cost here, and ends
 */
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <linux/sctp.h>

enum { PORT = 3863, ROUNDS = 10000, ASAP_REGISTRATION = 1, ASAP_REGISTRATION_RESPONSE = 3, ASAP_RESOLUTION_RESPONSE = 6,
       QUESTION = 28, ANSWER = 96 };

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static double micros(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1e6 + t.tv_nsec / 1e3;
}

static int open_at(struct sockaddr_in *at, int type) {
    const int on = 1;
    const int s = socket(AF_INET, type, IPPROTO_SCTP);
    if (s < 0 || setsockopt(s, IPPROTO_SCTP, SCTP_NODELAY, &on, sizeof on) < 0
        || bind(s, (struct sockaddr *) at, sizeof *at) < 0 || listen(s, 16) < 0) {
        fail("an SCTP socket");
    }
    return s;
}

/* A question and its answer between two sockets of this process, one at a time: two sends and two receives. */
static void tell_costs(struct sockaddr_in at) {
    char buffer[ANSWER] = {0};
    double begin = micros();
    for (int i = 0; i < ROUNDS; i++) {
        syscall(SYS_getppid);
    }
    const double call = (micros() - begin) / ROUNDS;
    at.sin_port = htons(PORT + 1);
    const int listener = open_at(&at, SOCK_STREAM);
    const int client = socket(AF_INET, SOCK_STREAM, IPPROTO_SCTP);
    if (client < 0 || connect(client, (struct sockaddr *) &at, sizeof at) < 0) {
        fail("connect");
    }
    const int server = accept(listener, NULL, NULL);
    begin = micros();
    for (int i = 0; i < ROUNDS; i++) {
        if (send(client, buffer, QUESTION, 0) < 0 || recv(server, buffer, sizeof buffer, 0) < 0
            || send(server, buffer, ANSWER, 0) < 0 || recv(client, buffer, sizeof buffer, 0) < 0) {
            fail("a round trip");
        }
    }
    printf("a system call that does nothing: %.0f us; question and answer over SCTP, four system calls: %.0f us\n", call,
        (micros() - begin) / ROUNDS);
}

static void answer(int s) {
    char in[2048], out[ANSWER] = {0}, control[CMSG_SPACE(sizeof(struct sctp_sndrcvinfo))];
    struct sockaddr_storage from;
    struct iovec part = {in, sizeof in};
    struct msghdr message = {&from, sizeof from, &part, 1, control, sizeof control, 0};
    if (recvmsg(s, &message, 0) < 4 || (message.msg_flags & MSG_NOTIFICATION)) {
        return;
    }
    const struct sctp_sndrcvinfo *asked = (const struct sctp_sndrcvinfo *) CMSG_DATA(CMSG_FIRSTHDR(&message));
    const struct sctp_sndrcvinfo to = {.sinfo_ppid = asked->sinfo_ppid, .sinfo_assoc_id = asked->sinfo_assoc_id};
    const int registration = in[0] == ASAP_REGISTRATION;
    out[0] = registration ? ASAP_REGISTRATION_RESPONSE : ASAP_RESOLUTION_RESPONSE;
    out[3] = ANSWER;
    part = (struct iovec) {out, ANSWER};
    message = (struct msghdr) {NULL, 0, &part, 1, control, sizeof control, 0};
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = IPPROTO_SCTP;
    header->cmsg_type = SCTP_SNDRCV;
    header->cmsg_len = CMSG_LEN(sizeof to);
    memcpy(CMSG_DATA(header), &to, sizeof to);
    sendmsg(s, &message, 0);
}

int main(int count, char **arguments) {
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons(PORT)};
    if (count < 2 || count > 3 || inet_pton(AF_INET, arguments[1], &at.sin_addr) != 1) {
        fprintf(stderr, "usage: fixed-answer ADDRESS [costs]\n");
        return 2;
    }
    if (count == 3) {
        tell_costs(at);
        return 0;
    }
    const int s = open_at(&at, SOCK_SEQPACKET);
    const struct sctp_event_subscribe told = {.sctp_data_io_event = 1};
    if (setsockopt(s, IPPROTO_SCTP, SCTP_EVENTS, &told, sizeof told) < 0) {
        fail("SCTP_EVENTS");
    }
    while (1) {
        answer(s);
    }
}
