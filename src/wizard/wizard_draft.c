/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Drafts: a lost connection costs nothing.
 *
 * A draft is the canonical plan with comment lines before it (format, plan file, digest of that file, page, time), so
 * that it is itself a plan that every command can read. Names: draft-new.yaml for a new plan, draft-<hash of the plan's
 * path>.yaml for a named one; -2, -3, ... while a living wizard holds the one before or an older draft stands there
 * that was not given up.
 */
#include "wizard/wizard_private.h"

#include "core/debug.h"
#include "core/text.h"
#include "os/platform.h"

#define DRAFT_FORMAT "# scupgrade draft 1"

enum { DRAFT_SLOTS = 20, HEADER_LIMIT = 16384, HASH_DIGITS = 16 };

/* What the comment lines say; borrowed from the draft's text, "" for what is missing. */
struct draft_header {
	const char *plan, *base, *page, *time;
};

/* ---- names and locks ---- */

/* "/home/anna/.local/state/scupgrade/draft-new-2.yaml"; false without a state folder. */
static bool slot_path(const struct wizard *wizard, unsigned slot, struct strbuf *out)
{
	const char *plan = wizard->options.plan_path;
	struct strbuf absolute = STRBUF_INIT;
	struct digest digest;
	char hex[65] = "new";

	strbuf_reset(out);
	if (!platform_state_folder(out))
		return false;
	if (plan) {
		if (!platform_absolute(plan, &absolute))
			strbuf_puts(&absolute, plan);
		digest = digest_of(strbuf_text(&absolute), absolute.length);
		digest_text(&digest, hex);
		hex[HASH_DIGITS] = '\0';
		strbuf_clear(&absolute);
	}
	strbuf_printf(out, "/draft-%s", hex);
	if (slot)
		strbuf_printf(out, "-%u", slot + 1);
	strbuf_puts(out, ".yaml");
	return true;
}

static bool is_there(const char *path)
{
	struct strbuf none = STRBUF_INIT;
	const char *why;
	enum file_result result = platform_read(path, 0, &none, NULL, &why);

	strbuf_clear(&none);
	return result != FILE_MISSING;
}

static void unlock(const char *path, int *lock)
{
	if (*lock >= 0)
		platform_unlock(path, *lock);
	*lock = -1;
}

/* The folder of the drafts, made when it is not there: ours, and nobody else may write to it. */
static bool make_state_folder(const char **why)
{
	struct strbuf folder = STRBUF_INIT;
	bool ok;

	*why = "neither XDG_STATE_HOME nor HOME names a folder for it";
	ok = platform_state_folder(&folder) && platform_make_folder(strbuf_text(&folder), why) &&
	     platform_is_own(strbuf_text(&folder), why);
	strbuf_clear(&folder);
	return ok;
}

/* Whoever else can write there chooses where a draft's plan is saved to: nothing there is looked at. */
static bool state_folder_is_own(void)
{
	struct strbuf folder = STRBUF_INIT;
	const char *why;
	bool ok = platform_state_folder(&folder) && platform_is_own(strbuf_text(&folder), &why);

	strbuf_clear(&folder);
	return ok;
}

/* The first slot that nobody holds and that has a draft (WITH_DRAFT) or has none. Returns its lock, or -1. */
static int take_slot(const struct wizard *wizard, bool with_draft, struct strbuf *path, const char **why)
{
	const struct lock_wait at_once = { .milliseconds = 0 };

	*why = "there are too many older ones";
	for (unsigned slot = 0; slot < DRAFT_SLOTS && slot_path(wizard, slot, path); slot++) {
		const char *foreign;
		int lock;

		if (is_there(strbuf_text(path)) != with_draft ||
		    (wizard->draft_found && str_eq(strbuf_text(path), wizard->draft_found)))
			continue;
		if (with_draft && !platform_is_own(strbuf_text(path), &foreign))
			continue;
		lock = platform_lock(strbuf_text(path), &at_once, why);
		if (lock < 0)
			continue;
		/* Its last holder may have finished, or written it, before the lock was ours. */
		if (is_there(strbuf_text(path)) == with_draft)
			return lock;
		platform_unlock(strbuf_text(path), lock);
	}
	return -1;
}

void wizard_draft_leave(struct wizard *wizard)
{
	if (wizard->draft_found)
		unlock(wizard->draft_found, &wizard->found_lock);
	wizard->draft_found = NULL;
}

