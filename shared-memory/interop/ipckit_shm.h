// A peer of ipckit's shm:// in C11 for Linux, in this one header. docs/shm-layout.md says how it works.
//
//     struct ipckit_shm connection;
//     if (ipckit_shm_connect(&connection, "/dev/shm/ipckit-1000/camera.shm", 1 << 20)) perror("connect");
//     ipckit_shm_send(&connection, "frame", 5);
//     long size = ipckit_shm_receive(&connection, buffer, sizeof buffer, 1000);
//     ipckit_shm_close(&connection);
//
// One thread uses a connection. Functions return 0 (or a size), or a negative IPCKIT_SHM_... that says what happened.
#ifndef IPCKIT_SHM_H
#define IPCKIT_SHM_H

#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <linux/membarrier.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

enum {
    IPCKIT_SHM_SYSTEM = -1,         // the system refused; errno says why
    IPCKIT_SHM_REFUSED = -2,        // the listener refused
    IPCKIT_SHM_CORRUPT = -3,        // the other side does not keep to the layout
    IPCKIT_SHM_TIMEOUT = -4,        // nothing came in that time
    IPCKIT_SHM_CLOSED = -5,         // the peer has closed, and all it sent was received
    IPCKIT_SHM_LOST = -6,           // the peer is gone without a goodbye, or in the middle of a message
    IPCKIT_SHM_TOO_LONG = -7        // the message is longer than the buffer; it is lost
};

enum {
    IPCKIT_SHM_LAYOUT = 1,
    IPCKIT_SHM_LINE = 64,
    IPCKIT_SHM_WORD = 8,
    IPCKIT_SHM_RECORDS = 4096,
    IPCKIT_SHM_SPINS = 2000,
    IPCKIT_SHM_LONGEST_SLEEP_MS = 50
};

enum { IPCKIT_SHM_WHOLE, IPCKIT_SHM_FIRST, IPCKIT_SHM_MIDDLE, IPCKIT_SHM_LAST, IPCKIT_SHM_PAD };
enum { IPCKIT_SHM_AWAKE, IPCKIT_SHM_ON_FUTEX, IPCKIT_SHM_AT_DOORBELL };
enum { IPCKIT_SHM_CAN_FUTEX = 1, IPCKIT_SHM_CAN_BARRIER = 2 };

#define IPCKIT_SHM_MAGIC UINT64_C(0x495043492d53484d)
#define IPCKIT_SHM_PUBLISHED UINT64_C(0x80000000)
#define IPCKIT_SHM_LENGTH UINT64_C(0x7fffffff)

struct ipckit_shm_ring {
    unsigned char *records;
    _Atomic uint64_t *progress;
    _Atomic uint32_t *reader_waits, *writer_waits;
    uint64_t position, told, needed;    // tail or head; progress last told; what there was no room for
};

struct ipckit_shm {
    int lease;
    unsigned char *segment;
    uint32_t capacity;
    bool can_futex, can_barrier, fenced;
    int end;                            // 0 while the peer is there
    struct ipckit_shm_ring out, in;
};

static inline uint64_t ipckit_shm_record(uint64_t length) {
    return (IPCKIT_SHM_WORD + length + IPCKIT_SHM_LINE - 1) & ~(uint64_t) (IPCKIT_SHM_LINE - 1);
}

static inline uint64_t ipckit_shm_place(const struct ipckit_shm *c, uint64_t position) {
    return position & (c->capacity - 1);
}

static inline _Atomic uint64_t *ipckit_shm_word(const struct ipckit_shm *c, struct ipckit_shm_ring *ring, uint64_t position) {
    return (_Atomic uint64_t *) (ring->records + ipckit_shm_place(c, position));
}

static inline uint32_t ipckit_shm_longest(const struct ipckit_shm *c) { return c->capacity / 4 - IPCKIT_SHM_WORD; }

static inline int64_t ipckit_shm_now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t) now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

// ---------------------------------------------------------------- meeting

static inline int ipckit_shm_exactly(int lease, void *bytes, size_t count, bool out) {
    for (size_t done = 0; done < count;) {
        ssize_t moved = out ? send(lease, (char *) bytes + done, count - done, MSG_NOSIGNAL)
                            : recv(lease, (char *) bytes + done, count - done, 0);
        if (moved < 0 && errno == EINTR) continue;
        if (moved < 0) return IPCKIT_SHM_SYSTEM;
        if (moved == 0) return IPCKIT_SHM_LOST;
        done += (size_t) moved;
    }
    return 0;
}

