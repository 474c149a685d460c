// A file per direction: its writer locks it and rewrites it, its reader polls the time of the last change. The file is as
// long as the JSON of a message would be: 100 bytes for one of 64.
#include "limits.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    HEAD = 33,                      // before the message: its sequence number and the names
    TAIL = 3,
    // A kernel that keeps file times by the tick gives two changes the same time; look at the text now and then anyway.
    POLLS_PER_LOOK = 1000
};

static const char before[] = "{\"n\":", after[] = ",\"text\":\"", tail[] = "\"}\n";
static int files[2], mine, theirs;
static char *text, *came;
static size_t text_bytes;
static struct timespec changed;
static int64_t last_seen;

static void open_files(void) {
    for (int end = 0; end < 2; end++) {
        char path[256];
        snprintf(path, sizeof path, "%s/limits-XXXXXX", scratch_folder());
        if ((files[end] = mkstemp(path)) < 0) fail("make a file");
        unlink(path);
    }
}

// Opened once more, so that each end has its own open file, as processes that meet by a name do.
static int reopen(int file) {
    char path[64];
    snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    int own = open(path, O_RDWR);
    if (own < 0) fail("open a file");
    return own;
}

static void attach(int end) {
    text_bytes = HEAD + run.size + TAIL;
    text = local_memory(text_bytes);
    came = local_memory(text_bytes);
    memcpy(text + HEAD + run.size, tail, TAIL);
    mine = reopen(files[end]);
    theirs = reopen(files[!end]);
}

static void lock(int file, short type) {
    struct flock whole = {.l_type = type, .l_whence = SEEK_SET};
    while (fcntl(file, F_SETLKW, &whole)) {
        if (errno != EINTR) fail("lock a file");
    }
}

static void send(int64_t sequence) {
    char head[HEAD + 1];
    snprintf(head, sizeof head, "%s%19lld%s", before, (long long) sequence, after);
    memcpy(text, head, HEAD);
    write_message((unsigned char *) text + HEAD, sequence, run.size);
    lock(mine, F_WRLCK);
    if (pwrite(mine, text, text_bytes, 0) != (ssize_t) text_bytes) fail("write a file");
    lock(mine, F_UNLCK);
}

static bool has_changed(void) {
    struct stat status;
    if (fstat(theirs, &status)) fail("look at a file");
    if (status.st_mtim.tv_nsec == changed.tv_nsec && status.st_mtim.tv_sec == changed.tv_sec) return false;
    changed = status.st_mtim;
    return true;
}

static int64_t receive(void) {
    for (int polls = 1;; polls++) {
        if (!has_changed() && polls % POLLS_PER_LOOK) continue;
        lock(theirs, F_RDLCK);
        ssize_t length = pread(theirs, came, text_bytes, 0);
        lock(theirs, F_UNLCK);
        if (length < 0) fail("read a file");
        if (length == 0) continue;  // not yet written for the first time
        if (length != (ssize_t) text_bytes || memcmp(came, before, sizeof before - 1)) {
            mismatch("length of the text", text_bytes, length);
        }
        int64_t sequence = strtoll(came + sizeof before - 1, NULL, 10);
        if (sequence == last_seen) continue;
        memcpy(in_body, came + HEAD, run.size);
        if (stamped() != sequence) mismatch("sequence in the message", sequence, stamped());
        return last_seen = sequence;
    }
}

const struct mechanism file_lock = {
    .name = "file-lock", .about = "lock a file and rewrite it; the reader polls its time of change",
    .open = open_files, .attach = attach, .send = send, .receive = receive,
};