static bool take_own(struct wizard *wizard, const char **why)
{
	struct strbuf path = STRBUF_INIT;

	if (!wizard->draft_own && make_state_folder(why)) {
		wizard->own_lock = take_slot(wizard, false, &path, why);
		if (wizard->own_lock >= 0)
			wizard->draft_own = arena_strdup(wizard->arena, strbuf_text(&path));
	}
	if (wizard->draft_own)
		wizard_draft_leave(wizard);
	strbuf_clear(&path);
	return wizard->draft_own != NULL;
}

static bool find(struct wizard *wizard)
{
	struct strbuf path = STRBUF_INIT;
	const char *why;

	if (!wizard->draft_found && !wizard->draft_own && state_folder_is_own()) {
		wizard->found_lock = take_slot(wizard, true, &path, &why);
		if (wizard->found_lock >= 0)
			wizard->draft_found = arena_strdup(wizard->arena, strbuf_text(&path));
	}
	strbuf_clear(&path);
	return wizard->draft_found != NULL;
}

void wizard_drafts_close(struct wizard *wizard)
{
	unlock(wizard->draft_found, &wizard->found_lock);
	unlock(wizard->draft_own, &wizard->own_lock);
}

const char *wizard_draft_path(struct wizard *wizard)
{
	if (wizard->draft_own)
		return is_there(wizard->draft_own) ? wizard->draft_own : "";
	return wizard->draft_found ? wizard->draft_found : "";
}

/* ---- writing ---- */

static void header_line(struct strbuf *out, const char *name, const char *value)
{
	size_t offset;

	/* A path that cannot stand on one line is left out rather than spelled otherwise. */
	if (value && !text_find_unsafe(value, strlen(value), &offset))
		strbuf_printf(out, "# %s: %s\n", name, value);
}

/* All that stands before the plan but the time, so that a draft that says nothing new can be told before it is
 * written. */
static void format_head(struct wizard *wizard, struct strbuf *out)
{
	struct strbuf path = STRBUF_INIT;
	char base[65];

	/* Absolute: one may go on from another folder. */
	if (wizard->plan_path && !platform_absolute(wizard->plan_path, &path))
		strbuf_puts(&path, wizard->plan_path);
	header_line(out, "plan", wizard->plan_path ? strbuf_text(&path) : NULL);
	digest_text(&wizard->source.identity.digest, base);
	header_line(out, "base", wizard->source.identity.exists ? base : NULL);
	header_line(out, "page", wizard_page(wizard)->id);
	strbuf_clear(&path);
}

static bool write_draft(struct wizard *wizard, const struct strbuf *head, const char **why)
{
	const struct strbuf *plan = wizard_canonical(wizard);
	struct strbuf *text = &wizard->draft_text;
	struct save_request request = { .path = wizard->draft_own, .force = true, .locked = true };
	char time[21];

	platform_time_utc(time);
	strbuf_reset(text);
	strbuf_puts(text, DRAFT_FORMAT "\n");
	header_line(text, "time", time);
	strbuf_add(text, strbuf_text(head), head->length);
	strbuf_add(text, strbuf_text(plan), plan->length);
	request.bytes = strbuf_text(text);
	request.count = text->length;
	return save_is_done(platform_save(&request, NULL, why));
}

/* Nothing that a draft could give back: everything is as in the plan file, and one stands where one starts or where all
 * is written. */
static bool is_needless(struct wizard *wizard)
{
	if (wizard_changed(wizard))
		return false;
	for (size_t i = 0; i < wizard->page; i++) {
		if (wizard->plan->flow->pages[i]->kind == PAGE_SUMMARY)
			return true;
	}
	return wizard->page == wizard->opened;
}

static void keep_trouble(struct wizard *wizard, const char *why)
{
	strbuf_reset(&wizard->draft_trouble);
	strbuf_puts(&wizard->draft_trouble, "No draft can be kept: ");
	text_visible(&wizard->draft_trouble, why);
	strbuf_puts(&wizard->draft_trouble, ". Leaving loses what is not saved; save the plan first.");
}

const char *wizard_draft_trouble(struct wizard *wizard)
{
	return strbuf_text(&wizard->draft_trouble);
}

static bool keep_draft(struct wizard *wizard, const char **why)
{
	struct strbuf head = STRBUF_INIT;

	if (!take_own(wizard, why))
		return false;
	format_head(wizard, &head);
	if (!wizard->draft_written || !strbuf_equal(&head, &wizard->draft_head) || !wizard->canonical_known ||
	    wizard->draft_canonical != wizard->canonical_number) {
		wizard->draft_written = write_draft(wizard, &head, why);
		wizard->draft_canonical = wizard->canonical_number;
		strbuf_clear(&wizard->draft_head);
		wizard->draft_head = head;
	} else {
		strbuf_clear(&head);
	}
	return wizard->draft_written;
}

