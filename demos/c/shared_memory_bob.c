/* Prints the first line of Alice's memory whenever it is another one. */
#include "lesson.h"
#include <sys/mman.h>

int main(void) {
    int file = open("mmaptest", O_RDONLY);
    if (file < 0) give_up("Bob", "there is no mmaptest here; Alice makes it, start her first");
    struct stat about;
    fstat(file, &about);
    const char *memory = mmap(NULL, (size_t)about.st_size, PROT_READ, MAP_SHARED, file, 0);
    if (memory == MAP_FAILED) give_up("Bob", strerror(errno));
    step("mapped %ld bytes to read only", (long)about.st_size);
    setvbuf(stdout, NULL, _IOLBF, 0);

    char last[128] = "";
    for (;;) {
        char line[128] = "";
        for (size_t at = 0; at < sizeof line - 1 && memory[at] != '\n'; at++) line[at] = memory[at];
        if (strcmp(line, last) != 0) puts(strcpy(last, line));
        pause_for(1);
    }
}
