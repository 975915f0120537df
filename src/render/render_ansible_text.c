/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The Ansible folder's constant files: what the plays include, and the prose of README.md. Windows and Ansible are
 * known here, and no product.
 */
#include "render/render_ansible.h"

static const char *const task_step[] = {
	"---",
	"# One step on one host: it is looked at, filter_plugins/scupgrade.py decides what it needs, and "
	"that is done.",
	"- name: Look at this host",
	"  ansible.windows.win_powershell:",
	"    script: '{{ lookup(\"ansible.builtin.file\", playbook_dir ~ \"/windows/look.ps1\") }}'",
	"    parameters:",
	"      Key: '{{ scupgrade_record }}'",
	"      Services: '{{ scupgrade_tasks[scupgrade_id].services }}'",
	"      Files: '{{ [scupgrade_file] if scupgrade_file | default(\"\") else [] }}'",
	"      Build: '{{ scupgrade_tasks[scupgrade_id].build | default({}) }}'",
	"  register: scupgrade_here",
	"  check_mode: false",
	"  any_errors_fatal: false",
	"  ignore_errors: true",
	"  ignore_unreachable: true",
	"",
	"- name: Look at the hosts that come before",
	"  ansible.windows.win_powershell:",
	"    script: '{{ lookup(\"ansible.builtin.file\", playbook_dir ~ \"/windows/look.ps1\") }}'",
	"    parameters:",
	"      Key: '{{ scupgrade_record }}'",
	"      Services: '{{ scupgrade_tasks[scupgrade_id].services }}'",
	"  delegate_to: '{{ scupgrade_host }}'",
	"  run_once: true # noqa: run-once[task]",
	"  loop: '{{ ansible_play_batch | scupgrade_wanted(scupgrade_id, scupgrade_tasks, hostvars, groups) "
	"}}'",
	"  loop_control:",
	"    loop_var: scupgrade_host",
	"  register: scupgrade_there",
	"  check_mode: false",
	"  ignore_errors: true",
	"  ignore_unreachable: true",
	"",
	"- name: Decide what the step needs",
	"  ansible.builtin.set_fact:",
	"    scupgrade_next: >-",
	"      {{ inventory_hostname | scupgrade_decide(scupgrade_step, scupgrade_kind, scupgrade_tasks, "
	"hostvars, groups,",
	"      scupgrade_here | scupgrade_looks(inventory_hostname, scupgrade_there),",
	"      scupgrade_answers | default({}), scupgrade_restart) }}",
	"",
	"- name: Stop, or say what comes",
	"  ansible.builtin.assert:",
	"    that: scupgrade_next.do != \"stop\" or ansible_check_mode",
	"    fail_msg: '{{ scupgrade_next.say }}'",
	"    success_msg: '{{ scupgrade_next.say }}'",
	"",
	"- name: Go on",
	"  ansible.builtin.include_tasks: '{{ scupgrade_next.file }}.yml'",
	"  when: scupgrade_next.file != \"\" and not ansible_check_mode",
	NULL,
};

static const char *const task_note[] = {
	"---",
	"# A person's word is recorded, or it is kept that a step is left or was not confirmed yet.",
	"- name: Record what a person says",
	"  ansible.builtin.include_tasks: record.yml",
	"  loop: '{{ scupgrade_next.rows }}'",
	"  loop_control:",
	"    loop_var: scupgrade_row",
	"    label: '{{ scupgrade_row.step }}'",
	"",
	"- name: Keep what is not done",
	"  ansible.builtin.set_fact:",
	"    scupgrade_left: '{{ scupgrade_left | default([]) + scupgrade_next.left }}'",
	"    scupgrade_why: '{{ scupgrade_why | default([]) + ([scupgrade_next.say] if scupgrade_next.left "
	"else []) }}'",
	"    scupgrade_ran: '{{ scupgrade_ran | default([]) + scupgrade_next.ran }}'",
	"  when: (scupgrade_next.left + scupgrade_next.ran) | length > 0",
	NULL,
};

