/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * One log, once from its beginning to its end, in a window: what was read already (history), what is searched now, and
 * what lies ahead. History and what lies ahead have 4 KiB, so that what is found never depends on where windows end. A
 * window ends with a line; a line that does not fit into one is searched in parts.
 */
#include "pipeline/diagnose_private.h"

#include "os/platform.h"

enum { OVERLAP = 4096, WINDOW = 65536 + OVERLAP, HITS_OF_LINE = 256, LONG_LINE = 2 * OVERLAP };

struct reader {
	const struct catalog *catalog;
	const struct log_shape *shape;
	struct judge *judge;
	struct logtext *text;
	char window[WINDOW];
	size_t done, end;               /* searched up to; read up to */
	uint64_t base;                  /* the window's place in the log */
	bool ended, inside;             /* nothing more comes; the window begins inside of a long line */
	uint64_t long_key, long_number; /* of that line */
	size_t scanned;                 /* where the words of literals_scan are counted from */
	size_t counted;                 /* line feeds before it are in LINES */
	uint64_t lines, last;           /* line feeds; the last line with text */
	/* The line with something in it. */
	size_t from, until;
	bool open;
	size_t hits[HITS_OF_LINE], hit_count;
	uint64_t *seen, serial;         /* [wanted]: the last line that it was met in */
};

/* ---- lines ---- */

static size_t back_to(const struct reader *reader, size_t at, char c, size_t least)
{
	while (at > least && reader->window[at - 1] != c)
		at--;
	return at;
}

static size_t on_to(const struct reader *reader, size_t at, char c, size_t most)
{
	const char *found = memchr(reader->window + at, c, most - at);

	return found ? (size_t)(found - reader->window) : most;
}

/* Line feeds up to AT, in blocks that a compiler can do many at a time. */
static void count_lines(struct reader *reader, size_t at)
{
	while (reader->counted < at) {
		size_t most = at - reader->counted < 255 ? at - reader->counted : 255;
		const char *from = reader->window + reader->counted;
		unsigned char count = 0;

		for (size_t i = 0; i < most; i++)
			count = (unsigned char)(count + (from[i] == '\n'));
		reader->lines += count;
		reader->counted += most;
	}
}

/* Where RECORD ends for the last time in FROM to UNTIL (behind it), or FROM. */
static size_t last_record_end(const struct reader *reader, const char *record, size_t from, size_t until)
{
	size_t length = strlen(record);

	for (size_t at = until; at >= from + length; at--) {
		if (memcmp(reader->window + at - length, record, length) == 0)
			return at;
	}
	return from;
}

static size_t first_record_end(const struct reader *reader, const char *record, size_t from, size_t until)
{
	size_t length = strlen(record);

	for (size_t at = from; at + length <= until; at++) {
		if (memcmp(reader->window + at, record, length) == 0)
			return at + length;
	}
	return until;
}

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

static void open_line(struct reader *reader, size_t at)
{
	const char *record = reader->shape ? reader->shape->record : NULL;
	size_t before = at > OVERLAP ? at - OVERLAP : 0, behind = least(at + OVERLAP, reader->end);

	if (record) {
		reader->from = last_record_end(reader, record, before, at);
		reader->until = first_record_end(reader, record, at, behind);
	} else {
		reader->from = back_to(reader, at, '\n', 0);
		reader->until = on_to(reader, at, '\n', reader->end);
	}
	reader->open = true;
	reader->hit_count = 0;
	reader->serial++;
}

static struct met met_line(struct reader *reader)
{
	size_t from = reader->from, until = reader->until;
	bool record = reader->shape && reader->shape->record;
	bool part = !record && reader->inside && !memchr(reader->window, '\n', from);
	struct met met = {
		.key = part ? reader->long_key : reader->base + from,
		.line = reader->window + from,
		.length = until - from,
		.alone = part || until - from > LONG_LINE,
		.around_from = reader->window + (from > OVERLAP ? from - OVERLAP : 0),
		.around_until = reader->window + least(until + OVERLAP, reader->end),
	};

