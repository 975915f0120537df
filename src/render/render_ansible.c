/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * A folder for Ansible: the plays in the order of the plan, and what they include.
 *
 * No value of the plan stands in a play: hosts have fixed groups, and values are variables that Jinja never looks into.
 */
#include "render/render_ansible.h"

#include "core/text.h"
#include "pipeline/planfile.h"

#define TEXT_FOLDER "files/"

static void ansible_lines(struct strbuf *out, const char *const *lines)
{
	for (; *lines; lines++)
		strbuf_printf(out, "%s\n", *lines);
}

void ansible_head(const struct ansible *ansible, struct strbuf *out)
{
	strbuf_printf(out, "---\n# Made by scupgrade " PACKAGE_VERSION ". Plan: SHA-256 %s.\n", ansible->digest);
}

void ansible_literal(struct strbuf *out, const char *text, bool user)
{
	struct strbuf safe = STRBUF_INIT;

	text_visible(&safe, text ? text : "");
	strbuf_puts(out, user ? "!unsafe '" : "'");
	for (const char *at = strbuf_text(&safe); *at; at++) {
		strbuf_putc(out, *at);
		if (*at == '\'')
			strbuf_putc(out, '\'');
	}
	strbuf_putc(out, '\'');
	strbuf_clear(&safe);
}

const char *ansible_name(const struct ansible *ansible, const char *id)
{
	struct strbuf name = STRBUF_INIT;
	const char *kept;

	for (const char *at = id; *at; at++)
		strbuf_putc(&name, *at == '-' || *at == '.' ? '_' : *at);
	kept = arena_strdup(ansible->arena, strbuf_text(&name));
	strbuf_clear(&name);
	return kept;
}

const char *ansible_host(const struct ansible *ansible, const struct step *step)
{
	const struct task *task = step->task;
	struct scope scope = scope_of(ansible->plan, ansible->arena);

	if (step->server)
		return step->server->name;
	if (step->kind != STEP_POWERSHELL || task->elsewhere)
		return NULL;
	return task_run_on(task, &scope);
}

/* By a program, not by hand. */
static bool ansible_is_run(const struct step *step)
{
	return step->kind == STEP_COMMAND || (step->kind == STEP_POWERSHELL && !step->task->elsewhere);
}

bool ansible_is_split(const struct task *task)
{
	const struct edge *lists[] = { task->requires, task->follows };

	for (size_t i = 0; i < ARRAY_LEN(lists); i++) {
		for (const struct edge *edge = lists[i]; edge && edge->to != EDGE_NONE; edge++) {
			if ((edge->to == EDGE_FIRST || edge->to == EDGE_PREVIOUS) && str_eq(edge->task, task->id))
				return true;
		}
	}
	return false;
}

static struct ansible_block ansible_block_at(const struct ansible *ansible, size_t first)
{
	const struct sequence *sequence = ansible->sequence;
	struct ansible_block block = { .first = first, .end = first + 1, .head = sequence->items[first].task };
	const struct task *last = block.head;

	while (block.head->along)
		block.head--;
	while (last[1].id && last[1].along)
		last++;
	block.along = last > block.head;
	while (block.end < sequence->count && sequence->items[block.end].task >= block.head &&
	       sequence->items[block.end].task <= last)
		block.end++;
	return block;
}

/* ---- texts ---- */

static const char *const suffixes[] = {
	[STEP_COMMAND] = "txt",
	[STEP_POWERSHELL] = "ps1",
	[STEP_SQL] = "sql",
	[STEP_MANUAL] = "txt",
};

/* REST is ".ps1" or "-12.ps1", as add_text() puts it behind a task's id. */
static bool is_ending(const char *rest)
{
	if (*rest == '-')
		rest += 1 + strspn(rest + 1, "0123456789");
	for (size_t i = 0; *rest == '.' && i < ARRAY_LEN(suffixes); i++) {
		if (str_eq(rest + 1, suffixes[i]))
			return true;
	}
	return false;
}

/* Whether NAME is the text of a step that the flow DATA knows and this plan has not. */
static bool is_former_text(const char *name, const void *data)
{
	const struct flow *flow = data;

	if (!str_starts(name, TEXT_FOLDER))
		return false;
	name += strlen(TEXT_FOLDER);
	for (const struct task *task = flow->tasks; task->id; task++) {
		if (str_starts(name, task->id) && is_ending(name + strlen(task->id)))
			return true;
	}
	return false;
}

