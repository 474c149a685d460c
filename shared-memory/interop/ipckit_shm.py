"""A peer of ipckit's shm:// in Python, with nothing but its standard library. docs/shm-layout.md says how it works.

    with ipckit_shm.connect("/dev/shm/ipckit-1000/sensor.shm") as connection:
        connection.send(b"21.5")
        print(connection.receive())

Python has no memory order; what this rests on instead, and that arm64 does not give it, is said there too.
"""

import mmap
import os
import secrets
import select
import socket
import struct
import sys
import time

LAYOUT = 1
MAGIC = 0x495043492D53484D
LINE = 64
WORD = 8
CONTROL_TO_LISTENER, CONTROL_TO_CLIENT = 1024, 2048
PROGRESS, READER_WAITS, WRITER_WAITS = 0, 128, 256
RECORDS = 4096
PUBLISHED = 1 << 31
WHOLE, FIRST, MIDDLE, LAST, PAD = range(5)
AWAKE, AT_DOORBELL = 0, 2
RING, GOODBYE = b"\x01", b"\x00"
LONGEST_SLEEP = 0.05
MAX_MESSAGE = 16 << 20


class Closed(Exception):
    """The peer has closed."""


class Lost(Closed):
    """The peer is gone without a goodbye, or in the middle of a message."""


class Corrupt(Exception):
    """What came is not of this layout."""


def connect(path, capacity=1 << 20, timeout=5.0):
    """Connects to the listener whose socket is at this path."""
    lease = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        lease.settimeout(timeout)
        lease.connect(path)
        _send_frame(lease, b"ipckit-shm %d %d 0" % (LAYOUT, capacity))
        answer = _receive_frame(lease)
        if answer[:1] != b"\x01":
            raise ConnectionRefusedError(answer[1:].decode("utf-8", "replace"))
        words = answer[1:].decode().split(" ", 3)
        if words[:2] != ["ipckit-shm", str(LAYOUT)]:
            raise Corrupt("the listener answers %r" % answer)
        capacity, segment = int(words[2]), words[3]
        memory = _map(segment)
        header = struct.unpack_from("=QII", memory)
        if header != (MAGIC, LAYOUT, capacity) or len(memory) != RECORDS + 2 * capacity:
            raise Corrupt("%s is not a segment of layout %d with rings of %d bytes" % (segment, LAYOUT, capacity))
        os.unlink(segment)
        return Connection(lease, memory, capacity, listener=False)
    except BaseException:
        lease.close()
        raise


