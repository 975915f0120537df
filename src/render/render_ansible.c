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
	const char *from = text ? text : "";

	strbuf_puts(out, user ? "!unsafe '" : "'");
	for (const char *quote; (quote = strchr(from, '\'')); from = quote + 1) {
		text_visible_part(out, from, (size_t)(quote - from));
		strbuf_puts(out, "''");
	}
	text_visible(out, from);
	strbuf_putc(out, '\'');
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
	if (step->server)
		return step->server->name;
	return step->run_on ? step->run_on : ansible->lead;
}

/* A script that asks somebody at the keyboard finds nobody there. */
static bool asks_at_keyboard(const struct step *step)
{
	return strstr(step->text, "Read-Host") != NULL;
}

const char *ansible_kind(const struct step *step)
{
	if (step->kind == STEP_COMMAND)
		return "command";
	return step->kind == STEP_POWERSHELL && !step->task->elsewhere && !asks_at_keyboard(step) ? "script" :
												    "manual";
}

bool ansible_fails_alone(const struct ansible *ansible, const struct step *step)
{
	return step->kind == STEP_COMMAND && step->server && !step->task->once &&
	       !ansible->needed[flow_task_number(ansible->plan->flow, step->task)];
}

static void look_at_need(struct ansible *ansible, const struct step *step, size_t required)
{
	const struct step *before = &ansible->sequence->items[required];

	if (step->server && before->server && before->server != step->server)
		ansible->needed[flow_task_number(ansible->plan->flow, before->task)] = true;
}

/* Whose steps those of other servers wait for. AGAIN: how many steps of the same task, on other servers, shared this
 * set: two have looked at all of it, for no step of it is of both their servers. */
static void find_needed(struct ansible *ansible, const struct step *step, size_t again)
{
	const struct step_set *set = &step->requires;

	for (size_t i = 0; again < 2 && i < set->shared_count; i++)
		look_at_need(ansible, step, set->shared[i]);
	for (size_t i = 0; i < set->own_count; i++)
		look_at_need(ansible, step, set->own[i].step);
}

static void find_used(struct ansible *ansible, const struct command_words *words)
{
	const struct account *accounts = ansible->plan->flow->accounts;

	for (size_t i = 0; i < words->count; i++) {
		for (size_t j = 0; words->items[i].account && accounts && accounts[j].key; j++) {
			if (str_eq(words->items[i].account, accounts[j].key))
				ansible->used[j][words->reader == READER_MSI] = true;
		}
	}
}

bool ansible_asks(const struct step *step)
{
	return str_eq(ansible_kind(step), "script") && (step->task->optional || !step->server);
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
	size_t *last = &ansible->last[flow_task_number(ansible->plan->flow, step->task)], before = *last;
	const char *name;

	if (!step->text)
		return;
	*last = at + 1;
	/* Looked for a few steps back only: texts that all differ are not compared with each other again and again. */
	ansible->previous[at] = before;
	for (size_t other = before, tries = 0; other && tries < 16; other = ansible->previous[other - 1], tries++) {
		if (!str_eq(ansible->sequence->items[other - 1].text, step->text))
			continue;
		ansible->texts[at] = ansible->texts[other - 1];
		return;
	}
	name = before ? arena_printf(ansible->arena, "%s-%zu.%s", step->task->id, at, suffixes[step->kind]) :
			arena_printf(ansible->arena, "%s.%s", step->task->id, suffixes[step->kind]);
	ansible->texts[at] = name;
	strbuf_puts(render_folder_add(ansible->folder, arena_printf(ansible->arena, TEXT_FOLDER "%s", name)),
		    step->text);
	if (step->text[strlen(step->text) - 1] != '\n')
		strbuf_putc(&ansible->folder->items[ansible->folder->count - 1].text, '\n');
}

/* ---- plays ---- */

/* The step of a host in a play, for Jinja. */
static const char *step_text(const struct ansible *ansible, const struct step *step)
{
	return step->server ? arena_printf(ansible->arena, "'%s@{{ inventory_hostname }}'", step->task->id) :
			      step->task->id;
}

