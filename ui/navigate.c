/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * From page to page: next, back, the page list, saving, the draft, leaving. Back never validates; what is being typed
 * is taken over before anything else happens, so that no way out of a page loses it.
 */
#include "ui/loop_state.h"

#include "core/text.h"
#include "model/flow.h"
#include "ui/dialog.h"

#define KEYS_COLUMN 24 /* of what a key does, in the help */

/* Errors of the pages that are marked bad, worked out when a page changes and not for every picture. */
static void count_errors(struct ui *ui)
{
	size_t i, count = wizard_page_count(ui->wizard);
	struct diags diags = DIAGS_INIT;
	const struct page *page;

	ui->errors = xrealloc(ui->errors, count * sizeof(*ui->errors));
	ui->error_count = count;
	for (i = 0; i < count; i++) {
		page = wizard_page_at(ui->wizard, i);
		ui->errors[i] = 0;
		if (page->kind == PAGE_CHECKS && wizard_page_visited(ui->wizard, page)) {
			ui->errors[i] = wizard_checks(ui->wizard)->counts[CHECK_FAILED];
		} else if (page != wizard_page(ui->wizard) && wizard_page_state(ui->wizard, page) == PAGE_STATE_BAD) {
			validate_page(wizard_plan(ui->wizard), page, &diags);
			ui->errors[i] = diags.errors;
			diags_clear(&diags);
		}
	}
}

static void open_view(struct ui *ui)
{
	const struct page *page = wizard_page(ui->wizard);
	struct view *view = &ui->view;

	*view = (struct view){ .ui = ui, .wizard = ui->wizard, .page = page, .focused = true };
	view->ops = views[page->kind];
	view->state = xcalloc(1, view->ops->state_size);
	if (view->ops->open)
		view->ops->open(view);
	if (view->ops->focus)
		view->ops->focus(view, FOCUS_FIRST);
	if (page->kind == PAGE_SUMMARY && ui->answered) {
		view->target = ui->answered;
		view->ops->focus(view, FOCUS_TARGET);
		ui->answered = NULL;
	}
	ui->button = BUTTON_NEXT;
	count_errors(ui);
}

void navigate_reopen(struct ui *ui)
{
	loop_close_view(ui);
	open_view(ui);
}

void navigate_commit(struct ui *ui)
{
	if (ui->view.ops && ui->view.ops->commit)
		ui->view.ops->commit(&ui->view);
}

bool navigate_draft(struct ui *ui)
{
	ui->typed = false;
	return wizard_draft_save(ui->wizard);
}

/* Opens the view of the page where the wizard stands now. */
static void enter_page(struct ui *ui)
{
	loop_close_view(ui);
	open_view(ui);
	ui->draft_due = ui->tell_no_draft = true;
}

void navigate_due_draft(struct ui *ui)
{
	bool tell = ui->tell_no_draft && !ui->told_no_draft;

	if (!ui->draft_due)
		return;
	ui->draft_due = ui->tell_no_draft = false;
	/* Once, and at once: who leaves later has heard it. */
	if (!navigate_draft(ui) && tell) {
		ui->told_no_draft = true;
		dialog_text(ui, "No draft can be kept", wizard_draft_trouble(ui->wizard));
		loop_draw(ui);
	}
}

static const struct diag *first_of(const struct diags *diags, enum severity severity)
{
	size_t i;

	for (i = 0; i < diags->count; i++)
		if (diags->items[i].severity == severity)
			return &diags->items[i];
	return NULL;
}

static bool is_about(const struct diag *diag, const struct field *field)
{
	return str_starts(diag->path, field->key) && strchr(".[", diag->path[strlen(field->key)]);
}

/* The error that stands first on PAGE, which is where the focus goes; else the first one at all. */
static const struct diag *first_error(const struct diags *diags, const struct page *page)
{
	for (size_t i = 0; page->fields && page->fields[i]; i++)
		for (size_t j = 0; j < diags->count; j++)
			if (diags->items[j].severity == SEV_ERROR && is_about(&diags->items[j], page->fields[i]))
				return &diags->items[j];
	return first_of(diags, SEV_ERROR);
}

static void focus_error(struct ui *ui)
{
	ui->view.focused = true;
	if (ui->view.ops->focus)
		ui->view.ops->focus(&ui->view, FOCUS_ERROR);
}

