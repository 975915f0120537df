/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What is refused: in the bytes before libyaml sees them, in libyaml's own words, and in its events.
 */
#include "core/yamlread.h"

#include "core/text.h"
#include "core/yamlguess.h"
#include "os/memory.h"

#define SINGLE_QUOTES "Write it in single quotes, as in 'D:\\Setup'."

/* ---- the bytes ---- */

static struct place place_of(const char *file, const char *bytes, size_t offset)
{
	struct place at = { file, 1, 1 };
	const char *from = bytes, *end = bytes + offset;
	uint32_t code;

	while (from < end) {
		code = text_next(&from, end);
		if (code == '\n' || (code == '\r' && (from == end || *from != '\n'))) {
			at.line++;
			at.column = 1;
		} else if (code != '\r') {
			at.column++;
		}
	}
	return at;
}

/* Whether there is an unsafe code point (or a bad byte: TEXT_BAD) in BYTES, NUL included. */
static bool find_unsafe(const char *bytes, size_t length, size_t *offset, uint32_t *code)
{
	*code = text_find_unsafe(bytes, length, offset);
	if (*code == 0)
		return false;
	if (*code == TEXT_BAD && bytes[*offset] == '\0')
		*code = 0;
	return true;
}

static bool is_two_byte_text(const unsigned char *b, size_t length)
{
	if (length >= 2 && ((b[0] == 0xFE && b[1] == 0xFF) || (b[0] == 0xFF && b[1] == 0xFE)))
		return true;
	if (length < 4)
		return false;
	return (!b[0] && b[1] && !b[2] && b[3]) || (b[0] && !b[1] && b[2] && !b[3]) ||
	       (!b[0] && !b[1] && b[2] == 0xFE && b[3] == 0xFF);
}

/* The finding about CODE, the first thing in the text that must not be there. */
static bool refuse_raw(uint32_t code, struct place at, struct diags *diags)
{
	if (code == TEXT_BAD)
		diags_add(diags, SEV_ERROR, "yaml-encoding", at, "", "Save the file as UTF-8.",
			  "This is not UTF-8 text.");
	else if (code < 0xA0)
		diags_add(diags, SEV_ERROR, "yaml-binary", at, "", "Save the file as plain text in UTF-8.",
			  "There is a control character here (U+%04X).", code);
	else
		diags_add(diags, SEV_ERROR, "yaml-character", at, "", "Remove it.",
			  "There is an invisible or misleading character here (U+%04X).", code);
	return false;
}

/* Not by text_find_unsafe(), which stops at every line feed: a plan's lines are short. CHARACTERS gets their number. */
static bool check_raw(const char *file, const char *bytes, size_t length, size_t *characters, struct diags *diags)
{
	const char *at = bytes, *end = bytes + length, *start;
	uint32_t code;

	*characters = 0;
	while (at < end) {
		if (end - at >= 8 && text_is_plain_word(at)) {
			at += 8;
			*characters += 8;
			continue;
		}
		++*characters;
		if ((*at >= 0x20 && *at < 0x7F) || *at == '\n') {
			at++;
			continue;
		}
		start = at;
		code = text_next(&at, end);
		if (code != '\n' && code != '\r' && code != '\t' && text_is_unsafe(code))
			return refuse_raw(code, place_of(file, bytes, (size_t)(start - bytes)), diags);
	}
	return true;
}

/* The text is there as a whole, and check_raw() found nothing in it that libyaml's own reader would refuse. So it takes
 * the place of the buffer that this reader fills, in pieces and byte by byte, as if all of it were read: CHARACTERS and
 * the NUL that ends them. yaml_parser_delete() frees the buffer by its start, which stays as it is. */
static void hand_over(struct yamlread *read, size_t characters)
{
	yaml_parser_t *parser = &read->parser;

	parser->buffer.pointer = (yaml_char_t *)(uintptr_t)read->bytes; /* it is read, not written */
	parser->buffer.last = parser->buffer.pointer + read->length + 1;
	parser->unread = characters + 1;
	parser->eof = 1;
}

bool yamlread_open(struct yamlread *read, const char *file, const char *bytes, size_t length, bool wipe,
		   struct diags *diags)
{
	struct place start = { file, 1, 1 };
	size_t characters;

