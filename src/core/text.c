/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * UTF-8 text and the filter between foreign text and a terminal. Widths are in text_width.c.
 */
#include "core/text.h"

/* The length of the valid sequence at AT, with its code point in *CODE, or 0. */
static size_t sequence(const unsigned char *at, size_t left, uint32_t *code)
{
	static const uint32_t smallest[] = { 0, 0, 0x80, 0x800, 0x10000 };
	size_t length, i;
	uint32_t value;

	if (at[0] < 0xC2 || at[0] > 0xF4)
		return 0;
	length = at[0] < 0xE0 ? 2 : at[0] < 0xF0 ? 3 : 4;
	if (length > left)
		return 0;
	value = at[0] & (0xFFu >> (length + 1));
	for (i = 1; i < length; i++) {
		if ((at[i] & 0xC0) != 0x80)
			return 0;
		value = value << 6 | (at[i] & 0x3Fu);
	}
	if (value < smallest[length] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF))
		return 0;
	*code = value;
	return length;
}

uint32_t text_next(const char **at, const char *end)
{
	unsigned char first = (unsigned char)**at;
	uint32_t code = first;
	size_t length = 1;

	if (first >= 0x80) {
		length = sequence((const unsigned char *)*at, (size_t)(end - *at), &code);
		if (length == 0) {
			length = 1;
			code = TEXT_BAD;
		}
	}
	*at += length;
	return code;
}

bool text_is_utf8(const char *text, size_t length)
{
	const char *at = text, *end = text + length;

	while (at < end) {
		if (end - at >= 8 && text_is_plain_word(at))
			at += 8;
		else if (text_next(&at, end) == TEXT_BAD)
			return false;
	}
	return true;
}

size_t text_utf16_length(const char *text)
{
	const char *at = text, *end = text + strlen(text);
	size_t units = 0;
	uint32_t code;

	while (at < end) {
		code = text_next(&at, end);
		units += code >= 0x10000 && code != TEXT_BAD ? 2 : 1;
	}
	return units;
}

bool text_in_ranges(uint32_t code, const struct text_range *ranges, size_t count)
{
	size_t low = 0, high = count, middle;

	while (low < high) {
		middle = (low + high) / 2;
		if (code > ranges[middle].last)
			low = middle + 1;
		else
			high = middle;
	}
	return low < count && code >= ranges[low].first;
}

bool text_is_unsafe(uint32_t code)
{
	/* In order. */
	static const struct text_range ranges[] = {
		{0x0000, 0x001F},     /* C0 */
		{0x007F, 0x009F},     /* DEL and C1 */
		{0x00AD, 0x00AD},     /* soft hyphen */
		{0x034F, 0x034F},     /* combining grapheme joiner */
		{0x061C, 0x061C},     /* Arabic letter mark */
		{0x115F, 0x1160},     /* Hangul fillers */
		{0x17B4, 0x17B5},     /* Khmer inherent vowels */
		{0x180B, 0x180F},     /* Mongolian selectors and vowel separator */
		{0x200B, 0x200F},     /* zero width, direction marks */
		{0x2028, 0x202E},     /* line and paragraph separator, direction embeddings and overrides */
		{0x2060, 0x206F},     /* joiners, direction isolates, deprecated formats */
		{0x2800, 0x2800},     /* Braille pattern without dots */
		{0x3164, 0x3164},     /* Hangul filler */
		{0xD800, 0xF8FF},     /* surrogates, private use */
		{0xFDD0, 0xFDEF},     /* noncharacters */
		{0xFE00, 0xFE0F},     /* variation selectors */
		{0xFEFF, 0xFEFF},     /* byte order mark */
		{0xFFA0, 0xFFA0},     /* halfwidth Hangul filler */
		{0xFFF0, 0xFFFB},     /* specials */
		{0x13430, 0x1345F},   /* Egyptian formats and modifiers */
		{0x1BCA0, 0x1BCA3},   /* shorthand formats */
		{0x1D173, 0x1D17A},   /* musical formats */
		{0xE0000, 0xE0FFF},   /* tags, variation selectors */
		{0xF0000, 0xFFFFFFFF} /* private use, and beyond Unicode */
	};

	/* The last two of each plane too. */
	return (code & 0xFFFE) == 0xFFFE || text_in_ranges(code, ranges, ARRAY_LEN(ranges));
}

