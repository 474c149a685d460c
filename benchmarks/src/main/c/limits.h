// What the parts of `limits` share: the run, the message, and what a mechanism is.
//
// The processes: a supervisor (limits.c) opens everything, removes every name again, and only then forks the two ends
// (measure.c). So nothing is left behind however a run ends, no end ever waits for the other to open something, and no
// wait in a mechanism needs a time-out: the supervisor notices a dead or silent end and ends both.
#ifndef LIMITS_H
#define LIMITS_H

#ifndef __linux__
#error "limits measures Linux mechanisms (futex, queued signals, CPU pinning); build it on Linux."
#endif

#define _GNU_SOURCE
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>

enum {
    SMALLEST = 8,                   // the sequence number
    LARGEST = 16 << 20,             // max-message of every transport
    FRAME_HEADER = 4,
    PREFETCHED = 128                // a prefetcher fetches cache lines in pairs: what must not be shared is a pair apart
};

enum { EXIT_SYSTEM = 2, EXIT_MISMATCH = 3, EXIT_SILENT = 4 };

// The sequence number that ends a run; the others count from 1.
#define LAST INT64_C(-1)

// The end that measures, and its peer.
enum { NEAR, FAR };

struct mechanism {
    const char *name, *about;
    bool one_way, batches;          // what it can do besides round trips
    size_t carries;                 // bytes of a message where the mechanism fixes them, 0 where all of --SIZE travels
    void (*open)(void);             // in the supervisor, before there are ends
    void (*attach)(int end);        // in each end, or NULL
    void (*send)(int64_t sequence); // sends out_body
    void (*flush)(void);            // where sending may hold back, or NULL
    int64_t (*receive)(void);       // one message into in_body, when at most one is under way: its sequence
    int64_t (*drain)(void);         // all up to LAST, each through in_body: how many
};

extern const struct mechanism cache_line, record, futex, spin_futex, fifo, uds, tcp, queued_signal, file_lock;

struct run {
    const struct mechanism *mechanism;
    bool one_way;
    double rate;                    // round trips that an open loop begins per second, 0 where each follows the last
    size_t size;
    double seconds;
    int cpus[2];
    size_t batch;
    FILE *samples;
};

struct result {
    int64_t messages, elapsed_ns, cpu_ns, not_sent;
    int64_t p50_ns, p99_ns, p999_ns, max_ns;
    double mean_unclocked_ns;
};

// One page that all three processes see.
struct control {
    _Atomic int64_t progress;       // changes while the near end gets on: the supervisor's sign of life
    char apart[PREFETCHED - sizeof(int64_t)];
    _Atomic pid_t pids[2];
    struct result result;
};

extern struct run run;
extern struct control *control;

// The local buffers of an end. Every message is read from the one and arrives in the other. There is room for a frame
// header in front of each, so that header and body go out in one write without another copy.
extern unsigned char *out_body, *in_body;

void run_end(int end);              // measure.c

// common.c
_Noreturn void fail(const char *operation);
_Noreturn void mismatch(const char *what, int64_t expected, int64_t came);
void *shared_memory(size_t bytes);
void *local_memory(size_t bytes);
const char *scratch_folder(void);

// Writes the message out_body with this sequence number. The number goes over the copy: a copy that reads what was just
// stored in a smaller piece cannot be served by store forwarding and waits for the store.
static inline void write_message(unsigned char *where, int64_t sequence, size_t size) {
    memcpy(where, out_body, size);
    memcpy(where, &sequence, sizeof sequence);
}

static inline int64_t stamped(void) {
    int64_t sequence;
    memcpy(&sequence, in_body, sizeof sequence);
    return sequence;
}

static inline void check_length(int64_t came) {
    if (__builtin_expect(came != (int64_t) run.size, 0)) mismatch("length", run.size, came);
}

// Counts the message in in_body; false if it is the last.
static inline bool count_next(int64_t *received) {
    int64_t sequence = stamped();
    if (__builtin_expect(sequence != *received + 1, 0)) {
        if (sequence == LAST) return false;
        mismatch("sequence", *received + 1, sequence);
    }
    ++*received;
    return true;
}

#endif
