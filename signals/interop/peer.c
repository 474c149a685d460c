// A peer of signal:// in C: connects to a listener, or listens, and sends every message back.
//
//     gcc -std=c11 -O2 -o peer peer.c
//     ./peer connect /run/user/1000/ipckit/demo.signal
//     ./peer listen /run/user/1000/ipckit/demo.signal
//
// The protocol is described in ../README.md. Values that have come lie in a ring until their message is received, and the
// other side is allowed no more than has room in it.

#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

enum { CREDIT = 1, GOODBYE = 2 };
enum { FIRST = 4, MORE = 7, MOST = 1 << 16 };               // bytes of a message in its first value, in each further one
enum { WINDOW = 64 };                                       // values that may be on their way to us
enum { RING = 1 << 14 };                                    // more than the largest message and two windows
enum { END = 1 };                                           // the number of our end: this program has no other
enum { GREETING = 256 };                                    // bytes at most

static const uint64_t DATA = ((uint64_t) 1 << 56) - 1, COUNT = ((uint64_t) 1 << 48) - 1;
static const long MILLISECOND = 1000000;

_Static_assert(sizeof(void *) == sizeof(uint64_t), "a signal carries eight bytes");

struct connection {
    int lease;                                              // its end says that the other process is gone
    int pid, thread, signal;                                // where our values go
    unsigned end;
    uint64_t sent, allowed;                                 // values of data, in all
    uint64_t taken, consumed, told;
    uint64_t ring[RING];
    bool finished;                                          // the other side sends nothing more
    bool lost;                                              // nothing can be sent to it
};

static int own_signal;                                      // the one that carries values to us
static sigset_t own_signals;                                // only that one

static void fail(const char *format, ...) {
    va_list what;
    va_start(what, format);
    fputs("peer: ", stderr);
    vfprintf(stderr, format, what);
    fputc('\n', stderr);
    va_end(what);
    exit(1);
}

static void require(bool succeeded, const char *what) {
    if (!succeeded) fail("%s: %s", what, strerror(errno));
}

// ---------------------------------------------------------------- where signals go

// The time at which a process began, 0 if there is none: a pid alone may be another process's later.
static uint64_t start_of(int pid) {
    char path[64], stat[1024];
    snprintf(path, sizeof path, "/proc/%d/stat", pid);
    FILE *file = fopen(path, "r");
    if (!file) return 0;
    size_t size = fread(stat, 1, sizeof stat - 1, file);
    fclose(file);
    stat[size] = 0;
    char *field = strrchr(stat, ')');                       // the name before it may hold anything
    for (int skip = 0; field && skip < 20; skip++) field = strchr(field + 1, ' ');
    return field ? strtoull(field, NULL, 10) : 0;
}

// Blocked first, then ignored for all other threads, then told to anybody: until then one could end this process.
static void open_queue(void) {
    own_signal = SIGRTMIN + 5;
    sigemptyset(&own_signals);
    sigaddset(&own_signals, own_signal);
    require(sigprocmask(SIG_BLOCK, &own_signals, NULL) == 0, "block a signal");
    require(signal(own_signal, SIG_IGN) != SIG_ERR, "ignore a signal");
}

static int greeting(struct connection *c, char *text) {
    c->told = WINDOW;
    return snprintf(text, GREETING, "ipckit-signal/1 pid %d start %llu thread %ld signal %d end %d window %d", getpid(),
                    (unsigned long long) start_of(getpid()), syscall(SYS_gettid), own_signal, END, WINDOW);
}

static void hear(struct connection *c, const char *text) {
    unsigned long long start, window;
    int read = 0;
    sscanf(text, "ipckit-signal/1 pid %d start %llu thread %d signal %d end %u window %llu%n", &c->pid, &start, &c->thread,
           &c->signal, &c->end, &window, &read);
    if (read == 0 || text[read] != 0 || c->end < 1 || c->end > 127) fail("not a greeting: %s", text);
    if (start_of(c->pid) != start) fail("%d is another process", c->pid);
    c->allowed = window;
}

// ---------------------------------------------------------------- frames of the greeting: a length and the bytes