static const char *const task_record[] = {
	"---",
	"# One record: scupgrade_row says which.",
	"- name: Record it",
	"  ansible.windows.win_powershell:",
	"    script: '{{ lookup(\"ansible.builtin.file\", playbook_dir ~ \"/windows/step.ps1\") }}'",
	"    parameters:",
	"      Key: '{{ scupgrade_record }}'",
	"      Step: '{{ scupgrade_row.step }}'",
	"      Digest: '{{ scupgrade_row.digest }}'",
	"      State: '{{ scupgrade_row.state }}'",
	"      ByHand: '{{ scupgrade_row.by_hand }}'",
	"      Note: '{{ scupgrade_row.note }}'",
	"  changed_when: true",
	NULL,
};

static const char *const task_script[] = {
	"---",
	"# A step that is a PowerShell script. What it says is shown; that it is done says somebody who has "
	"read that.",
	"- name: Record what a person says of other hosts",
	"  ansible.builtin.include_tasks: note.yml",
	"  when: scupgrade_next.rows | length > 0",
	"",
	"- name: Run the script",
	"  ansible.windows.win_powershell:",
	"    script: '{{ lookup(\"ansible.builtin.file\", playbook_dir ~ \"/windows/step.ps1\") }}'",
	"    parameters:",
	"      Key: '{{ scupgrade_record }}'",
	"      Step: '{{ scupgrade_step }}'",
	"      Digest: '{{ scupgrade_digest }}'",
	"      ByHand: false",
	"      Before: '{{ scupgrade_next.before }}'",
	"      Text: '{{ lookup(\"ansible.builtin.file\", scupgrade_text) }}'",
	"  register: scupgrade_run",
	"  changed_when: true",
	"",
	"- name: Show what it said",
	"  ansible.builtin.debug:",
	"    msg: '{{ scupgrade_run.output }}'",
	"",
	"- name: Stop when it failed",
	"  ansible.builtin.assert:",
	"    that: scupgrade_run.result.fault is not defined",
	"    fail_msg: >-",
	"      {{ scupgrade_step }}: {{ scupgrade_run.result.fault | default('') }}",
	"      Mend that, then run the playbook again, which says how to go on.",
	"    quiet: true",
	"",
	"- name: Keep that nobody has looked yet",
	"  ansible.builtin.set_fact:",
	"    scupgrade_ran: '{{ scupgrade_ran | default([]) + [scupgrade_step] }}'",
	NULL,
};

