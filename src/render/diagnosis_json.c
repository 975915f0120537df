/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What the logs said, as JSON.
 */
#include "render/diagnosis.h"

#include "core/json.h"

static void put_key(struct strbuf *out, const char *indent, const char *key, const char *value, const char *behind)
{
	json_member(out, indent, key, value);
	strbuf_puts(out, behind);
}

static void put_number(struct strbuf *out, const char *key, uint64_t value, const char *behind)
{
	strbuf_printf(out, "\"%s\": %llu%s", key, (unsigned long long)value, behind);
}

static void put_lines(struct strbuf *out, const char *indent, const struct log_line *lines, size_t count)
{
	strbuf_putc(out, '[');
	for (size_t i = 0; i < count; i++) {
		strbuf_printf(out, "%s\n%s  { ", i ? "," : "", indent);
		put_number(out, "line", lines[i].number, ", ");
		put_key(out, "", "text", lines[i].text, " }");
	}
	strbuf_printf(out, "%s%s]", count ? "\n" : "", count ? indent : "");
}

/* The ids of a sign's releases. */
static void put_releases(struct strbuf *out, const char *ids)
{
	char id[32];

	strbuf_putc(out, '[');
	for (const char *at = ids ? ids : ""; *at;) {
		size_t length = strcspn(at, " ");

		snprintf(id, sizeof(id), "%.*s", (int)length, at);
		strbuf_puts(out, at == ids ? "" : ", ");
		json_string(out, id);
		at += length + strspn(at + length, " ");
	}
	strbuf_putc(out, ']');
}

static const char *certainty_name(enum certainty certainty)
{
	static const char *const names[] = { "documented", "seen", "doubtful" };

	return names[certainty];
}

static void put_finding(struct strbuf *out, const struct finding *finding)
{
	const char *in = "      ";

	strbuf_puts(out, "    {\n");
	put_key(out, in, "sign", finding->sign->id, ",\n");
	put_key(out, in, "role", sign_role_name(finding->sign->role), ",\n");
	strbuf_printf(out, "%s\"weight\": %d,\n", in, finding->weight);
	put_key(out, in, "certainty", certainty_name(finding->certainty), ",\n");
	put_key(out, in, "file", finding->file, ",\n");
	strbuf_puts(out, in);
	put_number(out, "line", finding->line, ",\n");
	strbuf_puts(out, in);
	put_number(out, "count", finding->count, ",\n");
	put_key(out, in, "means", finding->means, ",\n");
	put_key(out, in, "remedy", finding->sign->remedy, ",\n");
	put_key(out, in, "numbers", *finding->numbers ? finding->numbers : NULL, ",\n");
	put_key(out, in, "source", finding->source, ",\n");
	put_key(out, in, "next", sign_next_name(finding->sign->next), ",\n");
	put_key(out, in, "task", finding->sign->task, ",\n");
	strbuf_printf(out, "%s\"releases\": ", in);
	put_releases(out, finding->sign->releases);
	strbuf_printf(out, ",\n%s\"lines\": ", in);
	put_lines(out, in, finding->context, finding->context_count);
	strbuf_puts(out, "\n    }");
}

static void put_log(struct strbuf *out, const struct log_result *log)
{
	const char *in = "      ";

	strbuf_puts(out, "    {\n");
	put_key(out, in, "file", log->path, ",\n");
	put_key(out, in, "unreadable", log->why, ",\n");
	put_key(out, in, "kind", log->shape ? log->shape->id : NULL, ",\n");
	put_key(out, in, "encoding", log_encoding_name(log->encoding), ",\n");
	strbuf_puts(out, in);
	put_number(out, "bytes", log->bytes, ",\n");
	strbuf_puts(out, in);
	put_number(out, "lines", log->lines, ",\n");
	strbuf_puts(out, in);
	put_number(out, "runs", log->runs, ",\n");
	put_key(out, in, "verdict", log_verdict_name(log->verdict), ",\n");
	if (log->has_status)
		strbuf_printf(out, "%s\"status\": %ld,\n", in, log->status);
	else
		strbuf_printf(out, "%s\"status\": null,\n", in);
	strbuf_puts(out, in);
	put_number(out, "consequences", log->consequences, ",\n");
	strbuf_puts(out, in);
	put_number(out, "error-lines", log->error_lines, ",\n");
	strbuf_printf(out, "%s\"errors\": ", in);
	put_lines(out, in, log->errors, log->error_count);
	strbuf_puts(out, "\n    }");
}

static void put_code(struct strbuf *out, const struct exit_code *code)
{
	if (!code) {
		strbuf_puts(out, "  \"setup-code\": null,\n");
		return;
	}
	strbuf_puts(out, "  \"setup-code\": { ");
	put_key(out, "", "program", code->program, ", ");
	strbuf_printf(out, "\"code\": %ld, ", code->code);
	put_key(out, "", "word", code->word, ", ");
	strbuf_printf(out, "\"good\": %s, ", code->good ? "true" : "false");
	put_key(out, "", "means", code->means, ", ");
	put_key(out, "", "remedy", code->remedy, " },\n");
}

void diagnosis_json(struct strbuf *out, const struct diagnosis *diagnosis)
{
	strbuf_puts(out, "{\n  \"format\": 1,\n  \"made-by\": \"scupgrade " PACKAGE_VERSION "\",\n");
	strbuf_printf(out, "  \"failed\": %s,\n", diagnosis->failed ? "true" : "false");
	put_key(out, "  ", "decisive", diagnosis->decided ? diagnosis->findings[0]->sign->id : NULL, ",\n");
	put_code(out, diagnosis->code);
	put_key(out, "  ", "setup-code-note", *diagnosis->code_note ? diagnosis->code_note : NULL, ",\n");
	put_key(out, "  ", "step", diagnosis->step ? diagnosis->step->id : NULL, ",\n");
	put_key(out, "  ", "step-note", *diagnosis->step_note ? diagnosis->step_note : NULL, ",\n");
	put_key(out, "  ", "next", sign_next_name(diagnosis->next), ",\n");
	put_key(out, "  ", "next-text", diagnosis->next_text, ",\n");
	put_key(out, "  ", "advice", *diagnosis->advice ? diagnosis->advice : NULL, ",\n");
	strbuf_puts(out, "  \"findings\": [");
	for (size_t i = 0; i < diagnosis->finding_count; i++) {
		strbuf_puts(out, i ? ",\n" : "\n");
		put_finding(out, diagnosis->findings[i]);
	}
	strbuf_puts(out, diagnosis->finding_count ? "\n  ],\n  \"logs\": [" : "],\n  \"logs\": [");
	for (size_t i = 0; i < diagnosis->log_count; i++) {
		strbuf_puts(out, i ? ",\n" : "\n");
		put_log(out, &diagnosis->logs[i]);
	}
	strbuf_puts(out, diagnosis->log_count ? "\n  ]\n}\n" : "]\n}\n");
}
