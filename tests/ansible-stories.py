#!/usr/bin/python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The scupgrade authors
#
# Stories of an upgrade that must hold, played with ansible-playbook on the pretended machines of ansible-stubs.
# Usage: ansible-stories.py SCRATCH SEEDS FIRST [PART]: also SEEDS random orders, the first of FIRST; only stories whose
# name the pattern PART finds. SCUPGRADE is the program that renders the playbook; STORIES_PATCH a command that is run
# in each rendered folder, to see which story fails without a mechanism. Prints what does not hold and "N passed, N
# failed".
import importlib.util
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

STUBS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "ansible-stubs")
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
OM = """scupgrade: 1
product: operations-manager
source: 2012-r2
target: '2016'
management-group: CONTOSO
license-accepted: true
setup-folder: 'D:\\'
accounts:
  data-access: { kind: domain, user: 'CONTOSO\\svc-das' }
  data-reader: { user: 'CONTOSO\\svc-reader' }
servers:
  - { name: MS01, roles: [management-server] }
  - { name: MS02, roles: [management-server] }
  - { name: GW01.fabrikam.com, roles: [gateway] }
  - { name: GW02, roles: [gateway] }
  - { name: APP01, roles: [agent] }
  - { name: CON01, roles: [operations-console] }
databases:
  operational: { server: SQL01, name: OperationsManager }
  data-warehouse: { server: SQL02, name: OperationsManagerDW }
"""
SMA = """scupgrade: 1
product: service-management-automation
source: 2012-r2
target: '2016'
media-folder: 'D:\\SMA'
source-media-folder: 'E:\\SMA2012R2'
database: { server: SQL01, name: SMA, backup-file: 'E:\\Backup\\SMA.bak' }
monitoring: { operations-manager: true, management-server: MS01, minutes: 120 }
accounts:
  worker-service: { user: 'CONTOSO\\svc-sma' }
  application-pool: { user: 'CONTOSO\\svc-smaweb' }
web-service: { site: SMA, port: 9090, ssl: true }
servers:
  - { name: WRK01, roles: [runbook-worker] }
  - { name: WRK02, roles: [runbook-worker] }
  - { name: WEB01, roles: [web-service] }
"""
OM_FIRST, OM_SECOND = "upgrade-management-server@MS01", "upgrade-management-server@MS02"
SETUPS = ("--tags", "upgrade-management-server,upgrade-gateway,upgrade-agent,upgrade-operations-console")
ASKED = re.compile(r"'([A-Za-z0-9.@_-]+): ([^']+)'")


class Wrong(Exception):
    pass


def holds(condition, what):
    if not condition:
        raise Wrong(what)


def render(name, plan):
    folder = os.path.join(SCRATCH, name)
    with open(folder + ".yaml", "w", encoding="utf-8") as file:
        file.write(plan)
    subprocess.run([os.environ["SCUPGRADE"], "render", "ansible", "-o", folder, folder + ".yaml"], check=True,
                   stderr=subprocess.DEVNULL)
    if os.environ.get("STORIES_PATCH"):
        subprocess.run(["sh", "-c", os.environ["STORIES_PATCH"]], cwd=folder, check=True)
    return folder


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
    """A world, the playbook of a plan, and a person who answers truthfully."""

    def __init__(self, folder, base=None):
        self.folder = folder
        self.state = tempfile.mkdtemp(dir=SCRATCH) + "/world"
        self.answers = {}
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
            "may_repeat": False, "pending": False, "boot": "2026-11-01T00:00:00Z", "hidden": False, "lost": 0})
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


# ---- Operations Manager ----


def commands(run):
    return [line for line in run.events if ": command " in line]


def stays(tale, *words, **more):
    run = tale.run(*(words or SETUPS), **more)
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
    """A documented plan to its end, its order in SCRATCH/NAME.order for the golden file; again it changes nothing."""
    with open(os.path.join(os.path.dirname(STUBS), "plans", plan), encoding="utf-8") as file:
        text = file.read()
    tale = Tale(render(name, text)).prepared()
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


