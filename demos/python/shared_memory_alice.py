"""Writes into memory that Bob reads, twice."""

import mmap
import os

from lesson import pause, step

# Written over and then cut: a file that gets shorter ends a process that has mapped it. The umask makes it 0755.
file = os.open('mmaptest', os.O_CREAT | os.O_RDWR, 0o777)
os.write(file, b'\n' * mmap.PAGESIZE)
os.ftruncate(file, mmap.PAGESIZE)

with mmap.mmap(file, mmap.PAGESIZE) as memory:
    memory.write(b'now we are in memory\n')
    step('put 21 bytes into memory; no system call')
    pause(10)
    memory.seek(0)
    memory.write(b'again\n')
    step('put 6 bytes into memory; the end of the old text stays behind it')