	if (bytes[length])
		bug("no NUL ends the text of %s", file ? file : "a line");
	if (length > YAML_FILE_LIMIT) {
		diags_add(diags, SEV_ERROR, "file-too-large", (struct place){ file, 0, 0 }, "", "",
			  "The file has more than %u MiB.", YAML_FILE_LIMIT >> 20);
		return false;
	}
	if (is_two_byte_text((const unsigned char *)bytes, length)) {
		diags_add(diags, SEV_ERROR, "yaml-encoding", start, "", "Save the file as UTF-8.",
			  "The file is UTF-16 or UTF-32 text.");
		return false;
	}
	if (length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) {
		diags_add(diags, SEV_WARNING, "yaml-bom", start, "", "Save the file as UTF-8 without it.",
			  "The file starts with a byte order mark, which is skipped.");
		bytes += 3;
		length -= 3;
	}
	if (!check_raw(file, bytes, length, &characters, diags))
		return false;
	*read = (struct yamlread){ .bytes = bytes, .length = length, .file = file, .diags = diags, .wipe = wipe };
	read->tabs = memchr(bytes, '\t', length) || memchr(bytes, '\r', length);
	if (!yaml_parser_initialize(&read->parser))
		die("out of memory for reading YAML");
	yaml_parser_set_encoding(&read->parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&read->parser, (const unsigned char *)bytes, length);
	hand_over(read, characters);
	return true;
}

/* ---- closing, wiping ---- */

/* Half of a plan's events own nothing that libyaml would have to free. */
static bool owns_nothing(const yaml_event_t *event)
{
	switch ((int)event->type) {
	case YAML_MAPPING_END_EVENT:
	case YAML_SEQUENCE_END_EVENT:
		return true;
	case YAML_MAPPING_START_EVENT:
		return !event->data.mapping_start.anchor && !event->data.mapping_start.tag;
	case YAML_SEQUENCE_START_EVENT:
		return !event->data.sequence_start.anchor && !event->data.sequence_start.tag;
	default:
		return false;
	}
}

static void drop_event(struct yamlread *read)
{
	if (owns_nothing(&read->event))
		return;
	if (read->wipe && read->event.type == YAML_SCALAR_EVENT)
		memory_wipe(read->event.data.scalar.value, read->event.data.scalar.length);
	yaml_event_delete(&read->event);
}

void yamlread_close(struct yamlread *read)
{
	yaml_parser_t *parser = &read->parser;
	yaml_token_t *token;

	drop_event(read);
	if (read->wipe) {
		for (token = parser->tokens.head; token != parser->tokens.tail; token++) {
			if (token->type == YAML_SCALAR_TOKEN)
				memory_wipe(token->data.scalar.value, token->data.scalar.length);
		}
	}
	yaml_parser_delete(parser);
}

/* ---- findings ---- */

struct place yamlread_place(const struct yamlread *read, yaml_mark_t mark)
{
	return (struct place){ read->file, (unsigned)mark.line + 1, (unsigned)mark.column + 1 };
}

enum read_result yamlread_refuse(struct yamlread *read, const char *code, yaml_mark_t mark, const char *hint,
				 const char *format, ...)
{
	struct strbuf text = STRBUF_INIT;
	va_list args;

	va_start(args, format);
	strbuf_vprintf(&text, format, args);
	va_end(args);
	diags_add(read->diags, SEV_ERROR, code, yamlread_place(read, mark), "", hint, "%s", strbuf_text(&text));
	strbuf_clear(&text);
	return READ_BAD;
}

