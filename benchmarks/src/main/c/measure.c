// The two ends. NEAR measures, FAR answers; both check every message.
#include "limits.h"
#include <errno.h>
#include <sched.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define SECOND INT64_C(1000000000)
#define WARM_UP (SECOND * 7 / 100)

enum { KEPT = 1 << 20, PAGE = 4096, OVERRUN = 2 };

static int64_t clock_ns(clockid_t clock) {
    struct timespec time;
    if (clock_gettime(clock, &time)) fail("read a clock");
    return time.tv_sec * SECOND + time.tv_nsec;
}

static inline int64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * SECOND + time.tv_nsec;
}

// User and system time of both ends. The kernel tells any process the CPU clock of another, so that the far end need
// not take part and both are read at the same moment.
static int64_t cpu_of_both(void) {
    int64_t sum = 0;
    for (int end = 0; end < 2; end++) {
        clockid_t clock;
        if ((errno = clock_getcpuclockid(control->pids[end], &clock))) fail("find a CPU clock");
        sum += clock_ns(clock);
    }
    return sum;
}

static inline void alive(int64_t count) { atomic_store_explicit(&control->progress, count, memory_order_relaxed); }

static void flush(void) {
    if (run.mechanism->flush && run.batch > 1) run.mechanism->flush();
}

// ---- Samples: all of them while there is room, then every second, fourth, ...; so they stay spread over the whole run.

static int64_t *samples;            // an open loop that cannot hold its rate has times of many seconds
static int64_t kept, skip_mask, longest;

static inline void keep(int64_t count, int64_t ns) {
    if (ns > longest) longest = ns;
    if (count & skip_mask) return;
    samples[kept++] = ns;
    if (__builtin_expect(kept == KEPT, 0)) {
        for (int64_t i = 0; i < KEPT / 2; i++) samples[i] = samples[2 * i];
        kept = KEPT / 2;
        skip_mask = skip_mask * 2 + 1;
    }
}

static int by_size(const void *a, const void *b) {
    int64_t left = *(const int64_t *) a, right = *(const int64_t *) b;
    return (left > right) - (left < right);
}

static void report_samples(struct result *result) {
    if (run.samples) {
        for (int64_t i = 0; i < kept; i++) fprintf(run.samples, "%lld\n", (long long) samples[i]);
        if (fflush(run.samples)) fail("write the samples");
    }
    qsort(samples, kept, sizeof *samples, by_size);
    result->p50_ns = samples[kept / 2];
    result->p99_ns = samples[kept * 99 / 100];
    result->p999_ns = samples[kept * 999 / 1000];
    result->max_ns = longest;
}

// ---- Round trips, one as soon as the last has ended or at fixed times

static inline void round_trip(const struct mechanism *by, int64_t sequence) {
    by->send(sequence);
    int64_t came = by->receive();
    if (__builtin_expect(came != sequence, 0)) mismatch("sequence", sequence, came);
    alive(sequence);
}

// Returns the sequence of the last.
static int64_t warm_up(const struct mechanism *by) {
    samples = local_memory(KEPT * sizeof *samples);
    int64_t sequence = 0, end = now() + WARM_UP;
    while (now() < end) round_trip(by, ++sequence);
    return sequence;
}

static void measure_round_trips(struct result *result) {
    const struct mechanism *by = run.mechanism;
    int64_t sequence = warm_up(by);

    // One look at the clock per round trip: the end of one is the beginning of the next.
    int64_t messages = 0, cpu = cpu_of_both(), start = now(), before = start, after;
    int64_t end = start + (int64_t) (run.seconds * SECOND);
    do {
        round_trip(by, ++sequence);
        after = now();
        keep(messages++, after - before);
        before = after;
    } while (after < end);
    result->elapsed_ns = after - start;
    result->cpu_ns = cpu_of_both() - cpu;
    result->messages = messages;
    report_samples(result);

    // Once more, for a tenth of a second or a fifth of the time, hardly looking at the clock: what looking costs shows.
    int64_t wanted = run.seconds * SECOND / 5, block = SECOND / 1000 / (result->p50_ns + 1) + 1, done = 0;
    if (wanted > SECOND / 10) wanted = SECOND / 10;
    start = now();
    do {
        for (int64_t i = 0; i < block; i++) round_trip(by, ++sequence);
        done += block;
        after = now();
    } while (after - start < wanted);
    result->mean_unclocked_ns = (double) (after - start) / done;
    by->send(LAST);
}