bool wizard_draft_save(struct wizard *wizard)
{
	const char *why = "";
	bool ok;

	if (wizard->options.track)
		return true;
	if (is_needless(wizard)) {
		if (wizard->draft_own)
			wizard_draft_remove(wizard);
		return true;
	}
	ok = keep_draft(wizard, &why);
	if (!ok)
		keep_trouble(wizard, why);
	debug(DEBUG_WIZARD, "draft %s", ok ? "saved" : "not saved");
	return ok;
}

void wizard_draft_remove(struct wizard *wizard)
{
	const char *why;

	/* Given up before anything was kept: the older one goes, and its place is ours. */
	if (!wizard->draft_own && wizard->draft_found) {
		wizard->draft_own = wizard->draft_found;
		wizard->own_lock = wizard->found_lock;
		wizard->draft_found = NULL;
		wizard->found_lock = -1;
	}
	if (wizard->draft_own && !platform_remove(wizard->draft_own, &why))
		debug(DEBUG_WIZARD, "draft not removed: %s", why);
	wizard->draft_written = false;
}

/* ---- reading ---- */

/* Cuts the comment lines of TEXT into HEADER (TEXT is changed). False: it is no draft. */
static bool read_header(struct strbuf *text, struct draft_header *header)
{
	struct {
		const char *name;
		const char **value;
	} lines[] = {
		{ "# time: ", &header->time },
		{ "# plan: ", &header->plan },
		{ "# base: ", &header->base },
		{ "# page: ", &header->page },
	};
	char *at = text->data;

	*header = (struct draft_header){ "", "", "", "" };
	if (!str_starts(strbuf_text(text), DRAFT_FORMAT "\n"))
		return false;
	while (*at == '#') {
		char *end = at + strcspn(at, "\n");

		for (size_t i = 0; i < ARRAY_LEN(lines); i++) {
			if (str_starts(at, lines[i].name))
				*lines[i].value = at + strlen(lines[i].name);
		}
		if (!*end)
			break;
		*end = '\0';
		at = end + 1;
	}
	return true;
}

/* The title of the page with that id, or of none. */
static const char *page_name(const struct wizard *wizard, const char *id)
{
	for (size_t i = 0; i < wizard_flow_page_count(wizard); i++) {
		if (str_eq(wizard->plan->flow->pages[i]->id, id))
			return wizard->plan->flow->pages[i]->rail;
	}
	return id;
}

bool wizard_draft_found(struct wizard *wizard, struct strbuf *about)
{
	struct strbuf text = STRBUF_INIT;
	struct draft_header header;
	const char *why;

	if (wizard->options.track || !find(wizard))
		return false;
	if (platform_read(wizard->draft_found, YAML_FILE_LIMIT + HEADER_LIMIT, &text, NULL, &why) == FILE_OK &&
	    read_header(&text, &header) && strlen(header.time) >= 16) {
		strbuf_printf(about, "saved %.10s %.5s UTC on page ", header.time, header.time + 11);
		text_visible(about, page_name(wizard, header.page));
	} else {
		strbuf_puts(about, "which cannot be read");
	}
	strbuf_clear(&text);
	return true;
}

static bool damaged(struct wizard *wizard, const char *what, struct diags *diags)
{
	struct strbuf name = STRBUF_INIT;

	text_visible(&name, wizard->draft_found);
	wizard_finding(diags, SEV_ERROR, "draft-damaged", "", "It is kept as it is; the wizard starts without it.",
		       "The draft %s %s.", strbuf_text(&name), what);
	strbuf_clear(&name);
	return false;
}

/* Back to the page, or to the last one before it that is there now; all before it were seen. */
static void restore_page(struct wizard *wizard, const char *id)
{
	size_t all = wizard_flow_page_count(wizard), target = 0;

	while (target < all && !str_eq(wizard->plan->flow->pages[target]->id, id))
		target++;
	for (size_t i = 0; target < all && i <= target; i++) {
		if (wizard_page_applies(wizard, i, true)) {
			wizard->marks[i].visited = true;
			wizard->page = i;
		}
	}
	wizard_judge_passed(wizard);
}

/* The plan's file as the draft names it: short where it is the one of the command line or lies in the current folder.
 * NULL: the draft knows none. */
