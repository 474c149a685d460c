/* Writes into memory that Bob reads, twice. */
#include "lesson.h"
#include <sys/mman.h>

int main(void) {
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    /* Written over and then cut: a file that gets shorter ends a process that has mapped it. The umask makes it 0755. */
    int file = open("mmaptest", O_CREAT | O_RDWR, 0777);
    if (file < 0) give_up("Alice", strerror(errno));
    char *fill = malloc(page);
    memset(fill, '\n', page);
    if (write(file, fill, page) != (ssize_t)page || ftruncate(file, (off_t)page) < 0) give_up("Alice", strerror(errno));

    char *memory = mmap(NULL, page, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (memory == MAP_FAILED) give_up("Alice", strerror(errno));
    memcpy(memory, "now we are in memory\n", 21);
    step("put 21 bytes into memory; no system call");
    pause_for(10);
    memcpy(memory, "again\n", 6);
    step("put 6 bytes into memory; the end of the old text stays behind it");
    return 0;
}
