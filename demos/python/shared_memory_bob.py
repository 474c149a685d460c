"""Prints the first line of Alice's memory whenever it is another one."""

import mmap
import os
import sys

from lesson import pause, step, until_ctrl_c

try:
    file = os.open('mmaptest', os.O_RDONLY)
except FileNotFoundError:
    sys.exit('Bob: there is no mmaptest here; Alice makes it, start her first')
until_ctrl_c()
with mmap.mmap(file, 0, access=mmap.ACCESS_READ) as memory:
    step('mapped %d bytes to read only' % len(memory))
    last = b'\n'
    while True:
        memory.seek(0)
        line = memory.readline()
        if line != last:
            print(line)
            last = line
        pause(1)
