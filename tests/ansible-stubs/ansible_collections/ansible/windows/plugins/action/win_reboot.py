# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The scupgrade authors
#
# Restarts are logged.
from ansible.plugins.action import ActionBase
from ansible_collections.ansible.windows.plugins.plugin_utils import machines


class ActionModule(ActionBase):
    def run(self, tmp=None, task_vars=None):
        machines.log("%s: restart" % machines.host_of(self, task_vars))
        return {"changed": True, "rebooted": True}