def whole_job(_):
    """Every step in the order of the playbook; again, and with one more note in the plan, it changes nothing."""
    tale, text, _ = through("om.yaml", "whole")
    row = "confirmed:\n  - { check: collation, by: 'CONTOSO\\anna', on: '2026-11-20', note: x }\n"
    same_again(tale, render("noted", text.replace("confirmed:\n", row) if "\nconfirmed:\n" in text else text + row))


def hostile_plan(base):
    """A value of the plan is a value, and reaches the program as it is."""
    path = "E:\\{{ lookup('pipe', 'touch jinja') }}"
    tale = Tale(render("hostile", OM + "install-path: '%s'\n" % path.replace("'", "''")), base)
    run = tale.run("--limit", "MS01", "--tags", "upgrade-management-server")
    holds(len(commands(run)) == 1 and path in commands(run)[0], "it does not reach it\n" + tail(run.shown))
    holds(not os.path.exists(os.path.join(tale.folder, "jinja")), "it was an expression")


def first_fails(base):
    """The first one fails after its build changed: nothing goes on, careless answers never count."""
    tale = Tale(base.folder, base)
    tale.change("MS01", fates=["late"])
    run = tale.run(*SETUPS)
    holds(run.code != 0 and tale.host("MS01")["broken"], "it does not fail\n" + tail(run.shown))
    holds("state: failed" in tale.record("MS01", OM_FIRST), "no record says failed")
    for answer in ("yes", "repeat"):
        stays(tale, answers={OM_FIRST: answer, OM_SECOND: answer})
    stays(tale, "--limit", "MS02", "--tags", "upgrade-management-server")
    holds("state: failed" in tale.record("MS01", OM_FIRST), "an answer counted")
    return tale


def repeated(base):
    """A person who has read the log lets it be repeated; the answer counts once."""
    tale = first_fails(base)
    tale.change("MS01", may_repeat=True, fates=["late"])
    tale.answer(stays(tale))
    holds(tale.answers.get(OM_FIRST, "").startswith("repeat "), "nobody is asked")
    run = tale.run(*SETUPS)
    holds(len(commands(run)) == 1, "it is not repeated\n" + tail(run.shown))
    stays(tale)
    tale.change("MS01", may_repeat=True)
    run = tale.go_on(9, *SETUPS)
    holds(run.code == 0 and tale.done(OM_SECOND), "not through\n" + tail(run.shown))


def by_hand(base):
    """The first one is finished by hand, and a person says so."""
    tale = Tale(base.folder, base)
    tale.change("MS01", fates=["late"])
    tale.run(*SETUPS)
    tale.change("MS01", broken=False, done=tale.host("MS01")["done"] + [OM_FIRST])
    run = tale.go_on(9, *SETUPS)
    holds(run.code == 0 and tale.done(OM_SECOND), "not through\n" + tail(run.shown))
    holds("by-hand: true" in tale.record("MS01", OM_FIRST), "not marked by hand")


def vanishes(base):
    """Its role vanishes: no line repairs that."""
    tale = Tale(base.folder, base)
    tale.change("MS01", fates=["vanishes"])
    tale.run(*SETUPS)
    time = re.search(r"time: '([^']+)'", tale.record("MS01", OM_FIRST)).group(1)
    for answer in ("repeat " + time, "done"):
        run = stays(tale, answers={OM_FIRST: answer})
        holds(run.says("restore"), "it does not say that a restore is due")


def refuted(base):
    """A false answer that the machine refutes."""
    tale = Tale(base.folder, base)
    tale.change("MS01", fates=["early"])
    tale.run(*SETUPS)
    run = stays(tale, answers={OM_FIRST: "done"})
    holds(run.says("That cannot be"), "it is believed")


