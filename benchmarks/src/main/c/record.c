// A ring of variable-length records for one writer and one reader, as the shm transport has it.
//
// A record is a word and the payload, and starts on a cache line, so that up to 56 bytes travel in one. The word is the
// publication flag, in place: there are no indices to fetch from the other core besides the data.
#include "limits.h"

enum {
    CACHE_LINE = 64,
    WORD = 8,
    USUAL_CAPACITY = 1 << 20,
    AHEAD = 256                     // how far words are cleared in advance; longer costs one-way rate
};

#define LENGTH INT64_C(0x7fffffff)
#define PUBLISHED INT64_C(0x80000000)
#define PAD (INT64_C(1) << 32)

struct ring {
    _Atomic int64_t progress;       // told by the reader
    char apart[PREFETCHED - sizeof(int64_t)];
    unsigned char data[];
};

static unsigned char *segment;
static size_t stride;
static int64_t capacity, mask;

// Positions count bytes since the beginning; their low bits are the place in the ring.
static struct ring *outgoing, *incoming;
static int64_t tail, limit, cleared;   // next to write; first position not free as far as known; words before it are zero
static int64_t head, told;             // next to read; progress last told

static inline int64_t record_bytes(int64_t length) { return (WORD + length + CACHE_LINE - 1) & -CACHE_LINE; }

static inline _Atomic int64_t *word_at(struct ring *ring, int64_t position) {
    return (_Atomic int64_t *) (ring->data + (position & mask));
}

static void open_rings(void) {
    // Twice the record: one that does not fit before the end of the ring starts again at its beginning.
    capacity = USUAL_CAPACITY;
    while (capacity < 2 * record_bytes(run.size) + CACHE_LINE) capacity *= 2;
    mask = capacity - 1;
    stride = sizeof(struct ring) + capacity;
    segment = shared_memory(2 * stride);
}

static void attach(int end) {
    outgoing = (struct ring *) (segment + stride * end);
    incoming = (struct ring *) (segment + stride * !end);
    limit = capacity;
    cleared = capacity;             // a new ring is zero
}

static inline void clear_words(int64_t until) {
    for (; cleared < until; cleared += CACHE_LINE) {
        atomic_store_explicit(word_at(outgoing, cleared), 0, memory_order_relaxed);
    }
}

static void send(int64_t sequence) {
    const int64_t length = run.size, bytes = record_bytes(length), left = capacity - (tail & mask);
    const int64_t pad = bytes > left ? left : 0, start = tail + pad, end = start + bytes;

    // Room for the record and the word behind it, which must be zero before the record can be seen.
    while (end + CACHE_LINE > limit) limit = atomic_load_explicit(&outgoing->progress, memory_order_acquire) + capacity;

    if (cleared <= end) {           // the record outruns what was cleared: what lies inside it needs no clearing
        cleared = end;
        clear_words(end + CACHE_LINE);
    }
    write_message(outgoing->data + (start & mask) + WORD, sequence, length);
    atomic_store_explicit(word_at(outgoing, start), PUBLISHED | length, memory_order_release);
    if (pad) atomic_store_explicit(word_at(outgoing, tail), PAD | PUBLISHED | (pad - WORD), memory_order_release);
    tail = end;

    // Now, while the other core is busy with the record: stores retire in order, so before publishing a clear that
    // misses the cache would hold up the word that the reader waits for.
    if (cleared <= end + AHEAD / 2) {
        const int64_t until = end + AHEAD + CACHE_LINE;
        clear_words(until < limit ? until : limit);
    }
}

static inline void tell_progress(void) {
    atomic_store_explicit(&incoming->progress, head, memory_order_release);
    told = head;
}

static inline int64_t look(_Atomic int64_t *at) { return atomic_load_explicit(at, memory_order_acquire); }

// Takes the next record into in_body. The writer learns of progress in large steps, and whenever the reader has to wait.
static inline void take(void) {
    _Atomic int64_t *at = word_at(incoming, head);
    int64_t word = look(at);
    if (!word) {
        if (told != head) tell_progress();
        while (!(word = look(at))) {}
    }
    if (__builtin_expect(word & PAD, 0)) {
        head += (word & LENGTH) + WORD;
        at = word_at(incoming, head);
        word = look(at);            // published before its pad
    }
    const int64_t length = word & LENGTH;
    if (__builtin_expect((word & ~LENGTH) != PUBLISHED, 0)) mismatch("record word", PUBLISHED | run.size, word);
    check_length(length);
    memcpy(in_body, (unsigned char *) at + WORD, length);
    head += record_bytes(length);
    if (head - told >= capacity / 8) tell_progress();
}

static int64_t receive(void) {
    take();
    return stamped();
}

static int64_t drain(void) {
    int64_t received = 0;
    do take(); while (count_next(&received));
    return received;
}

const struct mechanism record = {
    .name = "record", .about = "ring of records in shared memory, published by a word in place; both ends spin",
    .one_way = true, .open = open_rings, .attach = attach, .send = send, .receive = receive, .drain = drain,
};
