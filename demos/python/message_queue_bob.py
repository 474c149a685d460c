"""Publishes one message to a channel of a Redis server."""

import sys

import redis

from lesson import step

address = sys.argv[1] if len(sys.argv) > 1 else 'redis://localhost:6379?socket_connect_timeout=5'
server = redis.Redis.from_url(address)
try:
    receivers = server.publish('my_channel', b'example data')
except redis.ConnectionError as refused:
    sys.exit('Bob: no Redis server: %s\n  Start one: redis-server' % refused)
step('PUBLISH my_channel "example data": %d received it' % receivers)
