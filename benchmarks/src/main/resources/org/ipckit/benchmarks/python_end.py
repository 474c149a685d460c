"""One end of a row whose two ends are Python's multiprocessing.connection over a Unix domain socket.

Does what EndProcess, EndSession, NearEnd, FarEnd and Payload do: obeys the same commands, sends and checks the same
messages. Arguments: the name of the row, the size of the messages, the folder of the row, the end.
"""

import gc
import json
import os
import queue
import shutil
import struct
import sys
import threading
import time
from multiprocessing.connection import Client, Listener

WORD = struct.Struct("=q")
MASK = (1 << 64) - 1
STEP = 0x9E3779B97F4A7C15
SALTS = {"near": 0x2545F4914F6CDD1D, "far": 0x632BE59BD9B4E019}
LAST = -1
BLOCK = 256
BLOCK_BYTES = 64 * 1024
UNCLOCKED_PART = 5


class WrongMessage(Exception):
    pass


class Payload:
    def __init__(self, writer, size):
        self.size = size
        self.salt = SALTS[writer]
        self.tail = 0 if size < 16 else size - 8
        self.pattern_end = self.tail or size
        self.buffer = bytearray(size)
        word = self.salt
        for at in range(8, size):
            word = (word + STEP) & MASK
            self.buffer[at] = word >> 56
        self.pattern = bytes(self.buffer[8 : self.pattern_end])

    def write(self, sequence):
        if self.tail:
            WORD.pack_into(self.buffer, self.tail, sequence ^ self.salt)
        WORD.pack_into(self.buffer, 0, sequence)
        return self.buffer

    def read(self, message):
        if len(message) != self.size:
            raise WrongMessage(f"a message of {len(message)} bytes came, not one of {self.size}")
        (sequence,) = WORD.unpack_from(message)
        if (self.tail and WORD.unpack_from(message, self.tail)[0] != sequence ^ self.salt) or message[
            8 : self.pattern_end
        ] != self.pattern:
            raise WrongMessage(f"message {sequence} came with another content than it was sent with")
        return sequence

    def check(self, message, expected):
        sequence = self.read(message)
        if sequence != expected:
            raise WrongMessage(f"message {sequence} came, not {expected}")


class End:
    def __init__(self, name, size, folder):
        self.name = name
        self.size = size
        self.folder = folder
        self.own = Payload(name, size)
        self.theirs = Payload("far" if name == "near" else "near", size)

    def obey(self, command):
        words = command.split(" ", 2)
        if words[0] == "listen":
            self.listener = Listener(os.path.join(self.folder, "connection"), "AF_UNIX")
            return {"place": self.listener.address}
        if words[0] == "accept":
            self.connection = self.listener.accept()
        elif words[0] == "connect":
            self.connection = Client(words[2], "AF_UNIX")
        elif words[0] == "pin":
            os.sched_setaffinity(0, {int(words[1])})
        elif words[0] == "measure":
            return {"tally": self.measure(self.name, words[1], int(words[2].split(" ")[0]))}
        else:
            raise ValueError(f"unknown command '{command}'")
        return {}

    def measure(self, name, measurement, nanos):
        # What is thrown away is freed at once without it, and it would stop the measurement.
        gc.collect()
        gc.disable()
        used = time.process_time_ns()
        tally = getattr(self, f"{name}_{measurement.lower()}")(nanos)
        tally["cpuNanos"] = time.process_time_ns() - used
        tally["allocatedBytes"] = -1
        return tally

    def round_trip(self, sequence):
        self.connection.send_bytes(self.own.write(sequence))
        self.theirs.check(self.connection.recv_bytes(), sequence)

    def near_round_trip(self, nanos):
        times = []
        start = last = time.perf_counter_ns()
        while last - start < nanos:
            self.round_trip(len(times) + 1)
            now = time.perf_counter_ns()
            times.append(now - last)
            last = now
        mean = self.mean_without_clock(len(times), nanos // UNCLOCKED_PART, (last - start) // len(times))
        self.connection.send_bytes(self.own.write(LAST))
        times.sort()
        latency = {
            "p50Nanos": at(times, 0.5),
            "p99Nanos": at(times, 0.99),
            "p999Nanos": at(times, 0.999),
            "maxNanos": times[-1],
            "meanUnclockedNanos": mean,
        }
        return {"messages": len(times), "elapsedNanos": last - start, "latency": latency}

    def mean_without_clock(self, sequence, nanos, expected_nanos):
        block = nanos // 1000 // (expected_nanos + 1) + 2
        done = 0
        start = time.perf_counter_ns()
        while True:
            for _ in range(block):
                done += 1
                self.round_trip(sequence + done)
            passed = time.perf_counter_ns() - start
            if passed >= nanos:
                return passed / done

    def near_one_way(self, nanos):
        block = max(1, min(BLOCK, BLOCK_BYTES // self.size))
        sent = 0
        start = time.perf_counter_ns()
        while True:
            for _ in range(block):
                sent += 1
                self.connection.send_bytes(self.own.write(sent))
            if time.perf_counter_ns() - start >= nanos:
                break
        self.connection.send_bytes(self.own.write(LAST))
        self.theirs.check(self.connection.recv_bytes(), sent)
        return {"messages": sent, "elapsedNanos": time.perf_counter_ns() - start}

    def far_round_trip(self, nanos):
        count = 0
        while self.next(count):
            count += 1
            self.connection.send_bytes(self.own.write(count))
        return {"messages": count, "elapsedNanos": 0}

    def far_one_way(self, nanos):
        count = 0
        while self.next(count):
            count += 1
        self.connection.send_bytes(self.own.write(count))
        return {"messages": count, "elapsedNanos": 0}

    def next(self, count):
        sequence = self.theirs.read(self.connection.recv_bytes())
        if sequence == LAST:
            return False
        if sequence != count + 1:
            raise WrongMessage(f"message {sequence} came, not {count + 1}")
        return True


def at(times, part):
    return times[min(len(times) - 1, int(len(times) * part))]


def read_commands(commands, folder):
    for line in sys.stdin:
        commands.put(line.rstrip("\n").split(" ", 1)[1])
    # The input ends with the command that started this, whatever the other thread does.
    shutil.rmtree(folder, ignore_errors=True)
    os._exit(0)


def main(size, folder, name):
    commands = queue.Queue()
    threading.Thread(target=read_commands, args=(commands, folder), daemon=True).start()
    end = End(name, int(size), folder)
    while True:
        try:
            reply = end.obey(commands.get())
        except WrongMessage as wrong:
            reply = {"failure": str(wrong)}
        except Exception as failure:
            reply = {"failure": f"{type(failure).__name__}: {failure}"}
        print(json.dumps({"end": name.upper(), **reply}), flush=True)


main(*sys.argv[2:])
