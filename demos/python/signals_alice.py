"""A service: signals to everybody in a directory of pids that it is up, and at its end that it is down."""

import os
import re
import signal
import sys

from lesson import step, until_ctrl_c

UP = signal.SIGUSR1
DOWN = signal.SIGUSR2 if '--as-published' in sys.argv else signal.SIGWINCH  # USR2 belongs to the JVM


def handles(pid, number):
    """Most signals end a process that does not handle them, and a pid may be another's by now."""
    with open('/proc/%s/status' % pid) as status:
        caught = re.search('^SigCgt:\\s*([0-9a-f]+)', status.read(), re.M)
    return int(caught.group(1), 16) >> (number - 1) & 1


def tell(number, state):
    step('sending signal %d to each pid in pids' % number)
    told = 0
    for name in os.listdir('pids'):
        try:
            if not name.isdigit():
                continue
            if handles(name, number):
                os.kill(int(name), number)
                told += 1
            else:
                print('passed over %s: it does not handle the signal' % name)
        except (ProcessLookupError, FileNotFoundError):
            os.unlink('pids/' + name)
            print('passed over %s: its process is gone; the file was removed' % name)
        except PermissionError:
            print('passed over %s: its process is another user\'s' % name)
    print('The service is %s, clients told: %d' % (state, told))


os.makedirs('pids', exist_ok=True)
until_ctrl_c()
try:
    tell(UP, 'up')
    while True:
        signal.pause()
finally:
    tell(DOWN, 'down')