	if (met.length && met.line[met.length - 1] == '\r')
		met.length--;
	count_lines(reader, from > reader->counted ? from : reader->counted);
	met.number = part ? reader->long_number : reader->lines + 1;
	/* A record may have begun before what is counted, and with the end of the line before it. */
	for (size_t i = from; record && i < reader->counted; i++)
		met.number -= reader->window[i] == '\n';
	for (size_t i = 0; record && i < met.length && strchr(" \t\r\n", met.line[i]); i++)
		met.number += met.line[i] == '\n';
	return met;
}

static int by_number(const void *a, const void *b)
{
	size_t first = *(const size_t *)a, second = *(const size_t *)b;

	return (first > second) - (first < second);
}

/* Whether what the sign's block needs stands near, on the same line too. */
static bool has_neighbour(const struct reader *reader, const struct met *met, size_t sign,
			  struct pattern_span spans[PATTERN_GROUPS])
{
	const char *from = met->line, *until = met->line + met->length;

	for (unsigned i = 0; i < reader->catalog->signs[sign]->within; i++) {
		while (from > met->around_from && *--from != '\n')
			;
		while (from > met->around_from && from[-1] != '\n')
			from--;
		while (until < met->around_until && *until != '\n')
			until++;
		until += until < met->around_until;
		while (until < met->around_until && *until != '\n')
			until++;
	}
	return catalog_with(reader->catalog, sign, from, (size_t)(until - from), spans);
}

/* The line is complete: what was met in it, noise first, which keeps signs away. */
static void close_line(struct reader *reader)
{
	const struct catalog *catalog = reader->catalog;
	struct met met;
	bool noise = false;

	reader->open = false;
	if (!reader->hit_count)
		return;
	met = met_line(reader);
	qsort(reader->hits, reader->hit_count, sizeof(*reader->hits), by_number);
	for (size_t i = 0; i < reader->hit_count; i++) {
		const struct wanted *wanted = &catalog->wanted[reader->hits[i]];
		struct pattern_span spans[PATTERN_GROUPS], near[PATTERN_GROUPS];

		if (noise && wanted->of == WANTED_SIGN)
			break;
		if (!catalog_matches(catalog, reader->hits[i], met.line, met.length, spans))
			continue;
		if (wanted->of == WANTED_NOISE)
			noise = true;
		else if (wanted->of == WANTED_MARK)
			judge_mark(reader->judge, &met, wanted->row, spans);
		else if (wanted->of == WANTED_LACKS)
			judge_lacks(reader->judge, &met, wanted->row);
		else if (!catalog->signs[wanted->row]->with || has_neighbour(reader, &met, wanted->row, near))
			judge_sign(reader->judge, &met, wanted->row, spans);
	}
}

static void take_hit(void *data, size_t word, size_t end)
{
	struct reader *reader = data;
	const struct wanted *wanted = &reader->catalog->wanted[word];
	size_t last = reader->scanned + end - 1;

	/* The part of a long line that was searched already. */
	if (last < reader->done || (reader->shape && !(wanted->logs & reader->shape->texts)))
		return;
	if (reader->open && last >= reader->until)
		close_line(reader);
	if (!reader->open)
		open_line(reader, last);
	if (reader->seen[word] == reader->serial || reader->hit_count == HITS_OF_LINE)
		return;
	reader->seen[word] = reader->serial;
	reader->hits[reader->hit_count++] = word;
}

/* ---- windows ---- */

