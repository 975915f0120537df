/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Decoding of logs. Eight bytes a step where they are plain ASCII, which logs nearly always are.
 */
#include "core/logtext.h"

#include "core/text.h"

enum { RAW_SIZE = 65536, LONGEST_CHARACTER = 4, GUESS_SIZE = 4096 };

struct logtext {
	logtext_read_fn *read;
	void *data;
	char raw[RAW_SIZE];
	size_t from, until;             /* what is in RAW and not decoded yet */
	uint64_t bytes;
	enum log_encoding encoding;
	bool begun, ended, failed;
};

/* Bytes 80 to 9F of code page 1252; those that it does not have stand for themselves. */
static const uint16_t western[32] = {
	0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008D,
	0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A,
	0x0153, 0x009D, 0x017E, 0x0178,
};

const char *log_encoding_name(enum log_encoding encoding)
{
	static const char *const names[] = {
		[ENCODING_UTF8] = "UTF-8",
		[ENCODING_UTF16_LE] = "UTF-16",
		[ENCODING_UTF16_BE] = "UTF-16 (big-endian)",
		[ENCODING_CODE_PAGE] = "code page 1252",
	};

	return names[encoding];
}

struct logtext *logtext_new(logtext_read_fn *read, void *data)
{
	struct logtext *text = xcalloc(1, sizeof(*text));

	text->read = read;
	text->data = data;
	return text;
}

void logtext_free(struct logtext *text)
{
	free(text);
}

enum log_encoding logtext_encoding(const struct logtext *text)
{
	return text->encoding;
}

bool logtext_failed(const struct logtext *text)
{
	return text->failed;
}

uint64_t logtext_bytes(const struct logtext *text)
{
	return text->bytes;
}

static void refill(struct logtext *text)
{
	size_t left = text->until - text->from;
	ptrdiff_t got;

	if (left)
		memmove(text->raw, text->raw + text->from, left);
	text->from = 0;
	text->until = left;
	if (text->ended)
		return;
	got = text->read(text->data, text->raw + left, RAW_SIZE - left);
	text->failed = got < 0;
	text->ended = got < (ptrdiff_t)(RAW_SIZE - left);
	if (got > 0) {
		text->until += (size_t)got;
		text->bytes += (uint64_t)got;
	}
}

/* Without a mark: text in UTF-16 has a zero byte in most of its characters, always on the same side. */
static void begin(struct logtext *text)
{
	const unsigned char *raw = (const unsigned char *)text->raw;
	size_t zeros[2] = { 0, 0 }, count;

	text->begun = true;
	refill(text);
	count = text->until < GUESS_SIZE ? text->until : GUESS_SIZE;
	if (count >= 3 && memcmp(raw, "\xEF\xBB\xBF", 3) == 0) {
		text->from = 3;
	} else if (count >= 2 && memcmp(raw, "\xFF\xFE", 2) == 0) {
		text->encoding = ENCODING_UTF16_LE;
		text->from = 2;
	} else if (count >= 2 && memcmp(raw, "\xFE\xFF", 2) == 0) {
		text->encoding = ENCODING_UTF16_BE;
		text->from = 2;
	} else if (count >= 8) {
		for (size_t i = 0; i < count; i++)
			zeros[i % 2] += raw[i] == 0;
		if (zeros[1] > count / 4 && zeros[0] <= count / 50)
			text->encoding = ENCODING_UTF16_LE;
		else if (zeros[0] > count / 4 && zeros[1] <= count / 50)
			text->encoding = ENCODING_UTF16_BE;
	}
}

static size_t put_code(char *out, uint32_t code)
{
	if (code == 0 || code == TEXT_BAD)
		code = 0xFFFD;
	if (code < 0x80) {
		out[0] = (char)code;
		return 1;
	}
	if (code < 0x800) {
		out[0] = (char)(0xC0 | code >> 6);
		out[1] = (char)(0x80 | (code & 0x3F));
		return 2;
	}
	if (code < 0x10000) {
		out[0] = (char)(0xE0 | code >> 12);
		out[1] = (char)(0x80 | (code >> 6 & 0x3F));
		out[2] = (char)(0x80 | (code & 0x3F));
		return 3;
	}
	out[0] = (char)(0xF0 | code >> 18);
	out[1] = (char)(0x80 | (code >> 12 & 0x3F));
	out[2] = (char)(0x80 | (code >> 6 & 0x3F));
	out[3] = (char)(0x80 | (code & 0x3F));
	return 4;
}

/* ---- bytes ---- */