/* One task of a play; INDENT is where it stands. */
static void put_include(const struct ansible *ansible, struct strbuf *out, const struct step *step, const char *indent)
{
	const char *name = ansible_name(ansible, step->task->id);

	strbuf_printf(out, "%s- name: Do %s\n", indent, step->task->id);
	strbuf_printf(out, "%s  ansible.builtin.include_tasks: tasks/step.yml\n%s  vars:\n", indent, indent);
	strbuf_printf(out, "%s    scupgrade_id: %s\n", indent, step->task->id);
	strbuf_printf(out, "%s    scupgrade_step: %s\n", indent, step_text(ansible, step));
	strbuf_printf(out, "%s    scupgrade_kind: %s\n", indent, ansible_kind(step));
	strbuf_printf(out, "%s    scupgrade_digest: '{{ %s_digest }}'\n", indent, name);
	if (step->kind != STEP_COMMAND) {
		strbuf_printf(out, "%s    scupgrade_text: '{{ %s_text }}'\n", indent, name);
		return;
	}
	strbuf_printf(out, "%s    scupgrade_file: '{{ %s_file }}'\n", indent, name);
	strbuf_printf(out, "%s    scupgrade_program: '{{ %s_program }}'\n", indent, name);
	strbuf_printf(out, "%s    scupgrade_words: '{{ %s_words }}'\n", indent, name);
}

static void put_when(const struct ansible *ansible, struct strbuf *out, const struct step *step)
{
	strbuf_printf(out, "      when: inventory_hostname in groups[\"%s\"]\n",
		      ansible_name(ansible, step->task->id));
}

/* WHEN: not every host of the play has it. */
static void put_task(const struct ansible *ansible, struct strbuf *out, const struct step *step, bool when)
{
	if (!ansible_fails_alone(ansible, step)) {
		put_include(ansible, out, step, "    ");
		if (when)
			put_when(ansible, out, step);
		return;
	}
	strbuf_printf(out, "    - name: Do %s, which stops nobody else\n", step->task->id);
	if (when)
		put_when(ansible, out, step);
	strbuf_puts(out, "      ignore_unreachable: true\n      block:\n");
	put_include(ansible, out, step, "        ");
	strbuf_printf(out,
		      "      rescue:\n"
		      "        - name: Keep that it is not done\n"
		      "          ansible.builtin.set_fact:\n"
		      "            scupgrade_left: '{{ scupgrade_left | default([]) + [scupgrade_step] }}'\n"
		      "            scupgrade_why: '{{ scupgrade_why | default([]) + [ansible_failed_result.msg] }}'\n"
		      "          vars:\n"
		      "            scupgrade_step: %s\n",
		      step_text(ansible, step));
}