def controller_dies(base):
    """The controller dies while setup runs: nothing starts beside it; the next run waits and takes the result."""
    tale = Tale(base.folder, base)
    run = tale.run(*SETUPS, cut=1)
    holds(run.code != 0 and tale.host("MS01")["program"], "the setup does not run\n" + tail(run.shown))
    holds("state: started" in tale.record("MS01", OM_FIRST), "no record says started")
    stays(tale, "--limit", "MS02", "--tags", "upgrade-management-server")
    stays(tale, "--limit", "MS01", "--tags", "check-license")
    run = tale.go_on(3, "--limit", "MS01", "--tags", "upgrade-management-server")
    holds(run.code == 0 and not commands(run), "it does not take the result\n" + tail(run.shown))
    holds("state: done" in tale.record("MS01", OM_FIRST), "not done")


def connection_lost(base):
    """The connection is lost while setup runs, more than once."""
    tale = Tale(base.folder, base)
    tale.change("MS01", lost=2)
    run = tale.run("--limit", "MS01", "--tags", "upgrade-management-server")
    holds(len(commands(run)) == 1, "it does not go on\n" + tail(run.shown))
    holds("state: done" in tale.record("MS01", OM_FIRST), "not done")


def killed(base):
    """The setup is killed: a start without an end waits for a person."""
    tale = Tale(base.folder, base)
    tale.run(*SETUPS, cut=1)
    tale.change("MS01", program=None, broken=True)
    run = stays(tale)
    holds(run.says("read the log"), "nobody is asked")


def foreign_setup(base):
    """A setup that nobody recorded runs: no step is begun there."""
    tale = Tale(base.folder, base)
    tale.change("MS01", program={"step": "x", "fate": "hangs", "left": 9, "services": [], "digest": ""})
    run = stays(tale)
    holds(run.says("setup.exe, process 4711"), "it does not say what runs")
    holds(not run.events, "something was done beside it")


def no_record(base):
    """A build of the target without a record is unknown."""
    tale = Tale(base.folder, base)
    tale.change("MS01", fates=["late"])
    tale.run(*SETUPS)
    records = tale.host("MS01")["records"]
    for rows in records.values():
        rows.pop(OM_FIRST)
    tale.change("MS01", records=records)
    run = stays(tale)
    holds(run.says("no record says that its setup ended well"), "it does not say why\n" + tail(run.shown))


def hidden(base):
    """Machines that cannot be reached: a person's word is recorded on the one that asks."""
    tale = Tale(base.folder, base)
    for name in ("MS01", "MS02"):
        tale.change(name, hidden=True)
    words = ("--limit", "GW02", "--tags", "upgrade-gateway")
    for answer in ("yes", "", "skip it"):
        run = stays(tale, *words, answers={OM_FIRST: answer, OM_SECOND: answer})
    holds(run.says("cannot be seen"), "it does not say why")
    run = tale.run(*words, answers={OM_FIRST: "done", OM_SECOND: "done"})
    holds(run.code == 0 and tale.done("upgrade-gateway@GW02"), "not upgraded\n" + tail(run.shown))
    holds("by-hand: true" in tale.record("GW02", OM_FIRST), "the answer is not recorded on the machine that asked")


def restart(base):
    """A restart is asked for, and looked behind."""
    tale = Tale(base.folder, base)
    words = ("--limit", "MS01", "--tags", "upgrade-management-server")
    tale.change("MS01", fates=["restart"])
    for again in range(2):
        run = tale.run(*words)
        holds(run.code != 0 and len(commands(run)) == 1 - again, "it does not wait for the restart\n" + tail(run.shown))
        holds("state: started" in tale.record("MS01", OM_FIRST), "done before the restart")
    tale.change("MS01", boot="2026-11-29T00:00:00Z", pending=False, stopped=["OMSDK"])
    run = tale.run(*words)
    holds(run.code != 0 and run.says("OMSDK"), "a service that does not run was not seen\n" + tail(run.shown))
    tale.change("MS01", stopped=[])
    holds(tale.go_on(3, *words).code == 0 and not commands(run), "not done behind the restart")


def restarts_itself(base):
    """With leave the playbook restarts a host, before and after."""
    tale = Tale(base.folder, base)
    tale.change("MS01", fates=["restart"], pending=True)
    words = ("--limit", "MS01", "--tags", "upgrade-management-server")
    holds(tale.run(*words).code != 0 and not tale.done(OM_FIRST), "a pending restart is not seen")
    run = tale.run(*words, "-e", "scupgrade_restart=true")
    holds(tale.done(OM_FIRST) and sum("restart" in line for line in run.events) >= 2, "not twice\n" + tail(run.shown))


