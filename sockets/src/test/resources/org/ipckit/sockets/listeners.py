"""Two listeners that multiply what Java programs send, first in the old way, then in the new: listeners.py SOCKET-FILE"""
import sys
from multiprocessing import AuthenticationError
from multiprocessing.connection import Listener

KEY = b'Do not let eve find us!'


def serve(listener):
    """Answers three clients, one of which does not have the key."""
    for _ in range(2):
        with listener.accept() as peer:
            numbers = peer.recv()
            assert isinstance(numbers, list) and isinstance(peer.recv(), bytes) and isinstance(peer.recv(), bytearray)
            peer.send(numbers[0] * numbers[1])
            peer.send_bytes(b'x' * 8_000_000)
    try:
        listener.accept()
        raise SystemExit('eve was let in')
    except AuthenticationError:
        pass


with Listener(('localhost', 0), authkey=KEY) as tcp, Listener(sys.argv[1], authkey=KEY) as unix:
    print(tcp.address[1], flush=True)
    serve(tcp)
    serve(unix)
    import python312
    serve(tcp)
    serve(unix)