static inline int ipckit_shm_greet(struct ipckit_shm *c, uint32_t capacity, char path[256]) {
    unsigned char frame[4 + 257 + 1];
    int able = (c->can_futex ? IPCKIT_SHM_CAN_FUTEX : 0) | (c->can_barrier ? IPCKIT_SHM_CAN_BARRIER : 0);
    int length = snprintf((char *) frame + 4, sizeof frame - 4, "ipckit-shm %d %u %d", IPCKIT_SHM_LAYOUT, capacity, able);
    memcpy(frame, (unsigned char[]) {0, 0, 0, (unsigned char) length}, 4);
    int failed = ipckit_shm_exactly(c->lease, frame, 4 + (size_t) length, true);
    if (!failed) failed = ipckit_shm_exactly(c->lease, frame, 4, false);
    if (failed) return failed;
    uint32_t size = (uint32_t) frame[0] << 24 | (uint32_t) frame[1] << 16 | (uint32_t) frame[2] << 8 | frame[3];
    if (size < 1 || size > 257) return IPCKIT_SHM_CORRUPT;
    failed = ipckit_shm_exactly(c->lease, frame, size, false);
    if (failed) return failed;
    frame[size] = 0;
    if (frame[0] != 1) return IPCKIT_SHM_REFUSED;
    unsigned layout;
    int at = 0;
    if (sscanf((char *) frame + 1, "ipckit-shm %u %u %n", &layout, &c->capacity, &at) < 2 || layout != IPCKIT_SHM_LAYOUT
            || c->capacity < 4096 || c->capacity > UINT32_C(1) << 29 || (c->capacity & (c->capacity - 1))) {
        return IPCKIT_SHM_CORRUPT;
    }
    strcpy(path, (char *) frame + 1 + at);
    return 0;
}

static inline void ipckit_shm_ring_at(struct ipckit_shm *c, struct ipckit_shm_ring *ring, size_t control, size_t records) {
    ring->records = c->segment + records;
    ring->progress = (_Atomic uint64_t *) (c->segment + control);
    ring->reader_waits = (_Atomic uint32_t *) (c->segment + control + 128);
    ring->writer_waits = (_Atomic uint32_t *) (c->segment + control + 256);
}

static inline int ipckit_shm_map(struct ipckit_shm *c, const char *path) {
    size_t size = IPCKIT_SHM_RECORDS + 2 * (size_t) c->capacity;
    struct stat status;
    int file = open(path, O_RDWR | O_NOFOLLOW | O_CLOEXEC);
    if (file < 0) return IPCKIT_SHM_SYSTEM;
    if (fstat(file, &status) || (size_t) status.st_size != size) {
        close(file);
        return IPCKIT_SHM_CORRUPT;
    }
    void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    close(file);
    if (memory == MAP_FAILED) return IPCKIT_SHM_SYSTEM;
    c->segment = memory;
    uint64_t magic;
    uint32_t header[4];                 // layout, capacity, abilities of the listener, of the client
    memcpy(&magic, c->segment, sizeof magic);
    memcpy(header, c->segment + sizeof magic, sizeof header);
    if (magic != IPCKIT_SHM_MAGIC || header[0] != IPCKIT_SHM_LAYOUT || header[1] != c->capacity) {
        munmap(memory, size);
        return IPCKIT_SHM_CORRUPT;
    }
    unlink(path);
    c->fenced = !(c->can_barrier && header[2] & IPCKIT_SHM_CAN_BARRIER);
    c->can_futex = header[2] & IPCKIT_SHM_CAN_FUTEX;
    ipckit_shm_ring_at(c, &c->out, 1024, IPCKIT_SHM_RECORDS);
    ipckit_shm_ring_at(c, &c->in, 2048, IPCKIT_SHM_RECORDS + c->capacity);
    return 0;
}

// Connects to the listener whose socket is at this path.
static inline int ipckit_shm_connect(struct ipckit_shm *c, const char *path, uint32_t capacity) {
    *c = (struct ipckit_shm) {.lease = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0), .can_futex = true};
    if (c->lease < 0) return IPCKIT_SHM_SYSTEM;
    c->can_barrier = syscall(SYS_membarrier, MEMBARRIER_CMD_REGISTER_GLOBAL_EXPEDITED, 0, 0) == 0;
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    char segment[257];
    int failed = IPCKIT_SHM_SYSTEM;
    if (strlen(path) < sizeof address.sun_path) {
        strcpy(address.sun_path, path);
        if (!connect(c->lease, (struct sockaddr *) &address, sizeof address)) failed = ipckit_shm_greet(c, capacity, segment);
    } else {
        errno = ENAMETOOLONG;
    }
    if (!failed) failed = ipckit_shm_map(c, segment);
    if (failed) close(c->lease);
    return failed;
}

