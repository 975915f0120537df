# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The scupgrade authors
#
# What a story of the playbook is told with: a world of pretended machines, the playbook that the program renders for a
# plan, and a person who answers. Importing it sets the environment of the scratch folder that the arguments name.
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

TESTS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
STUBS = os.path.join(TESTS, "ansible-stubs")
SCRATCH = os.path.abspath(sys.argv[1])
os.makedirs(os.path.join(SCRATCH, "home"), exist_ok=True)
os.environ.update(
    HOME=os.path.join(SCRATCH, "home"), ANSIBLE_LOCAL_TEMP=os.path.join(SCRATCH, "home", "tmp"), ANSIBLE_NOCOLOR="1",
    PYTHONUTF8="1", PYTHONDONTWRITEBYTECODE="1", ANSIBLE_COLLECTIONS_PATH=STUBS, ANSIBLE_CALLBACK_PLUGINS=STUBS,
    ANSIBLE_CALLBACKS_ENABLED="results")
sys.dont_write_bytecode = True
# Behind the environment, which it reads at once; what a run needs is imported before the runs part from here.
from ansible.cli.playbook import PlaybookCLI  # noqa: E402  pylint: disable=wrong-import-position
from ansible.executor import playbook_executor, task_executor  # noqa: E402,F401  pylint: disable=all

VAULT = {
    "vault_accounts_data_access_password": 'canary "1\\',
    "vault_accounts_data_reader_password": "canary-2",
    "vault_accounts_worker_service_password": 'canary "3\\',
    "vault_accounts_application_pool_password": "canary-4",
    "vault_product_key_password": "canary-5",
}
ASKED = re.compile(r"'([A-Za-z0-9.@_-]+): ([^']+)'")


class Wrong(Exception):
    pass


def holds(condition, what):
    if not condition:
        raise Wrong(what)


class Mechanism:
    """What is taken out of each playbook that is rendered from here on: a file, a text of it, what is there instead."""

    out = None

    @classmethod
    def taken_from(cls, folder):
        if cls.out:
            name, text, instead = cls.out
            with open(os.path.join(folder, name), encoding="utf-8", newline="") as file:
                whole = file.read()
            holds(text in whole, "it is not in " + name)
            with open(os.path.join(folder, name), "w", encoding="utf-8", newline="") as file:
                file.write(whole.replace(text, instead))
        return folder


def render(name, plan):
    folder = os.path.join(tempfile.mkdtemp(dir=SCRATCH), name)
    with open(folder + ".yaml", "w", encoding="utf-8") as file:
        file.write(plan)
    subprocess.run([os.environ["SCUPGRADE"], "render", "ansible", "-o", folder, folder + ".yaml"], check=True,
                   stderr=subprocess.DEVNULL)
    return Mechanism.taken_from(folder)


def render_file(name):
    """The playbook of a plan of the tests, and the plan's text."""
    with open(os.path.join(TESTS, name), encoding="utf-8") as file:
        text = file.read()
    return render(os.path.basename(name).partition(".")[0], text), text


class Run:
    def __init__(self, code, shown, rows, events):
        self.code, self.shown, self.events = code, shown, events
        self.rows = rows
        self.messages = [str(row["result"].get("msg", "")) for row in rows if row["kind"] == "failed"]

    def says(self, text):
        return any(text in message for message in self.messages)


