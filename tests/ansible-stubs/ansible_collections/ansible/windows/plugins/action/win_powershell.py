# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The scupgrade authors
#
# Scripts with a parameter Product ask for a build, those that know RebootPending for a restart; others are steps.
import os

from ansible.plugins.action import ActionBase
from ansible_collections.ansible.windows.plugins.plugin_utils import machines


class ActionModule(ActionBase):
    def run(self, tmp=None, task_vars=None):
        args = self._task.args
        host = machines.host_of(self, task_vars)
        wanted = args.get("parameters") or {}
        if "Product" in wanted:
            probe = {key.lower(): value for key, value in wanted.items() if value}
            with machines.machines() as state:
                builds = machines.machine(state, host)["builds"]
                found = builds.get(machines.probe_name(probe), machines.OLD_BUILD)
            return {"changed": False, "result": found}
        if "RebootPending" in args["script"]:
            return {"changed": False, "result": host == os.environ.get("SCUPGRADE_STUB_PENDING")}
        machines.log("%s: script %s" % (host, self._templar.template(task_vars["scupgrade_step"])))
        return {"changed": True, "result": {}}
