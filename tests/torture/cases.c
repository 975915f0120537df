/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The commands of the torture run: every one that writes, every format, and those that only read.
 */
#include "torture/torture.h"

#include "render/render.h"

#define PLAN { "plan.yaml", "tests/plans/om.yaml", NULL, 0640 }
/* For what has a file for each step. */
#define SMALL { "plan.yaml", NULL, SMALL_TEXT("CONTOSO", "MS01"), 0640 }
/* What was there before was made from one of these. */
#define OTHER_SMALL { "other.yaml", NULL, SMALL_TEXT("FABRIKAM", "MS02"), 0640 }
#define SMALL_TEXT(group, server) \
	"scupgrade: 1\nproduct: operations-manager\nmanagement-group: " group "\nlicense-accepted: true\n" \
	"accounts:\n  data-access: { user: '" group "\\das' }\n  data-reader: { user: '" group "\\reader' }\n" \
	"servers:\n  - { name: " server ", roles: [management-server] }\n" \
	"databases:\n  operational: { server: SQL01, name: " group " }\n" \
	"  data-warehouse: { server: SQL01, name: " group "DW }\n"
#define OTHER { "other.yaml", "tests/plans/single-server.yaml", NULL, 0640 }
#define PASSWORDS \
	{ "passwords.yaml", NULL, \
	  "accounts.data-access.password: '" CANARY "-1'\naccounts.data-reader.password: '" CANARY "-2'\n", 0600 }
#define NEW_PLAN \
	"new", "operations-manager", "management-group=NEW", "license-accepted=true", \
		"accounts.data-access.user=CONTOSO\\das", "accounts.data-reader.user=CONTOSO\\reader", \
		"servers=MS01:management-server", "-o", "plan.yaml"

static const char *const first_page[] = { " 2 of ", NULL };
static const char *const password_prompt[] = { "assword", NULL };
static const char *const save_keys[] = { " 2 of ", "End", "-EU", "F6", NULL };