static void put(int lease, const char *bytes, size_t size) {
    unsigned char frame[4 + 1 + GREETING] = {0, 0, (unsigned char) (size >> 8), (unsigned char) size};
    memcpy(frame + 4, bytes, size);
    require(send(lease, frame, 4 + size, MSG_NOSIGNAL) == (ssize_t) (4 + size), "send the greeting");
}

// What the listener answers has one byte more, and ours ends with a zero.
static size_t get(int lease, char bytes[GREETING + 2]) {
    unsigned char length[4];
    require(recv(lease, length, sizeof length, MSG_WAITALL) == sizeof length, "receive the greeting");
    uint32_t size = (uint32_t) length[0] << 24 | (uint32_t) length[1] << 16 | (uint32_t) length[2] << 8 | length[3];
    if (size > GREETING + 1) fail("a greeting of %u bytes", size);
    require(recv(lease, bytes, size, MSG_WAITALL) == (ssize_t) size, "receive the greeting");
    bytes[size] = 0;
    return size;
}

// ---------------------------------------------------------------- values

// Returns false if the queue of the other side is full, or its process is gone.
static bool queue_value(struct connection *c, bool control, uint64_t data) {
    siginfo_t info;
    memset(&info, 0, sizeof info);
    info.si_signo = c->signal;
    info.si_code = SI_QUEUE;
    info.si_pid = getpid();
    info.si_uid = getuid();
    info.si_value.sival_ptr = (void *) ((uint64_t) c->end << 57 | (uint64_t) control << 56 | data);
    if (syscall(SYS_rt_tgsigqueueinfo, c->pid, c->thread, c->signal, &info) == 0) return true;
    if (errno != EAGAIN) c->lost = true;
    return false;
}

// Tells the other side how much it may send in all: no more than is to be on its way, or has room.
static void allow(struct connection *c) {
    uint64_t by_queue = c->taken + WINDOW, by_room = c->consumed + RING;
    uint64_t most = by_queue < by_room ? by_queue : by_room;
    if (c->finished || c->lost || most < c->told + WINDOW / 4) return;
    if (queue_value(c, true, (uint64_t) CREDIT << 48 | most)) c->told = most;
}

static void accept_value(struct connection *c, uint64_t value) {
    uint64_t data = value & DATA;
    if (!(value >> 56 & 1)) {
        if (c->taken - c->consumed == RING) fail("the other side sent more than it may");
        c->ring[c->taken++ % RING] = data;
    } else if (data >> 48 == CREDIT) {
        if ((data & COUNT) > c->allowed) c->allowed = data & COUNT;
    } else if (data >> 48 == GOODBYE) {
        c->finished = true;
    }
}

// The end of the lease, or the goodbye in it. What was sent before has been queued before.
static void look_at_lease(struct connection *c) {
    char byte = 1;
    ssize_t size = recv(c->lease, &byte, 1, MSG_DONTWAIT);
    if (size == 0 || (size == 1 && byte == 0) || (size < 0 && errno != EAGAIN && errno != EINTR)) c->finished = true;
}

// Takes a value if one comes in that time; returns false if none did.
static bool serve(struct connection *c, long milliseconds) {
    struct timespec wait = {0, milliseconds * MILLISECOND};
    siginfo_t info;
    bool came = sigtimedwait(&own_signals, &info, &wait) == own_signal;
    uint64_t value = came ? (uint64_t) info.si_value.sival_ptr : 0;
    // The pid is the sender's claim. It only sorts: the kernel has let none but this user and root send.
    if (came && info.si_code == SI_QUEUE && info.si_pid == c->pid && value >> 57 == END) accept_value(c, value);
    if (!came) look_at_lease(c);
    allow(c);
    return came;
}

// ---------------------------------------------------------------- messages

static uint64_t values_of(uint64_t size) {
    return 1 + (size > FIRST ? (size - FIRST + MORE - 1) / MORE : 0);
}

// The next bytes of a message, big-endian, filled up with zeros.
static uint64_t bytes_at(const unsigned char *message, size_t size, size_t at, size_t count) {
    uint64_t bytes = 0;
    for (size_t i = at; i < at + count; i++) bytes = bytes << 8 | (i < size ? message[i] : 0);
    return bytes;
}

