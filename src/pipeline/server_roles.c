/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Roles as they are written in lists, and as the names of computers tell of them.
 */
#include "pipeline/server_list.h"

#include "core/text.h"

enum { LONGEST_WORD = 64, MOST_ROLES = 32 };

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_between(char c)
{
	return c == ' ' || c == '\t' || c == ',' || c == ';' || c == '/' || c == '|' || c == '+' || c == '&';
}

/* The length of WORD where TEXT starts with it, as a whole word; else 0. */
static size_t starts_with(const char *text, const char *word)
{
	size_t length = word ? strlen(word) : 0;
	char head[LONGEST_WORD];

	if (!length || length >= sizeof(head) || strnlen(text, length) < length ||
	    (text[length] && !is_between(text[length])))
		return 0;
	memcpy(head, text, length);
	head[length] = '\0';
	return text_equal_fold(head, word) ? length : 0;
}

/* The longest name of a role that TEXT starts with; its length, or 0. */
static size_t find_role(const struct flow *flow, const char *text, unsigned *role)
{
	size_t longest = 0;

	for (unsigned i = 0; flow->roles[i].id; i++) {
		const char *const names[] = { flow->roles[i].id, flow->roles[i].label, flow->roles[i].brief };

		for (size_t k = 0; k < ARRAY_LEN(names); k++) {
			size_t length = starts_with(text, names[k]);

			if (length > longest) {
				longest = length;
				*role = 1u << i;
			}
		}
	}
	return longest;
}

bool roles_parse(const struct flow *flow, const char *text, unsigned *bits)
{
	unsigned found = 0, role = 0;

	while (*text) {
		size_t length;

		if (is_between(*text)) {
			text++;
			continue;
		}
		length = find_role(flow, text, &role);
		if (!length)
			return false;
		found |= role;
		text += length;
	}
	*bits = found;
	return found != 0;
}

bool roles_nearly(const struct flow *flow, const char *text)
{
	const char *ids[MOST_ROLES + 1] = { NULL };
	size_t length = strcspn(text, " ,;/|+&\t");
	char word[LONGEST_WORD];
	unsigned role;

	if (find_role(flow, text, &role))
		return true;
	if (!length || length >= sizeof(word))
		return false;
	for (size_t i = 0; flow->roles[i].id && i < MOST_ROLES; i++)
		ids[i] = flow->roles[i].id;
	memcpy(word, text, length);
	word[length] = '\0';
	return text_nearest(word, ids) != NULL;
}

/* ---- names ---- */

static bool same_letters(const char *a, const char *b, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		if ((a[i] | 0x20) != (b[i] | 0x20))
			return false;
	}
	return true;
}

/* How well the LENGTH letters at TEXT have PART (of SIZE letters) in them: 3 they are it, 2 they end with it, 1 they
 * start with it. */
static int likeness(const char *text, size_t length, const char *part, size_t size)
{
	if (size > length)
		return 0;
	if (same_letters(text + length - size, part, size))
		return size == length ? 3 : 2;
	return same_letters(text, part, size) ? 1 : 0;
}

/* The same for all runs of letters in the first label of NAME, and all of the blank-separated PARTS. */
static int likeness_of(const char *name, const char *parts)
{
	int best = 0;

	while (*parts) {
		size_t size = strcspn(parts, " ");

		for (const char *at = name; *at && *at != '.';) {
			size_t length = 0;

			while (is_letter(at[length]))
				length++;
			if (length) {
				int like = likeness(at, length, parts, size);

				best = like > best ? like : best;
			}
			at += length ? length : 1;
		}
		parts += size;
		parts += *parts == ' ';
	}
	return best;
}

unsigned roles_suggested(const struct flow *flow, const char *name)
{
	unsigned roles = 0;
	int best = 0;

	for (const struct role_name *row = flow->role_names; row && row->roles; row++) {
		int like = likeness_of(name, row->parts);

		if (like > best) {
			best = like;
			roles = row->roles;
		}
	}
	return roles;
}

static const char *skip_digits(const char *at)
{
	while (*at >= '0' && *at <= '9')
		at++;
	return at;
}

static bool ends_label(char c)
{
	return c == '\0' || c == '.';
}

bool names_alike(const char *a, const char *b)
{
	for (;;) {
		a = skip_digits(a);
		b = skip_digits(b);
		if (ends_label(*a) || ends_label(*b))
			return ends_label(*a) && ends_label(*b);
		if (!same_letters(a, b, 1))
			return false;
		a++;
		b++;
	}
}