// ---------------------------------------------------------------- sleeping and waking

// Hears whether the peer has rung, said goodbye, or gone.
static inline void ipckit_shm_listen(struct ipckit_shm *c) {
    char heard[256];
    ssize_t count;
    while (!c->end && (count = recv(c->lease, heard, sizeof heard, MSG_DONTWAIT)) >= 0) {
        if (count == 0) c->end = IPCKIT_SHM_LOST;
        else if (heard[count - 1] == 0) c->end = IPCKIT_SHM_CLOSED;
    }
    if (!c->end && errno != EAGAIN && errno != EINTR) c->end = IPCKIT_SHM_LOST;
}

static inline void ipckit_shm_wake(struct ipckit_shm *c, _Atomic uint32_t *word) {
    if (c->fenced) atomic_thread_fence(memory_order_seq_cst);
    else atomic_signal_fence(memory_order_seq_cst);
    uint32_t how = atomic_load_explicit(word, memory_order_relaxed);
    if (how == IPCKIT_SHM_AWAKE || !atomic_compare_exchange_strong(word, &how, IPCKIT_SHM_AWAKE)) return;
    if (how == IPCKIT_SHM_ON_FUTEX) syscall(SYS_futex, word, FUTEX_WAKE, 1, NULL, NULL, 0);
    else send(c->lease, "\1", 1, MSG_DONTWAIT | MSG_NOSIGNAL);
}

static inline bool ipckit_shm_has_record(struct ipckit_shm *c) {
    return atomic_load_explicit(ipckit_shm_word(c, &c->in, c->in.position), memory_order_acquire) != 0;
}

static inline bool ipckit_shm_has_room(struct ipckit_shm *c) {
    return c->out.needed <= atomic_load_explicit(c->out.progress, memory_order_acquire) + c->capacity;
}

static inline void ipckit_shm_sleep(struct ipckit_shm *c, _Atomic uint32_t *word, bool (*ready)(struct ipckit_shm *), int64_t ms) {
    for (int spin = 0; spin < IPCKIT_SHM_SPINS; spin++) {
        if (ready(c)) return;
    }
    if (ms > IPCKIT_SHM_LONGEST_SLEEP_MS) ms = IPCKIT_SHM_LONGEST_SLEEP_MS;
    uint32_t how = c->can_futex ? IPCKIT_SHM_ON_FUTEX : IPCKIT_SHM_AT_DOORBELL;
    atomic_store(word, how);
    if (c->can_barrier) syscall(SYS_membarrier, MEMBARRIER_CMD_GLOBAL_EXPEDITED, 0, 0);
    ipckit_shm_listen(c);
    if (!c->end && !ready(c)) {
        if (c->can_futex) {
            struct timespec slice = {.tv_nsec = ms * 1000000};
            syscall(SYS_futex, word, FUTEX_WAIT, how, &slice, NULL, 0);
        } else {
            poll(&(struct pollfd) {.fd = c->lease, .events = POLLIN}, 1, (int) ms);
        }
        ipckit_shm_listen(c);
    }
    atomic_store(word, IPCKIT_SHM_AWAKE);
}

// ---------------------------------------------------------------- sending

static inline int ipckit_shm_write(struct ipckit_shm *c, uint64_t kind, const void *payload, uint32_t length) {
    struct ipckit_shm_ring *out = &c->out;
    uint64_t bytes = ipckit_shm_record(length), left = c->capacity - ipckit_shm_place(c, out->position);
    uint64_t start = bytes <= left ? out->position : out->position + left, end = start + bytes;
    out->needed = end + IPCKIT_SHM_LINE;
    while (!c->end && !ipckit_shm_has_room(c)) {
        ipckit_shm_sleep(c, out->writer_waits, ipckit_shm_has_room, IPCKIT_SHM_LONGEST_SLEEP_MS);
    }
    if (c->end) return c->end;          // heard while one of them waited; otherwise it is found out when the ring is full
    uint64_t progress = atomic_load_explicit(out->progress, memory_order_acquire);
    if (progress > out->position || out->position - progress > c->capacity) return IPCKIT_SHM_CORRUPT;
    atomic_store_explicit(ipckit_shm_word(c, out, end), 0, memory_order_relaxed);
    memcpy(out->records + ipckit_shm_place(c, start) + IPCKIT_SHM_WORD, payload, length);
    atomic_store_explicit(ipckit_shm_word(c, out, start), kind << 32 | IPCKIT_SHM_PUBLISHED | length, memory_order_release);
    if (start > out->position) {
        uint64_t pad = (uint64_t) IPCKIT_SHM_PAD << 32 | IPCKIT_SHM_PUBLISHED | (left - IPCKIT_SHM_WORD);
        atomic_store_explicit(ipckit_shm_word(c, out, out->position), pad, memory_order_release);
    }
    out->position = end;
    ipckit_shm_wake(c, out->reader_waits);
    return 0;
}