/* What libyaml's commonest complaints mean for somebody who writes a plan. */
static const struct {
	const char *problem, *text, *hint;
} meanings[] = {
	{ "found a tab character that violates indentation", "There is a tab in the indentation.",
	  "Indent with spaces." },
	{ "found character that cannot start any token", "No value can start with this character.", SINGLE_QUOTES },
	{ "found unexpected end of stream", "The quote that starts here is never closed.", "" },
	{ "found unknown escape character",
	  "A backslash in double quotes starts an escape, and this is not one.", SINGLE_QUOTES },
	{ "did not find expected hexdecimal number",
	  "A backslash in double quotes starts an escape, and this one lacks its hex digits.", SINGLE_QUOTES },
	{ "could not find expected ':'", "A \":\" is missing after a key.", "" },
	{ "mapping values are not allowed in this context", "There is a \":\" where no key can be.",
	  "Look at the indentation; a text with \": \" in it belongs in single quotes." },
	{ "did not find expected ',' or '}'", "A \",\" or \"}\" is missing before this.", "" },
	{ "did not find expected ',' or ']'", "A \",\" or \"]\" is missing before this.", "" },
	{ "did not find expected key", "A key is expected here.", "Look at the indentation and the quotes." },
	{ "did not find expected '-' indicator", "A \"-\" is expected here.", "Look at the indentation." },
	{ "did not find expected node content", "A value is missing here.", "" },
	{ "block sequence entries are not allowed in this context", "There is a \"-\" where no list can be.",
	  "Start a list on the line after its key." },
	{ "did not find expected <document start>", "Nothing can follow the end of the text.", "" },
};

/* The code for libyaml's own error. */
static const char *syntax_code(const yaml_parser_t *parser)
{
	static const struct {
		const char *part, *code;
	} codes[] = {
		{ "directive", "yaml-directive" },
		{ "incompatible YAML document", "yaml-directive" },
		{ "alias", "yaml-alias" },
		{ "anchor", "yaml-anchor" },
		{ " tag", "yaml-tag" },
	};

	for (size_t i = 0; i < ARRAY_LEN(codes); i++) {
		if (parser->context && strstr(parser->context, codes[i].part))
			return codes[i].code;
		if (strstr(parser->problem, codes[i].part))
			return codes[i].code;
	}
	return "yaml-syntax";
}

/* The code point at MARK, 0 at the end. */
static uint32_t code_at(const struct yamlread *read, yaml_mark_t mark)
{
	const char *at = read->bytes, *end = read->bytes + read->length;
	size_t left;

	for (left = mark.index; left > 0 && at < end; left--)
		(void)text_next(&at, end);
	return at < end ? text_next(&at, end) : 0;
}

/* At the end of a text without a final line feed libyaml is in a line that is not there. */
static yaml_mark_t within_text(const struct yamlread *read, yaml_mark_t mark)
{
	struct place end;

	if (code_at(read, mark) != 0)
		return mark;
	end = place_of(read->file, read->bytes, read->length);
	return (yaml_mark_t){ mark.index, end.line - 1, end.column - 1 };
}

/* The byte at MARK. */
static const char *bytes_at(const struct yamlread *read, yaml_mark_t mark)
{
	const char *at = read->bytes, *end = read->bytes + read->length;

	for (size_t left = mark.index; left > 0 && at < end; left--)
		(void)text_next(&at, end);
	return at;
}

/* The parser notices some mistakes late. True: the finding about the likely one was added. */
static bool refuse_likely(struct yamlread *read, const char *problem, yaml_mark_t mark)
{
	const char *until = bytes_at(read, mark), *end = read->bytes + read->length, *found;
	struct place at;
	uint32_t code;

	found = yaml_runaway_quote(read->bytes, until, end);
	if (found) {
		at = place_of(read->file, read->bytes, (size_t)(found - read->bytes));
		diags_add(read->diags, SEV_ERROR, "yaml-syntax", at, "", "Close it on the same line.",
			  "The quote that starts here is only closed on a later line: one is missing on this line.");
		return true;
	}
	found = yaml_odd_blank(read->bytes, until, end, &code);
	if (found) {
		at = place_of(read->file, read->bytes, (size_t)(found - read->bytes));
		diags_add(read->diags, SEV_ERROR, "yaml-syntax", at, "", ODD_BLANK_HINT, ODD_BLANK ".", (unsigned)code);
		return true;
	}
	found = strstr(problem, "':'") || strstr(problem, "key") || strstr(problem, "mapping values")
			? yaml_tight_colon(read->bytes, until, end)
			: NULL;
	if (found) {
		at = place_of(read->file, read->bytes, (size_t)(found - read->bytes));
		diags_add(read->diags, SEV_ERROR, "yaml-syntax", at, "",
			  "Write a space after the colon.", "There is no space after the \":\" of a key.");
	}
	return found != NULL;
}

