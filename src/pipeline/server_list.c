/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * From a list of servers to rows of a plan. A first line with the word for a name in it is a heading: then each column
 * is a key. Without one a line is a name with its roles beside it, or it is names.
 */
#include "pipeline/server_list.h"

#include "core/cells.h"
#include "core/logtext.h"
#include "core/text.h"
#include "os/platform.h"
#include "win/hosttable.h"

enum { COLUMNS_MOST = 256, SHOWN_CELLS = 60, PIECE = 4096, ERRORS_MOST = 1000 };

struct reader {
	struct plan *plan;
	const struct field *const *columns;        /* of a server */
	const struct field *heading[COLUMNS_MOST]; /* what each column of the list is; NULL: nothing of a server */
	size_t headed;                             /* columns with a heading; 0: the list has none */
	const char *name;                          /* of the list, for places */
	struct server_list *list;
	size_t room, there_room;
	struct hosttable *hosts;                   /* the plan's servers, then the list's */
	size_t before;                             /* of the plan */
	struct diags *diags;
	size_t errors_before;
};

/* ---- text ---- */

struct bytes {
	const char *at;
	size_t left;
};

static ptrdiff_t read_bytes(void *data, char *bytes, size_t room)
{
	struct bytes *from = data;
	size_t count = from->left < room ? from->left : room;

	memcpy(bytes, from->at, count);
	from->at += count;
	from->left -= count;
	return (ptrdiff_t)count;
}

static void decode(const char *bytes, size_t length, struct strbuf *out)
{
	struct bytes from = { bytes, length };
	struct logtext *text = logtext_new(read_bytes, &from);
	char piece[PIECE];
	size_t got;

	while ((got = logtext_fill(text, piece, sizeof(piece))) > 0)
		strbuf_add(out, piece, got);
	logtext_free(text);
}

/* ---- what is wrong ---- */

static struct report report_in(const struct reader *reader, unsigned line)
{
	return (struct report){ .diags = reader->diags, .at = { reader->name, line, 1 }, .path = "servers" };
}

static bool is_full(const struct reader *reader)
{
	return reader->diags->errors - reader->errors_before >= ERRORS_MOST;
}

static void say_cell(const struct reader *reader, const struct cell_row *row, const char *code, const char *cell,
		     const char *hint, const char *what)
{
	struct report to = report_in(reader, row->line);
	struct strbuf shown = STRBUF_INIT;

	text_fit(&shown, cell, SHOWN_CELLS, false, false);
	if (!is_full(reader) && reader->diags->warnings < ERRORS_MOST)
		report_add(&to, SEV_WARNING, code, hint, "\"%s\" %s", strbuf_text(&shown), what);
	strbuf_clear(&shown);
}

/* ---- the heading ---- */

/* What a column with names is called where it is not called as in a plan. */
static bool is_name_word(const char *cell)
{
	static const char *const words[] = { "computername", "computer name", "dnshostname", "hostname", "host name",
					     "servername",   "server name",   "fqdn" };

	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		if (text_equal_fold(cell, words[i]))
			return true;
	}
	return false;
}

static const struct field *column_of(const struct reader *reader, const char *cell)
{
	for (const struct field *const *at = reader->columns; *at; at++) {
		const struct field *field = *at;

		if (text_equal_fold(cell, field->key) || text_equal_fold(cell, field->label) ||
		    (field->brief && text_equal_fold(cell, field->brief)))
			return field;
	}
	return is_name_word(cell) ? reader->columns[0] : NULL;
}

/* A cell says where the names are, or all of them are keys: then the names are missing, and no key is a name. */
static bool is_heading(const struct reader *reader, const struct cell_row *row)
{
	size_t keys = 0;

	for (size_t i = 0; i < row->count; i++) {
		const struct field *column = column_of(reader, row->cells[i]);

		if (column == reader->columns[0])
			return true;
		keys += column != NULL;
	}
	return keys == row->count;
}

static bool is_headed(const struct reader *reader, const struct field *column, size_t before)
{
	for (size_t i = 0; i < before; i++) {
		if (reader->heading[i] == column)
			return true;
	}
	return false;
}

