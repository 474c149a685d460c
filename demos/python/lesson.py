"""What every program here needs and none of them teaches.

DEMO_SLOW=1 tells each step on standard error, DEMO_HURRY=20 makes pauses a twentieth as long.
"""

import os
import signal
import sys
import time

HURRY = float(os.environ.get('DEMO_HURRY', '1'))
sys.stdout.reconfigure(line_buffering=True)


def step(text):
    if 'DEMO_SLOW' in os.environ:
        print('  . ' + text, file=sys.stderr, flush=True)
        pause(1)


def pause(seconds):
    time.sleep(seconds / HURRY)


def until_ctrl_c():
    """Ends with SystemExit at Ctrl+C and at SIGTERM, so that what stands in `finally` is done."""

    def end(number, frame):
        sys.exit(128 + number)

    signal.signal(signal.SIGINT, end)
    signal.signal(signal.SIGTERM, end)