static const char *const task_program[] = {
	"---",
	"# A step with a command line, from where it stands: before its program, beside it or behind it. The "
	"program is no child",
	"# of the connection: it goes on when that is lost, and its end is recorded on its host, where the "
	"next run finds it.",
	"- name: Record what a person says of other hosts",
	"  ansible.builtin.include_tasks: note.yml",
	"  when: scupgrade_next.rows | length > 0",
	"",
	"- name: Restart Windows before",
	"  ansible.windows.win_reboot:",
	"  when: scupgrade_next.restart",
	"",
	"- name: Start the program",
	"  ansible.windows.win_powershell:",
	"    script: '{{ lookup(\"ansible.builtin.file\", playbook_dir ~ \"/windows/step.ps1\") }}'",
	"    parameters:",
	"      Key: '{{ scupgrade_record }}'",
	"      Step: '{{ scupgrade_step }}'",
	"      Digest: '{{ scupgrade_digest }}'",
	"      ByHand: false",
	"      Note: '{{ scupgrade_next.note }}'",
	"      Before: '{{ scupgrade_next.before }}'",
	"      Program: '{{ scupgrade_program }}'",
	"  environment:",
	"    SCUPGRADE_LINE: '{{ scupgrade_words | join(\" \") }}'",
	"  async: 86400",
	"  poll: 0",
	"  changed_when: true",
	"  no_log: true",
	"  when: scupgrade_next.do == \"run\"",
	"",
	"- name: Wait for its end",
	"  ansible.builtin.include_tasks: wait.yml",
	"  when: scupgrade_next.do != \"after\"",
	"",
	"- name: Judge its end",
	"  ansible.builtin.set_fact:",
	"    scupgrade_end: >-",
	"      {{ (scupgrade_here if scupgrade_next.do == \"after\" else scupgrade_now).result",
	"      | scupgrade_after(scupgrade_tasks[scupgrade_id], scupgrade_step) }}",
	"",
	"- name: Restart Windows after",
	"  ansible.windows.win_reboot:",
	"  when: scupgrade_end.do == \"restart\" and scupgrade_restart",
	"",
	"- name: Look again",
	"  ansible.builtin.include_tasks: again.yml",
	"  when: (scupgrade_end.do == \"restart\" and scupgrade_restart) or scupgrade_end.services | "
	"default(false)",
	"",
	"- name: Record how it ended",
	"  ansible.builtin.include_tasks: record.yml",
	"  vars:",
	"    scupgrade_row:",
	"      step: '{{ scupgrade_step }}'",
	"      digest: '{{ scupgrade_digest }}'",
	"      state: '{{ scupgrade_end.do }}'",
	"      by_hand: false",
	"      note: '{{ scupgrade_end.note }}'",
	"  when: scupgrade_end.write",
	"",
	"- name: Stop unless it is done",
	"  ansible.builtin.assert:",
	"    that: scupgrade_end.do == \"done\"",
	"    fail_msg: >-",
	"      {{ scupgrade_step }}: {{ scupgrade_end.note }}.",
	"      {{ scupgrade_codes[scupgrade_end.note | regex_search(\"[0-9]+$\") | default(\"0\", true) | "
	"int] | default(\"\") }}",
	"      {{ scupgrade_tasks[scupgrade_id].failure }} {{ scupgrade_tasks[scupgrade_id].diagnose }}",
	"      How to see that it is done: {{ scupgrade_tasks[scupgrade_id].verify }}",
	"    quiet: true",
	NULL,
};

static const char *const task_wait[] = {
	"---",
	"# Waits on the host, until its program has ended; a lost connection is waited for.",
	"- name: Wait for the end of the program",
	"  ansible.windows.win_powershell:",
	"    script: '{{ lookup(\"ansible.builtin.file\", playbook_dir ~ \"/windows/look.ps1\") }}'",
	"    parameters:",
	"      Key: '{{ scupgrade_record }}'",
	"      Step: '{{ scupgrade_step }}'",
	"      WaitFor: end",
	"      Patience: 30",
	"      Services: '{{ scupgrade_tasks[scupgrade_id].services }}'",
	"      Build: '{{ scupgrade_tasks[scupgrade_id].build | default({}) }}'",
	"  register: scupgrade_now",
	"  until: not scupgrade_now.result.busy | default(true) and not scupgrade_now.result.running | "
	"default(true)",
	"  retries: 2000",
	"  delay: '{{ scupgrade_delay }}'",
	"  any_errors_fatal: false",
	"  ignore_unreachable: true",
	"",
	"- name: Wait for the connection",
	"  ansible.builtin.wait_for_connection:",
	"    timeout: 3600",
	"  when: scupgrade_now.unreachable | default(false)",
	"",
	"- name: Wait again",
	"  ansible.builtin.include_tasks: wait.yml",
	"  when: scupgrade_now.unreachable | default(false)",
	NULL,
};

static const char *const task_again[] = {
	"---",
	"# The same look once more, behind a restart or with ten minutes for the services.",
	"- name: Look at what it left",
	"  ansible.windows.win_powershell:",
	"    script: '{{ lookup(\"ansible.builtin.file\", playbook_dir ~ \"/windows/look.ps1\") }}'",
	"    parameters:",
	"      Key: '{{ scupgrade_record }}'",
	"      WaitFor: services",
	"      Patience: 60",
	"      Services: '{{ scupgrade_tasks[scupgrade_id].services }}'",
	"      Build: '{{ scupgrade_tasks[scupgrade_id].build | default({}) }}'",
	"  register: scupgrade_now",
	"  until: not scupgrade_now.result.stopped",
	"  retries: 10",
	"  delay: '{{ scupgrade_delay }}'",
	"  failed_when: false",
	"",
	"- name: Judge it",
	"  ansible.builtin.set_fact:",
	"    scupgrade_end: '{{ scupgrade_now.result | scupgrade_after(scupgrade_tasks[scupgrade_id], "
	"scupgrade_step) }}'",
	NULL,
};

