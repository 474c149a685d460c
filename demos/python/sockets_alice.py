"""Listens at a socket and multiplies for whoever has the key."""

import sys
from multiprocessing.connection import Listener

from lesson import step, until_ctrl_c

KEY = b'Do not let eve find us!'


def place(text):
    """A path, or a port of this machine."""
    return ('localhost', int(text)) if text.isdigit() else text


def answer(client):
    """Answers one request; returns True if it was the last."""
    if not client.poll(5):
        print('Alice: a client asks for nothing and is sent away', file=sys.stderr)
        return False
    request = client.recv()  # runs whatever the pickle asks for: only the key keeps strangers from doing that
    step('received %r' % (request,))
    if isinstance(request, list) and len(request) > 1 and all(isinstance(each, (int, float)) for each in request[:2]):
        print('Someone wants me to do something')
        client.send(request[0] * request[1])
    elif request == b'stop server':
        print('Goodnight')
        return True
    else:
        client.send(b'I have no idea what you want me to do')
    return False


until_ctrl_c()
with Listener(place(sys.argv[1] if len(sys.argv) > 1 else '6000'), authkey=KEY) as listener:
    stopped = False
    while not stopped:
        print('waiting for someone to ask for something')
        try:
            with listener.accept() as client:
                stopped = answer(client)
        except Exception as bad_client:  # no key, gone before asking, no pickle: no reason to leave the others alone
            print('Alice: %s %s' % (type(bad_client).__name__, bad_client), file=sys.stderr)