static void read_heading(struct reader *reader, const struct cell_row *row)
{
	const char *keys[COLUMNS_MOST] = { NULL };
	struct strbuf hint = STRBUF_INIT;

	for (size_t i = 0; reader->columns[i] && i + 1 < COLUMNS_MOST; i++)
		keys[i] = reader->columns[i]->key;
	reader->headed = row->count < COLUMNS_MOST ? row->count : COLUMNS_MOST;
	for (size_t i = 0; i < reader->headed; i++) {
		const char *cell = row->cells[i], *nearest = text_nearest(cell, keys);

		reader->heading[i] = column_of(reader, cell);
		if (reader->heading[i] && is_headed(reader, reader->heading[i], i)) {
			reader->heading[i] = NULL;
			say_cell(reader, row, "list-column", cell, "Leave one of them.",
				 "stands here twice: the second column is left out.");
			continue;
		}
		if (reader->heading[i] || !*cell)
			continue;
		strbuf_reset(&hint);
		if (nearest)
			strbuf_printf(&hint, "Did you mean \"%s\"? ", nearest);
		strbuf_puts(&hint, "The first line names keys of a server, as \"scupgrade fields\" lists them.");
		say_cell(reader, row, "list-column", cell, strbuf_text(&hint),
			 "is not a key of a server: this column is left out.");
	}
	strbuf_clear(&hint);
}

/* ---- one server ---- */

static const char *host_at(const void *data, size_t index)
{
	const struct reader *reader = data;
	const struct record *record = index < reader->before
					      ? &plan_server(reader->plan, index)->record
					      : reader->list->rows[index - reader->before];
	const char *name = ((const struct server *)record)->name;

	return name ? name : "";
}

static void note_there(struct reader *reader, const char *name)
{
	struct server_list *list = reader->list;

	list->there = xgrow(list->there, list->there_count, &reader->there_room, sizeof(*list->there));
	list->there[list->there_count++] = name;
}

/* A server of the list that is called CELL. NULL: no name, or there already. */
static struct record *add_server(struct reader *reader, const struct cell_row *row, const char *cell)
{
	struct server_list *list = reader->list;
	const struct field *field = reader->columns[0];
	struct record *record;
	struct report to = report_in(reader, row->line);
	struct diags found = DIAGS_INIT;
	struct report trial = { .diags = &found, .path = field->key };

	if (field->rule && !field->rule(cell, &trial)) {
		if (!is_full(reader))
			report_error(&to, "list-name", found.items[0].hint, "Left out: %s", found.items[0].text);
		diags_clear(&found);
		return NULL;
	}
	diags_clear(&found);
	record = plan_new_record(reader->plan, reader->plan->flow->servers);
	if (!field_store(field, reader->plan, record, cell, &to))
		return NULL;
	list->rows = xgrow(list->rows, list->count, &reader->room, sizeof(*list->rows));
	list->rows[list->count] = record;
	if (hosttable_add(reader->hosts, reader->before + list->count) != NAME_NONE) {
		note_there(reader, ((struct server *)record)->name);
		return NULL;
	}
	list->count++;
	return record;
}

/* The words of a cell as a plan has them: labels are taken for the words that they stand for. */
static const char *word_of(const struct field *field, const char *cell, struct arena *arena)
{
	char *low;

	for (const struct choice *choice = field->choices; choice && choice->id; choice++) {
		if (text_equal_fold(cell, choice->id) || text_equal_fold(cell, choice->label) ||
		    (choice->brief && text_equal_fold(cell, choice->brief)))
			return choice->id;
	}
	if (field->kind != FIELD_FLAG)
		return cell;
	low = arena_array(arena, strlen(cell) + 1, 1);
	for (size_t i = 0; cell[i]; i++)
		low[i] = (char)(cell[i] >= 'A' && cell[i] <= 'Z' ? cell[i] + ('a' - 'A') : cell[i]);
	return low;
}

