"""Runs the commands that others write into shared.json, and writes the results beside them."""

import json
import os
import sys

import filelock

from lesson import pause, step, until_ctrl_c


def numbers(verb, args):
    if len(args) != 2:
        raise ValueError('Incorrect number of arguments')
    if not all(isinstance(arg, (int, float)) for arg in args):
        raise ValueError('Yeah, we are only going to %s numbers' % verb)
    return args


def add(*args):
    left, right = numbers('add', args)
    return left + right


def multiply(*args):
    left, right = numbers('multiply', args)
    return left * right


FUNCTIONS = {'add': add, 'multiply': multiply}
LOCK = filelock.FileLock('shared.json.lock')


def read():
    with open('shared.json') as file:
        return json.load(file)


def write(data):
    """What is written takes the place of the file as a whole: who is killed in the middle leaves the old one."""
    with open('shared.json.next', 'w') as file:
        json.dump(data, file)
    os.replace('shared.json.next', 'shared.json')
    return os.path.getsize('shared.json')


def answer(command):
    print('running command %s with args %s' % (command['command'], command['args']))
    function = FUNCTIONS.get(command['command'])
    if function is None:
        return {'error': 'There is no command ' + command['command']}
    try:
        return {'result': function(*command['args'])}
    except ValueError as refused:
        return {'error': str(refused)}


def serve():
    with LOCK:
        size = write({'commands': {}})
        step('wrote shared.json, %d bytes, under the lock' % size)
    seen = set()
    while True:
        pause(0.1)
        if os.path.getsize('shared.json') == size:
            continue
        with LOCK:
            print('File has changed from %d to %d bytes, lets see what they want to do!'
                  % (size, os.path.getsize('shared.json')))
            commands = read()['commands']
            size = os.path.getsize('shared.json')
        for id, command in commands.items():
            if id in seen or 'result' in command or 'error' in command:
                continue
            seen.add(id)
            result = answer(command)  # nobody holds the lock meanwhile, so what others have written has to be read again
            with LOCK:
                data = read()
                data['commands'][id].update(result)
                size = write(data)


office = filelock.FileLock('shared.json.server.lock')
try:
    office.acquire(timeout=0)
except filelock.Timeout:
    sys.exit('Alice: another Alice answers in shared.json')
until_ctrl_c()
try:
    serve()
finally:
    with LOCK:
        os.unlink('shared.json')
        os.unlink('shared.json.lock')
    os.unlink('shared.json.server.lock')