/* The text of a step as a file of its own; steps of a task mostly share one. The names come from the task table. */
static void add_text(struct ansible *ansible, size_t at)
{
	const struct step *step = &ansible->sequence->items[at];
	size_t *last = &ansible->last[flow_task_number(ansible->plan->flow, step->task)];
	const char *name;

	if (!step->text)
		return;
	/* Looked for a few steps back only: texts that all differ are not compared with each other again and again. */
	ansible->previous[at] = *last;
	for (size_t other = *last, tries = 0; other && tries < 16; other = ansible->previous[other - 1], tries++) {
		if (!ansible->texts[at] && str_eq(ansible->sequence->items[other - 1].text, step->text))
			ansible->texts[at] = ansible->texts[other - 1];
	}
	name = *last ? arena_printf(ansible->arena, "%s-%zu.%s", step->task->id, at, suffixes[step->kind]) :
		       arena_printf(ansible->arena, "%s.%s", step->task->id, suffixes[step->kind]);
	*last = at + 1;
	if (ansible->texts[at])
		return;
	ansible->texts[at] = name;
	strbuf_puts(render_folder_add(ansible->folder, arena_printf(ansible->arena, TEXT_FOLDER "%s", name)),
		    step->text);
	if (step->text[strlen(step->text) - 1] != '\n')
		strbuf_putc(&ansible->folder->items[ansible->folder->count - 1].text, '\n');
}

/* ---- plays ---- */

/* How many steps of TASK there are, and how many of them SET has; *FIRST: it has the first one. */
static size_t count_steps(const struct ansible *ansible, const struct task *task, const struct step_set *set,
			  size_t *has, bool *first)
{
	size_t count = 0, next = 0;

	*has = 0;
	*first = false;
	for (size_t i = 0; i < ansible->sequence->count; i++) {
		if (ansible->sequence->items[i].task != task)
			continue;
		while (next < set->count && set->items[next] < i)
			next++;
		if (next < set->count && set->items[next] == i) {
			*first |= count == 0;
			(*has)++;
		}
		count++;
	}
	return count;
}

/* What is looked at on other hosts before a step: the tasks whose builds can be seen. */
static void put_requires(const struct ansible *ansible, struct strbuf *out, const struct step *step)
{
	size_t before = out->length;

	for (const struct task *task = ansible->plan->flow->tasks; task->id; task++) {
		size_t has, all;
		bool first;

		if (!task_build(task, ansible->plan))
			continue;
		all = count_steps(ansible, task, &step->requires, &has, &first);
		if (!has || (has < all && !(first && ansible_is_split(task))))
			continue;
		if (out->length == before)
			strbuf_puts(out, "        scupgrade_requires:\n");
		strbuf_printf(out, "          - task: %s\n            hosts: '{{ groups[\"%s%s\"] }}'\n", task->id,
			      ansible_name(ansible, task->id), has < all ? "_first" : "");
	}
	if (out->length == before)
		strbuf_puts(out, "        scupgrade_requires: []\n");
}

/* What is done by hand is not seen on any host: it has to be listed, even when only some hosts are played. */
static void put_confirmed(const struct ansible *ansible, struct strbuf *out, const struct step *step)
{
	bool any = false;

	strbuf_puts(out, "        scupgrade_confirmed:");
	for (size_t i = 0; i < step->requires.count; i++) {
		const struct step *needed = &ansible->sequence->items[step->requires.items[i]];

		if (ansible_host(ansible, needed))
			continue;
		strbuf_printf(out, "\n          - %s", needed->id);
		any = true;
	}
	strbuf_puts(out, any ? "\n" : " []\n");
}

