// What plain C reaches on this machine: two pinned processes, one mechanism, round trips (closed or open loop) or one
// way. One line of JSON.
//
//     cc -O2 -std=gnu11 -Wall -Wextra -o limits benchmarks/src/main/c/*.c -lrt -lpthread
#include "limits.h"
#include <errno.h>
#include <getopt.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static const double highest_rate = 1e9;

enum { SILENCE_SECONDS = 10, LONGEST_SECONDS = 3600, LARGEST_BATCH = 65536, LARGEST_WRITE = 64 << 20 };

static const struct mechanism *const mechanisms[] = {
    &cache_line, &record, &futex, &spin_futex, &fifo, &uds, &tcp, &queued_signal, &file_lock,
};
enum { MECHANISMS = sizeof mechanisms / sizeof *mechanisms };

struct run run = {.batch = 1, .cpus = {-1, -1}};
struct control *control;

static const char help[] =
    "usage: limits round-trip|one-way|open-loop MECHANISM SIZE SECONDS\n"
    "              [--cpus A,B] [--batch N] [--rate N] [--samples FILE]\n"
    "       limits list\n"
    "       limits --help\n"
    "\n"
    "Measures MECHANISM between two processes with messages of SIZE bytes (8 to 16777216) for SECONDS.\n"
    "\n"
    "  --cpus A,B      pin the measuring process to CPU A, its peer to CPU B (default: the first two allowed)\n"
    "  --batch N       one-way over fifo, uds, tcp: N messages per write (default 1)\n"
    "  --rate N        open-loop, which needs it: begin N round trips per second at times fixed beforehand, one under way\n"
    "                  at a time; each counts from its time, and one that is due after twice SECONDS as late as it is then\n"
    "  --samples FILE  round-trip, open-loop: also write the sampled times to FILE, in ns, one a line, in order of time\n"
    "\n"
    "Exit: 0 with one JSON object on one line; 1 usage; 2 the system refused something; 3 a message came wrong;\n"
    "4 the peer was silent for 10 s; 128 + n ended by signal n.\n"
    "`limits list` prints per line: name, what it can do (joined by commas), description.\n";

static _Noreturn void __attribute__((format(printf, 1, 2))) usage(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    fputs("limits: ", stderr);
    vfprintf(stderr, format, arguments);
    fputs("; see limits --help\n", stderr);
    exit(1);
}

static void list(void) {
    for (int i = 0; i < MECHANISMS; i++) {
        const struct mechanism *m = mechanisms[i];
        char can[40];
        snprintf(can, sizeof can, "round-trip,open-loop%s%s", m->one_way ? ",one-way" : "", m->batches ? ",batch" : "");
        printf("%-10s  %-34s  %s\n", m->name, can, m->about);
    }
}

// ---- Arguments

static long integer(const char *what, const char *text, long least, long most) {
    char *end;
    errno = 0;
    long value = strtol(text, &end, 10);
    if (end == text || *end) usage("%s '%s' is not a whole number", what, text);
    if (errno || value < least) usage("%s %s is below the limit of %ld", what, text, least);
    if (value > most) usage("%s %s is above the limit of %ld", what, text, most);
    return value;
}

static double number(const char *what, const char *text, double most) {
    char *end;
    double value = strtod(text, &end);
    if (end == text || *end || !(value > 0 && value <= most)) usage("%s '%s' is not above 0 and at most %.0f", what, text, most);
    return value;
}

static const char *kind(void) { return run.one_way ? "one-way" : run.rate > 0 ? "open-loop" : "round-trip"; }

