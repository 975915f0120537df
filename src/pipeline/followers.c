/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * One finding a mistake: what merely follows from another one is not said.
 */
#include "pipeline/validate.h"

/* What FOLLOWER is about may be wrong only because of a finding with CODE (NULL: any error) ... */
struct consequence {
	const char *follower, *code;
	enum { SAME_PATH, BELOW_PATH, ANY_PATH } where; /* ... about the same key, it or something in it, or any */
};

static const struct consequence consequences[] = {
	{ "missing", NULL, BELOW_PATH },
	{ "license-not-accepted", NULL, SAME_PATH },
	{ "no-management-server", "choice-unknown", ANY_PATH },
	{ "no-management-server", "unknown-key", ANY_PATH },
	{ "no-runbook-worker", "choice-unknown", ANY_PATH },
	{ "no-runbook-worker", "unknown-key", ANY_PATH },
	{ "acs-alone", "choice-unknown", ANY_PATH },
	{ "path-unc", "unc-media", ANY_PATH },
};

/* Whether KEY is a part of the dotted PATH. */
static bool has_part(const char *path, const char *key)
{
	size_t length = strlen(key);

	for (const char *at = path; length && (at = strstr(at, key)); at++)
		if ((at == path || at[-1] == '.') && (!at[length] || at[length] == '.'))
			return true;
	return false;
}

static bool is_about(const struct diag *cause, const struct diag *follower, const struct consequence *row)
{
	size_t length = strlen(follower->path);

	if (row->where == ANY_PATH || str_eq(cause->path, follower->path))
		return true;
	if (row->where == SAME_PATH)
		return false;
	return (length && strncmp(cause->path, follower->path, length) == 0 && strchr(".[", cause->path[length])) ||
	       (str_eq(cause->code, "unknown-key") && has_part(follower->path, cause->path));
}

static bool follows(const struct diag *follower, const struct diag *cause)
{
	for (size_t i = 0; i < ARRAY_LEN(consequences); i++) {
		const struct consequence *row = &consequences[i];

		if (!str_eq(row->follower, follower->code) || str_eq(cause->code, follower->code))
			continue;
		if ((row->code ? str_eq(row->code, cause->code) : cause->severity == SEV_ERROR) &&
		    is_about(cause, follower, row))
			return true;
	}
	return false;
}

static bool is_same(const struct diag *a, const struct diag *b)
{
	return a->at.line == b->at.line && a->at.column == b->at.column && a->at.file == b->at.file &&
	       str_eq(a->code, b->code) && str_eq(a->path, b->path) && str_eq(a->text, b->text);
}

static bool may_follow(const char *code)
{
	for (size_t i = 0; i < ARRAY_LEN(consequences); i++)
		if (str_eq(consequences[i].follower, code))
			return true;
	return false;
}

static bool stands_for_itself(const struct diags *diags, size_t index, const void *data)
{
	const struct diag *diag = &diags->items[index];

	(void)data;
	if (index && is_same(&diags->items[index - 1], diag))
		return false;
	for (size_t i = 0; may_follow(diag->code) && i < diags->count; i++)
		if (i != index && follows(diag, &diags->items[i]))
			return false;
	return true;
}

void findings_drop_followers(struct diags *diags)
{
	diags_filter(diags, stands_for_itself, NULL);
}