static const struct torture_case fixed[] = {
	{ .label = "new", .arguments = { NEW_PLAN }, .again = { NEW_PLAN, "--force" } },
	{ .label = "new over a plan", .arguments = { NEW_PLAN, "--force" }, .files = { PLAN } },
	{ .label = "set", .arguments = { "set", "plan.yaml", "connectors=true" },
	  .again = { "set", "plan.yaml", "management-group=AGAIN" }, .files = { PLAN } },
	{ .label = "set, by an access list", .arguments = { "set", "plan.yaml", "connectors=true" },
	  .again = { "set", "plan.yaml", "management-group=AGAIN" },
	  .files = { { "plan.yaml", "tests/plans/om.yaml", NULL, 0640 | LISTED } } },
	{ .label = "mark, by an access list", .arguments = { "mark", "plan.yaml", "back-up-database", "done" },
	  .again = { "mark", "plan.yaml", "clean-up-entity-log", "done" },
	  .files = { { "plan.yaml", "tests/plans/om.yaml", NULL, 0640 | LISTED } } },
	{ .label = "confirm", .arguments = { "confirm", "plan.yaml", "memory" }, .talks = true,
	  .again = { "set", "plan.yaml", "management-group=AGAIN" }, .files = { PLAN } },
	{ .label = "new from facts",
	  .arguments = { "new", "operations-manager", "--from", "facts", "-o", "plan.yaml" }, .talks = true,
	  .again = { "new", "operations-manager", "--from", "facts", "-o", "plan.yaml", "--force" },
	  .files = { { "facts", NULL, NULL, 0700 },
		     { "facts/ms01.facts.yaml", "tests/facts/twelve/ms01.contoso.com.facts.yaml", NULL, 0600 } } },
	{ .label = "mark, the first", .arguments = { "mark", "plan.yaml", "back-up-database", "done" },
	  .again = { "mark", "plan.yaml", "clean-up-entity-log", "done" }, .files = { PLAN } },
	{ .label = "mark, the second", .arguments = { "mark", "plan.yaml", "back-up-database", "done" },
	  .before = { "mark", "plan.yaml", "review-event-logs@MS01", "done" },
	  .again = { "mark", "plan.yaml", "clean-up-entity-log", "done" }, .files = { PLAN } },
	{ .label = "command over another", .arguments = { "command", "-o", "out", "--force", "plan.yaml" },
	  .before = { "command", "-o", "out", "other.yaml" }, .files = { PLAN, OTHER } },
	{ .label = "command", .arguments = { "command", "-o", "out", "plan.yaml" },
	  .again = { "command", "-o", "out", "--force", "plan.yaml" }, .files = { PLAN } },
	{ .label = "command with passwords",
	  .arguments = { "command", "--passwords", "passwords.yaml", "-o", "out", "plan.yaml", "MS01" },
	  .again = { "command", "--passwords", "passwords.yaml", "-o", "other", "plan.yaml", "MS01" },
	  .files = { PLAN, PASSWORDS }, .secret = true },
	{ .label = "the plain wizard saves", .arguments = { "wizard", "--plain", "plan.yaml" },
	  .again = { NEW_PLAN, "--force" },
	  .input = "NEWGROUP\nsave\nquit\ndiscard\n", .files = { PLAN }, .talks = true },
	{ .label = "the plain checklist records", .arguments = { "track", "--plain", "plan.yaml" },
	  .input = "done 3\nquit\n", .files = { PLAN }, .talks = true },
	{ .label = "the full screen saves", .arguments = { "wizard", "plan.yaml" },
	  .again = { NEW_PLAN, "--force" }, .files = { PLAN }, .talks = true,
	  .screen = save_keys },
	{ .label = "the plain wizard keeps a draft", .arguments = { "wizard", "--plain", "plan.yaml" },
	  .again = { NEW_PLAN, "--force" },
	  .input = "NEWGROUP\nquit\nkeep\n", .files = { PLAN }, .talks = true },
	{ .label = "the plain wizard drops a draft", .arguments = { "wizard", "--plain", "plan.yaml" },
	  .again = { NEW_PLAN, "--force" },
	  .input = "NEWGROUP\nverify\ndone\n\n\n\n\nquit\ndiscard\n", .files = { PLAN }, .talks = true },
	{ .label = "passwords are asked for",
	  .arguments = { "command", "--passwords", "ask", "-o", "out", "plan.yaml", "MS01" },
	  .again = { "command", "-o", "out", "plan.yaml", "MS01" }, .files = { PLAN }, .talks = true,
	  .screen = password_prompt, .from_start = true },
	{ .label = "the full screen starts", .arguments = { "wizard", "plan.yaml" },
	  .again = { NEW_PLAN, "--force" }, .files = { PLAN }, .talks = true,
	  .screen = first_page, .from_start = true },
	{ .label = "mark without a name", .arguments = { "mark", "plan.yaml", "back-up-database", "done" },
	  .again = { "mark", "plan.yaml", "clean-up-entity-log", "done" }, .files = { PLAN }, .nameless = true },
	{ .label = "check", .arguments = { "check", "plan.yaml" }, .talks = true,
	  .files = { PLAN, { "plan.facts", NULL, NULL, 0700 },
		     { "plan.facts/MS01.facts.yaml", "tests/facts/healthy/MS01.facts.yaml", NULL, 0600 } } },
	{ .label = "status", .arguments = { "status", "plan.yaml" }, .files = { PLAN } },
	{ .label = "steps", .arguments = { "steps", "plan.yaml" }, .files = { PLAN } },
	{ .label = "sources", .arguments = { "sources", "tls" } },
	{ .label = "path", .arguments = { "path", "2012-r2", "2025" } },
	{ .label = "next", .arguments = { "next", "--anyway", "-o", "out", "plan.yaml" },
	  .again = { "next", "--anyway", "-o", "out", "--force", "plan.yaml" }, .files = { PLAN } },
	{ .label = "next, which waits", .arguments = { "next", "-o", "out", "plan.yaml" }, .files = { PLAN } },
	{ .label = "diff", .arguments = { "diff", "plan.yaml", "small.yaml" },
	  .files = { PLAN, { "small.yaml", "tests/plans/minimal.yaml", NULL, 0640 } } },
	{ .label = "fields", .arguments = { "fields", "--format", "json" } },
	{ .label = "facts-script", .arguments = { "facts-script" } },
	{ .label = "schema", .arguments = { "schema" } },
	{ .label = "help", .arguments = { "--help" } },
	/* To standard output: a report of fewer logs is no lie, and no file would be the old or the new one. */
	{ .label = "diagnose", .arguments = { "diagnose", "--plan", "plan.yaml", "logs" }, .talks = true,
	  .files = { PLAN, { "logs", NULL, NULL, 0700 },
		     { "logs/OpsMgrSetupWizard.log", "tests/logs/full-text.txt", NULL, 0600 } } },
	/* Windows collects; elsewhere it is said, whatever fails. */
	{ .label = "collect", .arguments = { "collect", "plan.yaml" }, .files = { SMALL }, .talks = true },
	{ .label = "completion", .arguments = { "completion", "words", "--", "mark", "plan.yaml", "back" },
	  .files = { SMALL }, .talks = true },
	{ .label = "probe", .arguments = { "check", "--probe", "echo {server}", "plan.yaml" }, .files = { SMALL },
	  .talks = true },
};

enum { FIXED = sizeof(fixed) / sizeof(fixed[0]), ALL_MOST = FIXED + 48 };

/* "render FORMAT" into what is not there, and over what is. */
static void add_format(struct torture_case *all, size_t *count, const char *format, bool folder)
{
	struct strbuf label = STRBUF_INIT;

	for (int over = 0; over < 2; over++) {
		if (*count == ALL_MOST)
			die("torture: more formats than there is room for");
		strbuf_reset(&label);
		strbuf_printf(&label, "render %s%s", format, over ? ", again" : "");
		all[(*count)++] = (struct torture_case){
			.label = strdup(strbuf_text(&label)),
			.arguments = { "render", format, "-o", "out", "plan.yaml", over ? "--force" : NULL },
			.again = { "render", format, "-o", "out", "plan.yaml", "--force" },
			.files = { PLAN, OTHER },
		};
		if (folder) {
			all[*count - 1].files[0] = (struct torture_file)SMALL;
			all[*count - 1].files[1] = (struct torture_file)OTHER_SMALL;
		}
		if (over)
			memcpy(all[*count - 1].before,
			       (const char *const[WORDS_MOST]){ "render", format, "-o", "out", "other.yaml" },
			       sizeof(all[*count - 1].before));
	}
	strbuf_clear(&label);
}

const struct torture_case *torture_cases(size_t *count)
{
	static struct torture_case all[ALL_MOST];

	memcpy(all, fixed, sizeof(fixed));
	*count = FIXED;
	for (const struct renderer *renderer = renderers; renderer->name; renderer++)
		add_format(all, count, renderer->name, false);
	for (const struct folder_renderer *folder = folder_renderers; folder->name; folder++)
		add_format(all, count, folder->name, true);
	return all;
}
