"""Writes one message into the named pipe that Alice has made."""

import errno
import os
import sys
import time

from lesson import HURRY, step


def open_fifo():
    end = time.monotonic() + 5 / HURRY
    while True:
        try:
            return os.open('fifo', os.O_WRONLY | os.O_NONBLOCK)  # fails at once if nobody reads
        except OSError as refused:
            reasons = {errno.ENOENT: 'there is no FIFO (ENOENT)', errno.ENXIO: 'nobody reads from it (ENXIO)'}
            if refused.errno not in reasons or time.monotonic() > end:
                sys.exit('Bob: fifo: ' + reasons.get(refused.errno, str(refused)))
            time.sleep(0.05)


message = sys.argv[1] if len(sys.argv) > 1 else 'TERRiBLe_looking-machine-oUTput'
body = message.encode()
if len(body) > 9999:
    sys.exit('Bob: a message of %d bytes: its length has four digits, so 9999 are the most' % len(body))

pipe = open_fifo()
os.set_blocking(pipe, True)  # from here on a full pipe makes us wait
os.write(pipe, b'X%04d' % len(body) + body)  # one write: up to 4096 bytes go in as a whole
step('wrote %d bytes' % (5 + len(body)))