static void choose_cpus(const char *pair) {
    cpu_set_t allowed;
    if (sched_getaffinity(0, sizeof allowed, &allowed)) fail("ask for the allowed CPUs");
    if (pair) {
        char first[16], second[16], rest;
        if (sscanf(pair, "%15[0-9],%15[0-9]%c", first, second, &rest) != 2) usage("--cpus '%s' is not A,B", pair);
        run.cpus[NEAR] = integer("CPU", first, 0, CPU_SETSIZE - 1);
        run.cpus[FAR] = integer("CPU", second, 0, CPU_SETSIZE - 1);
        for (int end = 0; end < 2; end++) {
            if (!CPU_ISSET(run.cpus[end], &allowed)) usage("CPU %d is not among those this process may use", run.cpus[end]);
        }
        return;
    }
    for (int cpu = 0, end = 0; cpu < CPU_SETSIZE && end < 2; cpu++) {
        if (CPU_ISSET(cpu, &allowed)) run.cpus[end++] = cpu;
    }
    // Two that spin on one CPU measure the scheduler's time slice; whoever wants that says so.
    if (run.cpus[FAR] < 0) usage("only CPU %d is allowed; --cpus %d,%d puts both on it", run.cpus[0], run.cpus[0], run.cpus[0]);
}

static void parse(int count, char **arguments) {
    static const struct option options[] = {
        {"cpus", required_argument, NULL, 'c'}, {"batch", required_argument, NULL, 'b'},
        {"rate", required_argument, NULL, 'r'}, {"samples", required_argument, NULL, 's'}, {"help", no_argument, NULL, 'h'}, {0},
    };
    const char *cpus = NULL, *samples = NULL;
    opterr = 0;
    for (int option; (option = getopt_long(count, arguments, "h", options, NULL)) != -1;) {
        switch (option) {
            case 'c': cpus = optarg; break;
            case 'b': run.batch = integer("--batch", optarg, 1, LARGEST_BATCH); break;
            case 'r': run.rate = number("--rate", optarg, highest_rate); break;
            case 's': samples = optarg; break;
            case 'h': fputs(help, stdout); exit(0);
            default: usage("'%s' is not an option or lacks its value", arguments[optind - 1]);
        }
    }
    char **words = arguments + optind;
    count -= optind;
    if (count == 1 && !strcmp(words[0], "list")) {
        list();
        exit(0);
    }
    if (count != 4) usage("expected round-trip|one-way|open-loop MECHANISM SIZE SECONDS, or list");

    run.one_way = !strcmp(words[0], "one-way");
    bool open_loop = !strcmp(words[0], "open-loop");
    if (!run.one_way && !open_loop && strcmp(words[0], "round-trip")) {
        usage("'%s' is none of round-trip, one-way, open-loop, list", words[0]);
    }
    if (open_loop && run.rate == 0) usage("open-loop needs --rate");
    if (!open_loop && run.rate > 0) usage("--rate is for open-loop");
    for (int i = 0; i < MECHANISMS; i++) {
        if (!strcmp(words[1], mechanisms[i]->name)) run.mechanism = mechanisms[i];
    }
    if (!run.mechanism) usage("no mechanism '%s', limits list names them", words[1]);
    if (run.one_way && !run.mechanism->one_way) usage("%s holds one message at a time: round-trip only", words[1]);

    run.size = integer("SIZE", words[2], SMALLEST, LARGEST);
    run.seconds = number("SECONDS", words[3], LONGEST_SECONDS);
    if (run.batch > 1 && !(run.one_way && run.mechanism->batches)) usage("--batch is for one-way over fifo, uds, tcp");
    if (run.batch > 1 && run.batch * (run.size + FRAME_HEADER) > LARGEST_WRITE) {
        usage("--batch %zu of %zu bytes is above the limit of %d bytes a write", run.batch, run.size, LARGEST_WRITE);
    }
    if (samples && run.one_way) usage("--samples is for round-trip and open-loop");
    choose_cpus(cpus);
    if (samples && !(run.samples = fopen(samples, "w"))) fail("open the file of samples");
}

// ---- Supervising

static pid_t ends[2];

static pid_t start(int end) {
    pid_t supervisor = getpid(), child = fork();
    if (child < 0) fail("fork");
    if (child) return child;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != supervisor) _exit(EXIT_SYSTEM);   // died before the kernel knew that we go with it
    run_end(end);
    _exit(0);
}