// At times that are fixed beforehand, each counted from then: a stall is seen by every round trip that it delays, not only
// by the one that it caught. One is under way at a time. Those that are due after twice the time are not made, and count as
// if each had ended then, which is the least they would have taken.
static void measure_open_loop(struct result *result) {
    const struct mechanism *by = run.mechanism;
    const double interval = SECOND / run.rate;
    const int64_t wanted = run.seconds * SECOND;
    int64_t sequence = warm_up(by), made = 0, all = wanted / interval + 0.5;
    if (all < 1) all = 1;
    int64_t cpu = cpu_of_both(), start = now(), time = start;
    while (made < all && time - start < OVERRUN * wanted) {
        int64_t intended = start + (int64_t) (made * interval + 0.5);
        while (time < intended) {
            time = now();
            alive(time);            // there may be seconds between two
        }
        round_trip(by, ++sequence);
        time = now();
        keep(made++, time - intended);
    }
    result->elapsed_ns = time - start;
    result->cpu_ns = cpu_of_both() - cpu;
    result->messages = made;
    result->not_sent = all - made;
    for (int64_t number = made; number < all; number++) {
        int64_t late = time - start - (int64_t) (number * interval + 0.5);
        keep(number, late > 0 ? late : 0);
        alive(number);
    }
    report_samples(result);
    by->send(LAST);
}

static void answer_round_trips(void) {
    const struct mechanism *by = run.mechanism;
    for (int64_t received = 0;; received++) {
        int64_t came = by->receive();
        if (came == LAST) return;
        if (__builtin_expect(came != received + 1, 0)) mismatch("sequence", received + 1, came);
        by->send(came);
    }
}

// ---- One way. The far end answers LAST with what it counted, and only then is the time over.

static void stream_for(int64_t wanted_ns, struct result *result) {
    // The clock is read every 256 messages, of large ones every 64 KiB.
    const struct mechanism *by = run.mechanism;
    int64_t block = (64 << 10) / run.size, cpu = cpu_of_both(), start = now(), sent = 0;
    if (block > 256) block = 256;
    if (block < 1) block = 1;
    do {
        for (int64_t i = 0; i < block; i++) by->send(++sent);
        alive(start + sent);
    } while (now() - start < wanted_ns);
    by->send(LAST);
    flush();
    int64_t counted = by->receive();
    result->elapsed_ns = now() - start;
    result->cpu_ns = cpu_of_both() - cpu;
    result->messages = sent;
    if (counted != sent) mismatch("number of messages", sent, counted);
}

static void measure_one_way(struct result *result) {
    stream_for(WARM_UP, result);
    stream_for((int64_t) (run.seconds * SECOND), result);
    run.mechanism->send(LAST);      // only now may the far end exit: its CPU clock goes with it
    flush();
}

static void answer_one_way(void) {
    for (int phase = 0; phase < 2; phase++) {
        run.mechanism->send(run.mechanism->drain());
        flush();
    }
    int64_t came = run.mechanism->receive();
    if (came != LAST) mismatch("sequence", LAST, came);
}

// ---- Both

static inline unsigned char filler(int end, size_t i) { return i * 131 + (i >> 8) + 7 + end; }

static unsigned char *local_body(int end) {
    unsigned char *body = (unsigned char *) local_memory(2 * PAGE + run.size) + PAGE;
    for (size_t i = 0; i < run.size; i++) body[i] = filler(end, i);
    return body;
}

// That the sequence came right is checked per message, that the rest travels too on the last: a comparison per message
// would be measured with it.
static void check_body(int end) {
    if (run.mechanism->carries) return;
    for (size_t i = sizeof(int64_t); i < run.size; i++) {
        if (in_body[i] != filler(!end, i)) mismatch("byte of the body", filler(!end, i), in_body[i]);
    }
}

static void pin(int cpu) {
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(cpu, &set);
    if (sched_setaffinity(0, sizeof set, &set)) fail("pin to a CPU");
}

void run_end(int end) {
    pin(run.cpus[end]);
    out_body = local_body(end);
    in_body = local_body(end);
    control->pids[end] = getpid();
    while (!control->pids[!end]) sched_yield();
    if (run.mechanism->attach) run.mechanism->attach(end);
    if (end == NEAR && run.one_way) measure_one_way(&control->result);
    else if (end == NEAR && run.rate > 0) measure_open_loop(&control->result);
    else if (end == NEAR) measure_round_trips(&control->result);
    else if (run.one_way) answer_one_way();
    else answer_round_trips();
    check_body(end);
}
