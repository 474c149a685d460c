/* A client: enters the directory of pids, and knows from then on whether the service is up. */
#include "lesson.h"

static char pid_file[64];

/* A handler may interrupt anything, so it may do little: printf, for one, is not allowed here, and write is. */
static void up(int number) {
    (void)number;
    if (write(1, "The service is up\n", 18) < 0) _exit(1);
}

static void down(int number) {
    (void)number;
    if (write(1, "The service is down\n", 20) < 0) _exit(1);
}

static void clean_up(int number) {
    unlink(pid_file);
    _exit(128 + number);
}

int main(int count, char **arguments) {
    int as_published = count > 1 && strcmp(arguments[1], "--as-published") == 0;
    struct sigaction action = {.sa_handler = up, .sa_flags = SA_RESTART};
    sigaction(SIGUSR1, &action, NULL); /* first of all: a signal that nobody handles ends the process */
    action.sa_handler = down;
    sigaction(as_published ? SIGUSR2 : SIGWINCH, &action, NULL); /* USR2 belongs to the JVM */
    at_end(clean_up);

    mkdir("pids", 0777);
    snprintf(pid_file, sizeof pid_file, "pids/%d", (int)getpid());
    int file = open(pid_file, O_CREAT | O_WRONLY, 0644);
    if (file < 0) give_up("Bob", strerror(errno));
    close(file);
    step("entered as %s", pid_file);
    puts("The service is up as far as I know");
    for (;;) pause();
}