/* The window's history goes on; what is free is filled. */
static void advance(struct reader *reader)
{
	size_t cut = reader->done > OVERLAP ? reader->done - OVERLAP : 0;

	memmove(reader->window, reader->window + cut, reader->end - cut);
	reader->base += cut;
	reader->done -= cut;
	reader->counted -= cut;
	reader->end -= cut;
	while (!reader->ended && WINDOW - reader->end >= 64) {
		size_t got = logtext_fill(reader->text, reader->window + reader->end, WINDOW - reader->end);

		reader->end += got;
		reader->ended = got == 0;
	}
}

/* The last line with text before LIMIT, for what has to be the last. */
static void note_last(struct reader *reader, size_t limit)
{
	size_t at = limit;

	while (at > reader->done && strchr(" \t\r\n", reader->window[at - 1]))
		at--;
	if (at == reader->done)
		return;
	reader->last = reader->lines + 1;
	for (size_t i = at; i < limit; i++)
		reader->last -= reader->window[i] == '\n';
}

static void search(struct reader *reader)
{
	size_t reach = reader->ended ? reader->end : reader->end - OVERLAP;
	size_t limit = reader->ended ? reach : back_to(reader, reach, '\n', reader->done);
	bool whole = reader->ended || limit > reader->done;

	if (!whole)
		limit = reach;
	/* In the parts of a long line a word may lie across their border. */
	reader->scanned =
		reader->inside && reader->done > LITERAL_LONGEST ? reader->done - LITERAL_LONGEST : reader->done;
	literals_scan(reader->catalog->literals, reader->window + reader->scanned, limit - reader->scanned, take_hit,
		      reader);
	if (reader->open)
		close_line(reader);
	count_lines(reader, limit);
	note_last(reader, limit);
	if (!whole && !reader->inside) {
		reader->long_key = reader->base + reader->done;
		reader->long_number = reader->lines + 1;
	}
	reader->inside = !whole;
	reader->done = limit;
}

const char *path_name(const char *path)
{
	const char *name = path;

	for (; *path; path++) {
		if ((*path == '/' || *path == '\\') && path[1])
			name = path + 1;
	}
	return name;
}

void read_log_bytes(const struct catalog *catalog, const struct plan *plan, logtext_read_fn *read, void *data,
		    struct log_result *result, struct arena *arena)
{
	struct reader *reader = xcalloc(1, sizeof(*reader));

	reader->catalog = catalog;
	reader->seen = xcalloc(catalog->wanted_count + 1, sizeof(*reader->seen));
	reader->judge = judge_new(catalog);
	reader->text = logtext_new(read, data);
	advance(reader);
	reader->shape = catalog_shape(catalog, path_name(result->path), reader->window, reader->end);
	do {
		search(reader);
		advance(reader);
	} while (reader->done < reader->end || !reader->ended);
	if (logtext_failed(reader->text))
		result->why = "it could not be read to its end";
	result->shape = reader->shape;
	result->encoding = logtext_encoding(reader->text);
	result->bytes = logtext_bytes(reader->text);
	result->lines = reader->lines + (reader->end && reader->window[reader->end - 1] != '\n');
	judge_finish(reader->judge, reader->last, plan, result, arena);
	judge_free(reader->judge);
	logtext_free(reader->text);
	free(reader->seen);
	free(reader);
}

struct stream {
	int number;
	const char *why;
};

static ptrdiff_t read_stream(void *data, char *bytes, size_t room)
{
	struct stream *stream = data;

	return platform_stream_read(stream->number, bytes, room, &stream->why);
}

void read_log(const struct catalog *catalog, const struct plan *plan, struct log_result *result, struct arena *arena)
{
	struct stream stream = { .why = "" };
	struct file_identity identity = { .exists = false };

	stream.number = platform_stream_open(result->path, &identity, &stream.why);
	if (stream.number < 0) {
		result->why = arena_strdup(arena, stream.why);
		return;
	}
	result->modified_ns = identity.modified_ns;
	read_log_bytes(catalog, plan, read_stream, &stream, result, arena);
	if (result->why)
		result->why = arena_strdup(arena, stream.why);
	platform_stream_close(stream.number);
}
