# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The scupgrade authors
#
# Restarts are logged; nothing is pending behind one.
from ansible.plugins.action import ActionBase
from ansible_collections.ansible.windows.plugins.plugin_utils import machines


class ActionModule(ActionBase):
    def run(self, tmp=None, task_vars=None):
        name = machines.name_of(self, task_vars)
        with machines.world() as world:
            here = world.host(name)
            world.must(not here["program"], name + ": restarted while a program runs")
            here["pending"], here["boot"] = False, world.now()
            world.log(name + ": restart")
        return {"changed": True, "rebooted": True}
