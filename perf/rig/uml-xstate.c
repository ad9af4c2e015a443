// SPDX-License-Identifier: Apache-2.0
/*
 * Lets a user-mode Linux run on processors whose extended state is larger than it knows (those with AMX: 11,008 octets).
 *
 * linux.uml 6.1 keeps 2,696 octets of a process's extended state and gives them back with PTRACE_SETREGSET, but the host
 * takes the whole state or nothing (EFAULT), so that the guest's first process dies. Preloaded into linux.uml, this
 * fills what is missing with what the process has already.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <elf.h>
#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/uio.h>

enum { LARGEST_STATE = 1 << 16 };

typedef long (*ptrace_call)(enum __ptrace_request, ...);

long ptrace(enum __ptrace_request request, ...) {
    static ptrace_call real;
    static char whole[LARGEST_STATE] __attribute__((aligned(64)));
    if (!real) {
        real = (ptrace_call) dlsym(RTLD_NEXT, "ptrace");
    }
    va_list arguments;
    va_start(arguments, request);
    const int process = va_arg(arguments, int);
    void *address = va_arg(arguments, void *);
    void *data = va_arg(arguments, void *);
    va_end(arguments);

    const long result = real(request, process, address, data);
    if (result == 0 || errno != EFAULT || request != PTRACE_SETREGSET || (uintptr_t) address != NT_X86_XSTATE) {
        return result;
    }
    const struct iovec *part = data;
    struct iovec all = {whole, sizeof whole};
    if (real(PTRACE_GETREGSET, process, address, &all) != 0 || part->iov_len > all.iov_len) {
        errno = EFAULT;
        return -1;
    }
    memcpy(whole, part->iov_base, part->iov_len);
    return real(PTRACE_SETREGSET, process, address, &all);
}