uint32_t text_find_unsafe(const char *text, size_t length, size_t *offset)
{
	const char *at = text, *end = text + length, *start;
	uint32_t code;

	while (at < end) {
		if (end - at >= 8 && text_is_plain_word(at)) {
			at += 8;
			continue;
		}
		if (*at >= 0x20 && *at < 0x7F) {
			at++;
			continue;
		}
		start = at;
		code = text_next(&at, end);
		if (text_is_unsafe(code)) {
			*offset = (size_t)(start - text);
			return code ? code : TEXT_BAD;
		}
	}
	return 0;
}

const char *text_find_odd_blank(const char *at, const char *end, uint32_t *code)
{
	static const struct text_range odd[] = {
		{ 0xA0, 0xA0 },     { 0x1680, 0x1680 }, { 0x2000, 0x200A },
		{ 0x202F, 0x202F }, { 0x205F, 0x205F }, { 0x3000, 0x3000 },
	};

	while (at < end) {
		const char *start = at;

		if (!(*at & 0x80)) { /* none of them is a letter of one byte */
			at++;
			continue;
		}
		*code = text_next(&at, end);
		if (*code != TEXT_BAD && text_in_ranges(*code, odd, ARRAY_LEN(odd)))
			return start;
	}
	return NULL;
}

void text_visible(struct strbuf *out, const char *text)
{
	text_visible_part(out, text, strlen(text));
}

void text_visible_part(struct strbuf *out, const char *text, size_t length)
{
	const char *end = text + length, *at;
	size_t plain;
	uint32_t code;

	while (text_find_unsafe(text, (size_t)(end - text), &plain) != 0) {
		strbuf_add(out, text, plain);
		at = text += plain;
		code = text_next(&at, end);
		if (code == TEXT_BAD)
			strbuf_printf(out, "\\x{%02X}", (unsigned)(unsigned char)*text);
		else
			strbuf_printf(out, "\\u{%04X}", (unsigned)code);
		text = at;
	}
	strbuf_add(out, text, (size_t)(end - text));
}

static unsigned char folded(char c)
{
	return (unsigned char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

int text_compare_fold(const char *a, const char *b)
{
	while (*a && folded(*a) == folded(*b)) {
		a++;
		b++;
	}
	return (int)folded(*a) - (int)folded(*b);
}

bool text_equal_fold(const char *a, const char *b)
{
	return text_compare_fold(a, b) == 0;
}

bool text_contains_fold(const char *haystack, const char *needle)
{
	unsigned char first = folded(needle[0]);
	char small = (char)first, large = (char)(first >= 'a' && first <= 'z' ? first - 'a' + 'A' : first);

	for (size_t i; *haystack; haystack++) {
		if (*haystack != small && *haystack != large)
			continue;
		for (i = 1; needle[i] && folded(haystack[i]) == folded(needle[i]); i++)
			;
		if (!needle[i])
			return true;
	}
	return !first;
}

enum { LONGEST_WORD = 64 };

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Edit distance with swapped neighbours as one edit. A and B are at most LONGEST_WORD bytes long. */
static size_t distance(const char *a, size_t a_length, const char *b, size_t b_length)
{
	size_t rows[3][LONGEST_WORD + 1], *before = rows[0], *above = rows[1], *row = rows[2], *spare;
	size_t i, j;

	for (j = 0; j <= b_length; j++)
		above[j] = before[j] = j;
	for (i = 1; i <= a_length; i++) {
		row[0] = i;
		for (j = 1; j <= b_length; j++) {
			row[j] = above[j - 1] + (folded(a[i - 1]) != folded(b[j - 1]));
			row[j] = least(row[j], least(above[j], row[j - 1]) + 1);
			if (i > 1 && j > 1 && folded(a[i - 1]) == folded(b[j - 2]) &&
			    folded(a[i - 2]) == folded(b[j - 1]))
				row[j] = least(row[j], before[j - 2] + 1);
		}
		spare = before;
		before = above;
		above = row;
		row = spare;
	}
	return above[b_length];
}

const char *text_nearest(const char *word, const char *const *candidates)
{
	size_t length = strlen(word), best_distance = 3, candidate_length, edits;
	const char *best = NULL;

	if (length > LONGEST_WORD)
		return NULL;
	for (; *candidates; candidates++) {
		candidate_length = strlen(*candidates);
		if (candidate_length > LONGEST_WORD || candidate_length > length + 2 || length > candidate_length + 2)
			continue;
		edits = distance(word, length, *candidates, candidate_length);
		if (edits < best_distance && edits * 2 < length) {
			best_distance = edits;
			best = *candidates;
		}
	}
	return best;
}
