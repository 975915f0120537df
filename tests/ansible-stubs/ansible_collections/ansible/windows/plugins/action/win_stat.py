# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The scupgrade authors
#
# Every file is there but those on the drive X:.
from ansible.plugins.action import ActionBase


class ActionModule(ActionBase):
    def run(self, tmp=None, task_vars=None):
        return {"changed": False, "stat": {"exists": not self._task.args["path"].upper().startswith("X:")}}
