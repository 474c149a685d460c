"""A client: enters the directory of pids, and knows from then on whether the service is up."""

import os
import signal
import sys

from lesson import step, until_ctrl_c

UP = signal.SIGUSR1
DOWN = signal.SIGUSR2 if '--as-published' in sys.argv else signal.SIGWINCH  # USR2 belongs to the JVM
running = True


def change(number, frame):
    global running
    running = number == UP
    print('The service is ' + ('up' if running else 'down'))


signal.signal(UP, change)  # first of all: a signal that nobody handles ends the process
signal.signal(DOWN, change)
step('handling signals %d and %d' % (UP, DOWN))

until_ctrl_c()
os.makedirs('pids', exist_ok=True)
pid_file = 'pids/%d' % os.getpid()
open(pid_file, 'w').close()
try:
    print('The service is %s as far as I know' % ('up' if running else 'down'))
    while True:
        signal.pause()
finally:
    os.unlink(pid_file)