def service_runs(base):
    """What has to be stopped elsewhere and runs is refused."""
    tale = Tale(base.folder, base)
    tale.change("MS02", stopped=[])
    run = stays(tale)
    holds(run.says("Stop first on MS02"), "it does not say what runs")


def dry_run(base):
    """--check goes to the end, and changes nothing."""
    tale = Tale(base.folder)
    run = tale.run("--check", answers={})
    holds(run.code == 0 and "Say what is left" in run.shown, "it does not go to the end\n" + tail(run.shown))
    holds(not run.events, "something is changed")
    run = tale.run(answers={"upgrade-management-server@MS07": "done", "back-up-databases": "done", OM_FIRST: "no"})
    holds(run.code != 0 and not run.events and run.says("MS07, back-up-databases"), "a slip is not seen\n" + tail(run.shown))


def agent_fails(base):
    """A broken agent stops itself only; the next run tries it again, unless the new build is there."""
    tale = Tale(base.folder, base)
    tale.change("APP01", fates=["early", "late"])
    run = tale.run(*SETUPS)
    if run.says("Read what these steps said"):     # the services of the management servers, before other roles begin
        tale.answer(run)
        run = tale.run(*SETUPS)
    holds(run.code != 0 and run.says("upgrade-agent@APP01"), "it is not said\n" + tail(run.shown))
    for step in ("upgrade-management-server@MS02", "upgrade-gateway@GW02", "upgrade-operations-console@CON01"):
        holds(tale.done(step), step + " was stopped")
    tale.answer(run)
    run = tale.run(*SETUPS)
    holds(len(commands(run)) == 1, "it is not tried again\n" + tail(run.shown))
    run = tale.run(*SETUPS)
    holds(not commands(run), "it is tried again although its build is there\n" + tail(run.shown))
    tale.change("APP01", may_repeat=True)
    tale.answer(run)
    holds(tale.go_on(3, *SETUPS).code == 0 and tale.done("upgrade-agent@APP01"), "it is not done")


def script_fails(base):
    """A script fails: it is run again when somebody says so; what ran is confirmed before a setup starts."""
    tale = Tale(base.folder)
    tale.change("MS01", fates=["script"])
    words = ("--tags", "review-event-logs,upgrade-management-server")
    run = tale.run(*words)
    holds(run.code != 0 and run.says("it went wrong"), "it does not stop\n" + tail(run.shown))
    holds("state: failed" in tale.record("MS01", "review-event-logs@MS01"), "no record says failed")
    run = tale.run(*words)
    holds(not run.events or not any("MS01: script" in line for line in run.events), "it is repeated by itself")
    tale.answer(run)
    run = tale.run(*words)
    holds(run.says("Read what these steps said"), "nobody has to look\n" + tail(run.shown))
    holds("said by review-event-logs@MS01" in run.shown, "what it says is not shown")
    holds("state: started" in tale.record("MS01", "review-event-logs@MS01"), "done before somebody has looked")


def changed_text(base):
    """What a step runs has changed since it was done: asked about, and an old answer does not count."""
    tale = Tale(base.folder, base)
    tale.folder = render("changed", OM.replace("'D:\\'", "'E:\\'"))
    done = Tale(base.folder, base)
    holds(done.go_on(9, "--tags", "upgrade-management-server").code == 0, "not through")
    shutil.copy(done.state, tale.state)
    run = stays(tale, "--tags", "upgrade-management-server", answers={OM_FIRST: "done"})
    time = re.search(r"time: '([^']+)'", tale.record("MS01", OM_FIRST)).group(1)
    holds(run.says("done " + time), "it does not say how to answer\n" + tail(run.shown))


