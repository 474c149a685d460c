"""Clients of a Java program that sends back what it receives, old and new: clients.py TCP-PORT SOCKET-FILE ABSTRACT-NAME"""
import pickle
import random
import socket
import sys
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client

KEY = b'Do not let eve find us!'
PORT, FILE, NAME = int(sys.argv[1]), sys.argv[2], sys.argv[3]
PLACES = [('localhost', PORT), FILE, '\0' + NAME]

PLAIN = [
    None, True, False, 0, -1, 255, 256, 65535, 65536, 2**31 - 1, 2**31, -2**31, 2**63, -2**200, 2**3000,
    0.0, 1.5, -1e300, float('inf'), '', 'text', 'h\u00e9llo \u20ac \U0001f600 \\ \n \0', 'half \ud83d', 'x' * 70000,
    b'', b'bytes \x00\xff', b'x' * 70000, bytearray(), bytearray(b'changes \xff'),
    [], [8, 8], [[], [None]], (), (1,), (1, 2), (1, 2, 3), (1, 2, 3, 4), {}, {'a': 1, 'b': [2]}, {(1, 'x'): {b'y': ()}},
    set(), {1, 'a', (2, 3)}, frozenset(), frozenset([frozenset([1]), 2]), list(range(2500)), {str(n): n for n in range(2500)},
]


def some(rnd, levels):
    kind = rnd.randrange(8 if levels else 4)
    if kind == 4:
        return [some(rnd, levels - 1) for _ in range(rnd.randrange(5))]
    if kind == 5:
        return {rnd.choice([rnd.random(), str(rnd.random()), rnd.randbytes(3)]): some(rnd, levels - 1) for _ in range(rnd.randrange(5))}
    if kind == 6:
        return tuple(some(rnd, levels - 1) for _ in range(rnd.randrange(5)))
    if kind == 7:
        return bytearray(rnd.randbytes(rnd.randrange(9)))
    return rnd.choice([None, True, rnd.getrandbits(rnd.randrange(1, 90)), -rnd.getrandbits(70), rnd.random(),
                       chr(rnd.randrange(0xd000)) * rnd.randrange(9), rnd.randbytes(rnd.randrange(300))])


def same(one, other):
    """Equal, and of the same types all the way down."""
    return repr(one) == repr(other) if not isinstance(one, (set, frozenset)) else one == other


def echo(peer, value, protocol):
    peer.send_bytes(pickle.dumps(value, protocol))
    answer = peer.recv()
    assert type(answer) is type(value) and same(answer, value), (protocol, value, answer)


def all_values_come_back():
    rnd = random.Random(7)
    values = PLAIN + [some(rnd, 4) for _ in range(200)]
    with Client(PLACES[0], authkey=KEY) as peer:
        for protocol in range(6):
            for value in values:
                echo(peer, value, protocol)


def every_place_answers(size):
    for place in PLACES:
        with Client(place, authkey=KEY) as peer:
            peer.send([8, 8])
            assert peer.recv() == [8, 8]
            large = b'large' * (size // 5)
            peer.send(large)
            assert peer.recv() == large
            peer.send_bytes(b'\x80\x04garbage')
            assert 'ipckit refuses: ' in peer.recv()
            peer.send(print)
            assert 'STACK_GLOBAL' in peer.recv()
            peer.send(64)
            assert peer.recv() == 64


def strangers_are_sent_away():
    for place in PLACES:
        try:
            Client(place, authkey=b'eve')
            raise SystemExit('eve was let in at %r' % (place,))
        except AuthenticationError:
            pass
        probe = socket.socket(socket.AF_INET if isinstance(place, tuple) else socket.AF_UNIX)
        probe.connect(place)
        probe.close()


every_place_answers(8_000_000)
all_values_come_back()
strangers_are_sent_away()
import python312  # noqa: E402  from here on in the way of newer versions
every_place_answers(20_000)
strangers_are_sent_away()
every_place_answers(5)