/* Takes plain ASCII as it stands, eight bytes at a time. Returns how many. */
static size_t copy_ascii(char *out, const char *in, size_t count)
{
	const uint64_t ones = 0x0101010101010101u, highs = 0x8080808080808080u;
	size_t done = 0;
	uint64_t word;

	for (; done + sizeof(word) <= count; done += sizeof(word)) {
		memcpy(&word, in + done, sizeof(word));
		if ((word | (word - ones)) & highs)
			break;
		memcpy(out + done, &word, sizeof(word));
	}
	return done;
}

static size_t decode_bytes(struct logtext *text, char *out, size_t room)
{
	size_t done = 0;

	while (room - done >= LONGEST_CHARACTER && text->from < text->until) {
		const char *at = text->raw + text->from, *end = text->raw + text->until;
		size_t left = (size_t)(end - at);
		size_t plain = copy_ascii(out + done, at, left < room - done ? left : room - done);

		if (plain) {
			text->from += plain;
			done += plain;
			continue;
		}
		/* What the next reading may complete waits for it. */
		if (left < LONGEST_CHARACTER && !text->ended)
			break;
		unsigned char first = (unsigned char)*at;
		uint32_t code = text_next(&at, end);
		if (code == TEXT_BAD) {
			text->encoding = ENCODING_CODE_PAGE;
			code = first < 0xA0 ? western[first - 0x80] : first;
		}
		done += put_code(out + done, code);
		text->from = (size_t)(at - text->raw);
	}
	return done;
}

/* ---- UTF-16 ---- */

static uint32_t unit_at(const struct logtext *text, size_t offset)
{
	const unsigned char *at = (const unsigned char *)text->raw + offset;

	return text->encoding == ENCODING_UTF16_LE ? at[0] | (uint32_t)at[1] << 8 : at[1] | (uint32_t)at[0] << 8;
}

/* Four plain characters at a time. Returns the number of characters. */
static size_t narrow_ascii(struct logtext *text, char *out, size_t room)
{
	const char *in = text->raw + text->from;
	size_t units = (text->until - text->from) / 2, done = 0;

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	const uint64_t ones = 0x0001000100010001u, others = 0xFF80FF80FF80FF80u, low = 0x00FF00FF00FF00FFu;
	bool swapped = text->encoding == ENCODING_UTF16_BE;
	uint64_t word;
	uint32_t narrow;

	if (units > room)
		units = room;
	for (; done + 4 <= units; done += 4) {
		memcpy(&word, in + 2 * done, sizeof(word));
		if (swapped)
			word = (word & low) << 8 | (word >> 8 & low);
		if ((word | (word - ones)) & others)
			break;
		word |= word >> 8;
		narrow = (uint32_t)(word & 0xFFFF) | (uint32_t)(word >> 16 & 0xFFFF0000);
		memcpy(out + done, &narrow, sizeof(narrow));
	}
#else
	(void)in, (void)units, (void)out, (void)room;
#endif
	text->from += 2 * done;
	return done;
}

static size_t decode_utf16(struct logtext *text, char *out, size_t room)
{
	size_t done = 0;

	while (room - done >= LONGEST_CHARACTER && text->from < text->until) {
		size_t plain = narrow_ascii(text, out + done, room - done), left;
		uint32_t code, second;

		done += plain;
		left = text->until - text->from;
		if (room - done < LONGEST_CHARACTER || left == 0)
			break;
		if (left < LONGEST_CHARACTER && !text->ended)
			break;
		code = left >= 2 ? unit_at(text, text->from) : TEXT_BAD;
		text->from += left >= 2 ? 2 : left;
		if (left >= 4 && code >= 0xD800 && code <= 0xDBFF) {
			second = unit_at(text, text->from);
			if (second >= 0xDC00 && second <= 0xDFFF) {
				code = 0x10000 + ((code - 0xD800) << 10) + (second - 0xDC00);
				text->from += 2;
			}
		}
		done += put_code(out + done, code >= 0xD800 && code <= 0xDFFF ? TEXT_BAD : code);
	}
	return done;
}

size_t logtext_fill(struct logtext *text, char *out, size_t room)
{
	size_t done = 0;

	if (!text->begun)
		begin(text);
	while (room - done >= 2 * LONGEST_CHARACTER) {
		if (text->until - text->from < LONGEST_CHARACTER)
			refill(text);
		if (text->from == text->until)
			break;
		if (text->encoding == ENCODING_UTF16_LE || text->encoding == ENCODING_UTF16_BE)
			done += decode_utf16(text, out + done, room - done);
		else
			done += decode_bytes(text, out + done, room - done);
	}
	return done;
}