static enum read_result refuse_syntax(struct yamlread *read)
{
	const yaml_parser_t *parser = &read->parser;
	yaml_mark_t mark = parser->problem_mark;
	const char *code;

	if (parser->error == YAML_MEMORY_ERROR)
		die("out of memory for reading YAML");
	if (parser->error == YAML_READER_ERROR)
		return yamlread_refuse(read, "yaml-encoding", mark, "Save the file as UTF-8.",
				       "This cannot be read as text.");
	code = syntax_code(parser);
	if (!str_eq(code, "yaml-syntax"))
		return yamlread_refuse(read, code, mark, "Remove it.", "YAML %s are not allowed here.",
				       code + strlen("yaml-"));
	if (str_eq(parser->problem, "found unexpected end of stream"))
		mark = parser->context_mark;
	mark = within_text(read, mark);
	if (refuse_likely(read, parser->problem, mark))
		return READ_BAD;
	if (str_eq(parser->problem, "found character that cannot start any token") && code_at(read, mark) == '\t')
		return yamlread_refuse(read, code, mark, meanings[0].hint, "%s", meanings[0].text);
	for (size_t i = 0; i < ARRAY_LEN(meanings); i++) {
		if (str_eq(parser->problem, meanings[i].problem))
			return yamlread_refuse(read, code, mark, meanings[i].hint, "%s", meanings[i].text);
	}
	return yamlread_refuse(read, code, mark, "", "This is not valid YAML: %s.", parser->problem);
}

/* ---- events ---- */

static enum read_result refuse_properties(struct yamlread *read, const yaml_char_t *anchor, const yaml_char_t *tag)
{
	yaml_mark_t mark = read->event.start_mark;

	if (anchor)
		return yamlread_refuse(read, "yaml-anchor", mark, "Remove it.",
				       "YAML anchors (\"&\") are not allowed here.");
	if (tag)
		return yamlread_refuse(read, "yaml-tag", mark,
				       "Remove it; a text that starts with \"!\" belongs in quotes.",
				       "YAML tags (\"!\") are not allowed here.");
	return yamlread_refuse(read, "yaml-nodes", mark, "", "There are more than %u keys and values.",
			       YAML_NODE_LIMIT);
}

static inline enum read_result check_properties(struct yamlread *read, const yaml_char_t *anchor,
						const yaml_char_t *tag)
{
	if (!anchor && !tag && ++read->nodes <= YAML_NODE_LIMIT)
		return READ_EVENT;
	return refuse_properties(read, anchor, tag);
}

static enum read_result check_start(struct yamlread *read, const yaml_char_t *anchor, const yaml_char_t *tag)
{
	if (check_properties(read, anchor, tag) == READ_BAD)
		return READ_BAD;
	if (++read->depth > YAML_DEPTH_LIMIT)
		return yamlread_refuse(read, "yaml-depth", read->event.start_mark, "",
				       "Lists and mappings are nested deeper than %u.", YAML_DEPTH_LIMIT);
	return READ_EVENT;
}

/* Names the escape of a text in double quotes that made a character nobody sees in the file. False: there is none. */
static bool refuse_escape(struct yamlread *read)
{
	static const char *const meanings_of[] = {
		"nline break", "ttab", "abell", "bbackspace", "vvertical tab", "fform feed", "rcarriage return",
		"eescape character", "0null", "Nnext line", "Lline separator", "Pparagraph separator",
	};
	yaml_mark_t mark = read->event.start_mark;
	const char *start = bytes_at(read, mark), *end = bytes_at(read, read->event.end_mark);

	for (const char *at = start; at + 1 < end; at++, mark.column++) {
		if (*at == '\n') {
			mark.line++;
			mark.column = (size_t)-1;
		}
		if ((*at & 0xC0) == 0x80)
			mark.column--;             /* the rest of a character */
		if (*at != '\\')
			continue;
		for (size_t i = 0; i < ARRAY_LEN(meanings_of); i++) {
			if (at[1] != meanings_of[i][0])
				continue;
			(void)yamlread_refuse(read, "yaml-character", mark, SINGLE_QUOTES,
					      "\"\\%c\" within double quotes is a %s, not a backslash and a letter.",
					      at[1], meanings_of[i] + 1);
			return true;
		}
		at++;                              /* what it escapes */
		mark.column++;
	}
	return false;
}

