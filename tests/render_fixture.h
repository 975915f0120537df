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
		      "  - { check: database-backup, by: 'CONTOSO\\anna', on: '2026-11-20', note: '%s' }\n"
		      "agents: { push-installed: 0 }\n"
		      "servers:\n",
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
	struct render_input input = { .plan = plan, .sequence = &sequence };
	assert_labelled(format, renderer_find(format)->render(&input, &out, &diags));
	assert_int_equal(diags.errors, 0);
	diags_clear(&diags);
	plan_free(plan);
	arena_free(arena);
	return out.data;
}

/* Compares TEXT with the golden file RELATIVE, in which "scupgrade VERSION" and DIGEST stand for what changes with
 * everything: the program's version, and a digest. */
static inline void fixture_golden(const char *relative, const char *text)
{
	enum { DIGEST_LENGTH = 64, SHORT_DIGEST = 16 };
	static const char version[] = "scupgrade " PACKAGE_VERSION;
	struct strbuf shown = STRBUF_INIT;

	while (*text) {
		size_t digits = strspn(text, "0123456789abcdef");

		if (digits == DIGEST_LENGTH || digits == SHORT_DIGEST) {
			strbuf_puts(&shown, "DIGEST");
			text += digits;
		} else if (str_starts(text, version)) {
			strbuf_puts(&shown, "scupgrade VERSION");
			text += strlen(version);
		} else {
			strbuf_add(&shown, text, digits ? digits : 1);
			text += digits ? digits : 1;
		}
	}
	assert_golden(relative, strbuf_text(&shown));
	strbuf_clear(&shown);
}

/* For render_input.hand_out where nothing may go out before the end. */
static inline void refuse_part(const void *to, struct strbuf *out)
{
	(void)to;
	fail_msg("handed out: %s", strbuf_text(out));
}

static inline size_t count_of(const char *text, const char *part)
{
	size_t count = 0;

	for (const char *at = text; (at = strstr(at, part)); at += strlen(part))
		count++;
	return count;
}

#endif
