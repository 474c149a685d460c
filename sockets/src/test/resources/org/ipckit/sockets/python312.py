"""The handshake of multiprocessing.connection in Python 3.12 and later, for a Python that is older.

Importing it is enough. Where Python knows that handshake itself this changes nothing.
"""
import hmac
import os
import sys
from multiprocessing import AuthenticationError, connection

NAMES = ('md5', 'sha256', 'sha384', 'sha3_256', 'sha3_384')


def name_in(message):
    """The digest that a message names in braces at its beginning, None if it names none."""
    if not message.startswith(b'{'):
        return None
    name = message[1:message.index(b'}')].decode('ascii')
    if name not in NAMES:
        raise AuthenticationError('no such digest: ' + name)
    return name


def mac(authkey, message, name):
    return hmac.new(authkey, message, name).digest()


def deliver_challenge(peer, authkey):
    message = b'{sha256}' + os.urandom(40)
    peer.send_bytes(b'#CHALLENGE#' + message)
    answer = peer.recv_bytes(256)
    name = name_in(answer) if len(answer) != 16 else None
    expected = mac(authkey, message, 'md5') if name is None else b'{%s}' % name.encode() + mac(authkey, message, name)
    if not hmac.compare_digest(expected, answer):
        peer.send_bytes(b'#FAILURE#')
        raise AuthenticationError('digest received was wrong')
    peer.send_bytes(b'#WELCOME#')


def answer_challenge(peer, authkey):
    message = peer.recv_bytes(256)
    if not message.startswith(b'#CHALLENGE#'):
        raise AuthenticationError('expected a challenge, got %r' % message)
    message = message[len(b'#CHALLENGE#'):]
    name = name_in(message) if len(message) != 20 else None
    peer.send_bytes(mac(authkey, message, 'md5') if name is None
                    else b'{%s}' % name.encode() + mac(authkey, message, name))
    if peer.recv_bytes(256) != b'#WELCOME#':
        raise AuthenticationError('digest sent was rejected')


if sys.version_info < (3, 12):
    connection.deliver_challenge = deliver_challenge
    connection.answer_challenge = answer_challenge
