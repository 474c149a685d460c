"""Subscribes to a channel of a Redis server and prints what is published there."""

import sys

import redis

from lesson import pause, step, until_ctrl_c

address = sys.argv[1] if len(sys.argv) > 1 else 'redis://localhost:6379?socket_connect_timeout=5'
server = redis.Redis.from_url(address)
subscription = server.pubsub(ignore_subscribe_messages=True)
try:
    subscription.subscribe(my_channel=lambda message: print(message['data'].decode()))
except redis.ConnectionError as refused:
    sys.exit('Alice: no Redis server: %s\n  Start one: redis-server' % refused)
step('SUBSCRIBE my_channel')
until_ctrl_c()
thread = subscription.run_in_thread(sleep_time=0.001)
try:
    pause(1000)
finally:
    thread.stop()
    thread.join()