/* Next did not move. The first error may lie on another page: the Ready page judges the whole plan. */
static void show_errors(struct ui *ui)
{
	static const char *const labels[] = { "Go there", "Stay", NULL };
	struct diags *findings = &ui->view.findings;
	const struct diag *error = first_error(findings, ui->view.page);
	const struct page *page = error ? page_of_path(wizard_plan(ui->wizard)->flow, error->path) : NULL;
	struct diags kept = DIAGS_INIT;
	struct strbuf text = STRBUF_INIT;

	if (error && page && page != ui->view.page && wizard_page_visited(ui->wizard, page)) {
		strbuf_printf(&text, "%s: %s", page->rail, error->text);
		if (dialog_ask(ui, "This plan is not ready yet", strbuf_text(&text), labels, 0) == 0 &&
		    wizard_goto(ui->wizard, page)) {
			diags_add_all(&kept, findings);
			enter_page(ui);
			diags_add_all(&ui->view.findings, &kept);
			diags_clear(&kept);
			focus_error(ui);
		}
	} else {
		if (error)
			ui_say(ui, error->text);
		focus_error(ui);
	}
	strbuf_clear(&text);
}

/* Asks what the wizard's conflict asks. True: it was answered so that the same can be tried again. */
static bool settle_conflict(struct ui *ui)
{
	static const char *const path_labels[] = { "File", NULL };
	const char *labels[CONFLICT_ANSWER_COUNT + 1] = { NULL };
	struct strbuf path = STRBUF_INIT;
	int answer;

	for (int i = 0; i < CONFLICT_ANSWER_COUNT; i++)
		labels[i] = conflict_choices[i].label;
	answer = dialog_ask(ui, "The plan's file is not what it was", wizard_conflict(ui->wizard), labels,
			    CONFLICT_LEAVE);
	strbuf_puts(&path, wizard_plan_path(ui->wizard));
	if (answer == CONFLICT_SAVE_AS &&
	    (!dialog_input(ui, "Save as", "The plan goes to this file.", path_labels, &path, 1, NULL, NULL) ||
	     !path.length))
		answer = CONFLICT_LEAVE;
	if (answer < 0)
		answer = CONFLICT_LEAVE;
	wizard_answer_conflict(ui->wizard, (enum conflict_answer)answer, strbuf_text(&path));
	strbuf_clear(&path);
	return answer != CONFLICT_LEAVE;
}

/* Before the files are written: those that are there are replaced only after a yes. */
static bool may_replace(struct ui *ui)
{
	static const char *const labels[] = { "Replace", "Stay", NULL };
	struct strbuf text = STRBUF_INIT, names = STRBUF_INIT;
	bool allowed = true;

	if (wizard_would_replace(ui->wizard, &names) > 0) {
		strbuf_printf(&text, "These files are there already and would be replaced:\n\n%s", strbuf_text(&names));
		allowed = dialog_ask(ui, "Replace files?", strbuf_text(&text), labels, 1) == 0;
	}
	wizard_allow_replace(ui->wizard, allowed && names.length > 0);
	strbuf_clear(&names);
	strbuf_clear(&text);
	return allowed;
}

/* What Next found without staying. */
static void show_warnings(struct ui *ui, const struct diags *findings)
{
	if (findings->count == 1)
		ui_say(ui, findings->items[0].text);
	else if (findings->count)
		dialog_findings(ui, "Worth knowing", findings);
}

static void stay(struct ui *ui, const struct diags *findings)
{
	diags_clear(&ui->view.findings);
	ui->view.findings = *findings;
	count_errors(ui);
	navigate_draft(ui);
	if (ui->view.findings.count)
		show_errors(ui);
	else
		ui_say(ui, "Nothing is written.");
}

void navigate_next(struct ui *ui)
{
	struct diags findings = DIAGS_INIT;
	enum wizard_move move;

	navigate_commit(ui);
	if (ui->view.page->kind == PAGE_SUMMARY && !may_replace(ui))
		return;
	while ((move = wizard_next(ui->wizard, &findings)) == WIZARD_STAYED && wizard_conflict(ui->wizard) &&
	       settle_conflict(ui))
		diags_clear(&findings);
	switch (move) {
	case WIZARD_STAYED:
		stay(ui, &findings);
		return;
	case WIZARD_MOVED:
		enter_page(ui);
		show_warnings(ui, &findings);
		break;
	case WIZARD_FINISHED:
		loop_end(ui, FRONT_FINISHED, 0);
		break;
	}
	diags_clear(&findings);
}

void navigate_back(struct ui *ui)
{
	navigate_commit(ui);
	if (wizard_page_index(ui->wizard) > 0 && wizard_back(ui->wizard))
		enter_page(ui);
	else if (wizard_tracks(ui->wizard))
		loop_end(ui, FRONT_FINISHED, 0); /* everything is recorded */
	else
		navigate_quit(ui, true);
}