static bool send_value(struct connection *c, uint64_t data) {
    while (c->sent == c->allowed || !queue_value(c, false, data)) {
        if (c->finished || c->lost) return false;
        serve(c, 10);
    }
    c->sent++;
    return true;
}

// Returns false if the other side takes nothing more.
static bool send_message(struct connection *c, const unsigned char *message, size_t size) {
    bool sent = send_value(c, (uint64_t) size << 32 | bytes_at(message, size, 0, FIRST));
    for (size_t at = FIRST; sent && at < size; at += MORE) sent = send_value(c, bytes_at(message, size, at, MORE));
    return sent;
}

// Returns the size of the next message if all of it has come, -1 if not.
static long next_size(const struct connection *c) {
    if (c->taken == c->consumed) return -1;
    uint64_t size = c->ring[c->consumed % RING] >> 32;
    if (size > MOST) fail("a message of %llu bytes", (unsigned long long) size);
    return c->taken - c->consumed >= values_of(size) ? (long) size : -1;
}

// Returns the size of the next message, -1 at the end.
static long receive_message(struct connection *c, unsigned char message[MOST]) {
    while (next_size(c) < 0 && !c->finished) serve(c, 50);
    while (next_size(c) < 0) {
        if (!serve(c, 0)) return -1;
    }
    long size = next_size(c);
    uint64_t value = c->ring[c->consumed++ % RING];
    for (long at = 0, left = FIRST; at < size; at++) {
        if (left == 0) {
            value = c->ring[c->consumed++ % RING];
            left = MORE;
        }
        message[at] = (unsigned char) (value >> 8 * --left);
    }
    allow(c);
    return size;
}

static void close_connection(struct connection *c) {
    while (!c->lost && !queue_value(c, true, (uint64_t) GOODBYE << 48 | c->sent)) serve(c, 1);
    send(c->lease, "", 1, MSG_NOSIGNAL);
    close(c->lease);
}

// ---------------------------------------------------------------- roles

static int open_socket(const char *path, struct sockaddr_un *address) {
    *address = (struct sockaddr_un) {.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof address->sun_path) fail("the path is too long: %s", path);
    strcpy(address->sun_path, path);
    int opened = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    require(opened >= 0, "socket");
    return opened;
}

static void connect_to(struct connection *c, const char *path) {
    struct sockaddr_un address;
    char own[GREETING], answer[GREETING + 2];
    c->lease = open_socket(path, &address);
    require(connect(c->lease, (struct sockaddr *) &address, sizeof address) == 0, path);
    put(c->lease, own, (size_t) greeting(c, own));
    if (get(c->lease, answer) == 0 || answer[0] != 1) fail("the listener refuses: %s", answer + 1);
    hear(c, answer + 1);
}

static void listen_at(struct connection *c, const char *path) {
    struct sockaddr_un address;
    char theirs[GREETING + 2], own[1 + GREETING] = {1};
    int door = open_socket(path, &address);
    require(bind(door, (struct sockaddr *) &address, sizeof address) == 0 && listen(door, 1) == 0, path);
    puts("listening");
    fflush(stdout);
    c->lease = accept(door, NULL, NULL);
    require(c->lease >= 0, "accept");
    close(door);
    unlink(path);
    get(c->lease, theirs);
    hear(c, theirs);
    put(c->lease, own, 1 + (size_t) greeting(c, own + 1));
}

static struct connection connection;
static unsigned char message[MOST];

int main(int count, char **arguments) {
    bool connects = count == 3 && strcmp(arguments[1], "connect") == 0;
    if (!connects && !(count == 3 && strcmp(arguments[1], "listen") == 0)) fail("usage: peer connect|listen PATH");
    open_queue();
    (connects ? connect_to : listen_at)(&connection, arguments[2]);
    int echoed = 0;
    for (long size; (size = receive_message(&connection, message)) >= 0; echoed++) {
        if (!send_message(&connection, message, (size_t) size)) break;
    }
    close_connection(&connection);
    printf("%d messages\n", echoed);
    return 0;
}
