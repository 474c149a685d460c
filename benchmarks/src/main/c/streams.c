// Byte streams of the kernel: FIFOs, Unix domain sockets, TCP over loopback. Blocking descriptors, and the frames of the
// Java transports: length as 4 bytes big-endian, then the body.
#include "limits.h"
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    BULK = 256 << 10,               // one-way: how much one read asks for
    USERS_PIPE = 1 << 20            // pipe-max-size as the kernel comes
};

static struct { int in, out; } ends[2];
static int in, out;
static size_t frame_bytes;

static unsigned char *batch;
static size_t batched, bulk_bytes;
static unsigned char *bulk;

// A frame longer than the FIFO goes over in pieces, with a sleep between them. 64 KiB and its header is such a frame.
static void make_room(int fifo) {
    int room = fcntl(fifo, F_GETPIPE_SZ), wanted = FRAME_HEADER + run.size;
    if (wanted > USERS_PIPE) wanted = USERS_PIPE;
    if (room < wanted) fcntl(fifo, F_SETPIPE_SZ, wanted);   // refused when the user has many already: then in pieces
}

static void open_fifos(void) {
    char folder[256], path[280];
    snprintf(folder, sizeof folder, "%s/limits-XXXXXX", scratch_folder());
    if (!mkdtemp(folder)) fail("make a folder");
    for (int end = 0; end < 2; end++) {
        snprintf(path, sizeof path, "%s/fifo", folder);
        // Reading first and without waiting, or the open would wait for a writer that comes after it.
        bool opened = mkfifo(path, 0600) == 0 && (ends[end].in = open(path, O_RDONLY | O_NONBLOCK)) >= 0
            && (ends[!end].out = open(path, O_WRONLY)) >= 0 && fcntl(ends[end].in, F_SETFL, 0) == 0;
        int error = errno;
        unlink(path);
        if (!opened) {
            rmdir(folder);
            errno = error;
            fail("open a FIFO");
        }
        make_room(ends[end].in);
    }
    rmdir(folder);
}

static void open_unix_sockets(void) {
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair)) fail("socketpair");
    for (int end = 0; end < 2; end++) ends[end].in = ends[end].out = pair[end];
}

static void open_tcp_sockets(void) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    int listener = socket(AF_INET, SOCK_STREAM, 0), near = socket(AF_INET, SOCK_STREAM, 0), far, yes = 1;
    if (listener < 0 || near < 0 || bind(listener, (struct sockaddr *) &address, length) || listen(listener, 1)
        || getsockname(listener, (struct sockaddr *) &address, &length)
        || connect(near, (struct sockaddr *) &address, length) || (far = accept(listener, NULL, NULL)) < 0) {
        fail("connect over loopback");
    }
    close(listener);
    if (setsockopt(near, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes)
        || setsockopt(far, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes)) {
        fail("set TCP_NODELAY");
    }
    ends[NEAR].in = ends[NEAR].out = near;
    ends[FAR].in = ends[FAR].out = far;
}

static void attach(int end) {
    in = ends[end].in;
    out = ends[end].out;
    frame_bytes = FRAME_HEADER + run.size;
    if (run.batch > 1) batch = local_memory(run.batch * frame_bytes);
    bulk_bytes = frame_bytes > BULK ? frame_bytes : BULK;
    if (run.one_way) bulk = local_memory(bulk_bytes);
}

static void write_all(const unsigned char *bytes, size_t count) {
    while (count) {
        ssize_t written = write(out, bytes, count);
        if (written < 0) {
            if (errno == EINTR) continue;
            fail("write");
        }
        bytes += written;
        count -= written;
    }
}

static size_t read_some(unsigned char *bytes, size_t room) {
    for (;;) {
        ssize_t count = read(in, bytes, room);
        if (count > 0) return count;
        if (count == 0) errno = EPIPE;
        if (errno != EINTR) fail("read");
    }
}

static inline void put_header(unsigned char *frame) {
    uint32_t length = htonl(run.size);
    memcpy(frame, &length, sizeof length);
}

static inline size_t body_length(const unsigned char *frame) {
    uint32_t length;
    memcpy(&length, frame, sizeof length);
    check_length(ntohl(length));
    return ntohl(length);
}

static void flush(void) {
    write_all(batch, batched * frame_bytes);
    batched = 0;
}

static void send_frame(int64_t sequence) {
    if (run.batch == 1) {
        unsigned char *frame = out_body - FRAME_HEADER;
        put_header(frame);
        memcpy(out_body, &sequence, sizeof sequence);
        write_all(frame, frame_bytes);
        return;
    }
    unsigned char *frame = batch + batched++ * frame_bytes;
    put_header(frame);
    write_message(frame + FRAME_HEADER, sequence, run.size);
    if (batched == run.batch) flush();
}

// Nothing can follow the frame, so what is there is read straight to where it belongs; one byte more would tell.
static int64_t receive_frame(void) {
    unsigned char *frame = in_body - FRAME_HEADER;
    size_t have = 0, need = FRAME_HEADER;
    while (have < need) {
        have += read_some(frame + have, frame_bytes + 1 - have);
        if (have >= FRAME_HEADER) need = FRAME_HEADER + body_length(frame);
    }
    if (have > need) mismatch("end of frame", need, have);
    return stamped();
}

static int64_t drain_frames(void) {
    int64_t received = 0;
    size_t from = 0, to = 0;
    for (;;) {
        while (to - from >= FRAME_HEADER) {
            size_t length = body_length(bulk + from);
            if (to - from < FRAME_HEADER + length) break;
            memcpy(in_body, bulk + from + FRAME_HEADER, length);
            from += FRAME_HEADER + length;
            if (count_next(&received)) continue;
            if (from != to) mismatch("end of stream", from, to);
            return received;
        }
        memmove(bulk, bulk + from, to - from);
        to -= from;
        from = 0;
        to += read_some(bulk + to, bulk_bytes - to);
    }
}

#define STREAM \
    .one_way = true, .batches = true, .attach = attach, .send = send_frame, .flush = flush, \
    .receive = receive_frame, .drain = drain_frames

const struct mechanism fifo = {
    .name = "fifo", .about = "a FIFO per direction, blocking, framed", .open = open_fifos, STREAM,
};

const struct mechanism uds = {
    .name = "uds", .about = "Unix domain stream sockets, blocking, framed", .open = open_unix_sockets, STREAM,
};

const struct mechanism tcp = {
    .name = "tcp", .about = "TCP over loopback with TCP_NODELAY, blocking, framed", .open = open_tcp_sockets, STREAM,
};