static void go_on_to(struct ui *ui, const struct page *page)
{
	const struct page *from = wizard_page(ui->wizard);
	struct diags findings = DIAGS_INIT;
	enum wizard_move move = wizard_go_on_to(ui->wizard, page, &findings);

	if (wizard_page(ui->wizard) != from)
		enter_page(ui);
	if (move == WIZARD_STAYED) {
		stay(ui, &findings);
		return;
	}
	diags_clear(&findings);
	if (wizard_page(ui->wizard) != page)
		ui_say(ui, "That page comes when the files are written: F8 writes them.");
}

void navigate_goto(struct ui *ui, const struct page *page)
{
	navigate_commit(ui);
	if (page == wizard_page(ui->wizard))
		return;
	if (page && wizard_goto(ui->wizard, page))
		enter_page(ui);
	else if (page && wizard_page_number(ui->wizard, page) >
				 wizard_page_number(ui->wizard, wizard_page(ui->wizard)))
		go_on_to(ui, page);
	else
		ui_say(ui, "That page is not there now.");
}

static const char *page_mark(struct ui *ui, const struct page *page)
{
	enum page_state state = wizard_page_state(ui->wizard, page);

	return state == PAGE_STATE_OK    ? canvas_symbol(&ui->canvas, SYMBOL_OK)
	       : state == PAGE_STATE_BAD ? canvas_symbol(&ui->canvas, SYMBOL_BAD)
					 : "";
}

void navigate_page_list(struct ui *ui)
{
	size_t count = wizard_page_count(ui->wizard);
	const struct page **pages = xcalloc(count, sizeof(*pages));
	const char **items = xcalloc(count, sizeof(*items));
	struct arena *arena = arena_new();
	int current = 0, chosen;

	for (size_t i = 0; i < count; i++) {
		const char *mark;

		pages[i] = wizard_page_at(ui->wizard, i);
		mark = page_mark(ui, pages[i]);
		if (pages[i] == wizard_page(ui->wizard))
			current = (int)i;
		items[i] = arena_printf(arena, "%s%*s%s", mark, 3 - (int)text_cells(mark), "",
					wizard_page_title(ui->wizard, pages[i]));
	}
	chosen = dialog_choose(ui, "Pages", items, count, current);
	if (chosen >= 0)
		navigate_goto(ui, pages[chosen]);
	arena_free(arena);
	free(items);
	free(pages);
}

/* The table of keys with its second column wrapped in its place; below the keys where there is no room beside them. */
static void put_keys(struct ui *ui, const struct key_use *uses, bool in_text, struct strbuf *out)
{
	int room = dialog_width(&ui->canvas), indent = room >= 60 ? KEYS_COLUMN + 1 : 2;
	struct arena *arena = arena_new();
	struct strbuf table = STRBUF_INIT;
	struct lines rows;

	keys_print(&table, KEYS_COLUMN, uses, in_text);
	rows = wrap_text(arena, strbuf_text(&table), SIZE_MAX);
	for (size_t i = 0; i < rows.count; i++) {
		bool pair = strlen(rows.items[i]) > KEYS_COLUMN;
		struct lines words = { NULL, 0 };

		if (pair)
			words = wrap_text(arena, rows.items[i] + KEYS_COLUMN + 1, (size_t)(room - indent));
		if (!pair || indent < KEYS_COLUMN)
			strbuf_printf(out, "%.*s\n", KEYS_COLUMN, rows.items[i]);
		for (size_t j = 0; j < words.count; j++)
			strbuf_printf(out, "%-*.*s%s\n", indent, j || indent < KEYS_COLUMN ? 0 : KEYS_COLUMN,
				      rows.items[i], words.items[j]);
	}
	strbuf_clear(&table);
	arena_free(arena);
}

/* What the focused thing takes, and what works on every page. */
static void put_keys_here(struct ui *ui, struct strbuf *out)
{
	static const enum action everywhere[] = { ACTION_NEXT_PAGE, ACTION_BACK,      ACTION_NEXT_FIELD,
						  ACTION_PREVIOUS_FIELD, ACTION_PAGE_LIST, ACTION_HELP,
						  ACTION_SAVE,      ACTION_FACTS,     ACTION_QUIT,
						  ACTION_INTERRUPT, ACTION_SUSPEND,   ACTION_REDRAW,
						  ACTION_MOUSE,     ACTION_NONE };
	const enum action *own = ui->view.ops->actions && ui->view.focused ? ui->view.ops->actions(&ui->view) : NULL;
	bool in_text = ui->view.focused && ui->view.ops->in_text && ui->view.ops->in_text(&ui->view);
	struct key_use uses[64];
	size_t count = 0, first;

	for (; own && *own != ACTION_NONE && count < 24; own++)
		uses[count++] = (struct key_use){ *own, true };
	first = count;
	for (size_t i = 0; everywhere[i] != ACTION_NONE; i++) {
		bool there = wizard_tracks(ui->wizard) &&
			     (everywhere[i] == ACTION_NEXT_PAGE || everywhere[i] == ACTION_SAVE ||
			      everywhere[i] == ACTION_FACTS || everywhere[i] == ACTION_PAGE_LIST);

		for (size_t j = 0; j < first; j++)
			there = there || uses[j].action == everywhere[i];
		if (!there)
			uses[count++] = (struct key_use){ everywhere[i], loop_takes_letter(ui, everywhere[i]) };
	}
	uses[count] = (struct key_use){ ACTION_NONE, false };
	put_keys(ui, uses, in_text, out);
}

