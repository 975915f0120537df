/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The full-screen front end on a script, with the small flow. See stage.h.
 */
#include "stage.h"

#include <unistd.h>

int stage_set_up(void **state)
{
	struct stage *stage = xcalloc(1, sizeof(*stage));

	stage->folder = scratch_folder();
	stage->rows = 24;
	stage->columns = 80;
	setenv("XDG_STATE_HOME", stage->folder, 1);
	if (chdir(stage->folder) != 0)
		return -1;
	*state = stage;
	return 0;
}

int stage_tear_down(void **state)
{
	struct stage *stage = *state;

	wizard_free(stage->wizard);
	strbuf_clear(&stage->out);
	if (chdir("/") != 0)
		return -1;
	scratch_remove(stage->folder);
	free(stage);
	return 0;
}

void stage_open(struct stage *stage, const struct page *const *pages)
{
	static char drive[4200];
	static const char *drives[] = { drive, NULL };
	struct wizard_options options = { .drives = drives, .plan_path = "small.yaml" };
	struct plan_source source = { 0 };
	size_t count = 0;

	snprintf(drive, sizeof(drive), "C=%s/c", stage->folder);
	wizard_free(stage->wizard);
	memset(stage->pages, 0, sizeof(stage->pages));
	while (pages[count] && count + 1 < ARRAY_LEN(stage->pages)) {
		stage->pages[count] = pages[count];
		count++;
	}
	stage->flow = small_flow;
	stage->flow.pages = stage->pages;
	stage->wizard = wizard_new(plan_new(&stage->flow), &source, &options);
	stage_set(stage, small_flow.fields, "name", "CONTOSO");
	stage_set(stage, small_flow.fields, "account.user", "CONTOSO\\svc");
	stage_add_servers(stage, 1);
	stage_set(stage, NULL, "name", "MS01");
}

const char *stage_play(struct stage *stage, const char *keys)
{
	struct ui_options options = { .color = COLOR_NEVER, .ascii = stage->ascii };
	struct script *script;
	struct terminal terminal;
	struct ui *ui;
	int signal = 0;

	strbuf_reset(&stage->out);
	script = script_new(keys, stage->rows, stage->columns, &stage->out);
	terminal = script_terminal(script);
	ui = loop_new(stage->wizard, &terminal, &options);
	stage->result = loop_run(ui, &signal);
	assert_int_equal(script_bad_line(script), 0);
	loop_free(ui);
	script_free(script);
	wizard_draft_remove(stage->wizard); /* the next play starts without a question */
	return strbuf_text(&stage->out);
}

static int cells_before(const char *line, const char *end)
{
	int cells = 0;

	for (; line < end; line++)
		cells += ((unsigned char)*line & 0xC0) != 0x80; /* one cell a character on these screens */
	return cells;
}

const char *stage_click(struct stage *stage, const char *keys, const char *text)
{
	static char played[1024];
	const char *at, *found, *line;
	int row = 0;

	snprintf(played, sizeof(played), "%s<DumpText where>\n", keys);
	at = last_screen(stage_play(stage, played));
	found = strstr(at, text);
	if (!found)
		assert_shows(at, text);
	line = strchr(at, '\n') + 1; /* behind the dump's name */
	for (const char *next; (next = strchr(line, '\n')) != NULL && next < found; line = next + 1)
		row++;
	snprintf(played, sizeof(played), "%s<Click %d %d>\n", keys, row, cells_before(line, found + strlen(text) - 1));
	return played;
}

/* FIELDS NULL: of the first server. */
void stage_set(struct stage *stage, const struct field *const *fields, const char *key, const char *value)
{
	struct record *record = wizard_record(stage->wizard);
	const struct field *field = fields_find(fields ? fields : small_flow.servers->columns, key);

	assert_non_null(field);
	if (!fields)
		record = field_rows(small_flow.servers, record)->items[0];
	wizard_set(stage->wizard, record, field, value, NULL);
}

const char *stage_value(struct stage *stage, const struct page *page, const char *key)
{
	const struct field *field = fields_find(page->fields, key);

	assert_non_null(field);
	return wizard_text(stage->wizard, wizard_record(stage->wizard), field);
}

void stage_add_servers(struct stage *stage, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct record *row = wizard_row_edit(stage->wizard, small_flow.servers, SIZE_MAX);
		struct plan *plan = wizard_plan(stage->wizard);
		struct server *server = (struct server *)row;

		server->name = arena_printf(plan->arena, "S%05zu", i + 1);
		server->roles = SMALL_ALPHA;
		rows_insert(plan, &plan->answers->servers, plan->answers->servers.count, row);
	}
}

const char *stage_server(struct stage *stage, size_t index)
{
	struct plan *plan = wizard_plan(stage->wizard);

	return index < plan_server_count(plan) ? plan_server(plan, index)->name : NULL;
}

/* ---- assertions ---- */

void assert_shows(const char *screen, const char *text)
{
	if (strstr(screen, text))
		return;
	fprintf(stderr, "not on the screen: \"%s\"\n%s\n", text, screen);
	fail();
}

void assert_hides(const char *screen, const char *text)
{
	if (!strstr(screen, text))
		return;
	fprintf(stderr, "should not be on the screen: \"%s\"\n%s\n", text, screen);
	fail();
}

const char *last_screen(const char *dumps)
{
	const char *last = dumps, *next = dumps;

	while ((next = strstr(next, "== "))) {
		last = next;
		next += 3;
	}
	return last;
}

void assert_cursor_on(const char *dumps, const char *text)
{
	const char *screen = last_screen(dumps), *cursor = strstr(screen, "\ncursor "), *line;
	int wanted = cursor ? (int)strtol(cursor + strlen("\ncursor "), NULL, 10) : -1;
	size_t length;

	/* The first line of a dump is its name. */
	line = strchr(screen, '\n') + 1;
	for (int row = 0; row < wanted; row++)
		line = strchr(line, '\n') + 1;
	length = strcspn(line, "\n");
	if (cursor && memmem(line, length, text, strlen(text)))
		return;
	fprintf(stderr, "the cursor is not on \"%s\" but on row %d: %.*s\n%s\n", text, wanted, (int)length, line,
		screen);
	fail();
}
