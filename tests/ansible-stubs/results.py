# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The scupgrade authors
#
# Keeps all that tasks return, a line of JSON each: a person in a story reads it, and it is searched for passwords.
import json
import os

from ansible.plugins.callback import CallbackBase

DOCUMENTATION = """
    name: results
    type: aggregate
    short_description: keeps what tasks return
    description: For tests.
"""


class CallbackModule(CallbackBase):
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "aggregate"
    CALLBACK_NAME = "results"

    def keep(self, kind, result):
        row = {"kind": kind, "host": result._host.name, "task": result._task.name, "result": result._result}
        with open(os.environ["SCUPGRADE_STUB_LOG"] + ".results", "a", encoding="utf-8") as file:
            file.write(json.dumps(row, default=str) + "\n")

    def v2_runner_on_ok(self, result):
        self.keep("ok", result)

    def v2_runner_on_failed(self, result, ignore_errors=False):
        self.keep("failed", result)

    def v2_runner_on_unreachable(self, result):
        self.keep("unreachable", result)

    def v2_runner_item_on_ok(self, result):
        self.keep("ok", result)
