/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * SARIF, GitHub's commands and JUnit. All want a place for each finding: one without a line is at line 1.
 */
#include "cli/check_formats.h"

#include "cli/finding_codes.h"
#include "core/json.h"
#include "core/text.h"
#include "render/render_runbook.h"

/* "key: text", with the hint below. */
static void put_message(struct strbuf *out, const struct diag *diag)
{
	strbuf_printf(out, "%s%s%s", diag->path, *diag->path ? ": " : "", diag->text);
	if (*diag->hint)
		strbuf_printf(out, "\n%s", diag->hint);
}

/* ---- SARIF ---- */

/* A file's name as a URI: what a URI gives a meaning, and all that is not ASCII, is escaped. A whole path gets the
 * scheme: without it "/etc" would be joined to the base, and "C" would be a scheme. */
static void put_uri(struct strbuf *out, const char *file)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/";
	bool drive = *file && file[1] == ':' && (file[2] == '\\' || file[2] == '/');

	if (*file == '/' || drive)
		strbuf_puts(out, drive ? "file:///" : "file://");
	for (const char *at = file; *at; at++) {
		if (strchr(plain, *at))
			strbuf_putc(out, *at);
		else if (*at == '\\')
			strbuf_putc(out, '/');
		else
			strbuf_printf(out, "%%%02X", (unsigned char)*at);
	}
}

static void put_result(struct strbuf *out, const struct diag *diag)
{
	struct strbuf message = STRBUF_INIT, uri = STRBUF_INIT;

	put_message(&message, diag);
	put_uri(&uri, diag->at.file ? diag->at.file : "plan");
	json_member(out, "{", "ruleId", diag->code);
	json_member(out, ", ", "level", severity_name(diag->severity));
	strbuf_puts(out, ", \"message\": {\"text\": ");
	json_string(out, strbuf_text(&message));
	strbuf_puts(out, "}, \"locations\": [{\"physicalLocation\": {\"artifactLocation\": {\"uri\": ");
	json_string(out, strbuf_text(&uri));
	strbuf_printf(out, "}, \"region\": {\"startLine\": %u, \"startColumn\": %u}}}]}",
		      diag->at.line ? diag->at.line : 1, diag->at.line && diag->at.column ? diag->at.column : 1);
	strbuf_clear(&message);
	strbuf_clear(&uri);
}

static void put_text(struct strbuf *out, const char *key, const char *text)
{
	strbuf_printf(out, ", \"%s\": ", key);
	json_member(out, "{", "text", text);
	strbuf_putc(out, '}');
}

static void put_rule(struct strbuf *out, const char *code, struct arena *arena)
{
	struct finding_rule rule = finding_rule(code, arena);

	json_member(out, "\n    {", "id", code);
	put_text(out, "shortDescription", rule.title);
	put_text(out, "fullDescription", rule.text);
	put_text(out, "help", rule.help);
	if (rule.address)
		json_member(out, ", ", "helpUri", rule.address);
	strbuf_putc(out, '}');
}

/* Each code once, by the table of those that came: there are few. */
static void put_rules(struct strbuf *out, const struct diags *diags)
{
	const char **codes = xcalloc(diags->count + 1, sizeof(*codes));
	struct arena *arena = arena_new();
	size_t count = 0;

	for (size_t i = 0; i < diags->count; i++) {
		size_t at = 0;

		while (at < count && !str_eq(codes[at], diags->items[i].code))
			at++;
		if (at < count)
			continue;
		codes[count++] = diags->items[i].code;
		if (count > 1)
			strbuf_putc(out, ',');
		put_rule(out, diags->items[i].code, arena);
	}
	arena_free(arena);
	free(codes);
}

void findings_sarif(struct strbuf *out, const struct diags *diags)
{
	strbuf_puts(out, "{\"$schema\": \"https://json.schemastore.org/sarif-2.1.0.json\", \"version\": \"2.1.0\",\n"
			 "\"runs\": [{\"columnKind\": \"unicodeCodePoints\",\n"
			 "  \"tool\": {\"driver\": {\"name\": \"scupgrade\", \"version\": \"" PACKAGE_VERSION
			 "\", \"rules\": [");
	put_rules(out, diags);
	strbuf_puts(out, "]}},\n  \"results\": [");
	for (size_t i = 0; i < diags->count; i++) {
		strbuf_puts(out, i ? ",\n    " : "\n    ");
		put_result(out, &diags->items[i]);
	}
	strbuf_puts(out, "]}]}\n");
}

