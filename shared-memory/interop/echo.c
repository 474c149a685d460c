// Connects to a listener of shm:// and sends each message back: cc -std=gnu11 -O2 echo.c -o echo && ./echo PATH
#include "ipckit_shm.h"

enum { ROOM = 16 << 20 };

int main(int count, char **arguments) {
    if (count != 2) {
        fprintf(stderr, "usage: echo PATH\n");
        return 2;
    }
    struct ipckit_shm connection;
    int failed = ipckit_shm_connect(&connection, arguments[1], 1 << 20);
    if (failed) {
        fprintf(stderr, "echo: connect to %s: %d, %s\n", arguments[1], failed, strerror(errno));
        return 1;
    }
    char *buffer = malloc(ROOM);
    long echoed = 0, size = 0;
    while (buffer && (size = ipckit_shm_receive(&connection, buffer, ROOM, -1)) >= 0) {
        failed = ipckit_shm_send(&connection, buffer, (size_t) size);
        if (failed) break;
        echoed++;
    }
    long end = failed ? failed : size;
    printf("%s after %ld\n", end == IPCKIT_SHM_CLOSED ? "closed" : end == IPCKIT_SHM_LOST ? "lost" : "failed", echoed);
    ipckit_shm_close(&connection);
    free(buffer);
    return end == IPCKIT_SHM_CLOSED ? 0 : 1;
}