static const char *drafted_path(struct wizard *wizard, const struct draft_header *header)
{
	const char *own = wizard->options.plan_path, *path = header->plan, *name = platform_last_part(path);
	struct strbuf absolute = STRBUF_INIT;

	if (!*path)
		return own;
	if (own && platform_absolute(own, &absolute) && str_eq(strbuf_text(&absolute), path)) {
		strbuf_clear(&absolute);
		return own;
	}
	strbuf_reset(&absolute);
	if (platform_absolute(name, &absolute) && str_eq(strbuf_text(&absolute), path))
		path = name;
	strbuf_clear(&absolute);
	return arena_strdup(wizard->arena, path);
}

/* What is at PATH now is the wizard's own when it is what the draft was begun with, or read from. */
static bool is_base(const struct plan_source *source, const struct digest *base, bool has_base)
{
	return has_base ? source->identity.exists && digest_equal(&source->identity.digest, base)
			: !source->identity.exists;
}

/* What the draft knew of its plan's file is what saving compares with: a file that changed since is asked about. */
static void take_up_file(struct wizard *wizard, const struct draft_header *header)
{
	const char *path = drafted_path(wizard, header);
	struct plan_source now = { 0 };
	struct diags ignored = DIAGS_INIT;
	struct plan *plan = NULL;
	struct digest base;
	bool has_base = digest_parse(header->base, &base);

	if (!path)
		return;
	/* One that cannot be read is told about when it is saved to. */
	(void)plan_load(path, &plan, &now, &ignored);
	plan_free(plan);
	diags_clear(&ignored);
	wizard->resumed_older = !is_base(&now, &base, has_base);
	if (wizard->resumed_older) {
		plan_source_clear(&now);
		now = (struct plan_source){ .identity = { .exists = has_base } };
		if (has_base)
			now.identity.digest = base;
	}
	plan_source_clear(&wizard->source);
	wizard->source = now;
	wizard->source_path = wizard->plan_path = path;
	strbuf_reset(&wizard->baseline);
	strbuf_puts(&wizard->baseline, strbuf_text(&now.text));
}

static void say_older(struct wizard *wizard, struct diags *diags)
{
	struct strbuf path = STRBUF_INIT;

	if (!wizard->resumed_older)
		return;
	text_visible(&path, wizard->plan_path);
	wizard_finding(diags, SEV_WARNING, "draft-older", "",
		       "Saving asks before it replaces anything; start without the draft to see what is there.",
		       "%s is not what it was when this draft was begun: somebody changed it since.",
		       strbuf_text(&path));
	strbuf_clear(&path);
}

/* Takes the draft up: its plan, its place, its file. */
static void take_up(struct wizard *wizard, struct plan *plan, const struct draft_header *header, struct diags *diags)
{
	/* A new plan stays one, whose first page asks for the product. */
	if (!wizard->plan->file)
		plan->file = NULL;
	wizard_replace_plan(wizard, plan);
	wizard->resumed = true;
	take_up_file(wizard, header);
	restore_page(wizard, header->page);
	say_older(wizard, diags);
	unlock(wizard->draft_own, &wizard->own_lock);
	wizard->draft_own = wizard->draft_found;
	wizard->own_lock = wizard->found_lock;
	wizard->draft_found = NULL;
	wizard->found_lock = -1;
	wizard->draft_written = false;
}

bool wizard_draft_resume(struct wizard *wizard, struct diags *diags)
{
	struct strbuf text = STRBUF_INIT, copy = STRBUF_INIT;
	struct draft_header header;
	struct diags found = DIAGS_INIT;
	struct plan *plan = NULL;
	const char *why;
	bool ok = false;

	if (!find(wizard))
		return false;
	if (platform_read(wizard->draft_found, YAML_FILE_LIMIT + HEADER_LIMIT, &text, NULL, &why) != FILE_OK) {
		damaged(wizard, "cannot be read", diags);
		goto out;
	}
	strbuf_add(&copy, strbuf_text(&text), text.length);
	if (!read_header(&copy, &header)) {
		damaged(wizard, "is no draft of this program", diags);
	} else if (plan_read(wizard->draft_found, strbuf_text(&text), text.length, &plan, &found) != LOAD_OK ||
		   found.errors) {
		diags_add_all(diags, &found);
		damaged(wizard, "is damaged", diags);
		plan_free(plan);
	} else {
		take_up(wizard, plan, &header, diags);
		ok = true;
	}
out:
	diags_clear(&found);
	strbuf_clear(&text);
	strbuf_clear(&copy);
	return ok;
}