class Listener:
    """Takes clients one after the other, at a path where nothing is. Only this user can reach it."""

    def __init__(self, path, capacity=1 << 20):
        self._path = path
        self._capacity = capacity
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        before = os.umask(0o177)
        try:
            self._socket.bind(path)
        finally:
            os.umask(before)
        self._socket.listen()

    def accept(self):
        lease, _ = self._socket.accept()
        lease.settimeout(5.0)
        words = _receive_frame(lease).decode("utf-8", "replace").split(" ")
        if words[:2] != ["ipckit-shm", str(LAYOUT)]:
            _send_frame(lease, b"\x00this listener has layout %d" % LAYOUT)
            lease.close()
            raise Corrupt("the client says %r" % words)
        capacity = max(self._capacity, int(words[2]))
        segment = "%s.%s.segment" % (self._path, secrets.token_hex(8))
        descriptor = os.open(segment, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
        try:
            # For real: touching memory that is not there would end this process.
            os.posix_fallocate(descriptor, 0, RECORDS + 2 * capacity)
            os.pwrite(descriptor, struct.pack("=QIIII", MAGIC, LAYOUT, capacity, 0, int(words[3])), 0)
            memory = mmap.mmap(descriptor, RECORDS + 2 * capacity)
        except BaseException:
            os.unlink(segment)
            raise
        finally:
            os.close(descriptor)
        _send_frame(lease, b"\x01" + ("ipckit-shm %d %d %s" % (LAYOUT, capacity, segment)).encode())
        return Connection(lease, memory, capacity, listener=True)

    def close(self):
        self._socket.close()
        os.unlink(self._path)

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        self.close()


class Connection:
    """One thread uses it."""

    def __init__(self, lease, memory, capacity, listener):
        self._lease = lease
        self._lease.setblocking(False)
        self._end = None
        view = memoryview(memory)
        to_listener = _Ring(view, CONTROL_TO_LISTENER, RECORDS, capacity)
        to_client = _Ring(view, CONTROL_TO_CLIENT, RECORDS + capacity, capacity)
        self._out, self._in = (to_client, to_listener) if listener else (to_listener, to_client)
        self._assembled = None

    def send(self, message, timeout=None):
        """Sends bytes as one message. TimeoutError: there was no room to begin in that time, and nothing was sent."""
        longest = self._out.longest
        if len(message) <= longest:
            self._write(WHOLE, message, timeout)
            return
        self._write(FIRST, message[:longest], timeout)
        for at in range(longest, len(message), longest):
            self._write(LAST if at + longest >= len(message) else MIDDLE, message[at : at + longest], None)

    def receive(self, timeout=None):
        """Returns the next message. TimeoutError: none came in that time; Closed: none will come."""
        deadline = _deadline(timeout)
        while True:
            message = self._take()
            if message is not None:
                return message
            self._sleep(self._in.reader_waits, self._in.has_record, deadline)

    def _write(self, kind, payload, timeout):
        deadline = _deadline(timeout)
        self._require_peer()
        while not self._out.write(kind, payload):
            self._sleep(self._out.writer_waits, self._out.has_room, deadline)
            self._require_peer()
        self._wake(self._out.reader_waits)

    def _take(self):
        while True:
            ended = self._end
            record = self._in.read()
            if record is None:
                if self._in.tell():
                    self._wake(self._in.writer_waits)
                if ended is None:
                    return None
                raise Lost("in the middle of a message") if self._assembled is not None else ended
            kind, payload = record
            if self._in.told_in_steps():
                self._wake(self._in.writer_waits)
            if (kind in (WHOLE, FIRST)) == (self._assembled is not None):
                raise Corrupt("a fragment out of its order")
            if kind == WHOLE:
                return payload
            if kind == FIRST:
                self._assembled = bytearray()
            self._assembled += payload
            if len(self._assembled) > MAX_MESSAGE:
                raise Corrupt("a message of more than %d bytes" % MAX_MESSAGE)
            if kind == LAST:
                message, self._assembled = bytes(self._assembled), None
                return message

    def _sleep(self, word, ready, deadline):
        left = LONGEST_SLEEP if deadline is None else deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError()
        word[0] = AT_DOORBELL
        try:
            if not ready() and self._end is None:
                select.select([self._lease], [], [], min(left, LONGEST_SLEEP))
                self._listen()
        finally:
            word[0] = AWAKE

    def _wake(self, word):
        if word[0] != AWAKE:
            word[0] = AWAKE
            try:
                self._lease.send(RING)
            except BlockingIOError:
                pass  # it is full of rings that the peer has yet to hear
            except OSError:
                self._listen()

    def _listen(self):
        """Hears whether the peer has rung, said goodbye, or gone."""
        try:
            heard = self._lease.recv(4096)
            while heard and GOODBYE not in heard:
                heard = self._lease.recv(4096)
            self._end = Closed("the peer has closed") if heard else Lost("the peer is gone")
        except BlockingIOError:
            pass
        except OSError as reset:
            self._end = Lost(str(reset))

    def _require_peer(self):
        if self._end is None:
            self._listen()
        if self._end is not None:
            raise self._end

    def close(self):
        """Says goodbye: what was sent is received before the peer hears of the end."""
        if self._lease.fileno() >= 0:
            try:
                self._lease.send(GOODBYE)
            except OSError:
                pass  # nobody is there to hear it
            self._lease.close()

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        self.close()


class _Ring:
    """One direction; this process is its writer or its reader."""

    def __init__(self, view, control, records, capacity):
        self.capacity = capacity
        self.longest = capacity // 4 - WORD
        self._bytes = view[records : records + capacity]
        self._words = self._bytes.cast("Q")
        self._progress = view[control + PROGRESS : control + PROGRESS + 8].cast("Q")
        self.reader_waits = view[control + READER_WAITS : control + READER_WAITS + 4].cast("I")
        self.writer_waits = view[control + WRITER_WAITS : control + WRITER_WAITS + 4].cast("I")
        self._tail = self._needed = self._head = self._told = 0

    def _place(self, position):
        return position & (self.capacity - 1)

    def has_room(self):
        progress = self._progress[0]
        if not self._tail - self.capacity <= progress <= self._tail:
            raise Corrupt("the reader says it is at %d" % progress)
        return self._needed <= progress + self.capacity

    def write(self, kind, payload):
        size = (WORD + len(payload) + LINE - 1) & -LINE
        left = self.capacity - self._place(self._tail)
        start = self._tail if size <= left else self._tail + left
        end = start + size
        self._needed = end + LINE
        if not self.has_room():
            return False
        self._words[self._place(end) // WORD] = 0
        place = self._place(start)
        self._bytes[place + WORD : place + WORD + len(payload)] = payload
        self._words[place // WORD] = kind << 32 | PUBLISHED | len(payload)
        if start > self._tail:
            self._words[self._place(self._tail) // WORD] = PAD << 32 | PUBLISHED | (left - WORD)
        self._tail = end
        return True

    def has_record(self):
        return self._words[self._place(self._head) // WORD] != 0

    def read(self):
        place = self._place(self._head)
        word = self._words[place // WORD]
        if word == 0:
            return None
        if word == PAD << 32 | PUBLISHED | (self.capacity - place - WORD) and place > 0:
            self._head += self.capacity - place
            place = 0
            word = self._words[0]
        kind, length = word >> 32, word & 0x7FFFFFFF
        size = (WORD + length + LINE - 1) & -LINE
        if not word & PUBLISHED or kind > LAST or length > self.longest or place + size > self.capacity:
            raise Corrupt("the word %#x at %d" % (word, self._head))
        payload = bytes(self._bytes[place + WORD : place + WORD + length])
        self._head += size
        return kind, payload

    def told_in_steps(self):
        return self._head - self._told >= self.capacity // 8 and self.tell()

    def tell(self):
        if self._told == self._head:
            return False
        self._progress[0] = self._told = self._head
        return True


def _map(path):
    descriptor = os.open(path, os.O_RDWR | os.O_NOFOLLOW)
    try:
        return mmap.mmap(descriptor, 0)
    finally:
        os.close(descriptor)


def _send_frame(lease, payload):
    lease.sendall(struct.pack(">I", len(payload)) + payload)


def _receive_frame(lease):
    (length,) = struct.unpack(">I", _receive_exactly(lease, 4))
    if length > 257:
        raise Corrupt("a greeting of %d bytes" % length)
    return _receive_exactly(lease, length)


def _receive_exactly(lease, count):
    received = b""
    while len(received) < count:
        more = lease.recv(count - len(received))
        if not more:
            raise ConnectionResetError("the other side has ended during the greeting")
        received += more
    return received


def _deadline(timeout):
    return None if timeout is None else time.monotonic() + timeout


def _echo(connection):
    count = 0
    try:
        while True:
            connection.send(connection.receive())
            count += 1
    except Lost as lost:
        return "lost after %d: %s" % (count, lost)
    except Closed:
        return "closed after %d" % count


def main(arguments):
    """echo PATH: connects and sends each message back; listen PATH: the same for one client."""
    if len(arguments) != 2 or arguments[0] not in ("echo", "listen"):
        sys.exit("usage: ipckit_shm.py echo|listen PATH")
    if arguments[0] == "echo":
        with connect(arguments[1]) as connection:
            print(_echo(connection), flush=True)
    else:
        with Listener(arguments[1]) as listener:
            print("listening", flush=True)
            with listener.accept() as connection:
                print(_echo(connection), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
