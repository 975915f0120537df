# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The scupgrade authors
#
# Stories of an automation deployment: all is removed before anything is installed.
import random

from tale import Tale, commands, finished, harassed, holds, render, same_again, stays, tail, through, upgraded

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
BEFORE = ("--tags", "review-requirements,capture-settings,back-up-database,start-maintenance-mode,drain-jobs,"
          "stop-runbook-worker")
PROGRAMS = ("--tags", "uninstall-web-service,uninstall-powershell-module,uninstall-runbook-worker,"
            "install-runbook-worker,install-powershell-module,install-web-service")
REMOVED = "uninstall-web-service@WEB01"
WORKER = ("--limit", "WRK01", "--tags", "install-runbook-worker")


def automation(_):
    """All is removed before anything is installed; again, and with one more row in the plan, it changes nothing."""
    tale, text, order = through("plans/sma.yaml", "automation")
    kinds = [" /x " in line for line in order if ": command " in line]
    holds(len(kinds) == 8 and kinds == sorted(kinds, reverse=True), "another order: %s" % order)
    row = "{ check: worker-windows, servers: [WRK01], by: 'CONTOSO\\anna', on: '2026-11-20', note: x }"
    same_again(tale, render("noted", text + "acknowledged:\n  - " + row + "\n"))


def not_found(base):
    """Nothing of it is there and no record says that it was removed: asked, not taken for done."""
    tale = Tale(base.folder, base)
    host = tale.host("WEB01")
    tale.run("--tags", "uninstall-web-service", cut=1)
    build = next(name for name in tale.host("WEB01")["builds"] if name not in host["builds"])
    records = tale.host("WEB01")["records"]
    for rows in records.values():
        rows.pop(REMOVED, None)
    tale.change("WEB01", builds=dict(host["builds"], **{build: ""}), program=None, records=records)
    for answer in ("", "yes", "run"):
        run = stays(tale, "--tags", "uninstall-web-service", answers={REMOVED: answer})
        holds(run.says("no record says that it was removed"), "it does not say why\n" + tail(run.shown))
    run = tale.run("--limit", "WEB01", "--tags", "uninstall-web-service", answers={REMOVED: "done"})
    holds("by-hand: true" in tale.record("WEB01", REMOVED), "not marked by hand\n" + tail(run.shown))


def package_fails(base):
    """A removal fails before or after it changed anything: nothing is installed until somebody saw it removed."""
    for fate in ("early", "late"):
        tale = Tale(base.folder, base)
        tale.change("WEB01", fates=[fate])
        run = tale.run()
        holds(run.code != 0 and len(commands(run)) == 1 and run.says("exit code"), "it goes on\n" + tail(run.shown))
        holds("state: failed" in tale.record("WEB01", REMOVED), "no record says failed")
        for answer in ("yes", "repeat", "done now"):
            stays(tale, *WORKER, answers={REMOVED: answer})
        if fate == "late":
            run = stays(tale, "--limit", "WEB01", "--tags", "uninstall-web-service")
            holds(run.says("until somebody has read the log"), "it does not say why\n" + tail(run.shown))
            finished(tale, "WEB01")
        holds(tale.go_on().code == 0, "not through")
        upgraded(tale)


def runs_on(base):
    """The controller dies while a package is removed: nothing starts beside it; the next run takes the result."""
    tale = Tale(base.folder, base)
    run = tale.run(*PROGRAMS, cut=1)
    holds(run.code != 0 and tale.host("WEB01")["program"], "the removal does not run\n" + tail(run.shown))
    holds("state: started" in tale.record("WEB01", REMOVED), "no record says started")
    stays(tale, *WORKER)
    run = stays(tale, "--limit", "WEB01", "--tags", "check-automation")
    holds(run.says("setup.exe, process 4711"), "it does not say what runs\n" + tail(run.shown))
    run = tale.run("--limit", "WEB01", "--tags", "uninstall-web-service")
    holds("state: done" in tale.record("WEB01", REMOVED), "it does not take the result\n" + tail(run.shown))


def killed_package(base):
    """A removal that was killed: a start without an end waits for a person, on every host."""
    tale = Tale(base.folder, base)
    tale.run(*PROGRAMS, cut=1)
    tale.change("WEB01", program=None, broken=True)
    run = stays(tale)
    holds(run.says("read the log"), "nobody is asked\n" + tail(run.shown))
    stays(tale, *WORKER)


def unseen(base):
    """The workers cannot be reached from the web service: a person's word is recorded where it was asked for."""
    tale = Tale(base.folder, base)
    for name in ("WRK01", "WRK02"):
        tale.change(name, hidden=True)
    words = ("--limit", "WEB01", "--tags", "uninstall-web-service")
    steps = [task + "@" + name for name in ("WRK01", "WRK02") for task in ("capture-settings", "stop-runbook-worker")]
    for answer in ("", "yes", "stopped"):
        run = stays(tale, *words, answers={step: answer for step in steps})
        holds(run.says("cannot be seen"), "it does not say why\n" + tail(run.shown))
    run = tale.run(*words, answers={step: "done" for step in steps})
    holds(tale.done(REMOVED), "not removed\n" + tail(run.shown))
    holds("by-hand: true" in tale.record("WEB01", steps[0]), "the answer is not recorded on the host that asked")


def package_restart(base):
    """A package wants a restart: the next program on its host waits for it."""
    tale = Tale(base.folder, base)
    tale.change("WEB01", fates=["restart"])
    run = tale.run(*PROGRAMS)
    holds(run.code != 0 and len(commands(run)) == 1 and "state: started" in tale.record("WEB01", REMOVED),
          "done before the restart\n" + tail(run.shown))
    stays(tale)
    tale.change("WEB01", boot="2026-11-29T00:00:00Z", pending=False)
    holds(tale.go_on().code == 0, "not through")
    upgraded(tale)


def dry_removal(_):
    """--check goes to the end, and changes nothing."""
    tale = Tale(render("dry", SMA))
    run = tale.run("--check", answers={})
    holds(run.code == 0 and "Say what is left" in run.shown and not run.events,
          "something is changed\n" + tail(run.shown))


def strange_deployment(_):
    """All on one host, whose name is long; paths and accounts with all that a shell would read."""
    through("played/plans/odd-automation.yaml", "odd-automation")


def trouble(base, seed):
    harassed(Tale(base.folder, base), random.Random(seed), ("WEB01", "WRK01", "WRK02"))


def prepared():
    """The deployment when all that comes before the first removal is done."""
    base = Tale(render("sma", SMA), programs=PROGRAMS).prepared()
    base.go_on(40, *BEFORE)
    return base


STORIES = (
    automation, not_found, package_fails, runs_on, killed_package, unseen, package_restart, dry_removal,
    strange_deployment)