def unreadable(base):
    """A program has ended well, and no build tells what it left: somebody looks before the next one starts."""
    tale = Tale(base.folder, base)
    tale.change("CON01", unreadable="access is denied")
    tale.change("MS01", unreadable="access is denied")
    words = ("--limit", "MS01", "--tags", "upgrade-management-server")
    run = tale.run(*words)
    holds(not commands(run) and run.says("cannot be read"), "it starts\n" + tail(run.shown))
    tale.change("MS01", unreadable="")
    tale.run(*words, cut=1)
    tale.change("MS01", unreadable="access is denied")
    run = tale.run(*words)
    holds(run.says("answer '%s: done'" % OM_FIRST) and "state: started" in tale.record("MS01", OM_FIRST),
          "it counts as done\n" + tail(run.shown))
    tale.answer(run)
    tale.run(*words)
    holds("state: done" in tale.record("MS01", OM_FIRST), "nobody is believed")


def hostile_note(base):
    """What stands in a record is text, and no expression."""
    tale = Tale(base.folder, base)
    tale.change("MS01", fates=["late"])
    tale.run(*SETUPS)
    records = tale.host("MS01")["records"]
    for rows in records.values():
        rows[OM_FIRST] = rows[OM_FIRST].replace("exit code", "{{ lookup(''pipe'', ''touch jinja'') }} exit code")
    tale.change("MS01", records=records)
    run = stays(tale)
    holds(run.says("lookup('pipe'") and not os.path.exists(os.path.join(tale.folder, "jinja")), "it was an expression")


def careless(base):
    """Answers that are none, to every kind of question; and a record that nobody can read. No play is needed."""
    path = os.path.join(base.folder, "filter_plugins", "scupgrade.py")
    spec = importlib.util.spec_from_file_location("scupgrade_filter", path)
    filters = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(filters)
    task = {"once": True, "alone": False, "backup": False, "asks": True, "fails_alone": False, "removes": False,
            "services": [], "verify": "", "failure": "", "diagnose": ""}
    build = {"key": "k", "value": "v", "target": "2.0"}
    row = "{ time: '2026-11-28T20:00:00Z', step: 'x@A', state: %s, who: 'W', by-hand: false, digest: '%s', note: '' }"
    questions = (("command", row % ("failed", 0), build), ("command", row % ("started", 0), build), ("command", "", build),
                 ("command", row % ("done", 1), build), ("script", "", None), ("script", row % ("failed", 0), None),
                 ("manual", "", None), ("manual", row % ("done", 1), None))

    def next_of(kind, record, probe, answer, **more):
        look = {"records": {"x@A": record} if record else {}, "build": "2.1" if probe else "", "unreadable": "",
                "stopped": [], "missing": [], "running": [], "busy": False, "pending": False, "boot": ""}
        tasks = {"x": dict(task, **more, **({"build": probe} if probe else {}))}
        return filters.decide("A", "x@A", kind, tasks, {"A": {"x_digest": "0", "x_text": "x.txt"}}, {"x": ["A"]},
                              {"A": look}, {"x@A": answer}, False)["do"]

    for question in questions:
        for answer in ("", " ", "yes", "y", "all", "A", "Done", "done now", "repeat", "repeat yesterday", "skip", True, None):
            # Without a record there is no time that it could name.
            if answer != "repeat" or question[0] != "command" or question[1]:
                holds(next_of(*question, answer) == "stop", "%s: %s counted" % (question, answer))
    holds(next_of("manual", "", None, "skip why not", backup=True) == "stop", "a backup is skipped")
    holds(next_of("manual", row % ("skipped", 0), None, "", backup=True) == "stop", "a skipped backup is enough")
    holds(next_of("manual", "", None, "skip why not") == "record", "what is not needed cannot be skipped")
    for record in ("done", "{ state: perhaps }", row % ("finished", 0)):
        try:
            next_of("command", record, build, "done")
        except filters.AnsibleFilterError:
            continue
        raise Wrong("it is understood: " + record)


def alone(base):
    """A second server alone, and a first one before the backup."""
    tale = Tale(base.folder)
    for words in (("--limit", "MS02"), ("--limit", "MS01"), ("--limit", "GW01.fabrikam.com")):
        stays(tale, *words, "--tags", "upgrade-management-server,upgrade-gateway")


