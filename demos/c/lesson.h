/* What every program here needs and none of them teaches: DEMO_SLOW=1 tells each step on standard error, DEMO_HURRY=20
   makes pauses a twentieth as long. */
#ifndef LESSON_H
#define LESSON_H

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static inline void pause_for(double seconds) {
    const char *hurry = getenv("DEMO_HURRY");
    if (hurry) seconds /= atof(hurry);
    struct timespec rest = {(time_t)seconds, (long)((seconds - (time_t)seconds) * 1e9)};
    nanosleep(&rest, NULL);
}

static inline void step(const char *format, ...) {
    if (!getenv("DEMO_SLOW")) return;
    va_list arguments;
    va_start(arguments, format);
    fputs("  . ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    pause_for(1);
}

static inline void give_up(const char *who, const char *why) {
    fprintf(stderr, "%s: %s\n", who, why);
    exit(1);
}

/* Calls this at Ctrl+C and at SIGTERM, in the middle of whatever goes on: it may only do what a signal handler may. */
static inline void at_end(void (*handler)(int)) {
    struct sigaction action = {.sa_handler = handler};
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    setvbuf(stdout, NULL, _IOLBF, 0);
}

#endif