/* ---- GitHub ---- */

/* TEXT with what would end it escaped; PROPERTY: one of those before "::". */
static void put_escaped(struct strbuf *out, const char *text, bool property)
{
	struct strbuf shown = STRBUF_INIT;

	for (const char *at = text; *at; at++) {
		if (*at == '%' || *at == '\n' || (property && (*at == ':' || *at == ',')))
			strbuf_printf(&shown, "%%%02X", (unsigned char)*at);
		else
			strbuf_putc(&shown, *at);
	}
	text_visible(out, strbuf_text(&shown));
	strbuf_clear(&shown);
}

void finding_github(struct strbuf *out, const struct diag *diag)
{
	static const char *const commands[] = {
		[SEV_NOTE] = "notice", [SEV_WARNING] = "warning", [SEV_ERROR] = "error",
	};
	struct strbuf message = STRBUF_INIT;

	put_message(&message, diag);
	strbuf_printf(out, "::%s file=", commands[diag->severity]);
	put_escaped(out, diag->at.file ? diag->at.file : "", true);
	if (diag->at.line)
		strbuf_printf(out, ",line=%u,col=%u", diag->at.line, diag->at.column);
	strbuf_printf(out, ",title=%s::", diag->code);
	put_escaped(out, strbuf_text(&message), false);
	strbuf_putc(out, '\n');
	strbuf_clear(&message);
}

/* ---- JUnit ---- */

static bool fails(const struct diag *diag, bool strict)
{
	return diag->severity == SEV_ERROR || (strict && diag->severity == SEV_WARNING);
}

static void put_case(struct strbuf *out, const char *path, const struct diag *diag, bool strict)
{
	struct strbuf text = STRBUF_INIT;
	const char *element = fails(diag, strict) ? "failure" : "system-out";

	strbuf_puts(out, "    <testcase classname=\"");
	html_text(out, path);
	strbuf_puts(out, "\" name=\"");
	html_text(out, diag->code);
	if (*diag->path)
		strbuf_puts(out, ": ");
	html_text(out, diag->path);
	strbuf_printf(out, "\">\n      <%s", element);
	if (fails(diag, strict)) {
		strbuf_printf(out, " type=\"%s\" message=\"", severity_name(diag->severity));
		html_text(out, diag->text);
		strbuf_putc(out, '"');
	}
	strbuf_putc(out, '>');
	diag_format(&text, diag);
	for (char *line = text.data, *end; (end = strchr(line, '\n')) != NULL; line = end + 1) {
		*end = '\0';
		html_text(out, line);
		strbuf_putc(out, '\n');
	}
	strbuf_printf(out, "</%s>\n    </testcase>\n", element);
	strbuf_clear(&text);
}

void junit_begin(struct strbuf *out)
{
	strbuf_puts(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"scupgrade check\">\n");
}

void junit_plan(struct strbuf *out, const char *path, const struct diags *diags, bool strict)
{
	size_t failures = diags->errors + (strict ? diags->warnings : 0);

	strbuf_puts(out, "  <testsuite name=\"");
	html_text(out, path);
	strbuf_printf(out, "\" tests=\"%zu\" failures=\"%zu\" errors=\"0\" skipped=\"0\">\n",
		      diags->count ? diags->count : 1, failures);
	for (size_t i = 0; i < diags->count; i++)
		put_case(out, path, &diags->items[i], strict);
	if (!diags->count) {
		strbuf_puts(out, "    <testcase classname=\"");
		html_text(out, path);
		strbuf_puts(out, "\" name=\"no findings\"/>\n");
	}
	strbuf_puts(out, "  </testsuite>\n");
}

void junit_end(struct strbuf *out)
{
	strbuf_puts(out, "</testsuites>\n");
}