def playbook(folder, shown, words):
    """ansible-playbook in a process of its own, which has imported all of it already."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            os.chdir(folder)
            to = os.open(shown, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            for one in (1, 2):
                os.dup2(to, one)
            sys.stdout, sys.stderr = open(1, "w", closefd=False), open(2, "w", closefd=False)
            PlaybookCLI.cli_executor(["ansible-playbook", *words])
            code = 0
        except SystemExit as end:
            code = int(end.code or 0)
        finally:
            sys.stdout.flush()
            os._exit(code)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    with open(shown, encoding="utf-8") as file:
        return code, file.read()


class Tale:
    """A world, the playbook of a plan, and a person who answers truthfully. PROGRAMS: the words that leave out what
    comes before the first program."""

    def __init__(self, folder, base=None, programs=()):
        self.folder = folder
        self.state = tempfile.mkdtemp(dir=SCRATCH) + "/world"
        self.answers = {}
        self.programs = base.programs if base else programs
        if base:
            shutil.copy(base.state, self.state)

    def world(self):
        if not os.path.exists(self.state):
            return {}
        with open(self.state, encoding="utf-8") as file:
            return json.load(file)

    def change(self, host, **values):
        world = self.world()
        here = world.setdefault("hosts", {}).setdefault(host, {
            "builds": {}, "records": {}, "stopped": [], "fates": [], "program": None, "done": [], "broken": False,
            "late": [], "may_repeat": False, "pending": False, "boot": "2026-11-01T00:00:00Z", "hidden": False,
            "lost": 0})
        here.update(values)
        with open(self.state, "w", encoding="utf-8") as file:
            json.dump(world, file)

    def host(self, name):
        return self.world()["hosts"][name]

    def record(self, host, step):
        for rows in self.host(host)["records"].values():
            if step in rows:
                return rows[step]
        return ""

    def done(self, step):
        return step in self.host(step.partition("@")[2])["done"]

    def run(self, *words, answers=None, cut=0):
        log = self.state + ".log"
        for name in (log, log + ".results", log + ".jobs"):
            open(name, "w", encoding="utf-8").close()
        given = dict(VAULT, scupgrade_answers=self.answers if answers is None else answers)
        cut = str(self.world().get("events", 0) + cut if cut else 0)
        os.environ.update(SCUPGRADE_STUB_STATE=self.state, SCUPGRADE_STUB_LOG=log, SCUPGRADE_STUB_CUT=cut)
        code, shown = playbook(self.folder, self.state + ".shown", [
            "-f", "1", "-i", "inventory.yml", "-e", "ansible_connection=local", "-e", "scupgrade_delay=0",
            "-e", json.dumps(given), *words, "site.yml"])
        with open(log + ".results", encoding="utf-8") as file:
            kept = file.read()
        with open(log + ".jobs", encoding="utf-8") as file:
            jobs = file.read()
        with open(log, encoding="utf-8") as file:
            events = file.read().splitlines()
        holds("canary" not in kept + jobs + shown, "a password is shown, returned or left in a job's file")
        broken = [line for line in events if line.startswith("VIOLATION")]
        holds(not broken, "%s\n%s" % (broken, tail(shown)))
        if os.environ.get("STORIES_SHOW"):
            print(shown, "\n".join(events))
        return Run(code, shown, [json.loads(line) for line in kept.splitlines()], events)

    def changes(self, run):
        return [line for line in run.events if " record " not in line]

    # ---- a person ----

    def prepared(self):
        """Somebody has read README.md, and does before the first run what it lists."""
        with open(os.path.join(self.folder, "README.md"), encoding="utf-8") as file:
            parts = file.read().partition("## Asked before")
        for part, word in ((parts[0], "done"), (parts[2], "run")):
            for step in re.findall(r"^\* `([^`]+)`: `files/", part, re.M):
                self.answers[step] = word
        return self

    def truth(self, step, words):
        """The answer of somebody who has looked; None: nothing can be said."""
        word = words[0].partition(" ")[0]
        place = step.partition("@")[2]
        if word == "run":
            return "run"
        if word == "stopped":
            return "stopped" if self.host(place)["stopped"] else None
        repeat = [one for one in words if one.startswith("repeat")]
        here = self.host(place) if place else None
        if repeat and "skip WHY" in words:
            return repeat[0]
        if not repeat:
            program = step.startswith(("upgrade-manag", "upgrade-gate", "upgrade-oper", "upgrade-agent", "install-", "uninstall-"))
            return "done" if not program or step in here["done"] else None
        if step in here["done"]:
            return "done"
        return repeat[0] if not here["broken"] or here["may_repeat"] else None

    def answer(self, run):
        """Whether there was something to say."""
        asked = {}
        for message in run.messages:
            for step, word in ASKED.findall(message):
                asked.setdefault(step, []).append(word)
        before = dict(self.answers)
        for step, words in asked.items():
            said = self.truth(step, words)
            if said:
                self.answers[step] = said
        return self.answers != before

    def go_on(self, most=40, *words):
        """Runs and answers, until it is through or there is nothing to say."""
        for _ in range(most):
            run = self.run(*words)
            if run.code == 0 or not self.answer(run):
                return run
        raise Wrong("no end: " + tail(run.shown))


def tail(text):
    return "\n".join(text.splitlines()[-25:])


def commands(run):
    return [line for line in run.events if ": command " in line]


def stays(tale, *words, **more):
    run = tale.run(*(words or tale.programs), **more)
    holds(run.code != 0 and not commands(run), "a setup starts all the same\n" + tail(run.shown))
    return run


def upgraded(tale):
    for name, here in tale.world()["hosts"].items():
        holds(not here["program"] and not here["broken"] and not here["stopped"], name + " is not well")
    for rows in (rows for here in tale.world()["hosts"].values() for rows in here["records"].values()):
        for step, row in rows.items():
            holds("state: done" in row or "state: skipped" in row, step + " is " + row)


def same_again(tale, folder=None):
    tale.folder = folder or tale.folder
    run = tale.run(answers={})
    holds(run.code == 0 and not run.events, "the same again changes something\n%s\n%s" % (run.events, tail(run.shown)))


def through(plan, name):
    """A plan of the tests to its end, its order in SCRATCH/NAME.order for the golden file; again it changes nothing."""
    folder, text = render_file(plan)
    tale = Tale(folder).prepared()
    order, run = [], None
    while not run or (run.code and tale.answer(run)):
        run = tale.run()
        order += run.events
    holds(run.code == 0, "not through\n" + tail(run.shown))
    with open(os.path.join(SCRATCH, name + ".order"), "w", encoding="utf-8") as file:
        file.write("\n".join(order) + "\n")
    upgraded(tale)
    same_again(tale)
    return tale, text, order


def finished(tale, name):
    """Somebody brought to its end by hand what had changed its host before it failed."""
    here = tale.host(name)
    tale.change(name, broken=False, late=[], done=here["done"] + here["late"], stopped=[])


def harassed(tale, chance, limits):
    """Programs fail, restarts are wanted, the controller dies, some hosts are left out; a person repairs."""
    for name in sorted(tale.world()["hosts"]):
        tale.change(name, fates=[chance.choice(("good", "early", "late", "restart")) for _ in range(2)])
    for _ in range(80):
        words = chance.choice(((), ("--limit", chance.choice(limits))))
        run = tale.run(*tale.programs, *words, cut=chance.choice((0, 0, 1, 2, 3)))
        if run.code == 0 and not words:
            upgraded(tale)
            return
        for name, here in tale.world()["hosts"].items():
            if here["pending"] and not here["program"]:
                tale.change(name, pending=False, boot="2026-11-29T%02d:00:00Z" % chance.randrange(24))
            if here["broken"] and not here["may_repeat"] and not here["program"]:
                if chance.random() < 0.5 and here["late"]:
                    finished(tale, name)
                else:
                    tale.change(name, may_repeat=True)
        tale.answer(run)
    raise Wrong("no end\n" + tail(run.shown))