/* The tasks of a block, so that a person can have some of them alone. */
static void put_tags(struct strbuf *out, const struct ansible_block *block, const struct step *steps)
{
	size_t before;

	strbuf_puts(out, "  tags: [");
	before = out->length;
	for (const struct task *task = block->head; task->id && (task == block->head || task->along); task++) {
		for (size_t i = block->first; i < block->end; i++) {
			if (steps[i].task != task)
				continue;
			strbuf_printf(out, "%s%s", out->length > before ? ", " : "", task->id);
			break;
		}
	}
	strbuf_puts(out, "]\n");
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
	strbuf_printf(out, "  hosts: %s%s\n  gather_facts: false\n", ansible_name(ansible, head->id), part);
	if (!ansible_fails_alone(ansible, lead))
		strbuf_puts(out, "  any_errors_fatal: true\n");
	/* One gateway after the other too: agents have nobody left while both of a pair are down. */
	if (others || (head->once && !*part))
		strbuf_puts(out, "  serial: 1\n");
	put_tags(out, block, steps);
	strbuf_puts(out, "  tasks:\n");
	for (const struct task *task = head; task->id && (task == head || task->along); task++) {
		const struct step *one = NULL;

		for (size_t i = block->first; i < block->end && !one; i++) {
			if (steps[i].task == task)
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
					 "  gather_facts: false\n  any_errors_fatal: true\n  tags: [always]\n"
					 "  tasks:\n");
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

/* Stops while somebody has to look at what a script said, or at what a program left that no build tells. */
static const char *const look_play[] = {
	"",
	"- name: Look at what was done",
	"  hosts: all",
	"  gather_facts: false",
	"  any_errors_fatal: true",
	"  tags: [always]",
	"  tasks:",
	"    - name: Stop until somebody has looked",
	"      ansible.builtin.include_tasks: tasks/looked.yml",
	NULL,
};

/* No program starts while it is open whether what was run before it did what it should. */
static void put_site(const struct ansible *ansible, struct strbuf *out)
{
	ansible_head(ansible, out);
	ansible_lines(out, ansible_start);
	put_passwords_play(ansible, out);
	for (size_t i = 0; i < ansible->sequence->count;) {
		struct ansible_block block = ansible_block_at(ansible, i);

		if (i && ansible->sequence->items[i].kind == STEP_COMMAND)
			ansible_lines(out, look_play);
		if (ansible_is_split(block.head)) {
			put_play(ansible, out, &block, "_first");
			if (head_count(ansible, &block) > 1)
				put_play(ansible, out, &block, "_others");
		} else {
			put_play(ansible, out, &block, "");
		}
		i = block.end;
	}
	ansible_lines(out, look_play);
	ansible_lines(out, ansible_end);
}

/* ---- the whole ---- */

/* The steps of README.md that are by hand, and those that are run only when somebody says so. */
static void put_lists(const struct ansible *ansible, struct strbuf *manual, struct strbuf *asked)
{
	for (size_t i = 0; i < ansible->sequence->count; i++) {
		const struct step *step = &ansible->sequence->items[i];
		const char *kind = ansible_kind(step);
		struct strbuf *list = str_eq(kind, "manual") ? manual : ansible_asks(step) ? asked : NULL;

		if (!list)
			continue;
		strbuf_puts(list, "* `");
		strbuf_puts(list, step->id);
		strbuf_puts(list, "`: `" TEXT_FOLDER);
		strbuf_puts(list, ansible->texts[i]);
		strbuf_puts(list, "`\n");
	}
}

static void put_readme(const struct ansible *ansible, struct strbuf *out)
{
	const struct plan *plan = ansible->plan;
	struct strbuf asked = STRBUF_INIT;
	size_t before;

	ansible_lines(out, ansible_readme_start);
	before = out->length;
	put_lists(ansible, out, &asked);
	strbuf_puts(out, out->length == before ? "None.\n" : "");
	ansible_lines(out, ansible_readme_asked);
	strbuf_puts(out, asked.length ? strbuf_text(&asked) : "None.\n");
	strbuf_clear(&asked);
	ansible_lines(out, ansible_readme_passwords);
	for (const struct account *account = plan->flow->accounts; account && account->key; account++) {
		if (field_applies(account->user, plan, &plan->answers->record))
			strbuf_printf(out, "* `vault_%s_password`: %s\n", ansible_name(ansible, account->key),
				      account->label);
	}
	ansible_lines(out, ansible_readme_end);
	strbuf_printf(out, "\nMade by scupgrade " PACKAGE_VERSION ". Plan: SHA-256 `%s`.\n", ansible->digest);
}

/* Names of hosts are keys and parts of patterns: nothing but what a host name can have. */
static bool is_host(const char *name)
{
	const char *at = name;

	while ((*at >= 'a' && *at <= 'z') || (*at >= 'A' && *at <= 'Z') || (*at >= '0' && *at <= '9') || *at == '.' ||
	       *at == '-' || *at == '_')
		at++;
	return at > name && !*at && !text_equal_fold(name, "localhost");
}

static bool check_host(struct ansible *ansible, const struct step *step)
{
	const char *host = ansible_host(ansible, step);
	struct report to = { .diags = ansible->diags, .at = { .file = ansible->plan->file }, .path = step->id };

	if (host && is_host(host))
		return true;
	return report_error(&to, "host-form", "Give the computer's name.", "Ansible cannot have a host of this name.");
}

/* *CHECKED: the words of which there was nothing to say last; the servers of one task mostly have the same. */
static bool check_step(struct ansible *ansible, const struct step *step, const struct word **checked)
{
	struct report to = { .diags = ansible->diags, .at = { .file = ansible->plan->file }, .path = step->id };
	size_t before = ansible->diags->count;
	struct strbuf line = STRBUF_INIT;
	bool fine = true;

	if (step->words.count && step->words.items != *checked) {
		fine = winquote_line(&line, &step->words, SHELL_ARGV, NULL, &to);
		*checked = ansible->diags->count == before ? step->words.items : NULL;
		strbuf_clear(&line);
	}
	return check_host(ansible, step) && fine;
}

static void make_room(struct ansible *ansible)
{
	struct arena *arena = ansible->arena;
	size_t tasks = flow_task_count(ansible->plan->flow), steps = ansible->sequence->count, accounts = 0;

	while (ansible->plan->flow->accounts && ansible->plan->flow->accounts[accounts].key)
		accounts++;
	ansible->texts = arena_array(arena, steps, sizeof(*ansible->texts));
	ansible->previous = arena_array(arena, steps, sizeof(*ansible->previous));
	ansible->next = arena_array(arena, steps, sizeof(*ansible->next));
	ansible->last = arena_array(arena, tasks, sizeof(*ansible->last));
	ansible->first = arena_array(arena, tasks, sizeof(*ansible->first));
	ansible->heads = arena_array(arena, tasks, sizeof(*ansible->heads));
	ansible->needed = arena_array(arena, tasks, sizeof(*ansible->needed));
	ansible->used = arena_array(arena, accounts, sizeof(*ansible->used));
}

/* All that is asked of the steps, in one walk: of a big plan they do not fit into the processor's memory. The steps of
 * each task become a chain, for the tasks are written one after the other. */
static void look_at_steps(struct ansible *ansible)
{
	size_t tasks = flow_task_count(ansible->plan->flow);
	size_t *last = arena_array(ansible->arena, tasks, sizeof(*last));
	size_t *again = arena_array(ansible->arena, tasks, sizeof(*again));
	const struct step *before = NULL;

	for (size_t i = 0; i < ansible->sequence->count; i++) {
		const struct step *step = &ansible->sequence->items[i];
		size_t task = flow_task_number(ansible->plan->flow, step->task);

		if (last[task]) {
			const struct step *other = &ansible->sequence->items[last[task] - 1];

			ansible->next[last[task] - 1] = i + 1;
			again[task] = step_set_shares(&other->requires, &step->requires) ? again[task] + 1 : 0;
		} else {
			ansible->first[task] = i + 1;
			ansible->heads[ansible->head_count++] = i;
		}
		last[task] = i + 1;
		find_needed(ansible, step, again[task]);
		if (!before || before->words.items != step->words.items)
			find_used(ansible, &step->words);
		add_text(ansible, i);
		before = step;
	}
}

bool render_ansible(const struct render_input *input, struct render_folder *folder, struct diags *diags)
{
	const struct plan *plan = input->plan;
	const struct sequence *sequence = input->sequence;
	struct ansible ansible = { .plan = plan, .sequence = sequence, .folder = folder, .diags = diags };
	struct digest digest = plan_digest(plan);
	const struct word *checked = NULL;
	bool fine = true;

	ansible.lead = render_lead(sequence);
	for (size_t i = 0; i < sequence->count; i++)
		fine &= check_step(&ansible, &sequence->items[i], &checked);
	if (!fine)
		return false;
	digest_text(&digest, ansible.digest);
	ansible.arena = arena_new();
	make_room(&ansible);
	look_at_steps(&ansible);
	folder->is_former = is_former_text;
	folder->former_data = plan->flow;
	put_site(&ansible, render_folder_add(folder, "site.yml"));
	ansible_inventory(&ansible, render_folder_add(folder, "inventory.yml"));
	ansible_variables(&ansible, render_folder_add(folder, "group_vars/all.yml"));
	put_readme(&ansible, render_folder_add(folder, "README.md"));
	for (const struct ansible_file *file = ansible_files; file->name; file++)
		ansible_lines(render_folder_add(folder, file->name), file->lines);
	arena_free(ansible.arena);
	return true;
}
