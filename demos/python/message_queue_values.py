"""Keeps a value in the same server: not a message, but a state, there for whoever asks later."""

import sys

import redis

server = redis.Redis.from_url(sys.argv[1] if len(sys.argv) > 1 else 'redis://localhost:6379', decode_responses=True)
print('SET my_key blue ->', 'OK' if server.set('my_key', 'blue') else 'refused')
print('GET my_key ->', server.get('my_key'))
print('DEL my_key ->', server.delete('my_key'))
