# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The scupgrade authors
#
# Installs the target's build of the task, or removes what is there; fails on the host of SCUPGRADE_STUB_FAIL.
import os

from ansible.plugins.action import ActionBase
from ansible_collections.ansible.windows.plugins.plugin_utils import machines


class ActionModule(ActionBase):
    def run(self, tmp=None, task_vars=None):
        host = machines.host_of(self, task_vars)
        task = self._templar.template(task_vars["scupgrade_tasks"])[self._templar.template(task_vars["scupgrade_id"])]
        machines.log("%s: command %s" % (host, self._task.args["cmd"]))
        if host == os.environ.get("SCUPGRADE_STUB_FAIL"):
            return {"changed": True, "rc": 1603}
        with machines.machines() as state:
            build = "" if task["removes"] else task["build"]["target"]
            machines.machine(state, host)["builds"][machines.probe_name(task["build"])] = build
        return {"changed": True, "rc": 3010 if host == os.environ.get("SCUPGRADE_STUB_RESTART") else 0}
