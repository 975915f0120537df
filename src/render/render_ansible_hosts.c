/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The inventory and the variables of the Ansible folder.
 *
 * Hosts are grouped by task. A group's variables are those of its first host; others have their own where they differ.
 */
#include "render/render_ansible.h"

#include "model/identity.h"
#include "pipeline/diagnose.h"
#include "pipeline/tracker.h"

/* ---- words ---- */

/* A file named without a folder lies where the variable says. Such names are a program's, never typed ones. */
static bool is_bare(const char *name)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";

	return *name && !name[strspn(name, letters)];
}

static bool needs_quotes(const char *value)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789#$*./:?@\\_-";

	return !*value || value[strspn(value, plain)];
}

/* A word as its reader splits it back; passwords are quoted by an expression when the play runs. */
static void put_word(const struct ansible *ansible, struct strbuf *out, const struct word *word,
		     enum word_reader reader)
{
	bool msi = reader == READER_MSI;
	struct strbuf text = STRBUF_INIT;

	winquote_lead(&text, word);
	if (word->account) {
		strbuf_printf(out, "'{{ \"%s\" ~ scupgrade_%s_%s }}'", strbuf_text(&text), msi ? "msi" : "argv",
			      ansible_name(ansible, word->account));
	} else {
		if (!needs_quotes(word->value) && !(msi && winquote_is_public(word)))
			strbuf_puts(&text, word->value);
		else if (!(msi ? quote_msi : quote_argv)(&text, word->value))
			bug("a value passed the checks and cannot be quoted");
		ansible_literal(out, strbuf_text(&text), true);
	}
	strbuf_clear(&text);
}

static const char *file_of(const struct ansible *ansible, const struct step *step)
{
	struct scope scope = scope_of(ansible->plan, ansible->arena), here = scope_on(&scope, step->server);

	return task_file(step->task, &here);
}

static void put_file(struct strbuf *out, const char *file, const char *quote)
{
	if (is_bare(file))
		strbuf_printf(out, "'%s{{ scupgrade_folder }}\\%s%s'", quote, file, quote);
	else
		ansible_literal(out, file, true);
}

static void put_words(const struct ansible *ansible, struct strbuf *out, const struct step *step, const char *indent)
{
	const char *name = ansible_name(ansible, step->task->id), *file = file_of(ansible, step);

	strbuf_printf(out, "%s%s_file: ", indent, name);
	put_file(out, file ? file : step->words.items[0].value, "");
	/* Windows Installer is run from where Windows has it; a setup is the file itself. */
	strbuf_printf(out, "\n%s%s_program: ", indent, name);
	if (step->words.reader == READER_MSI)
		strbuf_puts(out, "msiexec.exe");
	else
		put_file(out, file ? file : step->words.items[0].value, "");
	strbuf_printf(out, "\n%s%s_words:\n", indent, name);
	for (size_t i = 1; i < step->words.count; i++) {
		const struct word *word = &step->words.items[i];

		strbuf_printf(out, "%s  - ", indent);
		if (file && word->form == WORD_PLAIN && str_eq(word->value, file) && is_bare(file))
			put_file(out, file, "\"");
		else
			put_word(ansible, out, word, step->words.reader);
		strbuf_putc(out, '\n');
	}
}

/* ---- inventory ---- */

/* Whether REQUIRED, a step that STEP names for itself, is of its host: so it reads the same for all hosts. */
static bool is_of_host(const struct ansible *ansible, const struct step *step, size_t required)
{
	const struct server *server = ansible->sequence->items[required].server;

	return server && server == step->server;
}

static bool has_same_needs(const struct ansible *ansible, const struct step *step, const struct step *other)
{
	const struct step *steps = ansible->sequence->items;
	const struct step_own *own = step->requires.own, *others = other->requires.own;

	if (!step_set_shares(&step->requires, &other->requires) ||
	    step->requires.own_count != other->requires.own_count)
		return false;
	for (size_t i = 0; i < step->requires.own_count; i++) {
		bool same = own[i].step == others[i].step;

		if (is_of_host(ansible, step, own[i].step))
			same = is_of_host(ansible, other, others[i].step) &&
			       steps[own[i].step].task == steps[others[i].step].task;
		if (!same)
			return false;
	}
	return true;
}

