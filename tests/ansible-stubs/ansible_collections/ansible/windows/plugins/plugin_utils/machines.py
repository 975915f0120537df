# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The scupgrade authors
#
# Pretended Windows machines for tests of the playbook, in one JSON file, and a log of what was done on them, in order.
# What must never be is looked at here, in the world, not in what the playbook says of itself: "VIOLATION" in the log.
import fcntl
import json
import os
import signal
from contextlib import contextmanager
from datetime import datetime, timedelta

from ansible.errors import AnsibleConnectionFailure

OLD_BUILD = "1.0.0.0"
BEGIN = datetime(2026, 11, 28, 20, 0, 0)


class World:
    def __init__(self, state):
        self.state = state
        self.hosts = state.setdefault("hosts", {})

    def now(self):
        """A clock that goes on by a second whenever it is read."""
        self.state["clock"] = self.state.get("clock", 0) + 1
        return (BEGIN + timedelta(seconds=self.state["clock"])).strftime("%Y-%m-%dT%H:%M:%SZ")

    def host(self, name):
        if name not in self.hosts:
            self.hosts[name] = {"builds": {}, "records": {}, "stopped": [], "fates": [], "program": None,
                                "done": [], "broken": False, "late": [], "may_repeat": False, "pending": False,
                                "boot": "2026-11-01T00:00:00Z", "hidden": False, "lost": 0}
        return self.hosts[name]

    def log(self, line):
        with open(os.environ["SCUPGRADE_STUB_LOG"], "a", encoding="utf-8") as file:
            file.write(line + "\n")

    def must(self, holds, what):
        if not holds:
            self.log("VIOLATION " + what)

    def cut(self):
        """Counts what changes a machine; at the number that a story wants the controller dies."""
        self.state["events"] = self.state.get("events", 0) + 1
        return str(self.state["events"]) == os.environ.get("SCUPGRADE_STUB_CUT")


@contextmanager
def world():
    with open(os.environ["SCUPGRADE_STUB_STATE"], "a+", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        state = json.loads(file.read() or "{}")
        yield World(state)
        file.seek(0)
        file.truncate()
        json.dump(state, file)


def die():
    os.kill(os.getppid(), signal.SIGKILL)
    os.kill(os.getpid(), signal.SIGKILL)


def name_of(action, task_vars):
    return action._task.delegate_to or task_vars["inventory_hostname"]


def reach(here, waits):
    """Some machines are in another network, and some connections are lost a few times while a program runs."""
    lost = waits and here["lost"] > 0
    here["lost"] -= lost
    return not here["hidden"] and not lost


def unreachable(name):
    raise AnsibleConnectionFailure(name + " does not answer")


def probe_of(build):
    return json.dumps({key: value for key, value in dict(build).items() if key != "target"}, sort_keys=True)
