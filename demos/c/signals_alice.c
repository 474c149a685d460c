/* A service: signals to everybody in a directory of pids that it is up, and at its end that it is down. */
#include "lesson.h"
#include <dirent.h>

static volatile sig_atomic_t ended;

static void end(int number) {
    ended = number;
}

/* Most signals end a process that does not handle them, and a pid may be another's by now. */
static int handles(int pid, int number) {
    char path[64], line[256];
    snprintf(path, sizeof path, "/proc/%d/status", pid);
    FILE *status = fopen(path, "r");
    if (!status) return -1;
    unsigned long long caught = 0;
    while (fgets(line, sizeof line, status)) sscanf(line, "SigCgt: %llx", &caught);
    fclose(status);
    return (int)(caught >> (number - 1) & 1);
}

static void tell(int number, const char *state) {
    int told = 0;
    DIR *pids = opendir("pids");
    if (!pids) give_up("Alice", "pids: there is no such directory");
    for (struct dirent *entry; (entry = readdir(pids));) {
        int pid = atoi(entry->d_name);
        if (pid <= 0) continue;
        int ready = handles(pid, number);
        if (ready == 1 && kill(pid, number) == 0) {
            told++;
        } else if (ready < 0 || (ready == 1 && errno == ESRCH)) {
            unlinkat(dirfd(pids), entry->d_name, 0);
            printf("passed over %d: its process is gone; the file was removed\n", pid);
        } else {
            printf("passed over %d: it does not handle the signal, or is another user's\n", pid);
        }
    }
    closedir(pids);
    printf("The service is %s, clients told: %d\n", state, told);
}

int main(int count, char **arguments) {
    int as_published = count > 1 && strcmp(arguments[1], "--as-published") == 0;
    mkdir("pids", 0777);
    at_end(end);
    tell(SIGUSR1, "up");
    while (!ended) pause();
    tell(as_published ? SIGUSR2 : SIGWINCH, "down"); /* USR2 belongs to the JVM */
    return 128 + ended;
}
