/* Sends every byte back, with nothing but the sockets of the system: no frames, no key, no messages. */
#include "sockets.h"

int main(int count, char **arguments) {
    const char *place = count > 1 ? arguments[1] : "6001";
    setvbuf(stdout, NULL, _IOLBF, 0);
    signal(SIGCHLD, SIG_IGN); /* nobody asks how the children have ended */

    int listening = open_socket(place, bind);
    if (listening < 0 || listen(listening, 50)) give_up("echo server", strerror(errno));
    struct sockaddr_in bound = {0};
    socklen_t size = sizeof bound;
    getsockname(listening, (struct sockaddr *)&bound, &size);
    printf("echoing at port %d\n", ntohs(bound.sin_port));
    for (;;) {
        int client = accept(listening, NULL, NULL);
        if (client < 0) continue;
        if (fork() == 0) { /* a process for each client: the oldest way to serve several */
            char bytes[65536];
            /* What comes in one recv is whatever has arrived: half a line, or three. A stream has no messages. */
            for (ssize_t came; (came = recv(client, bytes, sizeof bytes, 0)) > 0;)
                if (all(client, bytes, (size_t)came, 1)) break;
            return 0;
        }
        close(client);
    }
}