static void put_requires(const struct ansible *ansible, struct strbuf *out, const struct step *step, const char *indent)
{
	const struct step_set *set = &step->requires;

	strbuf_printf(out, "%s%s_requires:%s\n", indent, ansible_name(ansible, step->task->id),
		      set->count ? "" : " []");
	for (size_t i = 0, own = 0; i < set->count; i++) {
		const struct step *required = &ansible->sequence->items[step_set_at(set, i)];
		bool is_own = own < set->own_count && set->own[own].at == i;

		own += is_own;
		strbuf_puts(out, indent);
		strbuf_puts(out, "  - ");
		if (is_own && is_of_host(ansible, step, set->own[own - 1].step))
			strbuf_printf(out, "'%s@{{ inventory_hostname }}'", required->task->id);
		else
			ansible_literal(out, required->id, false);
		strbuf_putc(out, '\n');
	}
}

static void put_run(const struct ansible *ansible, struct strbuf *out, size_t at, const char *indent)
{
	const struct step *step = &ansible->sequence->items[at];
	const char *name = ansible_name(ansible, step->task->id);
	char digest[17];

	step_digest(step, digest);
	strbuf_printf(out, "%s%s_digest: '%s'\n", indent, name, digest);
	if (step->kind == STEP_COMMAND)
		put_words(ansible, out, step, indent);
	else
		strbuf_printf(out, "%s%s_text: %s\n", indent, name, ansible->texts[at]);
}

/* What the group of a task says; "": not looked at. */
struct group_texts {
	size_t first; /* of its steps */
	struct strbuf run, requires;
};

/* What the step AT runs and requires, where that is not what its group has. */
static void put_own_variables(const struct ansible *ansible, struct strbuf *out, struct group_texts *group, size_t at,
			      const char *indent)
{
	const struct step *step = &ansible->sequence->items[at], *first = &ansible->sequence->items[group->first];
	struct strbuf own = STRBUF_INIT;

	if (!render_runs_alike(step, first) || ansible->texts[at] != ansible->texts[group->first]) {
		if (!group->run.length)
			put_run(ansible, &group->run, group->first, indent);
		put_run(ansible, &own, at, indent);
		if (!strbuf_equal(&group->run, &own))
			strbuf_add(out, strbuf_text(&own), own.length);
	}
	if (!has_same_needs(ansible, step, first)) {
		if (!group->requires.length)
			put_requires(ansible, &group->requires, first, indent);
		strbuf_reset(&own);
		put_requires(ansible, &own, step, indent);
		if (!strbuf_equal(&group->requires, &own))
			strbuf_add(out, strbuf_text(&own), own.length);
	}
	strbuf_clear(&own);
}

/* COUNT hosts of the task whose steps begin at FIRST, after SKIP; variables where they are not those of the group. */
static void put_hosts(const struct ansible *ansible, struct strbuf *out, size_t first, size_t skip, size_t count,
		      const char *indent)
{
	const char *deeper = arena_printf(ansible->arena, "%s    ", indent);
	struct group_texts group = { .first = first };
	size_t number = 0;

	strbuf_printf(out, "%shosts:\n", indent);
	for (size_t at = first, next = first + 1; next && number < skip + count; next = ansible->next[at]) {
		at = next - 1;
		if (number++ < skip)
			continue;
		strbuf_puts(out, indent);
		strbuf_puts(out, "  ");
		ansible_literal(out, ansible_host(ansible, &ansible->sequence->items[at]), false);
		strbuf_puts(out, ":\n");
		put_own_variables(ansible, out, &group, at, deeper);
	}
	strbuf_clear(&group.run);
	strbuf_clear(&group.requires);
}

