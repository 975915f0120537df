/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * "render" and "schema": what is made from a plan, and the form of the plan itself.
 */
#include "cli/commands.h"

#include "core/text.h"
#include "pipeline/schema.h"
#include "render/render.h"

#define FORMATS_MOST 31u

static void say_unknown_format(const struct session *session, const char *name)
{
	const char *names[FORMATS_MOST + 1] = { NULL };
	struct strbuf list = STRBUF_INIT;
	size_t count = 0;

	for (size_t i = 0; renderers[i].name && count < FORMATS_MOST; i++)
		names[count++] = renderers[i].name;
	for (size_t i = 0; folder_renderers[i].name && count < FORMATS_MOST; i++)
		names[count++] = folder_renderers[i].name;
	for (size_t i = 0; i < count; i++)
		strbuf_printf(&list, "%s%s", i ? ", " : "", names[i]);
	const char *near = text_nearest(name, names), *second = session->options->arguments[1];
	if (renderer_find(second) || folder_renderer_find(second))
		say(session, "the format comes first: scupgrade render %s %s", second, name);
	else if (near)
		say(session, "there is no format \"%s\"; did you mean %s?", name, near);
	else
		say(session, "there is no format \"%s\"; there are: %s", name, strbuf_text(&list));
	strbuf_clear(&list);
}

/* ---- formats that are a folder ---- */

static int save_folder(const struct session *session, struct render_folder *folder)
{
	const char *path = session->options->output, *why = "";
	struct waiting waiting = { session, path, false };
	const struct lock_wait wait = wait_in_sight(&waiting);
	enum save_result result;

	if (output_is_input(session))
		return EXIT_USE;
	result = render_folder_save(folder, path, session->options->force, &wait, &why);
	return say_saved(session, path, result, why, "--force replaces it");
}

/* ---- render ---- */

struct rendering { /* exactly one of the two formats */
	const struct renderer *renderer;
	const struct folder_renderer *folder_renderer;
	struct strbuf out;
	struct render_folder folder;
};

/* Files that are made to be run are not made while a prerequisite has failed; a runbook shows it. */
static bool is_run(const struct rendering *rendering)
{
	return !rendering->renderer || rendering->renderer->run;
}

static bool make(struct rendering *rendering, const struct render_input *input, struct diags *diags)
{
	if (rendering->renderer)
		return rendering->renderer->render(input, &rendering->out, diags);
	return rendering->folder_renderer->render(input, &rendering->folder, diags);
}

/* What the format tells beside the plan: the record. Returns the exit status. */
static int complete_input(const struct rendering *rendering, const char *path, struct render_input *input,
			  struct tracker **tracker, struct diags *diags)
{
	char now[21];

	if (rendering->renderer && rendering->renderer->recorded && !str_eq(path, "-")) {
		platform_time_utc(now);
		*tracker = tracker_open(input->plan, input->sequence, path, input->facts, now, diags);
		input->tracker = *tracker;
		return *tracker ? EXIT_FINE : EXIT_USE;
	}
	return EXIT_FINE;
}

struct hand_out {
	const struct session *session;
	const struct diags *diags;
};

/* What is refused in the end must not be half out before, and a file is written whole. */
static void hand_out(const void *to, struct strbuf *out)
{
	const struct hand_out *hand = to;

	if (!findings_refuse(hand->session, hand->diags))
		emit_part(hand->session, out);
}

/* ONLY: the server that it is limited to; NULL: all of them. */
static int render_plan(const struct session *session, struct rendering *rendering, const struct plan *plan,
		       const struct server *only, const char *path)
{
	struct arena *arena = arena_new();
	struct sequence sequence = sequence_build(plan, arena);
	struct render_input input = { .plan = plan, .sequence = &sequence, .facts = *session->facts,
				      .only = only };
	struct tracker *tracker = NULL;
	struct diags diags = DIAGS_INIT;
	int status = complete_input(rendering, path, &input, &tracker, &diags);

	const struct hand_out hand = { session, &diags };

	if (!output_is_file(session)) {
		input.hand_out = hand_out;
		input.hand_out_to = &hand;
	}
	if (status == EXIT_FINE && (!make(rendering, &input, &diags) || findings_refuse(session, &diags)))
		status = EXIT_PLAN;
	sort_findings(&diags, plan->file);
	diags_print(&diags, session->err);
	if (status != EXIT_FINE)
		say(session, "nothing is written");
	else if (rendering->renderer)
		status = emit(session, &rendering->out, false);
	else
		status = save_folder(session, &rendering->folder);
	diags_clear(&diags);
	tracker_free(tracker);
	arena_free(arena);
	return status;
}

int command_render(const struct session *session)
{
	const char *const *arguments = session->options->arguments;
	struct rendering rendering = { .renderer = renderer_find(arguments[0]),
				       .folder_renderer = folder_renderer_find(arguments[0]),
				       .folder = RENDER_FOLDER_INIT };
	struct plan *plan;

	if (!rendering.renderer && !rendering.folder_renderer) {
		say_unknown_format(session, arguments[0]);
		return EXIT_USE;
	}
	if (rendering.folder_renderer && !output_is_file(session)) {
		say(session, "%s is a folder of files; name it with --output", arguments[0]);
		return EXIT_USE;
	}
	if (session->options->server && rendering.folder_renderer && rendering.folder_renderer->limited) {
		say(session, "%s", rendering.folder_renderer->limited);
		return EXIT_USE;
	}
	enum judging judging = is_run(&rendering) || session->options->strict ? JUDGE_PREREQUISITES : JUDGE_FACTS;
	int status = load_good_plan(session, arguments[1], judging, "nothing is written", &plan);
	if (status != EXIT_FINE)
		return status;
	const char *name = session->options->server;
	const struct server *only = name ? named_server(session, plan, name) : NULL;

	status = name && !only ? EXIT_USE : render_plan(session, &rendering, plan, only, arguments[1]);
	strbuf_clear(&rendering.out);
	render_folder_clear(&rendering.folder);
	plan_free(plan);
	return status;
}

int command_schema(const struct session *session)
{
	struct strbuf out = STRBUF_INIT;

	schema_plan(&out);
	int status = emit(session, &out, false);
	strbuf_clear(&out);
	return status;
}