/* Whether the current text has a character that the file, which was looked at as a whole, does not have or may have
 * elsewhere. */
static bool find_unsafe_scalar(const struct yamlread *read, size_t *offset, uint32_t *code)
{
	const yaml_event_t *event = &read->event;
	bool escapes = event->data.scalar.style == YAML_DOUBLE_QUOTED_SCALAR_STYLE;

	if (!escapes && !read->tabs && event->start_mark.line == event->end_mark.line)
		return false;
	return find_unsafe((const char *)event->data.scalar.value, event->data.scalar.length, offset, code);
}

static enum read_result refuse_unsafe(struct yamlread *read, uint32_t code)
{
	yaml_mark_t mark = read->event.start_mark;

	if (read->event.data.scalar.style == YAML_DOUBLE_QUOTED_SCALAR_STYLE && refuse_escape(read))
		return READ_BAD;
	return yamlread_refuse(read, "yaml-character", mark, "A value is one line of visible characters.",
			       "This text has a %s (U+%04X).",
			       code == '\n'   ? "line break"
			       : code == '\t' ? "tab"
			       : code < 0xA0  ? "control character"
					      : "character that is invisible or misleading",
			       code);
}

static enum read_result check_scalar(struct yamlread *read)
{
	size_t offset;
	uint32_t code;

	if (check_properties(read, read->event.data.scalar.anchor, read->event.data.scalar.tag) == READ_BAD)
		return READ_BAD;
	if (read->event.data.scalar.length > YAML_SCALAR_LIMIT)
		return yamlread_refuse(read, "yaml-scalar", read->event.start_mark, "",
				       "This text has more than %u bytes.", YAML_SCALAR_LIMIT);
	return find_unsafe_scalar(read, &offset, &code) ? refuse_unsafe(read, code) : READ_EVENT;
}

static enum read_result check_document(struct yamlread *read)
{
	yaml_mark_t mark = read->event.start_mark;

	if (read->event.data.document_start.version_directive ||
	    read->event.data.document_start.tag_directives.start != read->event.data.document_start.tag_directives.end)
		return yamlread_refuse(read, "yaml-directive", mark, "Remove it.",
				       "YAML directives (\"%%\") are not allowed here.");
	if (++read->documents > 1)
		return yamlread_refuse(read, "yaml-documents", mark, "Keep each document in its own file.",
				       "A second document starts here.");
	return READ_EVENT;
}

/* READ_END for an event that the caller need not see. */
static enum read_result check_event(struct yamlread *read)
{
	yaml_event_t *event = &read->event;

	switch (event->type) {
	case YAML_SCALAR_EVENT:
		return check_scalar(read);
	case YAML_MAPPING_START_EVENT:
		return check_start(read, event->data.mapping_start.anchor, event->data.mapping_start.tag);
	case YAML_SEQUENCE_START_EVENT:
		return check_start(read, event->data.sequence_start.anchor, event->data.sequence_start.tag);
	case YAML_MAPPING_END_EVENT:
	case YAML_SEQUENCE_END_EVENT:
		read->depth--;
		return READ_EVENT;
	case YAML_ALIAS_EVENT:
		return yamlread_refuse(read, "yaml-alias", event->start_mark,
				       "A text that starts with \"*\" belongs in quotes.",
				       "YAML aliases (\"*\") are not allowed here.");
	case YAML_DOCUMENT_START_EVENT:
		return check_document(read) == READ_BAD ? READ_BAD : READ_END;
	case YAML_NO_EVENT:
	case YAML_STREAM_START_EVENT:
	case YAML_STREAM_END_EVENT:
	case YAML_DOCUMENT_END_EVENT:
		break;
	}
	return READ_END;
}

enum read_result yamlread_next(struct yamlread *read)
{
	enum read_result result;

	do {
		drop_event(read);
		if (!yaml_parser_parse(&read->parser, &read->event))
			return refuse_syntax(read);
		if (read->event.type == YAML_STREAM_END_EVENT)
			return READ_END;
		result = check_event(read);
	} while (result == READ_END);
	return result;
}
