# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The scupgrade authors
#
# What the stories are about, taken out of the playbook one after the other: the story that is about it has to fail. A
# row whose text is no longer in its file fails too.
import os
import re
import shutil
import tempfile

from tale import SCRATCH, Mechanism, Tale, Wrong, holds

DECIDED = "filter_plugins/scupgrade.py"
LOOKS_BEHIND = 'look["boot"] <= row["time"]'
SETTLED = 'if self.state == "done" or (self.state == "skipped"'
UNKNOWN = '    return "unknown"\n\n'
RUNS_NOW = 'if self.here["running"] or self.here["busy"]:'
SEEN = 'if self.answer_to(step) == "done":'
WHOLE_NAME = "@{{ inventory_hostname }}"
KNOWN = (
    ("whole_job", DECIDED, SETTLED, 'if (self.state == "skipped"'),
    ("repeated", DECIDED, 'failed = self.state == "failed" and (once or', "failed = False and (once or"),
    ("repeated", DECIDED, "return self.word == word and self.rest == rest", "return self.word == word"),
    ("no_record", DECIDED, 'return "The build is %s, that of the target', 'return "" and "%s'),
    ("killed", DECIDED, UNKNOWN, '    return "open"\n\n'),
    ("foreign_setup", DECIDED, RUNS_NOW, "if False:"),
    ("controller_dies", DECIDED, 'if self.kind == "command" and self.state == "unknown" and self.row:', "if False:"),
    ("service_runs", DECIDED, "        self.look_beside()\n", "        pass\n"),
    ("alone", DECIDED, "return self.look_before() or ", "return "),
    ("refuted", DECIDED, "against = self.refuted()", 'against = ""'),
    ("vanishes", DECIDED, 'if once and is_new(here, self.task) is False and not here["build"]:', "if False:"),
    ("restart", DECIDED, LOOKS_BEHIND, "False"),
    ("restarts_itself", "tasks/program.yml", 'scupgrade_end.do == "restart" and scupgrade_restart\n', "false\n"),
    ("by_hand", DECIDED, "def record(self, state, by_hand=True", "def record(self, state, by_hand=False"),
    ("hidden", DECIDED, SEEN, "if True:"),
    ("changed_text", DECIDED, '        return "changed"', '        return "done"'),
    ("connection_lost", "tasks/wait.yml", "  ignore_unreachable: true\n", ""),
    ("agent_fails", "site.yml", "  serial: 1\n", ""),
    ("script_fails", "tasks/looked.yml", '== "" or ', '!= "x" or '),
    ("dry_run", "tasks/step.yml", " and not ansible_check_mode", ""),
    ("unreadable", DECIDED, "if is_new(look, task) is None:", "if False:"),
    ("hostile_plan", "inventory.yml", "!unsafe ", ""),
    ("careless", DECIDED, 'if self.task["backup"]:', "if False:"),
    ("strange_names", "site.yml", WHOLE_NAME, "@{{ inventory_hostname_short }}"),
    ("automation", DECIDED, SETTLED, 'if (self.state == "skipped"'),
    ("not_found", DECIDED, 'return "" if look["build"] else "Nothing', 'return "" and "Nothing'),
    ("package_fails", DECIDED, "(once or doubt(here, self.task))", "once"),
    ("runs_on", DECIDED, RUNS_NOW, "if False:"),
    ("killed_package", DECIDED, UNKNOWN, '    return "open"\n\n'),
    ("unseen", DECIDED, SEEN, "if True:"),
    ("package_restart", DECIDED, LOOKS_BEHIND, "False"),
    ("dry_removal", "tasks/step.yml", " and not ansible_check_mode", ""),
    ("strange_deployment", "site.yml", WHOLE_NAME, "@{{ inventory_hostname_short }}"),
)


def without(_, row, story):
    """Tells STORY without what ROW takes out; it is wrong that it holds."""
    Mechanism.out = row[1:]
    try:
        _, tell, base, *args = story
        folder = os.path.join(tempfile.mkdtemp(dir=SCRATCH), "without")
        shutil.copytree(base.folder, folder)
        told = Tale(Mechanism.taken_from(folder), base)
        try:
            tell(told, *args)
        except (KeyError, Wrong):   # a key: a person is asked about a host that is none
            return
    finally:
        Mechanism.out = None
    raise Wrong("it holds without: " + row[2])


def there(name, base):
    """That a story's mechanisms are in the playbook, so that a row does not outlive its text."""
    for row in (row for row in KNOWN if row[0] == name):
        with open(os.path.join(base.folder, row[1]), encoding="utf-8", newline="") as file:
            holds(row[2] in file.read(), "%s is not in %s" % (row[2], row[1]))


def taken_out(stories, part):
    """(name, what tells it, its arguments...), a story for each row whose name the pattern PART finds. STORIES gives
    the stories of a set of names."""
    rows = [(row[0] + " without " + row[2], row) for row in KNOWN]
    rows = [(name, row) for name, row in rows if re.search(part, name)]
    known = {story[0]: story for story in stories({row[0] for _, row in rows})}
    for name, row in rows:
        yield name, without, known[row[0]][2], row, known[row[0]]