def trouble(base, seed):
    """Setups and scripts fail, restarts are wanted, the controller dies, hosts come in any order; a person repairs."""
    chance = random.Random(seed)
    tale = Tale(base.folder, base)
    for name in ("MS01", "MS02", "GW01.fabrikam.com", "GW02", "APP01", "CON01"):
        tale.change(name, fates=[chance.choice(("good", "early", "late", "restart"))])
    for _ in range(60):
        words = chance.choice(((), ("--limit", chance.choice(("MS01", "MS02", "GW02", "APP01")))))
        run = tale.run(*SETUPS, *words, cut=chance.choice((0, 0, 1, 2, 3)))
        if run.code == 0 and not words:
            break
        for name, here in tale.world()["hosts"].items():
            if here["pending"] and not here["program"]:
                tale.change(name, pending=False, boot="2026-11-29T%02d:00:00Z" % chance.randrange(24))
            if here["broken"] and not here["may_repeat"] and not here["program"]:
                if chance.random() < 0.5:
                    tale.change(name, may_repeat=True)
                elif here["builds"] and not re.search("1.0.0.0", str(here["builds"])):
                    steps = [step for rows in here["records"].values() for step in rows if step.startswith("upgrade-")
                             and step.endswith("@" + name)]
                    tale.change(name, broken=False, done=here["done"] + steps, stopped=[])
        tale.answer(run)
    else:
        raise Wrong("no end\n" + tail(run.shown))
    upgraded(tale)


# ---- Service Management Automation ----


def automation(_):
    """All is removed before anything is installed; again it changes nothing."""
    order = [line for line in through("sma.yaml", "automation")[2] if ": command " in line]
    kinds = [" /x " in line for line in order]
    holds(len(order) == 8 and kinds == sorted(kinds, reverse=True), "another order: %s" % order)


def not_found(base):
    """Nothing of it is there and no record says that it was removed: asked, not taken for done."""
    tale = Tale(base.folder).prepared()
    tale.go_on(40, "--skip-tags", "uninstall-web-service")
    host = tale.host("WEB01")
    run = tale.run("--tags", "uninstall-web-service", cut=1)
    build = next(name for name in tale.host("WEB01")["builds"] if name not in host["builds"])
    records = tale.host("WEB01")["records"]
    for rows in records.values():
        rows.pop("uninstall-web-service@WEB01", None)
    tale.change("WEB01", builds=dict(host["builds"], **{build: ""}), program=None, records=records)
    run = tale.run("--tags", "uninstall-web-service")
    holds(run.code != 0 and not commands(run) and run.says("no record says that it was removed"),
          "it counts as removed\n" + tail(run.shown))


def told(story):
    name, tell, *args = story
    try:
        tell(*args)
        return ""
    except Exception as error:  # pylint: disable=broad-except
        return "%s: %s: %s" % (name, type(error).__name__, error)


def main():
    seeds, first, part = int(sys.argv[2]), int(sys.argv[3]), " ".join(sys.argv[4:])
    base = Tale(render("om", OM)).prepared()
    base.go_on(40, "--skip-tags", SETUPS[1])
    sma = Tale(render("sma", SMA))
    stories = [(tell.__name__, tell, base) for tell in (
        whole_job, repeated, by_hand, vanishes, refuted, controller_dies, connection_lost, killed, foreign_setup,
        no_record, hidden, restart, restarts_itself, service_runs, dry_run, agent_fails, script_fails, changed_text,
        unreadable, hostile_note, hostile_plan, careless, alone)]
    stories += [(tell.__name__, tell, sma) for tell in (automation, not_found)]
    stories += [("trouble, seed %d" % seed, trouble, base, seed) for seed in range(first, first + seeds)]
    chosen = [story for story in stories if re.search(part, story[0])]
    with ProcessPoolExecutor(2, get_context("fork")) as pool:
        results = list(pool.map(told, chosen))
    for result in filter(None, results):
        print(result)
    failed = sum(bool(result) for result in results)
    print("%d passed, %d failed" % (len(results) - failed, failed))
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
