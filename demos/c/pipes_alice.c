/* Makes a named pipe, and prints in plain words what comes out of it. */
#include "lesson.h"
#include <ctype.h>
#include <poll.h>

static void clean_up(int number) {
    unlink("fifo");
    _exit(128 + number);
}

static void out_of_sync(void) {
    unlink("fifo");
    give_up("Alice", "Out of sync!");
}

/* Waits until so many bytes have come. They may come in pieces, and no writer may be there for a while. */
static void read_all(int pipe, char *into, int count, int within_message) {
    for (int have = 0; have < count;) {
        struct pollfd readable = {.fd = pipe, .events = POLLIN};
        poll(&readable, 1, 1000);
        ssize_t come = read(pipe, into + have, (size_t)(count - have));
        if (come > 0) have += (int)come;
        if (come == 0) { /* no writer is there */
            if (within_message) out_of_sync();
            struct timespec rest = {0, 50000000}; /* a pipe that is at its end would keep the processor busy */
            nanosleep(&rest, NULL);
        }
        if (come < 0 && errno != EAGAIN) give_up("Alice", strerror(errno));
    }
}

int main(void) {
    int other = open("fifo", O_WRONLY | O_NONBLOCK);
    if (other >= 0) give_up("Alice", "another Alice reads from fifo; two would each get a part of the bytes");
    if (mkfifo("fifo", 0644) < 0 && errno != EEXIST) give_up("Alice", strerror(errno));
    at_end(clean_up);
    int pipe = open("fifo", O_RDONLY | O_NONBLOCK); /* returns at once; without O_NONBLOCK it waits for a writer */
    if (pipe < 0) give_up("Alice", strerror(errno));
    step("made the FIFO fifo, mode 0644, and opened it to read");

    for (;;) {
        char sign, length[5] = "", body[10000];
        read_all(pipe, &sign, 1, 0);
        if (sign != 'X') out_of_sync();
        read_all(pipe, length, 4, 1);
        if (strspn(length, "0123456789") != 4) out_of_sync();
        int size = atoi(length);
        read_all(pipe, body, size, 1);
        body[size] = 0;
        for (char *c = body; *c; c++) *c = *c == '_' || *c == '-' ? ' ' : (char)tolower((unsigned char)*c);
        puts(body);
    }
}