static void store_roles(struct reader *reader, const struct cell_row *row, struct record *record, const char *cell)
{
	const struct field *field = fields_find(reader->columns, "roles");
	struct report to = report_in(reader, row->line);
	struct arena *arena = arena_new();
	unsigned bits = 0;

	if (roles_parse(reader->plan->flow, cell, &bits)) {
		*field_number_at(field, record) = bits;
	} else {
		/* Word by word, so that the one that is wrong is named. */
		for (const char *at = cell; *at && !is_full(reader);) {
			size_t length = strcspn(at, " ,;/|+&\t");
			const char *word = arena_strndup(arena, at, length);

			if (length && roles_parse(reader->plan->flow, word, &bits))
				*field_number_at(field, record) |= bits;
			else if (length)
				field_store_item(field, reader->plan, record, word, &to);
			at += length + (at[length] != '\0');
		}
	}
	arena_free(arena);
}

static void store_cell(struct reader *reader, const struct cell_row *row, struct record *record,
		       const struct field *field, const char *cell)
{
	struct report to = report_in(reader, row->line);
	struct arena *arena;

	if (!*cell || is_full(reader))
		return;
	if (str_eq(field->key, "roles")) {
		store_roles(reader, row, record, cell);
		return;
	}
	arena = arena_new();
	(void)field_store(field, reader->plan, record, word_of(field, cell, arena), &to);
	arena_free(arena);
}

/* ---- lines ---- */

static void read_headed(struct reader *reader, const struct cell_row *row)
{
	struct record *record = NULL;
	size_t count = row->count < reader->headed ? row->count : reader->headed;

	for (size_t i = 0; i < count && !record; i++) {
		if (reader->heading[i] == reader->columns[0])
			record = add_server(reader, row, row->cells[i]);
	}
	for (size_t i = 0; record && i < count; i++) {
		if (reader->heading[i] && reader->heading[i] != reader->columns[0])
			store_cell(reader, row, record, reader->heading[i], row->cells[i]);
	}
}

static bool is_roles(const struct reader *reader, const char *cell)
{
	unsigned bits;

	return roles_parse(reader->plan->flow, cell, &bits);
}

/* "MS01 gateway", and names with blanks between them. */
static void read_words(struct reader *reader, const struct cell_row *row, const char *cell)
{
	struct arena *arena = arena_new();
	size_t length = strcspn(cell, " \t");
	const char *rest = cell + length + strspn(cell + length, " \t");

	if (*rest && is_roles(reader, rest)) {
		struct record *record = add_server(reader, row, arena_strndup(arena, cell, length));

		if (record)
			store_roles(reader, row, record, rest);
	} else {
		while (*cell) {
			length = strcspn(cell, " \t");
			if (length)
				(void)add_server(reader, row, arena_strndup(arena, cell, length));
			cell += length + strspn(cell + length, " \t");
		}
	}
	arena_free(arena);
}

/* A name, its roles in the cells beside it, and what no one needs behind them. */
static void read_name_and_roles(struct reader *reader, const struct cell_row *row)
{
	struct arena *arena = arena_new();
	const char *first = row->cells[0], *rest = first + strcspn(first, " \t");
	bool with_roles = *rest && is_roles(reader, rest);
	struct record *record =
		add_server(reader, row, with_roles ? arena_strndup(arena, first, (size_t)(rest - first)) : first);

	if (record && with_roles)
		store_roles(reader, row, record, rest);
	for (size_t i = 1; record && i < row->count; i++) {
		const char *cell = row->cells[i];

		if (i == 1 || !*cell || is_roles(reader, cell)) {
			unsigned before = ((struct server *)record)->roles; /* of the cells before */

			store_cell(reader, row, record, fields_find(reader->columns, "roles"), cell);
			((struct server *)record)->roles |= before;
		} else {
			say_cell(reader, row, "list-cell", cell,
				 "A first line that names the columns says what they are.",
				 "after a name and its roles is left out.");
		}
	}
	arena_free(arena);
}

static void read_line(struct reader *reader, const struct cell_row *row)
{
	if (row->count > 1 && *row->cells[0] &&
	    (is_roles(reader, row->cells[1]) || roles_nearly(reader->plan->flow, row->cells[1]))) {
		read_name_and_roles(reader, row);
		return;
	}
	for (size_t i = 0; i < row->count; i++)
		read_words(reader, row, row->cells[i]);
}