static const char *const task_looked[] = {
	"---",
	"# Scripts print; that they did what they should says somebody who has looked.",
	"- name: Stop until somebody has looked",
	"  ansible.builtin.assert:",
	"    that: (ansible_play_hosts | scupgrade_unconfirmed(scupgrade_tasks, hostvars)) == \"\" or "
	"ansible_check_mode",
	"    fail_msg: '{{ ansible_play_hosts | scupgrade_unconfirmed(scupgrade_tasks, hostvars) }}'",
	"    quiet: true",
	"  run_once: true # noqa: run-once[task]",
	NULL,
};

const struct ansible_file ansible_files[] = {
	{ "tasks/step.yml", task_step },
	{ "tasks/note.yml", task_note },
	{ "tasks/record.yml", task_record },
	{ "tasks/script.yml", task_script },
	{ "tasks/program.yml", task_program },
	{ "tasks/wait.yml", task_wait },
	{ "tasks/again.yml", task_again },
	{ "tasks/looked.yml", task_looked },
	{ "filter_plugins/scupgrade.py", ansible_filter },
	{ "windows/look.ps1", ansible_look },
	{ "windows/step.ps1", ansible_step },
	{ NULL, NULL },
};

const char *const ansible_start[] = {
	"",
	"- name: Look at the answers",
	"  hosts: localhost",
	"  connection: local",
	"  gather_facts: false",
	"  any_errors_fatal: true",
	"  tags: [always]",
	"  tasks:",
	"    - name: Stop at answers about no step",
	"      ansible.builtin.assert:",
	"        that: scupgrade_answers | default({}) | scupgrade_strange(scupgrade_tasks, groups) == []",
	"        fail_msg: >-",
	"          The plan has no such step:",
	"          {{ scupgrade_answers | default({}) | scupgrade_strange(scupgrade_tasks, groups) | "
	"join(\", \") }}",
	"        quiet: true",
	NULL,
};

const char *const ansible_end[] = {
	"",
	"- name: Say what is left",
	"  hosts: all",
	"  gather_facts: false",
	"  tags: [always]",
	"  tasks:",
	"    - name: Stop when steps are left",
	"      ansible.builtin.assert:",
	"        that: scupgrade_left | default([]) | length == 0 or ansible_check_mode",
	"        fail_msg: 'Not done, and it stopped nobody else. {{ scupgrade_why | default([]) | unique | "
	"join(\" \") }}'",
	"        quiet: true",
	NULL,
};

