/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The program's regular expressions, compiled when first used.
 */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "core/pattern.h"

#include <pcre2.h>

enum { LONGEST_SUBJECT = 4096, MATCH_LIMIT = 10000, HEAP_KIB = 256, DEPTH_LIMIT = 250 };

static const char *const sources[PATTERN_ID_COUNT] = {
	[PATTERN_DATE] = "\\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])",
	[PATTERN_UTC_TIME] = "\\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])T(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\dZ",
	[PATTERN_KEY] = "[a-z][a-z0-9]*+(?:[-.][a-z0-9]++)*+",
	[PATTERN_VERSION] = "\\d{1,9}+(?:\\.\\d{1,9}+){1,3}+",
	[PATTERN_HEX] = "[0-9A-Fa-f]++",
	[PATTERN_LICENCE_KEY] = "[A-Za-z0-9]{5}(?:-[A-Za-z0-9]{5}){4}",
};

/* What PCRE2 made of them. The limits do not hold for its just-in-time compiler, which stays off. */
static pcre2_code *compiled[PATTERN_ID_COUNT];
static pcre2_match_data *match_data;
static pcre2_match_context *limits;

static void prepare(enum pattern_id id)
{
	const uint32_t options = PCRE2_UTF | PCRE2_DOLLAR_ENDONLY | PCRE2_NEVER_BACKSLASH_C | PCRE2_ANCHORED |
				 PCRE2_ENDANCHORED;
	PCRE2_SIZE offset = 0;
	int error = 0;

	if (!limits) {
		limits = pcre2_match_context_create(NULL);
		match_data = pcre2_match_data_create(1, NULL);
		if (!limits || !match_data)
			die("out of memory (for a pattern)");
		if (pcre2_set_match_limit(limits, MATCH_LIMIT) != 0 || pcre2_set_heap_limit(limits, HEAP_KIB) != 0 ||
		    pcre2_set_depth_limit(limits, DEPTH_LIMIT) != 0)
			bug("PCRE2 takes no limits");
	}
	compiled[id] = pcre2_compile((PCRE2_SPTR)sources[id], PCRE2_ZERO_TERMINATED, options, &error, &offset, NULL);
	if (!compiled[id])
		bug("pattern %d: error %d at %zu", (int)id, error, (size_t)offset);
}

bool pattern_matches(enum pattern_id id, const char *text)
{
	size_t length = strlen(text);

	if (length > LONGEST_SUBJECT)
		return false;
	if (!compiled[id])
		prepare(id);
	/* Every error (a limit, text that is not UTF-8) is negative, and a "no". */
	return pcre2_match(compiled[id], (PCRE2_SPTR)text, length, 0, 0, match_data, limits) >= 0;
}

void pattern_free_all(void)
{
	size_t i;

	for (i = 0; i < PATTERN_ID_COUNT; i++) {
		pcre2_code_free(compiled[i]);
		compiled[i] = NULL;
	}
	pcre2_match_data_free(match_data);
	pcre2_match_context_free(limits);
	match_data = NULL;
	limits = NULL;
}