static void put_task(const struct ansible *ansible, struct strbuf *out, const struct step *step, bool when)
{
	const char *id = step->task->id, *name = ansible_name(ansible, id);
	const char *file = !ansible_is_run(step) || !ansible_host(ansible, step) ? "confirm" :
			   step->kind == STEP_COMMAND				 ? "command" :
										   "script";

	strbuf_printf(out, "    - name: Do %s\n      ansible.builtin.include_tasks: tasks/%s.yml\n", id, file);
	strbuf_printf(out, "      vars:\n        scupgrade_id: %s\n", id);
	if (step->server)
		strbuf_printf(out, "        scupgrade_step: '%s@{{ inventory_hostname }}'\n", id);
	else
		strbuf_printf(out, "        scupgrade_step: %s\n", id);
	if (step->kind == STEP_COMMAND)
		strbuf_printf(out,
			      "        scupgrade_words: '{{ %s_words }}'\n"
			      "        scupgrade_file: '{{ %s_file }}'\n",
			      name, name);
	else if (ansible_host(ansible, step))
		strbuf_printf(out, "        scupgrade_text: '{{ %s_text }}'\n", name);
	else
		strbuf_printf(out, "        scupgrade_text: %s\n", ansible->texts[step - ansible->sequence->items]);
	if (!str_eq(file, "confirm")) {
		put_confirmed(ansible, out, step);
		put_requires(ansible, out, step);
	}
	if (when)
		strbuf_printf(out, "      when: inventory_hostname in groups[\"%s\"]\n", name);
}

/* A play for the hosts of a block; PART is "", "_first" or "_others". */
static void put_play(const struct ansible *ansible, struct strbuf *out, const struct ansible_block *block,
		     const char *part)
{
	const struct step *steps = ansible->sequence->items, *lead = &steps[block->first];
	const struct task *head = block->head;
	bool others = str_eq(part, "_others");

	strbuf_printf(out, "\n- name: '%s: %s%s'\n", head->phase, head->id,
		      others ? ", the others" : *part ? ", the first" : "");
	if (ansible_host(ansible, lead))
		strbuf_printf(out, "  hosts: %s%s\n", ansible_name(ansible, head->id), part);
	else
		strbuf_puts(out, "  hosts: localhost\n  connection: local\n");
	strbuf_puts(out, "  gather_facts: false\n  any_errors_fatal: true\n");
	if (others)
		strbuf_puts(out, "  serial: 1\n");
	if (head->optional)
		strbuf_printf(out, "  tags: [never, %s]\n", head->id);
	strbuf_puts(out, "  tasks:\n");
	for (const struct task *task = head; task->id && (task == head || task->along); task++) {
		const struct step *one = NULL;

		/* Of the others, the second one knows what each of them has to wait for. */
		for (size_t i = block->first, skip = others; i < block->end && !one; i++) {
			if (steps[i].task == task && (task != head || !skip--))
				one = &steps[i];
		}
		if (one)
			put_task(ansible, out, one, block->along);
	}
}

static size_t head_count(const struct ansible *ansible, const struct ansible_block *block)
{
	size_t count = 0;

	for (size_t i = block->first; i < block->end; i++)
		count += ansible->sequence->items[i].task == block->head;
	return count;
}

static void put_passwords_play(const struct ansible *ansible, struct strbuf *out)
{
	const struct record *record = &ansible->plan->answers->record;
	size_t before = out->length;

	for (const struct account *account = ansible->plan->flow->accounts; account && account->key; account++) {
		const char *name = ansible_name(ansible, account->key);

		if (!field_applies(account->user, ansible->plan, record))
			continue;
		if (out->length == before)
			strbuf_puts(out, "\n- name: Look for the passwords\n  hosts: localhost\n  connection: local\n"
					 "  gather_facts: false\n  any_errors_fatal: true\n  tasks:\n");
		strbuf_printf(out,
			      "    - name: Stop when vault_%s_password is missing\n"
			      "      ansible.builtin.assert:\n"
			      "        that:\n"
			      "          - vault_%s_password | default(\"\") | length > 0\n"
			      "          - vault_%s_password is not search(\"[\\x00-\\x1f\\x7f]\")\n"
			      "        fail_msg: vault_%s_password is missing, empty or has a control character.\n"
			      "        quiet: true\n",
			      name, name, name, name);
	}
}

static void put_site(const struct ansible *ansible, struct strbuf *out)
{
	ansible_head(ansible, out);
	put_passwords_play(ansible, out);
	for (size_t i = 0; i < ansible->sequence->count;) {
		struct ansible_block block = ansible_block_at(ansible, i);

		if (ansible_is_split(block.head)) {
			put_play(ansible, out, &block, "_first");
			if (head_count(ansible, &block) > 1)
				put_play(ansible, out, &block, "_others");
		} else {
			put_play(ansible, out, &block, "");
		}
		i = block.end;
	}
}

