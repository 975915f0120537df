# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The scupgrade authors
#
# Records stand below SOFTWARE\scupgrade; every other value is a build.
from ansible.plugins.action import ActionBase
from ansible_collections.ansible.windows.plugins.plugin_utils import machines


class ActionModule(ActionBase):
    def run(self, tmp=None, task_vars=None):
        args = self._task.args
        host = machines.host_of(self, task_vars)
        with machines.machines() as state:
            here = machines.machine(state, host)
            if "\\scupgrade\\" in args["path"]:
                found = here["records"].get(args["name"])
            else:
                probe = {"key": args["path"].split(":\\", 1)[1], "value": args["name"]}
                found = here["builds"].get(machines.probe_name(probe), machines.OLD_BUILD)
        return {"changed": False, "exists": found is not None, "value": found}
