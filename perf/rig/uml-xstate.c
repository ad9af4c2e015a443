// SPDX-License-Identifier: Apache-2.0
/*
 * Lets a user-mode Linux run on processors whose extended state is larger than it knows (those with AMX: 11,008 octets).
 *
 * linux.uml 6.1 keeps 2,696 octets of a process's extended state and gives them back with PTRACE_SETREGSET, but the host
 * takes the whole state or nothing (EFAULT), so that the guest's first process dies. Preloaded into linux.uml, this
 * adds what is missing, in its initial state.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <elf.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/uio.h>

enum { LARGEST_STATE = 1 << 16 };

/* XSTATE_BV, which components are not in their initial state: the first word of the header behind the legacy area. */
enum { COMPONENTS_AT = 512 };
/* The components behind what linux.uml keeps, XTILECFG and XTILEDATA: no process of the guest has asked for them. */
static const uint64_t TILES = UINT64_C(3) << 17;

typedef long (*ptrace_call)(enum __ptrace_request, ...);

static ptrace_call real;
static char whole[LARGEST_STATE] __attribute__((aligned(64)));
static size_t whole_length;

static long set(const int process, void *address, const struct iovec *part) {
    struct iovec all = {whole, whole_length};
    if (whole_length == 0) {
        all.iov_len = sizeof whole;
        if (real(PTRACE_GETREGSET, process, address, &all) != 0) {
            return -1;
        }
        whole_length = all.iov_len;
        memset(whole, 0, sizeof whole);
    }
    if (part->iov_len >= whole_length) {
        return real(PTRACE_SETREGSET, process, address, part);
    }
    uint64_t components;
    memcpy(whole, part->iov_base, part->iov_len);
    memcpy(&components, whole + COMPONENTS_AT, sizeof components);
    components &= ~TILES;
    memcpy(whole + COMPONENTS_AT, &components, sizeof components);
    // one call, as often as the guest enters a process: this is the dearest part of each of its system calls
    return real(PTRACE_SETREGSET, process, address, &all);
}

long ptrace(enum __ptrace_request request, ...) {
    if (!real) {
        real = (ptrace_call) dlsym(RTLD_NEXT, "ptrace");
    }
    va_list arguments;
    va_start(arguments, request);
    const int process = va_arg(arguments, int);
    void *address = va_arg(arguments, void *);
    void *data = va_arg(arguments, void *);
    va_end(arguments);
    return request == PTRACE_SETREGSET && (uintptr_t) address == NT_X86_XSTATE ? set(process, address, data)
        : real(request, process, address, data);
}
