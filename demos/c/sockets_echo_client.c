/* Sends one line to the echo server, and prints what comes back. */
#include "sockets.h"

int main(int count, char **arguments) {
    const char *place = count > 1 ? arguments[1] : "6001", *text = count > 2 ? arguments[2] : "hello";
    int server = open_socket(place, connect);
    if (server < 0) give_up("echo client", strerror(errno));
    if (all(server, (void *)text, strlen(text), 1)) give_up("echo client", strerror(errno));
    shutdown(server, SHUT_WR); /* the only way to say that this was all */

    char bytes[4096];
    for (ssize_t came; (came = recv(server, bytes, sizeof bytes, 0)) > 0;) fwrite(bytes, 1, (size_t)came, stdout);
    putchar('\n');
    close(server);
    return 0;
}
