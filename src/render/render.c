/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The register of output formats.
 */
#include "render/render.h"

/* For the wizard's file, which a person reads: the default shell, placeholders. */
static bool render_command_file(const struct render_input *input, struct strbuf *out, struct diags *diags)
{
	return render_commands(input->plan, input->sequence, input->only, SHELL_CMD, false, NULL, out, diags);
}

void render_hand_out(const struct render_input *input, struct strbuf *out)
{
	if (input->hand_out)
		input->hand_out(input->hand_out_to, out);
}

bool render_is_wanted(const struct render_input *input, const struct step *step)
{
	if (!input->only || step->server)
		return !input->only || step->server == input->only;
	return step->run_on && plan_find_server(input->plan, step->run_on) == input->only;
}

bool render_runs_alike(const struct step *step, const struct step *other)
{
	return step->kind == other->kind && step->words.items == other->words.items &&
	       step->words.count == other->words.count && step->text == other->text;
}

bool render_is_like(const struct step *step, const struct step *other)
{
	return render_runs_alike(step, other) && step->why == other->why &&
	       step_set_is_same(&step->requires, &other->requires);
}

const char *render_lead(const struct sequence *sequence)
{
	const char *first = NULL;

	for (size_t i = 0; i < sequence->count; i++) {
		const struct step *step = &sequence->items[i];

		if (!step->server)
			continue;
		if (step->task->build)
			return step->server->name;
		first = first ? first : step->server->name;
	}
	return first;
}

void render_crlf(struct strbuf *out, const char *text)
{
	for (const char *end; *text; text = end + (*end == '\n')) {
		end = strchr(text, '\n');
		end = end ? end : text + strlen(text);
		strbuf_add(out, text, (size_t)(end - text));
		strbuf_puts(out, "\r\n");
	}
}

/* Where WHAT stands last in TEXT, for a server may have the name of a word; NULL: nowhere. */
static const char *last_of(const char *text, const char *what)
{
	const char *last = NULL;

	for (const char *at = *what ? strstr(text, what) : NULL; at; at = strstr(at + 1, what))
		last = at;
	return last;
}

const char *render_group_title(struct arena *arena, const struct step *step, size_t count)
{
	const char *name = count > 1 && step->server ? last_of(step->title, step->server->name) : NULL;

	if (!name)
		return step->title;
	const char *rest = name + strlen(step->server->name);
	int before = (int)(name - step->title), noun = (int)strlen("server ");

	if (before >= noun && !strncmp(name - noun, "server ", (size_t)noun))
		return arena_printf(arena, "%.*ss (%zu)%s", before - 1, step->title, count, rest);
	return arena_printf(arena, "%.*s%zu servers%s", before, step->title, count, rest);
}

unsigned render_minutes(const struct render_input *input, const struct step *step)
{
	const struct rows *rows = &input->plan->answers->minutes;

	for (size_t i = 0; i < rows->count; i++) {
		const struct task_minutes *row = (const struct task_minutes *)rows->items[i];

		if (str_eq(row->task, step->task->id))
			return row->minutes;
	}
	return 0;
}

const struct renderer renderers[] = {
	{ "commands", ".commands.txt", "command lines", true, false, true, render_command_file },
	{ "html", ".html", "runbook, HTML", true, false, false, render_html },
	{ "text", ".runbook.txt", "runbook, text", false, false, false, render_text },
	{ "markdown", ".md", "runbook, Markdown", false, false, false, render_markdown },
	{ "csv", ".csv", "checklist, CSV", false, true, false, render_csv },
	{ "json", ".json", "steps, JSON", false, false, false, render_json },
	{ "dot", ".dot", "graph, Graphviz", false, false, false, render_dot },
	{ "powershell", ".ps1", "PowerShell script", false, false, true, render_powershell },
	{ NULL, NULL, NULL, false, false, false, NULL }
};

const struct renderer *renderer_find(const char *name)
{
	for (const struct renderer *renderer = renderers; renderer->name; renderer++) {
		if (str_eq(renderer->name, name))
			return renderer;
	}
	return NULL;
}

const struct folder_renderer folder_renderers[] = {
	{ "ansible", "Ansible playbook",
	  "a playbook is limited when it runs: ansible-playbook site.yml --limit NAME", render_ansible },
	{ "command-files", "files for each server", NULL, render_command_files },
	{ "sql", "SQL files", NULL, render_sql },
	{ NULL, NULL, NULL, NULL }
};

const struct folder_renderer *folder_renderer_find(const char *name)
{
	for (const struct folder_renderer *renderer = folder_renderers; renderer->name; renderer++) {
		if (str_eq(renderer->name, name))
			return renderer;
	}
	return NULL;
}
