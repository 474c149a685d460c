"""A peer of signal:// in Python: connects to a listener, or listens, and sends every message back.

    python3 peer.py connect /run/user/1000/ipckit/demo.signal
    python3 peer.py listen /run/user/1000/ipckit/demo.signal

A message goes in real-time signals, each with a value of eight bytes: seven bits that say which end of a connection it is
for, one bit that is 1 if the value is control, and 56 bits of data. The first value of a message is its size, in three
bytes, and its first four bytes; each further one is the next seven, filled up with zeros.
"""

import ctypes
import os
import platform
import signal
import socket
import struct
import sys

CREDIT, GOODBYE = 1, 2
FIRST, MORE, MOST = 4, 7, 1 << 16
WINDOW = 64

SIGNAL = signal.SIGRTMIN + 5
SI_QUEUE, SIG_IGN, EAGAIN, ESRCH = -1, 1, 11, 3
RT_TGSIGQUEUEINFO = {"x86_64": 297, "aarch64": 240}[platform.machine()]

libc = ctypes.CDLL(None, use_errno=True)
libc.signal.argtypes = [ctypes.c_int, ctypes.c_void_p]


class Lost(Exception):
    """The other side is gone."""


def start_of(pid):
    """The time at which a process began: a pid alone may be another process's later."""
    with open(f"/proc/{pid}/stat") as stat:
        return stat.read().rsplit(")", 1)[1].split()[19]


class Queue:
    """The signals that are queued for this thread."""

    def __init__(self):
        # Blocked first, then ignored for all other threads, then told to anybody: until then one could end this process.
        signal.pthread_sigmask(signal.SIG_BLOCK, [SIGNAL])
        libc.signal(SIGNAL, SIG_IGN)
        self.set = (ctypes.c_ulong * 16)()
        self.set[0] = 1 << (SIGNAL - 1)
        self.info = ctypes.create_string_buffer(128)

    def place(self):
        pid = os.getpid()
        return f"pid {pid} start {start_of(pid)} thread {pid} signal {int(SIGNAL)}"

    def take(self, seconds):
        """The next value and the process that says it sent it, or None."""
        wait = struct.pack("ll", int(seconds), int(seconds % 1 * 1e9))
        if libc.sigtimedwait(self.set, self.info, wait) < 0:
            return None
        code, = struct.unpack_from("i", self.info, 8)
        pid, uid, value = struct.unpack_from("iIQ", self.info, 16)
        return (value, pid) if code == SI_QUEUE else None


