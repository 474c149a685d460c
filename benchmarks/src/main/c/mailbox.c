// A mailbox per direction in shared memory, one message in flight, and a futex to sleep on.
#include "limits.h"
#include <errno.h>
#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

struct mailbox {
    _Atomic uint32_t count;         // messages put in so far; the futex
    _Atomic uint32_t sleeping;
    char apart[PREFETCHED - 2 * sizeof(uint32_t)];
    int64_t length;
    unsigned char body[];
};

enum { SPINS = 2000 };

static unsigned char *segment;
static size_t stride;
static bool spinning;
static struct mailbox *outbox, *inbox;
static uint32_t sent, received;

static void open_mailboxes(void) {
    stride = (sizeof(struct mailbox) + run.size + PREFETCHED - 1) & -(size_t) PREFETCHED;
    segment = shared_memory(2 * stride);
}

static void open_spinning(void) {
    spinning = true;
    open_mailboxes();
}

static void attach(int end) {
    outbox = (struct mailbox *) (segment + stride * end);
    inbox = (struct mailbox *) (segment + stride * !end);
}

static inline void pause_core(void) {
#if defined __x86_64__ || defined __i386__
    __builtin_ia32_pause();
#elif defined __aarch64__
    __asm__ volatile("yield");
#endif
}

static void send(int64_t sequence) {
    outbox->length = run.size;
    write_message(outbox->body, sequence, run.size);
    // Sequentially consistent against the sleeper's flag: either we see the flag or it sees the count.
    atomic_store(&outbox->count, ++sent);
    if (spinning && !atomic_load(&outbox->sleeping)) return;
    if (syscall(SYS_futex, &outbox->count, FUTEX_WAKE, 1, NULL, NULL, 0) < 0) fail("wake a futex");
}

static bool came_while_spinning(void) {
    for (int i = 0; i < SPINS; i++) {
        if (atomic_load_explicit(&inbox->count, memory_order_acquire) != received) return true;
        pause_core();
    }
    return false;
}

static void sleep_until_it_comes(void) {
    while (atomic_load(&inbox->count) == received) {
        if (syscall(SYS_futex, &inbox->count, FUTEX_WAIT, received, NULL, NULL, 0) < 0 && errno != EAGAIN && errno != EINTR) {
            fail("wait on a futex");
        }
    }
}

static int64_t receive(void) {
    if (!spinning) {
        sleep_until_it_comes();
    } else if (!came_while_spinning()) {
        atomic_store(&inbox->sleeping, 1);
        sleep_until_it_comes();
        atomic_store_explicit(&inbox->sleeping, 0, memory_order_relaxed);
    }
    received++;
    check_length(inbox->length);
    memcpy(in_body, inbox->body, inbox->length);
    return stamped();
}

const struct mechanism futex = {
    .name = "futex", .about = "mailbox in shared memory, sleeping on a futex at once",
    .open = open_mailboxes, .attach = attach, .send = send, .receive = receive,
};

const struct mechanism spin_futex = {
    .name = "spin-futex", .about = "the same, spinning for a while before it sleeps",
    .open = open_spinning, .attach = attach, .send = send, .receive = receive,
};
