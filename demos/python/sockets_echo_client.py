"""Sends one line to the echo server, and prints what comes back."""

import socket
import sys

port = int(sys.argv[1]) if len(sys.argv) > 1 else 6001
text = sys.argv[2] if len(sys.argv) > 2 else 'hello'

with socket.create_connection(('localhost', port)) as server:
    server.sendall(text.encode())
    server.shutdown(socket.SHUT_WR)  # the only way to say that this was all
    print(b''.join(iter(lambda: server.recv(65536), b'')).decode())
