"""Measures this machine and tells the station: each measurement is one message of JSON over uds://.

A connection of multiprocessing.connection is one of uds:// as it is: send_bytes is its send.
"""

import glob
import json
import os
import sys
import time
from multiprocessing.connection import Client

PAUSE = 0.5 / float(os.environ.get('DEMO_HURRY', '1'))


def memory():
    """What programs could still have, in MiB."""
    with open('/proc/meminfo') as lines:
        kib = next(line.split()[1] for line in lines if line.startswith('MemAvailable'))
    return int(kib) / 1024


def processor():
    """The part of its time that the processor was busy since we looked last, in percent."""
    with open('/proc/stat') as lines:
        times = [int(ticks) for ticks in lines.readline().split()[1:9]]
    busy, total = sum(times) - times[3] - times[4], sum(times)
    before, processor.before = getattr(processor, 'before', (0, 0)), (busy, total)
    return 100 * (busy - before[0]) / max(1, total - before[1])


def temperature():
    """Of the first sensor that the kernel knows, in degrees."""
    with open('/sys/class/thermal/thermal_zone0/temp') as millis:
        return int(millis.read()) / 1000


SENSORS = {'processor': ('%', processor), 'memory': ('MiB', memory)}
if glob.glob('/sys/class/thermal/thermal_zone0/temp'):
    SENSORS['temperature'] = ('\u00b0C', temperature)

try:
    with Client(sys.argv[1]) as station:
        while True:
            for name, (unit, measure) in SENSORS.items():
                measurement = {'sensor': name, 'unit': unit, 'value': round(measure(), 2)}
                station.send_bytes(json.dumps(measurement).encode())
            time.sleep(PAUSE)
except (KeyboardInterrupt, BrokenPipeError, ConnectionResetError):
    pass  # Ctrl+C, or the station has gone
