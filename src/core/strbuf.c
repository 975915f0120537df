/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Growing text for building.
 */
#include "core/strbuf.h"

#include "os/memory.h"

enum { FIRST_ROOM = 64 };

const char *strbuf_text(const struct strbuf *buf)
{
	return buf->data ? buf->data : "";
}

void strbuf_clear(struct strbuf *buf)
{
	if (buf->data)
		memory_wipe(buf->data, buf->room);
	xfree_large(buf->data, buf->room);
	*buf = (struct strbuf)STRBUF_INIT;
}

void strbuf_reset(struct strbuf *buf)
{
	strbuf_truncate(buf, 0);
}

void strbuf_truncate(struct strbuf *buf, size_t length)
{
	if (length > buf->length)
		bug("cannot truncate %zu bytes to %zu", buf->length, length);
	buf->length = length;
	if (buf->data)
		buf->data[length] = '\0';
}

/* Not realloc, which would leave the old bytes behind in freed memory. */
static void grow(struct strbuf *buf, size_t wanted)
{
	size_t room = buf->room > SIZE_MAX / 2 ? SIZE_MAX : buf->room * 2;
	char *data;

	/* What is asked for at once, as a file is, gets no more than that: all of the room is wiped in the end. */
	if (room < wanted)
		room = wanted > FIRST_ROOM ? xlarge_size(wanted) : FIRST_ROOM;
	data = xlarge(room);
	if (buf->data) {
		memcpy(data, buf->data, buf->length);
		memory_wipe(buf->data, buf->room);
		xfree_large(buf->data, buf->room);
	}
	data[buf->length] = '\0';
	buf->data = data;
	buf->room = room;
}

char *strbuf_reserve(struct strbuf *buf, size_t count)
{
	if (count > SIZE_MAX - 1 - buf->length)
		die("out of memory (%zu bytes wanted)", count);
	if (buf->length + count + 1 > buf->room)
		grow(buf, buf->length + count + 1);
	return buf->data + buf->length;
}

void strbuf_add(struct strbuf *buf, const char *bytes, size_t count)
{
	char *end = buf->data && count < buf->room - buf->length ? buf->data + buf->length : strbuf_reserve(buf, count);

	if (count)
		memcpy(end, bytes, count);
	end[count] = '\0';
	buf->length += count;
}

void strbuf_fill(struct strbuf *buf, char c, size_t count)
{
	char *end = strbuf_reserve(buf, count);

	memset(end, c, count);
	end[count] = '\0';
	buf->length += count;
}

void strbuf_put_code(struct strbuf *buf, uint32_t code)
{
	char bytes[4];
	size_t count = 0;

	if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
		bug("U+%04X is no character", (unsigned)code);
	if (code < 0x80) {
		bytes[count++] = (char)code;
	} else if (code < 0x800) {
		bytes[count++] = (char)(0xC0 | code >> 6);
	} else if (code < 0x10000) {
		bytes[count++] = (char)(0xE0 | code >> 12);
		bytes[count++] = (char)(0x80 | (code >> 6 & 0x3F));
	} else {
		bytes[count++] = (char)(0xF0 | code >> 18);
		bytes[count++] = (char)(0x80 | (code >> 12 & 0x3F));
		bytes[count++] = (char)(0x80 | (code >> 6 & 0x3F));
	}
	if (code >= 0x80)
		bytes[count++] = (char)(0x80 | (code & 0x3F));
	strbuf_add(buf, bytes, count);
}

void strbuf_put_number(struct strbuf *buf, size_t number)
{
	char digits[3 * sizeof(number)]; /* a byte has less than three */
	size_t at = sizeof(digits);

	do {
		digits[--at] = (char)('0' + number % 10);
		number /= 10;
	} while (number);
	strbuf_add(buf, digits + at, sizeof(digits) - at);
}

void strbuf_printf(struct strbuf *buf, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	strbuf_vprintf(buf, format, args);
	va_end(args);
}

void strbuf_vprintf(struct strbuf *buf, const char *format, va_list args)
{
	va_list again;
	size_t left;
	int length;

	va_copy(again, args);
	strbuf_reserve(buf, FIRST_ROOM);
	left = buf->room - buf->length;
	length = vsnprintf(buf->data + buf->length, left, format, args);
	if (length < 0)
		bug("cannot format \"%s\"", format);
	if ((size_t)length >= left) {
		buf->data[buf->length] = '\0';
		strbuf_reserve(buf, (size_t)length);
		vsnprintf(buf->data + buf->length, (size_t)length + 1, format, again);
	}
	va_end(again);
	buf->length += (size_t)length;
}

bool strbuf_equal(const struct strbuf *a, const struct strbuf *b)
{
	return a->length == b->length && memcmp(strbuf_text(a), strbuf_text(b), a->length) == 0;
}
