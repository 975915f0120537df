/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The register of output formats.
 */
#include "render/render.h"

/* For the wizard's file, which a person reads: the default shell, placeholders. */
static bool render_command_file(const struct render_input *input, struct strbuf *out, struct diags *diags)
{
	return render_commands(input->plan, input->sequence, input->only, SHELL_CMD, NULL, out, diags);
}

const struct renderer renderers[] = {
	{ "commands", ".commands.txt", "command lines", true, render_command_file },
	{ "html", ".html", "runbook, HTML", true, render_html },
	{ "text", ".runbook.txt", "runbook, text", false, render_text },
	{ "markdown", ".md", "runbook, Markdown", false, render_markdown },
	{ "json", ".json", "steps, JSON", false, render_json },
	{ "dot", ".dot", "graph, Graphviz", false, render_dot },
	{ "powershell", ".ps1", "PowerShell script", false, render_powershell },
	{ NULL, NULL, NULL, false, NULL }
};

const struct renderer *renderer_find(const char *name)
{
	for (const struct renderer *renderer = renderers; renderer->name; renderer++) {
		if (str_eq(renderer->name, name))
			return renderer;
	}
	return NULL;
}

const struct folder_renderer folder_renderers[] = { { "ansible", "Ansible playbook", render_ansible },
						    { NULL, NULL, NULL } };

const struct folder_renderer *folder_renderer_find(const char *name)
{
	for (const struct folder_renderer *renderer = folder_renderers; renderer->name; renderer++) {
		if (str_eq(renderer->name, name))
			return renderer;
	}
	return NULL;
}