// Sends a message, and waits for room as long as that takes.
static inline int ipckit_shm_send(struct ipckit_shm *c, const void *message, size_t size) {
    uint32_t longest = ipckit_shm_longest(c);
    if (size <= longest) return ipckit_shm_write(c, IPCKIT_SHM_WHOLE, message, (uint32_t) size);
    int failed = ipckit_shm_write(c, IPCKIT_SHM_FIRST, message, longest);
    for (size_t at = longest; at < size && !failed; at += longest) {
        bool last = size - at <= longest;
        failed = ipckit_shm_write(c, last ? IPCKIT_SHM_LAST : IPCKIT_SHM_MIDDLE, (const char *) message + at,
                                  last ? (uint32_t) (size - at) : longest);
    }
    return failed;
}

// ---------------------------------------------------------------- receiving

static inline void ipckit_shm_tell(struct ipckit_shm *c) {
    if (c->in.told == c->in.position) return;
    atomic_store_explicit(c->in.progress, c->in.position, memory_order_release);
    c->in.told = c->in.position;
    ipckit_shm_wake(c, c->in.writer_waits);
}

// Returns the word of the next record, 0 if none has come, 1 if it is none.
static inline uint64_t ipckit_shm_look(struct ipckit_shm *c) {
    struct ipckit_shm_ring *in = &c->in;
    uint64_t place = ipckit_shm_place(c, in->position);
    uint64_t word = atomic_load_explicit(ipckit_shm_word(c, in, in->position), memory_order_acquire);
    if (!word) return 0;
    uint64_t pad = (uint64_t) IPCKIT_SHM_PAD << 32 | IPCKIT_SHM_PUBLISHED | (c->capacity - place - IPCKIT_SHM_WORD);
    if (word == pad && place) {
        in->position += c->capacity - place;
        place = 0;
        word = atomic_load_explicit(ipckit_shm_word(c, in, in->position), memory_order_acquire);
    }
    uint64_t length = word & IPCKIT_SHM_LENGTH;
    bool known = word & IPCKIT_SHM_PUBLISHED && word >> 32 <= IPCKIT_SHM_LAST && length <= ipckit_shm_longest(c)
                 && place + ipckit_shm_record(length) <= c->capacity;
    return known ? word : 1;
}

// Receives the next message into the buffer; returns its size. A negative time-out waits for ever.
static inline long ipckit_shm_receive(struct ipckit_shm *c, void *buffer, size_t room, int timeout_ms) {
    int64_t deadline = timeout_ms < 0 ? INT64_MAX : ipckit_shm_now_ms() + timeout_ms;
    size_t size = 0;
    bool begun = false;
    while (true) {
        int ended = c->end;
        uint64_t word = ipckit_shm_look(c);
        if (!word) {
            ipckit_shm_tell(c);
            if (ended) return begun ? IPCKIT_SHM_LOST : ended;
            int64_t left = deadline == INT64_MAX || begun ? IPCKIT_SHM_LONGEST_SLEEP_MS : deadline - ipckit_shm_now_ms();
            if (left <= 0) return IPCKIT_SHM_TIMEOUT;
            ipckit_shm_sleep(c, c->in.reader_waits, ipckit_shm_has_record, left);
            continue;
        }
        uint64_t kind = word >> 32, length = word & IPCKIT_SHM_LENGTH;
        if (word == 1 || begun != (kind == IPCKIT_SHM_MIDDLE || kind == IPCKIT_SHM_LAST)) return IPCKIT_SHM_CORRUPT;
        if (size + length <= room) {
            memcpy((char *) buffer + size, c->in.records + ipckit_shm_place(c, c->in.position) + IPCKIT_SHM_WORD, length);
        }
        size += length;
        begun = kind == IPCKIT_SHM_FIRST || kind == IPCKIT_SHM_MIDDLE;
        c->in.position += ipckit_shm_record(length);
        if (c->in.position - c->in.told >= c->capacity / 8) ipckit_shm_tell(c);
        if (!begun) return size <= room ? (long) size : IPCKIT_SHM_TOO_LONG;
    }
}

// Says goodbye: what was sent is received before the peer hears of the end.
static inline void ipckit_shm_close(struct ipckit_shm *c) {
    send(c->lease, "\0", 1, MSG_NOSIGNAL);
    close(c->lease);
    munmap(c->segment, IPCKIT_SHM_RECORDS + 2 * (size_t) c->capacity);
}

#endif
