"""Makes a named pipe, and prints in plain words what comes out of it."""

import os
import select
import sys

from lesson import step, until_ctrl_c


def another_reads():
    try:
        os.close(os.open('fifo', os.O_WRONLY | os.O_NONBLOCK))
        return True
    except OSError:  # ENXIO: nobody reads; ENOENT: there is no FIFO
        return False


def read(pipe, count, within_message):
    """Waits until so many bytes have come. They may come in pieces, and no writer may be there for a while."""
    data = b''
    while len(data) < count:
        select.select([pipe], [], [], 1)
        try:
            piece = os.read(pipe, count - len(data))
        except BlockingIOError:  # a writer is there and has written nothing
            continue
        if not piece:  # no writer is there
            if within_message:
                raise SystemExit('Alice: Out of sync!')
            select.select([], [], [], 0.05)  # or a pipe that is at its end would keep the processor busy
        data += piece
    return data


def next_message(pipe):
    """A pipe has no boundaries. So a message is an X, its length in bytes as four digits, and the bytes."""
    if read(pipe, 1, False) != b'X':
        raise SystemExit('Alice: Out of sync!')
    length = read(pipe, 4, True)
    if not length.isdigit():
        raise SystemExit('Alice: Out of sync!')
    return read(pipe, int(length), True).decode()


if another_reads():
    sys.exit('Alice: another Alice reads from fifo; two would each get a part of the bytes')
until_ctrl_c()
if not os.path.exists('fifo'):
    os.mkfifo('fifo', 0o644)
    step('made the FIFO fifo, mode 0644')
try:
    pipe = os.open('fifo', os.O_RDONLY | os.O_NONBLOCK)  # returns at once; without O_NONBLOCK it waits for a writer
    while True:
        print(next_message(pipe).replace('_', ' ').replace('-', ' ').lower())
finally:
    os.unlink('fifo')
