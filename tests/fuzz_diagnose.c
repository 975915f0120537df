/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Fuzz target: no log may crash or hang the reader; what it found can be written down, and nothing of it would harm a
 * terminal.
 */
#include "fuzz.h"

#include "core/text.h"
#include "pipeline/diagnose_private.h"
#include "render/diagnosis.h"

struct bytes {
	const uint8_t *data;
	size_t size, at;
};

static ptrdiff_t read_bytes(void *data, char *to, size_t room)
{
	struct bytes *bytes = data;
	size_t left = bytes->size - bytes->at, count = left < room ? left : room;

	memcpy(to, bytes->data + bytes->at, count);
	bytes->at += count;
	return (ptrdiff_t)count;
}

static void check_output(const struct strbuf *out)
{
	size_t offset = 0;

	for (const char *at = strbuf_text(out), *end; *at; at = *end ? end + 1 : end) {
		end = at + strcspn(at, "\n");
		if (text_find_unsafe(at, (size_t)(end - at), &offset) != 0)
			bug("an unsafe character reaches the terminal:\n%s", strbuf_text(out));
	}
}

int fuzz_diagnose(const uint8_t *data, size_t size)
{
	struct bytes bytes = { data, size, 0 };
	/* Made once: a fuzzer has more to do than that. */
	static struct catalog *catalog;
	struct arena *arena = arena_new();
	struct log_result log = { .path = "OMServer.log" };
	struct diagnosis diagnosis = { .logs = &log,
				       .log_count = 1,
				       .code_note = "",
				       .step_note = "",
				       .next_text = "Go on.",
				       .advice = "",
				       .failed = true };
	struct strbuf out = STRBUF_INIT;

	if (!catalog)
		catalog = catalog_new();
	read_log_bytes(catalog, NULL, read_bytes, &bytes, &log, arena);
	if (log.bytes != size)
		bug("%zu bytes, of which %llu were read", size, (unsigned long long)log.bytes);
	diagnosis.findings = arena_array(arena, log.finding_count + 1, sizeof(*diagnosis.findings));
	for (size_t i = 0; i < log.finding_count; i++)
		diagnosis.findings[diagnosis.finding_count++] = &log.findings[i];
	diagnosis.decided = log.finding_count && log.findings[0].weight > 0;
	diagnosis_text(&out, &diagnosis, 80);
	check_output(&out);
	strbuf_reset(&out);
	diagnosis_json(&out, &diagnosis);
	check_output(&out);
	strbuf_clear(&out);
	arena_free(arena);
	return 0;
}