/* What spreadsheets and PowerShell put before a list. */
static bool is_preamble(struct cells *cells, const struct cell_row *row)
{
	static const char mark[] = "sep=";

	if (row->line != 1)
		return false;
	if (row->cells[0][0] == '#')
		return true;
	if (strncmp(row->cells[0], mark, strlen(mark)) != 0)
		return false;
	cells->separator = row->cells[0][strlen(mark)] ? row->cells[0][strlen(mark)] : row->separator;
	return true;
}

static void read_lines(struct reader *reader, const struct strbuf *text, struct arena *arena)
{
	struct cells cells = { .at = strbuf_text(text), .end = strbuf_text(text) + text->length };
	struct cell_row row;
	bool first = true;

	while (!is_full(reader) && cells_next(&cells, arena, &row)) {
		if (is_preamble(&cells, &row))
			continue;
		if (first && is_heading(reader, &row)) {
			read_heading(reader, &row);
			/* A heading of one cell says nothing of the lines' separator. */
			cells.separator = cells.separator ? cells.separator : row.separator;
		} else if (reader->headed) {
			read_headed(reader, &row);
		} else {
			read_line(reader, &row);
		}
		first = false;
	}
}

/* No more names than this can be in TEXT. */
static size_t most_names(const struct strbuf *text)
{
	size_t names = 1;

	for (size_t i = 0; i < text->length; i++)
		names += strchr(" \t,;\r\n", text->data[i]) != NULL;
	return names;
}

static void know_hosts(struct reader *reader, const struct strbuf *text)
{
	reader->before = plan_server_count(reader->plan);
	reader->hosts = hosttable_new(reader->before + most_names(text), host_at, reader);
	for (size_t i = 0; i < reader->before; i++) {
		if (*host_at(reader, i))
			(void)hosttable_add(reader->hosts, i);
	}
}

bool server_list_read(struct plan *plan, const char *name, const char *bytes, size_t length, struct server_list *list,
		      struct diags *diags)
{
	struct reader reader = { .plan = plan, .columns = plan->flow->servers->columns, .name = name, .list = list,
				 .diags = diags, .errors_before = diags->errors };
	struct arena *arena = arena_new();
	struct strbuf text = STRBUF_INIT;
	struct report to = report_in(&reader, 1);

	*list = (struct server_list){ 0 };
	decode(bytes, length, &text);
	know_hosts(&reader, &text);
	read_lines(&reader, &text, arena);
	if (!list->count && !list->there_count && diags->errors == reader.errors_before)
		report_error(&to, "list-empty", "Write one name a line, or a first line with the words name,roles.",
			     "It names no server.");
	hosttable_free(reader.hosts);
	strbuf_clear(&text);
	arena_free(arena);
	return diags->errors == reader.errors_before;
}

bool server_list_load(struct plan *plan, const char *path, struct server_list *list, struct diags *diags)
{
	struct strbuf bytes = STRBUF_INIT;
	const char *why = "";
	enum file_result result = platform_read(path, SERVER_LIST_BYTES, &bytes, NULL, &why);
	struct report to = { .diags = diags, .at = { path, 0, 0 }, .path = "" };
	bool ok;

	*list = (struct server_list){ 0 };
	if (result == FILE_OK)
		ok = server_list_read(plan, path, strbuf_text(&bytes), bytes.length, list, diags);
	else if (result == FILE_TOO_LARGE)
		ok = report_error(&to, "file-too-large", "Split the list.", "The file is larger than %u MiB.",
				  SERVER_LIST_BYTES >> 20);
	else
		ok = report_error(&to, "list-unreadable", "Look at the file's name and rights.",
				  "The list of servers cannot be read: %s.",
				  result == FILE_MISSING ? "there is no such file" : why);
	strbuf_clear(&bytes);
	return ok;
}

void server_list_clear(struct server_list *list)
{
	free(list->rows);
	free(list->there);
	*list = (struct server_list){ 0 };
}

void server_list_add(struct plan *plan, const struct server_list *list)
{
	struct rows *rows = field_rows_at(plan->flow->servers, &plan->answers->record);

	for (size_t i = 0; i < list->count; i++)
		rows_insert(plan, rows, rows->count, list->rows[i]);
}
