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

/* Every pattern is ours: what is wrong with one is a bug, unless there is no memory for it. */
NORETURN static void not_compiled(const char *source, int error)
{
	if (error == PCRE2_ERROR_HEAP_FAILED)
		die("out of memory (for a pattern)");
	bug("pattern \"%s\": error %d", source, error);
}

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
		not_compiled(sources[id], error);
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

/* ---- patterns of a table ---- */

enum { SEARCH_LIMIT = 1000000, STACK_FIRST = 32 * 1024, STACK_MOST = 512 * 1024 };

struct pattern_set {
	size_t count;
	pcre2_code **compiled;
	pcre2_match_data *match;
	pcre2_match_context *context;
	pcre2_jit_stack *stack;
};

struct pattern_set *pattern_set_new(size_t count)
{
	struct pattern_set *set = xcalloc(1, sizeof(*set));

	set->count = count;
	set->compiled = xcalloc(count + 1, sizeof(pcre2_code *));
	set->match = pcre2_match_data_create(PATTERN_GROUPS, NULL);
	set->context = pcre2_match_context_create(NULL);
	set->stack = pcre2_jit_stack_create(STACK_FIRST, STACK_MOST, NULL);
	if (!set->match || !set->context)
		die("out of memory (for a pattern)");
	if (pcre2_set_match_limit(set->context, SEARCH_LIMIT) != 0)
		bug("PCRE2 takes no limits");
	/* Without a stack of its own (no such compiler here) it uses the program's. */
	if (set->stack)
		pcre2_jit_stack_assign(set->context, NULL, set->stack);
	return set;
}

void pattern_set_free(struct pattern_set *set)
{
	if (!set)
		return;
	for (size_t i = 0; i < set->count; i++)
		pcre2_code_free(set->compiled[i]);
	pcre2_match_data_free(set->match);
	pcre2_match_context_free(set->context);
	pcre2_jit_stack_free(set->stack);
	free(set->compiled);
	free(set);
}

static pcre2_code *compile_search(const char *source, int *error)
{
	PCRE2_SIZE offset;
	pcre2_code *code =
		pcre2_compile((PCRE2_SPTR)source, PCRE2_ZERO_TERMINATED,
			      PCRE2_CASELESS | PCRE2_NEVER_UTF | PCRE2_NEVER_BACKSLASH_C, error, &offset, NULL);

	if (code)
		/* Where it cannot, matching is slower and the same. */
		(void)pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);
	return code;
}

bool pattern_search(struct pattern_set *set, size_t index, const char *source, const char *text, size_t length,
		    struct pattern_span spans[PATTERN_GROUPS])
{
	PCRE2_SIZE *found;
	int error = 0, groups;

	if (!set->compiled[index])
		set->compiled[index] = compile_search(source, &error);
	if (!set->compiled[index])
		not_compiled(source, error);
	groups = pcre2_match(set->compiled[index], (PCRE2_SPTR)text, length, 0, 0, set->match, set->context);
	/* A sign that is there must not look as if it were not. */
	if (groups == PCRE2_ERROR_NOMEMORY)
		die("out of memory (for a pattern)");
	/* 0: more groups than we look at. */
	if (groups < 0)
		return false;
	found = pcre2_get_ovector_pointer(set->match);
	for (unsigned i = 0; spans && i < PATTERN_GROUPS; i++) {
		bool there = (groups == 0 || (int)i < groups) && found[2 * i] != PCRE2_UNSET;

		spans[i] = there ? (struct pattern_span){ found[2 * i], found[2 * i + 1] }
				 : (struct pattern_span){ 0, 0 };
	}
	return true;
}

bool pattern_is_sound(const char *source)
{
	int error = 0;
	pcre2_code *code = compile_search(source, &error);

	pcre2_code_free(code);
	return code != NULL;
}
