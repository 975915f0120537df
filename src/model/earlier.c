/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Names of other plans in a plan.
 */
#include "model/earlier.h"

#include "core/text.h"

enum { PART_MOST = 255 };

static bool refuse(struct report *to, const char *what)
{
	if (to)
		report_error(to, "plan-name-form", "Example: sma.yaml, beside this plan or below it", "%s", what);
	return false;
}

static bool is_part(const char *text, size_t length)
{
	return length && length <= PART_MOST && !(length == 1 && *text == '.') &&
	       !(length == 2 && strncmp(text, "..", 2) == 0);
}

bool rule_plan_name(const char *text, struct report *to)
{
	size_t unsafe;

	if (text_find_unsafe(text, strlen(text), &unsafe))
		return refuse(to, "The name of a plan has no control characters.");
	/* A backslash separates on Windows, a colon follows a drive or a stream there. */
	if (strpbrk(text, "\\:*?\"<>|"))
		return refuse(to, "The name of a plan has none of the characters \\ : * ? \" < > |.");
	for (const char *part = text;;) {
		size_t length = strcspn(part, "/");

		if (!is_part(part, length))
			return refuse(to, "A plan that comes first is beside this one or in a folder below it.");
		if (!part[length])
			return true;
		part += length + 1;
	}
}