static _Noreturn void stop(int status) {
    for (int end = 0; end < 2; end++) {
        if (ends[end]) kill(ends[end], SIGKILL);
    }
    while (wait(NULL) > 0) {}
    exit(status);
}

static int reap(void) {
    int status, left = 0;
    for (int end = 0; end < 2; end++) {
        if (!ends[end]) continue;
        if (waitpid(ends[end], &status, WNOHANG) != ends[end]) {
            left++;
            continue;
        }
        ends[end] = 0;
        if (WIFSIGNALED(status)) {
            fprintf(stderr, "limits: %s: the %s end was killed by signal %d\n", run.mechanism->name,
                    end == NEAR ? "measuring" : "answering", WTERMSIG(status));
            stop(EXIT_SYSTEM);
        }
        if (WEXITSTATUS(status)) stop(WEXITSTATUS(status));   // it has said why
    }
    return left;
}

static void supervise(const sigset_t *signals) {
    const struct timespec tick = {.tv_sec = 1};
    int64_t progress = -1;
    for (int silent = 0; reap();) {
        int came = sigtimedwait(signals, NULL, &tick);
        if (came == SIGCHLD) continue;
        if (came > 0) stop(128 + came);
        if (errno != EAGAIN) continue;
        int64_t seen = atomic_load(&control->progress);
        silent = seen == progress ? silent + 1 : 0;
        progress = seen;
        if (silent >= SILENCE_SECONDS) {
            fprintf(stderr, "limits: %s: no answer for %d s\n", run.mechanism->name, SILENCE_SECONDS);
            stop(EXIT_SILENT);
        }
    }
}

static void print(const struct result *result) {
    printf("{\"mechanism\":\"%s\",\"kind\":\"%s\",\"size\":%zu", run.mechanism->name,
           kind(), run.size);
    if (run.mechanism->carries) printf(",\"carried_bytes\":%zu", run.mechanism->carries);
    if (run.one_way && run.mechanism->batches) printf(",\"batch\":%zu", run.batch);
    printf(",\"seconds\":%g,\"cpus\":[%d,%d],\"messages\":%lld", run.seconds, run.cpus[NEAR], run.cpus[FAR],
           (long long) result->messages);
    if (!run.one_way) {
        printf(",\"p50_ns\":%lld,\"p99_ns\":%lld,\"p999_ns\":%lld,\"max_ns\":%lld", (long long) result->p50_ns,
               (long long) result->p99_ns, (long long) result->p999_ns, (long long) result->max_ns);
        if (run.rate > 0) printf(",\"rate\":%.9g,\"not_sent\":%lld", run.rate, (long long) result->not_sent);
        else printf(",\"mean_unclocked_ns\":%.1f", result->mean_unclocked_ns);
    }
    printf(",\"messages_per_second\":%.3f,\"cpu_ns_per_message\":%.1f}\n", result->messages * 1e9 / result->elapsed_ns,
           (double) result->cpu_ns / result->messages);
}

int main(int count, char **arguments) {
    parse(count, arguments);

    // Blocked here and in the ends: only the supervisor acts on them, when nothing half done can be left behind.
    sigset_t signals;
    sigemptyset(&signals);
    for (size_t i = 0; i < 4; i++) sigaddset(&signals, (int[]) {SIGCHLD, SIGINT, SIGTERM, SIGHUP}[i]);
    signal(SIGCHLD, SIG_DFL);       // a caller that ignores it would have our ends reaped unseen
    if (sigprocmask(SIG_BLOCK, &signals, NULL)) fail("block signals");

    control = shared_memory(sizeof *control);
    run.mechanism->open();
    for (int end = 0; end < 2; end++) ends[end] = start(end);
    supervise(&signals);
    print(&control->result);
    if (fflush(stdout)) fail("write the result");
    return 0;
}
