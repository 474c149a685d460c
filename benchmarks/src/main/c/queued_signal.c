// Queued real-time signals, each with an 8-byte value: blocked, and fetched with sigwaitinfo.
#include "limits.h"
#include <errno.h>
#include <sched.h>
#include <signal.h>

static sigset_t signals;
static pid_t peer;

// Blocked before there are ends: the first signal may come before its receiver waits.
static void open_signals(void) {
    sigemptyset(&signals);
    sigaddset(&signals, SIGRTMIN);
    if (sigprocmask(SIG_BLOCK, &signals, NULL)) fail("block a signal");
}

static void attach(int end) { peer = control->pids[!end]; }

static void send(int64_t sequence) {
    union sigval value = {.sival_ptr = (void *) (intptr_t) sequence};
    while (sigqueue(peer, SIGRTMIN, value)) {
        if (errno != EAGAIN) fail("sigqueue");
        sched_yield();              // the queue is full (RLIMIT_SIGPENDING): the only back pressure signals have
    }
}

static int64_t receive(void) {
    siginfo_t came;
    while (sigwaitinfo(&signals, &came) < 0) {
        if (errno != EINTR) fail("sigwaitinfo");
    }
    int64_t sequence = (intptr_t) came.si_value.sival_ptr;
    memcpy(in_body, &sequence, sizeof sequence);
    return sequence;
}

static int64_t drain(void) {
    int64_t received = 0;
    do receive(); while (count_next(&received));
    return received;
}

const struct mechanism queued_signal = {
    .name = "signal", .about = "queued real-time signals with a value of 8 bytes, sigwaitinfo", .one_way = true, .carries = 8,
    .open = open_signals, .attach = attach, .send = send, .receive = receive, .drain = drain,
};
