/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What the tests of the output formats share: a plan, its steps, one rendering of them.
 */
#ifndef SCUPGRADE_TESTS_RENDER_FIXTURE_H
#define SCUPGRADE_TESTS_RENDER_FIXTURE_H

#include "helpers.h"

#include "pipeline/planfile.h"
#include "render/render.h"

/* A plan of a management group with COUNT servers; NAME, FOLDER and NOTE stand in single quotes in it. Owned. */
static inline char *fixture_plan(size_t count, const char *name, const char *folder, const char *note)
{
	struct strbuf text = STRBUF_INIT;

	strbuf_printf(&text,
		      "scupgrade: 1\nproduct: operations-manager\nmanagement-group: '%s'\nlicense-accepted: true\n"
		      "setup-folder: '%s'\naccounts:\n  data-access: { user: 'CONTOSO\\das' }\n"
		      "  data-reader: { user: 'CONTOSO\\reader' }\nconfirmed:\n"
		      "  - { check: database-backup, by: 'CONTOSO\\anna', on: '2026-11-20', note: '%s' }\nservers:\n",
		      name, folder, note);
	for (size_t i = 1; i <= count; i++)
		strbuf_printf(&text, "  - { name: 'S%04zu', roles: [%s] }\n", i,
			      i <= (count + 2) / 3         ? "management-server"
			      : i <= 2 * ((count + 2) / 3) ? "gateway"
							   : "web-console");
	return text.data;
}

/* What FORMAT makes of the plan TEXT (of the file PATH when TEXT is NULL); errors in the plan do not count, for every
 * format has to take what is in it. Owned. */
static inline char *fixture_render(const char *format, const char *path, const char *text)
{
	struct diags diags = DIAGS_INIT;
	struct strbuf out = STRBUF_INIT;
	struct arena *arena = arena_new();
	struct plan *plan = NULL;
	struct sequence sequence;

	if (text)
		assert_int_equal(plan_read("plan.yaml", text, strlen(text), &plan, &diags), LOAD_OK);
	else
		assert_int_equal(plan_load(path, &plan, NULL, &diags), LOAD_OK);
	diags_clear(&diags);
	sequence = sequence_build(plan, arena);
	assert_labelled(format, renderer_find(format)->render(plan, &sequence, &out, &diags));
	assert_int_equal(diags.errors, 0);
	diags_clear(&diags);
	plan_free(plan);
	arena_free(arena);
	return out.data;
}

/* Compares with tests/expected/render-PLAN.SUFFIX, in which the program's version is "VERSION". */
static inline void fixture_golden(const char *format, const char *plan, const char *suffix)
{
	static const char version[] = "scupgrade " PACKAGE_VERSION;
	char path[4096], golden[256], source[256];
	struct strbuf shown = STRBUF_INIT;
	const char *at, *next;

	snprintf(source, sizeof(source), "tests/plans/%s.yaml", plan);
	snprintf(path, sizeof(path), "%s", source_path(source));
	snprintf(golden, sizeof(golden), "tests/expected/render-%s.%s", plan, suffix);
	char *text = fixture_render(format, path, NULL), *again = fixture_render(format, path, NULL);

	assert_text("the same plan gives the same bytes", text, again);
	assert_labelled("the version stands in it", strstr(text, version) != NULL);
	for (at = text; (next = strstr(at, version)); at = next + strlen(version)) {
		strbuf_add(&shown, at, (size_t)(next - at));
		strbuf_puts(&shown, "scupgrade VERSION");
	}
	strbuf_puts(&shown, at);
	assert_golden(golden, strbuf_text(&shown));
	strbuf_clear(&shown);
	free(text);
	free(again);
}

static inline size_t count_of(const char *text, const char *part)
{
	size_t count = 0;

	for (const char *at = text; (at = strstr(at, part)); at += strlen(part))
		count++;
	return count;
}

#endif
