"""Sends every byte back, with nothing but the sockets of the system: no frames, no key, no messages."""

import socket
import sys
import threading

from lesson import until_ctrl_c


def echo(client):
    with client:
        # What comes in one recv is whatever has arrived: half a line, or three. A stream has no messages.
        while piece := client.recv(65536):
            client.sendall(piece)


until_ctrl_c()
with socket.create_server(('localhost', int(sys.argv[1]) if len(sys.argv) > 1 else 6001)) as listening:
    print('echoing at port %d' % listening.getsockname()[1])
    while True:
        threading.Thread(target=echo, args=(listening.accept()[0],), daemon=True).start()