class Connection:
    """One end. It has the number 1: this program has no other."""

    END = 1

    def __init__(self, lease, queue):
        self.lease, self.queue = lease, queue
        self.sent = self.taken = self.allowed = self.told = 0
        self.missing = self.size = 0
        self.body = b""
        self.messages = []
        self.finished = False

    def greeting(self):
        self.told = WINDOW
        return f"ipckit-signal/1 {self.queue.place()} end {self.END} window {WINDOW}".encode()

    def hear(self, greeting):
        words = greeting.decode().split()
        if len(words) != 13 or words[0] != "ipckit-signal/1":
            raise Lost(greeting)
        self.pid, start, self.thread, self.signal, self.end, window = (int(word) for word in words[2::2])
        if int(start_of(self.pid)) != start:
            raise Lost(f"{self.pid} is another process")
        return window

    # ------------------------------------------------------------ frames of the greeting: a length and the bytes

    def put(self, frame):
        self.lease.sendall(struct.pack(">i", len(frame)) + frame)

    def get(self):
        size, = struct.unpack(">i", self.lease.recv(4, socket.MSG_WAITALL))
        return self.lease.recv(size, socket.MSG_WAITALL)

    # ------------------------------------------------------------ values

    def queue_value(self, control, data):
        value = self.end << 57 | control << 56 | data
        info = struct.pack("iiiiiIQ", self.signal, 0, SI_QUEUE, 0, os.getpid(), os.getuid(), value).ljust(128, b"\0")
        if libc.syscall(RT_TGSIGQUEUEINFO, self.pid, self.thread, self.signal, info) == 0:
            return True
        if ctypes.get_errno() == EAGAIN:
            return False
        raise Lost(os.strerror(ctypes.get_errno()))

    def control(self, kind, count):
        while not self.queue_value(1, kind << 48 | count):
            self.serve(0.001)

    def allow(self):
        """Tells the other side how much it may send in all."""
        if self.taken + WINDOW - self.told >= WINDOW // 4 and not self.finished:
            self.told = self.taken + WINDOW
            self.control(CREDIT, self.told)

    def serve(self, seconds):
        """Takes a value if one comes; tells the end of the lease apart from a pause."""
        came = self.queue.take(seconds)
        if came is None:
            return self.requireLease()
        value, pid = came
        if pid != self.pid or value >> 57 != self.END:
            return
        data = value & (1 << 56) - 1
        if not value >> 56 & 1:
            self.take(data)
        elif data >> 48 == CREDIT:
            self.allowed = max(self.allowed, data & (1 << 48) - 1)
        elif data >> 48 == GOODBYE:
            self.finished = True

    def requireLease(self):
        try:
            byte = self.lease.recv(1, socket.MSG_DONTWAIT)
        except BlockingIOError:
            return
        if byte in (b"", b"\0"):
            # What was sent before has been queued before.
            self.finished = True

    def take(self, data):
        self.taken += 1
        if self.missing == 0:
            self.size = data >> 32
            self.missing = 1 + max(0, self.size - FIRST + MORE - 1) // MORE
            self.body = (data & 0xFFFFFFFF).to_bytes(FIRST, "big")
        else:
            self.body += data.to_bytes(MORE, "big")
        self.missing -= 1
        if self.missing == 0:
            self.messages.append(self.body[: self.size])
        self.allow()

    # ------------------------------------------------------------ messages

    def send(self, message):
        values = [len(message) << 32 | int.from_bytes(message[:FIRST].ljust(FIRST, b"\0"), "big")]
        for at in range(FIRST, len(message), MORE):
            values.append(int.from_bytes(message[at : at + MORE].ljust(MORE, b"\0"), "big"))
        for data in values:
            while self.sent == self.allowed or not self.queue_value(0, data):
                if self.finished:
                    raise Lost("closed")
                self.serve(0.01)
            self.sent += 1

    def receive(self):
        """The next message, or None at the end."""
        while not self.messages and not self.finished:
            self.serve(0.05)
        while not self.messages:
            before = self.taken
            self.serve(0)
            if self.taken == before:
                return None
        return self.messages.pop(0)

    def close(self):
        try:
            self.control(GOODBYE, self.sent)
            self.lease.send(b"\0")
        except (Lost, OSError):
            pass
        self.lease.close()


def connect(path):
    lease = socket.socket(socket.AF_UNIX)
    lease.connect(path)
    connection = Connection(lease, Queue())
    connection.put(connection.greeting())
    answer = connection.get()
    if answer[:1] != b"\1":
        raise Lost(answer[1:])
    connection.allowed = connection.hear(answer[1:])
    return connection


def listen(path):
    door = socket.socket(socket.AF_UNIX)
    door.bind(path)
    door.listen()
    print("listening", flush=True)
    lease, _ = door.accept()
    os.unlink(path)
    connection = Connection(lease, Queue())
    connection.allowed = connection.hear(connection.get())
    connection.put(b"\1" + connection.greeting())
    return connection


def main():
    role, path = sys.argv[1:]
    connection = connect(path) if role == "connect" else listen(path)
    count = 0
    try:
        message = connection.receive()
        while message is not None:
            connection.send(message)
            count += 1
            message = connection.receive()
    except Lost:
        pass
    connection.close()
    print(f"{count} messages", flush=True)


if __name__ == "__main__":
    main()