static void put_group(const struct ansible *ansible, struct strbuf *out, const struct task *task, size_t first)
{
	const char *name = ansible_name(ansible, task->id);

	strbuf_printf(out, "    %s:\n      vars:\n", name);
	put_run(ansible, out, first, "        ");
	if (ansible->sequence->items[first].requires.count)
		put_requires(ansible, out, &ansible->sequence->items[first], "        ");
	if (!ansible_is_split(task)) {
		put_hosts(ansible, out, first, 0, ansible->sequence->count, "      ");
		return;
	}
	strbuf_printf(out, "      children:\n        %s_first:\n", name);
	put_hosts(ansible, out, first, 0, 1, "          ");
	if (ansible->next[first]) {
		strbuf_printf(out, "        %s_others:\n", name);
		put_hosts(ansible, out, first, 1, ansible->sequence->count, "          ");
	}
}

void ansible_inventory(struct ansible *ansible, struct strbuf *out)
{
	const struct task *tasks = ansible->plan->flow->tasks;

	ansible_head(ansible, out);
	strbuf_puts(out, "# A group for each task, its hosts in the order of the plan.\n"
			 "# yamllint disable rule:line-length\nall:\n  children:\n");
	for (const struct task *task = tasks; task->id; task++) {
		size_t first = ansible->first[flow_task_number(ansible->plan->flow, task)];

		if (first && ansible_host(ansible, &ansible->sequence->items[first - 1]))
			put_group(ansible, out, task, first - 1);
	}
}

/* ---- variables ---- */

static void put_passwords(const struct ansible *ansible, struct strbuf *out)
{
	const struct account *accounts = ansible->plan->flow->accounts;

	for (size_t i = 0; accounts && accounts[i].key; i++) {
		const char *name = ansible_name(ansible, accounts[i].key);

		if (ansible->used[i][false])
			strbuf_printf(out,
				      "scupgrade_argv_%s: >-\n"
				      "  {{ '\"' ~ (vault_%s_password | regex_replace(scupgrade_before_quote, "
				      "scupgrade_escaped_quote)\n"
				      "  | regex_replace(scupgrade_at_end, scupgrade_doubled)) ~ '\"' }}\n",
				      name, name);
		if (ansible->used[i][true])
			strbuf_printf(out,
				      "scupgrade_msi_%s: >-\n"
				      "  {{ '\"' ~ (vault_%s_password | replace('\"', '\"\"')) ~ '\"' }}\n",
				      name, name);
	}
}

static void put_pair(struct strbuf *out, const char *name, const char *value)
{
	if (!value)
		return;
	strbuf_printf(out, "      %s: ", name);
	ansible_literal(out, value, true);
	strbuf_putc(out, '\n');
}

static void put_build(struct strbuf *out, const struct plan *plan, const struct build_probe *build)
{
	if (!build)
		return;
	strbuf_puts(out, "    build:\n");
	put_pair(out, "key", build->key);
	put_pair(out, "value", build->value);
	put_pair(out, "product", build->product);
	put_pair(out, "service", build->service);
	put_pair(out, "file", build->file);
	put_pair(out, "target", table_text(plan, build->target));
}

static void put_flags(const struct ansible *ansible, struct strbuf *out, const struct step *step)
{
	const struct task *task = step->task;
	const struct {
		const char *name;
		bool set;
	} flags[] = {
		{ "removes", task->removes },
		{ "once", task->once },
		{ "alone", task->alone },
		{ "backup", task->backup },
		{ "asks", ansible_asks(step) },
		{ "fails_alone", ansible_fails_alone(ansible, step) },
	};

	for (size_t i = 0; i < ARRAY_LEN(flags); i++)
		strbuf_printf(out, "\n    %s: %s", flags[i].name, flags[i].set ? "true" : "false");
}

/* What reads the log of TASK. */
static void put_diagnose(struct strbuf *out, const struct task *task)
{
	struct strbuf text = STRBUF_INIT;

	if (task->log)
		strbuf_printf(&text, "On a copy of the log: scupgrade diagnose %s", path_name(task->log));
	ansible_literal(out, strbuf_text(&text), true);
	strbuf_clear(&text);
}

struct code_rows {
	struct strbuf *out;
	struct arena *arena;
};

static void put_code(const struct exit_code *code, void *data)
{
	const struct code_rows *rows = data;

	if (code->good)
		return;
	strbuf_printf(rows->out, "  %ld: ", code->code);
	ansible_literal(rows->out, exit_code_words(code, rows->arena), true);
	strbuf_putc(rows->out, '\n');
}

