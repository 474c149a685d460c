/* Writes one message into the named pipe that Alice has made. */
#include "lesson.h"

int main(int count, char **arguments) {
    const char *message = count > 1 ? arguments[1] : "TERRiBLe_looking-machine-oUTput";
    size_t size = strlen(message);
    if (size > 9999) give_up("Bob", "its length has four digits, so 9999 bytes are the most");

    int pipe = -1;
    for (int turn = 0; pipe < 0 && turn < 100; turn++) {
        pipe = open("fifo", O_WRONLY | O_NONBLOCK); /* fails at once if nobody reads */
        if (pipe < 0 && errno != ENOENT && errno != ENXIO) give_up("Bob", strerror(errno));
        if (pipe < 0) pause_for(0.05);
    }
    if (pipe < 0) give_up("Bob", errno == ENXIO ? "fifo: nobody reads from it (ENXIO)" : "fifo: there is no FIFO (ENOENT)");
    fcntl(pipe, F_SETFL, 0); /* from here on a full pipe makes us wait */

    char frame[5 + 9999 + 1];
    int length = snprintf(frame, sizeof frame, "X%04zu%s", size, message);
    if (write(pipe, frame, (size_t)length) != length) give_up("Bob", strerror(errno)); /* up to 4096 bytes as a whole */
    step("wrote %d bytes: %.40s", length, frame);
    return 0;
}