/* ---- the whole ---- */

static void put_readme(const struct ansible *ansible, struct strbuf *out)
{
	const struct plan *plan = ansible->plan;

	ansible_lines(out, ansible_readme_start);
	for (const struct account *account = plan->flow->accounts; account && account->key; account++) {
		if (field_applies(account->user, plan, &plan->answers->record))
			strbuf_printf(out, "* `vault_%s_password`: %s\n", ansible_name(ansible, account->key),
				      account->label);
	}
	ansible_lines(out, ansible_readme_connection);
	for (size_t i = 0; i < ansible->sequence->count; i++) {
		const struct step *step = &ansible->sequence->items[i];

		if (!ansible_is_run(step) || !ansible_host(ansible, step))
			strbuf_printf(out, "* `%s`: `" TEXT_FOLDER "%s`%s\n", step->id, ansible->texts[i],
				      step->task->optional ? " (only with `--tags`, where it is needed)" : "");
	}
	ansible_lines(out, ansible_readme_end);
	strbuf_printf(out, "\nMade by scupgrade " PACKAGE_VERSION ". Plan: SHA-256 `%s`.\n", ansible->digest);
}

/* Names of hosts are keys and parts of patterns: nothing but what a host name can have. */
static bool check_host(struct ansible *ansible, const struct step *step)
{
	static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_";
	const char *host = ansible_host(ansible, step);
	struct report to = { .diags = ansible->diags, .at = { .file = ansible->plan->file }, .path = step->id };

	if (!host || (*host && !host[strspn(host, allowed)] && !text_equal_fold(host, "localhost")))
		return true;
	return report_error(&to, "host-form", "Give the computer's name.", "Ansible cannot have a host of this name.");
}

static bool check_step(struct ansible *ansible, const struct step *step)
{
	struct report to = { .diags = ansible->diags, .at = { .file = ansible->plan->file }, .path = step->id };
	struct strbuf line = STRBUF_INIT;
	bool fine = winquote_line(&line, &step->words, SHELL_ARGV, NULL, &to);

	strbuf_clear(&line);
	return check_host(ansible, step) && fine;
}

bool render_ansible(const struct render_input *input, struct render_folder *folder, struct diags *diags)
{
	const struct plan *plan = input->plan;
	const struct sequence *sequence = input->sequence;
	struct ansible ansible = { .plan = plan, .sequence = sequence, .folder = folder, .diags = diags };
	struct digest digest = plan_digest(plan);
	bool fine = true;

	for (size_t i = 0; i < sequence->count; i++) {
		ansible.arena = arena_new();
		fine &= check_step(&ansible, &sequence->items[i]);
		arena_free(ansible.arena);
	}
	if (!fine)
		return false;
	digest_text(&digest, ansible.digest);
	ansible.arena = arena_new();
	ansible.texts = arena_array(ansible.arena, sequence->count, sizeof(const char *));
	ansible.previous = arena_array(ansible.arena, sequence->count, sizeof(size_t));
	ansible.last = arena_array(ansible.arena, flow_task_count(plan->flow), sizeof(size_t));
	for (size_t i = 0; i < sequence->count; i++)
		add_text(&ansible, i);
	folder->is_former = is_former_text;
	folder->former_data = plan->flow;
	put_site(&ansible, render_folder_add(folder, "site.yml"));
	ansible_inventory(&ansible, render_folder_add(folder, "inventory.yml"));
	ansible_variables(&ansible, render_folder_add(folder, "group_vars/all.yml"));
	put_readme(&ansible, render_folder_add(folder, "README.md"));
	ansible_lines(render_folder_add(folder, "tasks/build.yml"), ansible_build);
	ansible_lines(render_folder_add(folder, "tasks/required.yml"), ansible_required);
	ansible_lines(render_folder_add(folder, "tasks/command.yml"), ansible_command);
	ansible_lines(render_folder_add(folder, "tasks/script.yml"), ansible_script);
	ansible_lines(render_folder_add(folder, "tasks/confirm.yml"), ansible_confirm);
	arena_free(ansible.arena);
	return true;
}