void navigate_help(struct ui *ui)
{
	const struct page *page = ui->view.page;
	const struct plan *plan = wizard_plan(ui->wizard);
	const char *field = ui->view.ops->help ? ui->view.ops->help(&ui->view) : NULL;
	struct strbuf text = STRBUF_INIT;

	if (page->help)
		strbuf_printf(&text, "%s\n\n", table_text(plan, page->help));
	if (field && *field)
		strbuf_printf(&text, "%s\n\n", field);
	strbuf_puts(&text, "Keys that work here:\n");
	put_keys_here(ui, &text);
	dialog_text(ui, wizard_page_title(ui->wizard, page), strbuf_text(&text));
	strbuf_clear(&text);
}

void navigate_save(struct ui *ui)
{
	struct strbuf note = STRBUF_INIT;
	enum wizard_saved saved;

	navigate_commit(ui);
	if (wizard_tracks(ui->wizard)) {
		ui_say(ui, "There is nothing to save: each change is recorded at once.");
		return;
	}
	while ((saved = wizard_save(ui->wizard, &note)) == WIZARD_CONFLICT && settle_conflict(ui))
		;
	ui_say(ui, saved == WIZARD_CONFLICT ? "The plan is not saved; the file is as it was." : strbuf_text(&note));
	strbuf_clear(&note);
}

/* True: there is a draft now, or the administrator leaves without one. */
static bool keep_draft(struct ui *ui)
{
	static const char *const labels[] = { "Leave without it", "Stay", NULL };

	return navigate_draft(ui) ||
	       dialog_ask(ui, "The draft could not be written", wizard_draft_trouble(ui->wizard), labels, 1) == 0;
}

/* Gives up what this session changed; a draft of an earlier one that was not opened stays. */
static void discard(struct ui *ui)
{
	bool changed = wizard_changed(ui->wizard);

	navigate_draft(ui);
	if (changed)
		wizard_draft_remove(ui->wizard);
}

void navigate_quit(struct ui *ui, bool always_ask)
{
	static const char *const labels[] = { "Save draft and quit", "Discard", "Stay", NULL };
	int answer;

	navigate_commit(ui);
	if (!always_ask && !wizard_changed(ui->wizard)) {
		navigate_draft(ui);
		loop_end(ui, FRONT_LEFT, 0);
		return;
	}
	answer = dialog_ask(ui, "Leave?",
			    "A draft keeps the answers and this page, without passwords; the next start offers it.",
			    labels, 2);
	if (answer == 1)
		discard(ui);
	if (answer == 1 || (answer == 0 && keep_draft(ui)))
		loop_end(ui, FRONT_LEFT, 0);
}

/* ---- start ---- */

static void resume_draft(struct ui *ui)
{
	struct diags findings = DIAGS_INIT;
	bool resumed;

	/* The resumed plan replaces the one that the open view looks at. */
	loop_close_view(ui);
	resumed = wizard_draft_resume(ui->wizard, &findings);
	open_view(ui);
	if (findings.count)
		dialog_findings(ui, resumed ? "The draft is open" : "The draft is not open", &findings);
	else
		ui_say(ui, "The draft is open.");
	diags_clear(&findings);
}

void navigate_start(struct ui *ui)
{
	static const char *const labels[] = { "Resume", "New", "Discard", NULL };
	struct strbuf text = STRBUF_INIT;

	open_view(ui);
	if (wizard_others(ui->wizard, &text))
		dialog_text(ui, "The plan is open elsewhere", strbuf_text(&text));
	strbuf_reset(&text);
	if (!wizard_draft_found(ui->wizard, &text)) {
		navigate_offer_facts(ui);
	} else {
		strbuf_puts(&text, "\n\nResume goes on where it ends. New starts without it and keeps it for "
				   "later. Discard removes it and starts fresh.");
		switch (dialog_ask_or_leave(ui, "There is a draft", strbuf_text(&text), labels)) {
		case 0:
			resume_draft(ui);
			break;
		case 1:
			break;
		case 2:
			wizard_draft_remove(ui->wizard);
			break;
		default:
			loop_end(ui, FRONT_LEFT, 0);
		}
	}
	strbuf_clear(&text);
}