const char *const ansible_readme_start[] = {
	"# Upgrade with Ansible",
	"",
	"Every play of `site.yml` is one step of the plan, in its order. In this folder:",
	"",
	"    ansible-playbook -i inventory.yml site.yml -e @vault.yml --ask-vault-pass -e @answers.yml "
	"--check",
	"    ansible-playbook -i inventory.yml site.yml -e @vault.yml --ask-vault-pass -e @answers.yml",
	"",
	"The first line is the dry run: it goes to the end, says for each step whether it would be run, is "
	"done, or what it",
	"waits for, and changes nothing. The second one does it. A run stops where a person has to do, see "
	"or decide something,",
	"or where something failed, and says what; run the same line again, and it goes on from there. "
	"`--limit MS02` and",
	"`--tags upgrade-gateway` (any task's name) make it less; what has to come before is looked at all "
	"the same.",
	"",
	"| file | what it is |",
	"| --- | --- |",
	"| `site.yml` | the plays, in the order of the plan |",
	"| `inventory.yml` | the hosts, the words of each command line, what each step waits for |",
	"| `group_vars/all.yml` | how to connect, what is known of each task |",
	"| `tasks/` | how a step is looked at, decided and done |",
	"| `filter_plugins/` | the decisions |",
	"| `windows/` | the PowerShell that runs on the hosts |",
	"| `files/` | scripts, SQL statements and instructions of the steps |",
	"",
	"## Records",
	"",
	"What was started, failed, done or left out stands in the registry of the host where it happened, "
	"one value a step,",
	"where the PowerShell script of the same plan keeps it: a group can be upgraded partly with one and "
	"partly with the",
	"other. Another note or confirmation in the plan changes no record.",
	"",
	"A program that was started is no child of the connection. When that is lost, or the run is stopped "
	"with Ctrl-C, it goes",
	"on, and its end is recorded on its host; the next run waits for it and takes the result. On a host "
	"where a setup or",
	"another run is under way no step is begun.",
	"",
	"Nothing is taken for done because a build is there: a build of the target without a record, a "
	"record that says started",
	"and no end, and a setup of a management server or gateway that failed stop the run until somebody "
	"has read the log. A",
	"failed agent, console, web console or Reporting server stops nobody else, and the next run tries it "
	"again, unless its",
	"new build is there already.",
	"",
	"## Answers",
	"",
	"What a person says stands in a file of your own, `answers.yml`, by the names of the steps; a "
	"message says which answer",
	"it waits for. Each is recorded on the host, and may go from the file then. Begin with "
	"`scupgrade_answers: {}`.",
	"",
	"    scupgrade_answers:",
	"      back-up-database: done",
	"      upgrade-management-server@MS01: repeat 2026-11-28T21:14:05Z",
	"",
	"| answer | what it says |",
	"| --- | --- |",
	"| `done` | it is done, and I have seen it; refused where build or services of the host say "
	"something else |",
	"| `run` | run the script of this step |",
	"| `skip WHY` | this step is not needed, for this reason; a backup always is |",
	"| `repeat TIME` | I have read the log, run it again; the time is that of the record, so that it "
	"counts once |",
	"| `stopped`, `idle` | this host cannot be reached, and its services are stopped, no setup runs "
	"there |",
	"",
	"`done` about a step of a host that cannot be reached is recorded on the host that waits for it.",
	"",
	"## By hand",
	"",
	"These steps are never run: do what their file says, then answer `done`. What is answered before the "
	"first run does not",
	"stop it.",
	"",
	NULL,
};

const char *const ansible_readme_asked[] = {
	"",
	"## Asked before",
	"",
	"These scripts are about more than the host that they run on, or not always needed. They are run "
	"when the answer is",
	"`run`.",
	"",
	NULL,
};

const char *const ansible_readme_passwords[] = {
	"",
	"What a script says is shown. The run stops before the next program, and at its end, until somebody "
	"has looked and",
	"answers `done` for it.",
	"",
	"## Passwords",
	"",
	"None is in these files. Put them into a vault, `ansible-vault create vault.yml`, with the variables "
	"below, each as",
	"`NAME: !unsafe 'PASSWORD'`, so that Ansible looks for no expression in it. The installers take "
	"passwords on their",
	"command line only: where a host records command lines (event 4688), look at what it keeps, and "
	"change the passwords",
	"afterwards if need be.",
	"",
	NULL,
};

const char *const ansible_readme_end[] = {
	"",
	"## The connection",
	"",
	"The collection `ansible.windows` 1.11 or later is needed. Setup logs on to SQL Server, so the "
	"connection has to",
	"delegate the account: Kerberos with delegation as set in `group_vars/all.yml`, CredSSP, or `become` "
	"with the method",
	"`runas`, which is surest, for the program outlives the connection. The account is a local "
	"administrator of every host",
	"and has what the plan's prerequisites ask of it.",
	"",
	"## Restarts",
	"",
	"A pending restart stops the run. With `scupgrade_restart: true` the playbook restarts the host "
	"itself, before and after",
	"a step. Behind a restart build and services are looked at before a step counts as done.",
	NULL,
};
