# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The scupgrade authors
#
# Pretended Windows machines for tests of the playbook: what each has installed and recorded, in one JSON file, and a
# log of what was done on them, in order. They run on the controller and reach nothing.
import fcntl
import json
import os
from contextlib import contextmanager

OLD_BUILD = "1.0.0.0"


def host_of(action, task_vars):
    return action._task.delegate_to or task_vars["inventory_hostname"]


@contextmanager
def machines():
    """All machines as {host: {"builds": {probe: text}, "records": {name: text}}}; changes are kept."""
    with open(os.environ["SCUPGRADE_STUB_STATE"], "a+", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        state = json.loads(file.read() or "{}")
        yield state
        file.seek(0)
        file.truncate()
        json.dump(state, file)


def machine(state, host):
    return state.setdefault(host, {"builds": {}, "records": {}})


def probe_name(build):
    return json.dumps({key: value for key, value in dict(build).items() if key != "target"}, sort_keys=True)


def log(line):
    with open(os.environ["SCUPGRADE_STUB_LOG"], "a", encoding="utf-8") as file:
        file.write(line + "\n")
