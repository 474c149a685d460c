// Failures and memory.
#include "limits.h"
#include <errno.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

unsigned char *out_body, *in_body;

void fail(const char *operation) {
    fprintf(stderr, "limits: %s: %s\n", operation, strerror(errno));
    _exit(EXIT_SYSTEM);
}

void mismatch(const char *what, int64_t expected, int64_t came) {
    fprintf(stderr, "limits: %s: wrong %s, expected %lld, came %lld\n", run.mechanism->name, what,
            (long long) expected, (long long) came);
    _exit(EXIT_MISMATCH);
}

// Populated: a page fault in the middle of a run would be measured as the mechanism's.
void *shared_memory(size_t bytes) {
    void *memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
    if (memory == MAP_FAILED) fail("map shared memory");
    return memory;
}

// Called in an end, after the fork: pages written before it would be copied on the first write.
void *local_memory(size_t bytes) {
    void *memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
    if (memory == MAP_FAILED) fail("map memory");
    return memory;
}

// In memory where there is such a file system: the mechanism is to be measured, not a disk.
const char *scratch_folder(void) {
    if (access("/dev/shm", W_OK | X_OK) == 0) return "/dev/shm";
    const char *folder = getenv("TMPDIR");
    return folder && *folder ? folder : "/tmp";
}
