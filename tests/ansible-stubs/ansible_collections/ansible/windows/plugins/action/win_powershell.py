# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The scupgrade authors
#
# Does what windows/look.ps1 and windows/step.ps1 of the playbook do, on a pretended machine. Parameters that these
# scripts do not have are refused, as PowerShell does. Programs go on for a few looks behind the task that started them.
import json
import os
import re

from ansible.errors import AnsibleError
from ansible.plugins.action import ActionBase
from ansible_collections.ansible.windows.plugins.plugin_utils import machines

ENDED = re.compile(r", state: (done|failed)|, note: '(ended|restart)")


def quoted(text):
    return "'" + re.sub(r"[\x00-\x1f\x7f]", " ", str(text)).replace("'", "''") + "'"


class Machine:
    def __init__(self, world, name, key):
        self.world, self.name, self.here = world, name, world.host(name)
        self.records = self.here["records"].setdefault(key, {})

    def must(self, holds, what):
        self.world.must(holds, self.name + ": " + what)

    def record(self, step, state, digest, note, by_hand=False):
        self.records[step] = "{ time: %s, step: %s, state: %s, who: %s, by-hand: %s, digest: %s, note: %s }" % (
            quoted(self.world.now()), quoted(step), state, quoted("CONTOSO\\svc-ansible"), str(bool(by_hand)).lower(),
            quoted(digest), quoted(note))

    # ---- programs ----

    def settled(self, step):
        """Whether any host has done a step, or recorded that somebody did it."""
        hosts = [self.world.host(name) for name in list(self.world.hosts)]
        return any(step in one["done"] or "state: done" in rows.get(step, "")
                   for one in hosts for rows in list(one["records"].values()) + [{}])

    def in_turn(self, step, tasks, groups):
        """Backups before anything that changes a database, all removals before the first installation."""
        steps = {name: [name + "@" + host for host in groups[name.replace("-", "_")]] for name in tasks}
        task = tasks[step.partition("@")[0]]
        if task["removes"] or task["alone"]:
            for name in (name for name in tasks if tasks[name]["backup"]):
                self.must(any(self.settled(one) for one in steps[name] + [name]), step + " starts before " + name)
        if step.startswith("install-"):
            for one in (one for name in tasks if tasks[name]["removes"] for one in steps[name]):
                self.must(self.settled(one), step + " starts before " + one)

    def start(self, step, task, group, line):
        here, kind = self.here, step.partition("@")[0]
        self.world.log("%s: command %s" % (self.name, line))
        self.must(not here["program"], "a setup starts where one runs")
        self.must(step not in here["done"], "a setup starts that was done")
        self.must(not here["broken"] or here["may_repeat"] or not task["once"], "a failed setup is repeated by itself")
        others = [self.world.host(other) for other in group if other != self.name]
        if task["once"]:
            self.must(not any(other["program"] for other in others), "two setups of a kind at once")
        if task["alone"]:
            first = self.world.host(group[0])
            self.must(group[0] == self.name or kind + "@" + group[0] in first["done"],
                      "a second management server starts before the first is done")
            for other, there in zip([g for g in group if g != self.name], others):
                runs = [name for name in task["services"] if name not in there["stopped"]]
                self.must(kind + "@" + other in there["done"] or not runs, "services run on " + other)
        here["may_repeat"] = False
        fate = here["fates"].pop(0) if here["fates"] else "good"
        if fate in ("good", "late", "restart", "hangs"):
            here["builds"][machines.probe_of(task.get("build", {}))] = (
                "" if task["removes"] else task.get("build", {}).get("target", ""))
        if fate == "vanishes":
            here["builds"][machines.probe_of(task.get("build", {}))] = ""
        here["broken"] = fate in ("late", "vanishes", "early")
        here["late"] = [step] if fate == "late" else []
        return {"step": step, "fate": fate, "left": 2, "services": task["services"]}

    def end(self):
        program, self.here["program"] = self.here["program"], None
        code = {"good": 0, "hangs": 0, "restart": 3010, "early": 1}.get(program["fate"], 1603)
        if code in (0, 3010):
            self.here["done"].append(program["step"])
            self.here["stopped"] = [name for name in self.here["stopped"] if name not in program["services"]]
            self.here["pending"] = code == 3010
        notes = {0: ("started", "ended with exit code 0, not looked at yet"),
                 3010: ("started", "restart after exit code 3010")}
        state, note = notes.get(code, ("failed", "exit code %d" % code))
        self.record(program["step"], state, program["digest"], note)

    # ---- the two scripts ----

    def look(self, wanted):
        here = self.here
        program = here["program"]
        if program and wanted.get("WaitFor") == "end" and program["fate"] != "hangs":
            program["left"] -= 1
            if program["left"] <= 0:
                self.end()
        build = wanted.get("Build") or {}
        found = here["builds"].get(machines.probe_of(build), machines.OLD_BUILD) if build else ""
        stopped = [name for name in wanted.get("Services") or [] if name in here["stopped"]]
        missing = [path for path in wanted.get("Files") or [] if path.upper().startswith("X:")]
        return {"records": self.records, "build": found, "unreadable": here.get("unreadable", ""), "stopped": stopped,
                "missing": missing, "running": ["setup.exe, process 4711, since today"] if here["program"] else [],
                "busy": bool(here["program"]), "pending": here["pending"], "boot": here["boot"]}

    def script(self, step, digest, services):
        task = step.partition("@")[0]
        self.world.log("%s: script %s" % (self.name, step))
        self.must(step not in self.here["done"], "a script runs that was done: " + step)
        self.must(not self.here["program"], "a script runs beside a setup")
        if self.here["fates"] and self.here["fates"][0] == "script":
            self.here["fates"].pop(0)
            self.record(step, "failed", digest, "it went wrong")
            return {"changed": True, "output": ["half of it"], "result": {"fault": "it went wrong"}}
        self.here["done"].append(step)
        if task.startswith("stop-services"):
            self.here["stopped"] = sorted(set(self.here["stopped"]) | set(services))
        if task.startswith("start-services"):
            self.here["stopped"] = []
        self.record(step, "started", digest, "ran without an error, not looked at yet")
        return {"changed": True, "output": ["said by " + step], "result": {}}