static void put_task(const struct ansible *ansible, struct strbuf *out, const struct step *step)
{
	const struct task *task = step->task;

	strbuf_printf(out, "  %s:\n    verify: ", task->id);
	ansible_literal(out, step->verify, true);
	strbuf_puts(out, "\n    failure: ");
	ansible_literal(out, step->failure, true);
	strbuf_puts(out, "\n    diagnose: ");
	put_diagnose(out, task);
	put_flags(ansible, out, step);
	strbuf_puts(out, "\n    services:");
	for (const char *const *service = task->services; service && *service; service++) {
		strbuf_puts(out, service == task->services ? "\n      - " : "      - ");
		ansible_literal(out, *service, true);
		strbuf_putc(out, '\n');
	}
	if (!task->services)
		strbuf_puts(out, " []\n");
	put_build(out, ansible->plan, task_build(task, ansible->plan));
}

static void put_identity(struct strbuf *out, const struct upgrade_identity *identity)
{
	const char *const members[][2] = {
		{ "product", identity->product },
		{ "name", identity->name },
		{ "source", identity->source },
		{ "target", identity->target },
	};

	for (size_t i = 0; i < ARRAY_LEN(members); i++) {
		strbuf_printf(out, "  %s: ", members[i][0]);
		ansible_literal(out, members[i][1], true);
		strbuf_putc(out, '\n');
	}
}

void ansible_variables(struct ansible *ansible, struct strbuf *out)
{
	struct upgrade_identity identity = plan_identity(ansible->plan, ansible->arena);
	struct strbuf key = STRBUF_INIT;

	ansible_head(ansible, out);
	strbuf_puts(out, "# yamllint disable rule:line-length\n\n"
			 "# How to reach the hosts. User and password belong into the vault or on the command line.\n"
			 "ansible_connection: winrm\n"
			 "ansible_port: 5986\n"
			 "ansible_winrm_transport: kerberos\n"
			 "ansible_winrm_kerberos_delegation: true\n\n"
			 "# Which upgrade this is.\n"
			 "scupgrade_upgrade:\n");
	put_identity(out, &identity);
	strbuf_puts(out, "\n# Whether hosts may be restarted.\n"
			 "scupgrade_restart: false\n\n"
			 "# Seconds between two looks at what runs for long.\n"
			 "scupgrade_delay: 5\n\n"
			 "# Where files lie that are named without a folder.\n"
			 "scupgrade_folder: 'C:\\scupgrade'\n\n");
	strbuf_puts(out, "# Where a host's registry keeps which steps were done, those of the PowerShell script too.\n"
			 "scupgrade_record: ");
	identity_record_key(&key, &identity);
	ansible_literal(out, strbuf_text(&key), true);
	strbuf_clear(&key);
	strbuf_puts(out, "\n\n");
	strbuf_puts(out, "# Passwords come from the vault; here they get the quotes of the program that reads them.\n");
	/* As variables, since how often a backslash has to stand in an expression depends on Ansible's version. */
	strbuf_puts(out, "scupgrade_before_quote: !unsafe '(\\\\*)\"'\n"
			 "scupgrade_escaped_quote: !unsafe '\\1\\1\\\\\"'\n"
			 "scupgrade_at_end: !unsafe '(\\\\+)\\Z'\n"
			 "scupgrade_doubled: !unsafe '\\1\\1'\n");
	put_passwords(ansible, out);
	strbuf_puts(out, "\n# What exit codes mean; those of setups come with either sign.\nscupgrade_codes:");
	struct code_rows rows = { out, ansible->arena };
	size_t before = out->length;
	strbuf_putc(out, '\n');
	each_exit_code(ansible->plan->flow, put_code, &rows);
	if (out->length == before + 1)
		strbuf_puts(out, "  {}\n");
	strbuf_puts(out, "\n# What is known of each task.\nscupgrade_tasks:\n");
	for (size_t i = 0; i < ansible->head_count; i++)
		put_task(ansible, out, &ansible->sequence->items[ansible->heads[i]]);
}
