"""Asks Alice for a product, and tells her to stop."""

import sys
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client

from lesson import step

KEY = b'Do not let eve find us!'
where = sys.argv[1] if len(sys.argv) > 1 else '6000'
where = ('localhost', int(where)) if where.isdigit() else where

try:
    with Client(where, authkey=KEY) as alice:
        step('connected; each has proved to have the key, and neither has sent it')
        alice.send([8, 8])
        print("What is 8 * 8? Why Alice told me it's", alice.recv())
    with Client(where, authkey=KEY) as alice:
        alice.send(b'stop server')
        step("sent the bytes 'stop server'")
except (AuthenticationError, EOFError, OSError) as failed:
    sys.exit('Bob: %s: %s; is Alice there?' % (type(failed).__name__, failed))