class ActionModule(ActionBase):
    def check(self, args):
        known = re.search(r"^param\(([^)]*)\)", args["script"], re.M).group(1)
        for name in args["parameters"]:
            if "$" + name not in known.split(", "):
                raise AnsibleError("no parameter " + name)
        if "canary" in json.dumps(args):
            raise AnsibleError("a password among the parameters")

    def run(self, tmp=None, task_vars=None):
        args, name = self._task.args, machines.name_of(self, task_vars)
        self.check(args)
        wanted, dies = args["parameters"], False
        with machines.world() as world:
            machine = Machine(world, name, wanted["Key"])
            if machines.reach(machine.here, wanted.get("WaitFor") == "end"):
                result, dies = self.act(machine, wanted, task_vars)
            else:
                result = None
        if result is None:
            machines.unreachable(name)
        if dies:
            machines.die()
        return result

    def act(self, machine, wanted, task_vars):
        if "Digest" not in wanted:
            return {"changed": False, "result": machine.look(wanted)}, False
        machine.must(not self._task.check_mode, "something is changed in check mode")
        step, digest = wanted["Step"], wanted["Digest"]
        if not wanted.get("Program") and not wanted.get("Text"):
            machine.record(step, wanted["State"], digest, wanted["Note"], wanted["ByHand"])
            machine.world.log("%s: record %s %s" % (machine.name, step, wanted["State"]))
            return {"changed": True, "result": {}}, machine.world.cut()
        if machine.here["program"] or machine.records.get(step, "") != wanted["Before"]:
            machine.must(False, "another run has begun meanwhile")
        tasks = self._templar.template(task_vars["scupgrade_tasks"])
        task = tasks[step.partition("@")[0]]
        if wanted.get("Text"):
            machine.record(step, "started", digest, "")
            if machine.world.cut():
                return {}, True
            services = tasks.get("upgrade-management-server", {"services": []})["services"]
            return machine.script(step, digest, services), machine.world.cut()
        line = {}
        for one in self._task.environment:
            line.update(self._templar.template(one))
        machine.record(step, "started", digest, wanted["Note"])
        group = task_vars["groups"][step.partition("@")[0].replace("-", "_")]
        machine.in_turn(step, tasks, task_vars["groups"])
        machine.here["program"] = dict(
            machine.start(step, task, group, wanted["Program"] + " " + line["SCUPGRADE_LINE"]), digest=digest)
        self.job(machine.name)
        return {"changed": True, "started": 1, "finished": 0, "ansible_job_id": "1"}, machine.world.cut()

    def job(self, name):
        """The file that a task in the background leaves, with what it was given."""
        with open(os.environ["SCUPGRADE_STUB_LOG"] + ".jobs", "a", encoding="utf-8") as file:
            file.write(json.dumps({"host": name, "invocation": {"module_args": dict(self._task.args)}}) + "\n")
