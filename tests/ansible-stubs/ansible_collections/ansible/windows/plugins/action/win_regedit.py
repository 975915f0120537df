# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The scupgrade authors
#
# Keeps a record.
from ansible.plugins.action import ActionBase
from ansible_collections.ansible.windows.plugins.plugin_utils import machines


class ActionModule(ActionBase):
    def run(self, tmp=None, task_vars=None):
        with machines.machines() as state:
            records = machines.machine(state, machines.host_of(self, task_vars))["records"]
            records[self._task.args["name"]] = self._task.args["data"]
        return {"changed": True}
