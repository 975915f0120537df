/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Tests of the canonical plan file and of saving: load(save(p)) is p, save is stable, and no file is lost.
 */
#include "helpers.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "pipeline/planfile.h"
#define DEMO_REGISTER
#include "core/text.h"
#include "test_flow.h"

#define HEAD "scupgrade: 1\nproduct: 'demonstration'\n"

static char *formatted(const struct plan *plan)
{
	struct strbuf text = STRBUF_INIT;

	plan_format(plan, &text);
	return take_text(&text);
}

static void test_plan_format__fresh_plan__has_its_presets(void **state)
{
	struct plan *plan = plan_new(&flow_demo);
	char *text = formatted(plan);

	(void)state;
	assert_text("fresh", HEAD
		    "source: '2012-r2'\n"
		    "folder: 'C:\\Setup'\n"
		    "port: 9090\n"
		    "options:\n"
		    "  ssl: true\n"
		    "  colour: 'green'\n"
		    "  parts: ['core', 'web']\n"
		    "accounts:\n"
		    "  main:\n"
		    "    kind: 'domain'\n", text);
	free(text);
	plan_free(plan);
}

static const char canonical[] =
	HEAD "source: '1801'\n"
	     "group: 'O''Brien'\n"
	     "folder: 'D:\\Data'\n"
	     "derived: 'C:\\Other'\n"
	     "port: 8080\n"
	     "batches: 3\n"
	     "options:\n"
	     "  ssl: false\n"
	     "  colour: 'red'\n"
	     "  parts: []\n"
	     "members: ['A\\x', 'B\\y z']\n"
	     "accounts:\n"
	     "  main:\n"
	     "    kind: 'local-system'\n"
	     "  reader:\n"
	     "    user: 'C\\r'\n"
	     "servers:\n"
	     "  - { name: 'MS01', roles: ['first'], aliases: ['a', 'b'] }\n"
	     "  - { name: 'MS02', roles: ['first', 'second'], site: 'Default Web Site', fast: true }\n"
	     "  - {}\n"
	     "confirmed:\n"
	     "  - { check: 'database-backup', by: 'A\\anna', 'on': '2026-11-20', note: 'verified restore' }\n"
	     "acknowledged:\n"
	     "  - { check: 'pending-reboot', servers: ['MS02'], by: 'A\\anna', 'on': '2026-11-21', "
	     "note: 'at 22:00: yes # no' }\n";

static void test_plan_format__canonical_text__comes_back_unchanged(void **state)
{
	struct plan *plan = demo_plan(canonical);
	char *text = formatted(plan);

	(void)state;
	assert_text("canonical", canonical, text);
	free(text);
	plan_free(plan);
}

static void test_plan_format__other_spelling__gives_the_canonical_text(void **state)
{
	static const char text[] =
		"# comment\n"
		"product: demonstration\n"
		"servers: [{roles: [first], name: MS01}]\n"
		"options: {parts: [web, core], ssl: yes}\n"
		"scupgrade: 1\n"
		"group: \"CONTOSO\"\n";
	struct plan *plan = demo_plan(text);
	char *actual = formatted(plan);

	(void)state;
	assert_text("canonical", HEAD
		    "source: '2012-r2'\n"
		    "group: 'CONTOSO'\n"
		    "folder: 'C:\\Setup'\n"
		    "derived: 'C:\\Other'\n"
		    "port: 9090\n"
		    "options:\n"
		    "  ssl: true\n"
		    "  colour: 'green'\n"
		    "  parts: ['core', 'web']\n"
		    "accounts:\n"
		    "  main:\n"
		    "    kind: 'domain'\n"
		    "servers:\n"
		    "  - { name: 'MS01', roles: ['first'] }\n", actual);
	free(actual);
	plan_free(plan);
}

/* The texts that other YAML readers take for something else, and all that needs care in quotes. */
static void test_plan_format__awkward_texts__are_read_back_as_they_were(void **state)
{
	static const char *const texts[] = {
		"no",
		"null",
		"~",
		"1e3",
		"0x10",
		"2026-11-21",
		"true",
		"- a",
		"a: b",
		"a # b",
		"#a",
		"'",
		"''",
		"it's",
		"\"",
		"\\",
		"C:\\x\\",
		"C:\\new\\table",
		"{a}",
		"[a]",
		"&a",
		"*a",
		"!a",
		"|",
		">",
		"%a",
		"@a",
		"`a",
		"?",
		": ",
		"a,b",
		"M\xC3\xBCller",
		"\xF0\x9F\x98\x80",
		"\xE2\x80\x99",
		"$(x) `y` %PATH% !z! ^ & | < >",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		struct plan *plan = plan_new(&flow_demo), *again;
		char *text;

		field_store(&demo_group, plan, &plan->answers->record, texts[i], NULL);
		text = formatted(plan);
		again = demo_plan(text);
		assert_text(texts[i], texts[i][0] == ':' ? ":" : texts[i], demo_answers(again)->group);
		free(text);
		plan_free(again);
		plan_free(plan);
	}
}

static void test_plan_format__unsafe_text__is_escaped_and_stays_ascii(void **state)
{
	struct plan *plan = plan_new(&flow_demo);
	char *text;

	(void)state;
	field_store(&demo_derived, plan, &plan->answers->record, "a\"b\\c\xE2\x80\xAE" "d\x1B[31m\xFF", NULL);
	text = formatted(plan);
	assert_non_null(strstr(text, "derived: \"a\\\"b\\\\c\\U0000202Ed\\U0000001B[31m\\uFFFD\"\n"));
	free(text);
	plan_free(plan);
}

/* ---- random plans ---- */

static uint64_t random_next(uint64_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return *seed;
}

static unsigned below(uint64_t *seed, unsigned limit)
{
	return (unsigned)(random_next(seed) >> 33) % limit;
}

/* A text of safe characters, with more quotes, blanks, colons and backslashes than people type. */
static const char *random_text(struct arena *arena, uint64_t *seed)
{
	static const char marks[] = "'\"\\ :#,-[]{}&*!|>%@`?~^$;=/.";
	struct strbuf text = STRBUF_INIT;
	const char *kept;

	for (unsigned i = below(seed, 12); i > 0; i--) {
		uint32_t code = below(seed, 3) ? 'a' + below(seed, 26) : below(seed, 0x2FFF);

		if (below(seed, 2))
			code = (unsigned char)marks[below(seed, sizeof(marks) - 1)];
		if (!text_is_unsafe(code))
			strbuf_put_code(&text, code);
	}
	kept = arena_strdup(arena, strbuf_text(&text));
	strbuf_clear(&text);
	return kept;
}

static void fill_record(struct plan *plan, const struct field *const *fields, struct record *record, uint64_t *seed);

static void fill_field(struct plan *plan, const struct field *field, struct record *record, uint64_t *seed)
{
	switch (field->kind) {
	case FIELD_TEXT:
		field_store(field, plan, record, random_text(plan->arena, seed), NULL);
		break;
	case FIELD_NUMBER:
		*field_number_at(field, record) =
			(unsigned)field->minimum + below(seed, (unsigned)(field->maximum - field->minimum));
		break;
	case FIELD_FLAG:
		*field_flag_at(field, record) = below(seed, 2);
		break;
	case FIELD_CHOICE:
		if (field->offset != FIELD_NO_MEMBER)
			*field_choice_at(field, record) = (int)below(seed, 2);
		break;
	case FIELD_CHOICES:
		*field_number_at(field, record) = below(seed, 4);
		break;
	case FIELD_NAMES:
		for (unsigned i = below(seed, 4); i > 0; i--)
			field_store_item(field, plan, record, random_text(plan->arena, seed), NULL);
		break;
	case FIELD_ROWS:
		for (unsigned i = below(seed, 5); i > 0; i--) {
			struct record *row = plan_new_record(plan, field);
			struct rows *rows = field_rows_at(field, record);

			fill_record(plan, field->columns, row, seed);
			rows_insert(plan, rows, rows->count, row);
		}
		break;
	case FIELD_SECRET:
	case FIELD_KIND_COUNT:
		break;
	}
}

static void fill_record(struct plan *plan, const struct field *const *fields, struct record *record, uint64_t *seed)
{
	for (; *fields; fields++) {
		if (below(seed, 4))
			fill_field(plan, *fields, record, seed);
	}
}

static void test_plan_format__random_plans__load_of_save_is_the_same_plan(void **state)
{
	uint64_t seed = 0x5CDB1E5u;

	(void)state;
	for (unsigned i = 0; i < 2000; i++) {
		struct plan *plan = plan_new(&flow_demo), *again;
		char *first, *second;

		fill_record(plan, flow_demo.fields, &plan->answers->record, &seed);
		plan_settle_notes(plan);
		first = formatted(plan);
		again = demo_plan(first);
		second = formatted(again);
		assert_text("round trip", first, second);
		assert_int_equal(plan_server_count(plan), plan_server_count(again));
		for (size_t n = 0; n < plan_server_count(plan); n++)
			assert_text("name", plan_server(plan, n)->name, plan_server(again, n)->name);
		assert_text("group", demo_answers(plan)->group, demo_answers(again)->group);
		free(first);
		free(second);
		plan_free(plan);
		plan_free(again);
	}
}

/* ---- files ---- */

struct files {
	char *folder;
	char path[256], old[257];
};

static int files_set_up(void **state)
{
	struct files *files = xcalloc(1, sizeof(*files));

	files->folder = scratch_folder();
	snprintf(files->path, sizeof(files->path), "%s/plan.yaml", files->folder);
	snprintf(files->old, sizeof(files->old), "%s~", files->path);
	*state = files;
	return 0;
}

static int files_tear_down(void **state)
{
	struct files *files = *state;

	scratch_remove(files->folder);
	free(files);
	return 0;
}

static void assert_file(const char *path, const char *expected)
{
	char *actual = read_whole_file(path, NULL);

	assert_text(path, expected, actual);
	free(actual);
}

static void write_text(const char *path, const char *text)
{
	write_whole_file(path, text, strlen(text));
}

static bool exists(const char *path)
{
	struct stat status;

	return lstat(path, &status) == 0;
}

static struct plan *load(const char *path, struct plan_source *source)
{
	struct diags diags = DIAGS_INIT;
	struct plan *plan;

	assert_int_equal(plan_load(path, &plan, source, &diags), LOAD_OK);
	assert_findings("loaded", "", &diags);
	return plan;
}

/* Saves, and says what came of it. REPLACE may be NULL. */
static enum save_result save_over(struct plan *plan, const char *path, struct plan_source *source,
				  const struct file_identity *replace, struct plan_saving *saving)
{
	*saving = (struct plan_saving){ .replace = replace };
	return plan_save(plan, path, source, saving);
}

static void store_group(struct plan *plan, const char *group)
{
	field_store(&demo_group, plan, &plan->answers->record, group, NULL);
}

static void test_plan_save__nothing_changed__leaves_the_file_byte_for_byte(void **state)
{
	static const char text[] = "# mine\nproduct:   demonstration\nscupgrade: 1\n";
	struct files *files = *state;
	struct plan_saving saving;
	struct plan_source source;
	struct plan *plan;

	write_text(files->path, text);
	plan = load(files->path, &source);
	assert_int_equal(save_over(plan, files->path, &source, NULL, &saving), SAVE_OK);
	assert_text("note", "", saving.note);
	/* Touched, or copied back: the same bytes are the same file. */
	write_text(files->path, text);
	assert_int_equal(save_over(plan, files->path, &source, NULL, &saving), SAVE_OK);
	assert_file(files->path, text);
	assert_false(exists(files->old));
	plan_source_clear(&source);
	plan_free(plan);
}

/* "Saved" is said of what the disk holds, not of what was once read from it. */
static void test_plan_save__nothing_changed_but_the_file__is_not_called_saved(void **state)
{
	static const char theirs[] = HEAD "group: 'THEIRS'\n";
	struct files *files = *state;
	struct plan_saving saving;
	struct plan_source source;
	struct plan *plan;

	write_text(files->path, HEAD);
	plan = load(files->path, &source);
	write_text(files->path, theirs);
	assert_int_equal(save_over(plan, files->path, &source, NULL, &saving), SAVE_CHANGED);
	assert_true(saving.found.exists);
	assert_file(files->path, theirs);
	assert_int_equal(remove(files->path), 0);
	assert_int_equal(save_over(plan, files->path, &source, NULL, &saving), SAVE_CHANGED);
	assert_false(saving.found.exists);
	assert_false(exists(files->path));
	plan_source_clear(&source);
	plan_free(plan);
}

static void test_plan_save__file_with_comments__is_kept_beside_and_said_once(void **state)
{
	static const char text[] = "# mine\nscupgrade: 1\nproduct: demonstration\n";
	struct files *files = *state;
	struct plan_saving saving;
	struct plan_source source;
	struct plan *plan;
	char *expected;

	write_text(files->path, text);
	plan = load(files->path, &source);
	store_group(plan, "CONTOSO");
	expected = formatted(plan);
	assert_int_equal(save_over(plan, files->path, &source, NULL, &saving), SAVE_OK);
	assert_non_null(strstr(saving.note, "comments"));
	assert_file(files->path, expected);
	assert_file(files->old, text);
	free(expected);
	write_text(files->old, "x");
	store_group(plan, "OTHER");
	expected = formatted(plan);
	assert_int_equal(save_over(plan, files->path, &source, NULL, &saving), SAVE_OK);
	assert_text("note", "", saving.note);
	assert_file(files->path, expected);
	assert_file(files->old, "x");
	free(expected);
	plan_source_clear(&source);
	plan_free(plan);
}

/* What could not be read is not in the plan that is saved. */
static void test_plan_save__file_with_errors__is_kept_beside(void **state)
{
	static const char text[] = HEAD "grupe: 'CONTOSO'\n";
	struct diags diags = DIAGS_INIT;
	struct files *files = *state;
	struct plan_saving saving;
	struct plan_source source;
	struct plan *plan;

	write_text(files->path, text);
	assert_int_equal(plan_load(files->path, &plan, &source, &diags), LOAD_OK);
	assert_int_equal(diags.errors, 1);
	store_group(plan, "OTHER");
	assert_int_equal(save_over(plan, files->path, &source, NULL, &saving), SAVE_OK);
	assert_non_null(strstr(saving.note, "could not be read"));
	assert_file(files->old, text);
	diags_clear(&diags);
	plan_source_clear(&source);
	plan_free(plan);
}

static void test_plan_save__somebody_changed_the_file__it_stays_until_somebody_said_yes(void **state)
{
	struct files *files = *state;
	struct file_identity agreed;
	struct plan_saving saving;
	struct plan_source source;
	struct plan *plan;
	char *expected;

	write_text(files->path, HEAD);
	plan = load(files->path, &source);
	write_text(files->path, HEAD "group: 'THEIRS'\n");
	store_group(plan, "MINE");
	assert_int_equal(save_over(plan, files->path, &source, NULL, &saving), SAVE_CHANGED);
	assert_file(files->path, HEAD "group: 'THEIRS'\n");
	/* The yes was about THEIRS. */
	agreed = saving.found;
	write_text(files->path, HEAD "group: 'OTHERS'\n");
	assert_int_equal(save_over(plan, files->path, &source, &agreed, &saving), SAVE_CHANGED);
	assert_file(files->path, HEAD "group: 'OTHERS'\n");
	agreed = saving.found;
	expected = formatted(plan);
	assert_int_equal(save_over(plan, files->path, &source, &agreed, &saving), SAVE_OK);
	assert_non_null(strstr(saving.note, "~"));
	assert_file(files->path, expected);
	assert_file(files->old, HEAD "group: 'OTHERS'\n");
	free(expected);
	plan_source_clear(&source);
	plan_free(plan);
}

/* As some programs do that copy files: in place, of the same size, and with the time of the one that was read. */
static void test_plan_save__somebody_changed_only_the_bytes__it_stays_until_somebody_said_yes(void **state)
{
	static const char theirs[] = HEAD "group: 'THEIRS'\n";
	struct files *files = *state;
	struct file_identity agreed;
	struct plan_saving saving;
	struct plan_source source;
	struct stat before;
	struct plan *plan;

	write_text(files->path, HEAD "group: 'BEFORE'\n");
	plan = load(files->path, &source);
	assert_int_equal(stat(files->path, &before), 0);
	write_text(files->path, theirs);
	assert_int_equal(utimensat(AT_FDCWD, files->path, (struct timespec[]){ before.st_atim, before.st_mtim }, 0), 0);
	store_group(plan, "MINE");
	assert_int_equal(save_over(plan, files->path, &source, NULL, &saving), SAVE_CHANGED);
	assert_file(files->path, theirs);
	assert_false(exists(files->old));
	agreed = saving.found;
	assert_int_equal(save_over(plan, files->path, &source, &agreed, &saving), SAVE_OK);
	assert_file(files->old, theirs);
	plan_source_clear(&source);
	plan_free(plan);
}

static void test_plan_save__somebody_made_the_same_change__is_saved(void **state)
{
	struct files *files = *state;
	struct plan_saving saving;
	struct plan_source source;
	struct plan *plan;
	char *expected;

	write_text(files->path, HEAD);
	plan = load(files->path, &source);
	store_group(plan, "BOTH");
	expected = formatted(plan);
	write_text(files->path, expected);
	assert_int_equal(save_over(plan, files->path, &source, NULL, &saving), SAVE_OK);
	store_group(plan, "MINE");
	assert_int_equal(save_over(plan, files->path, &source, NULL, &saving), SAVE_OK);
	free(expected);
	plan_source_clear(&source);
	plan_free(plan);
}

/* What would be taken for the record of another plan. */
static void test_plan_save__name_of_a_record__is_refused(void **state)
{
	struct files *files = *state;
	struct plan *plan = plan_new(&flow_demo);
	struct plan_source source = { .text = STRBUF_INIT };
	struct strbuf path = STRBUF_INIT;
	struct plan_saving saving;

	strbuf_printf(&path, "%s.journal", files->path);
	assert_int_equal(save_over(plan, strbuf_text(&path), &source, NULL, &saving), SAVE_FAILED);
	assert_string_equal(saving.why, "it would be read as the record of a plan; nothing was changed");
	assert_int_equal(access(strbuf_text(&path), F_OK), -1);
	strbuf_clear(&path);
	plan_source_clear(&source);
	plan_free(plan);
}

static void test_plan_save__new_plan__never_replaces_unasked(void **state)
{
	struct files *files = *state;
	struct plan *plan = plan_new(&flow_demo);
	struct plan_source source = { .text = STRBUF_INIT }, other = { .text = STRBUF_INIT };
	struct file_identity agreed;
	struct plan_saving saving;
	char *expected = formatted(plan);

	assert_int_equal(save_over(plan, files->path, &source, NULL, &saving), SAVE_OK);
	assert_file(files->path, expected);
	assert_true(source.identity.exists);
	write_text(files->path, "other");
	assert_int_equal(save_over(plan, files->path, &other, NULL, &saving), SAVE_EXISTS);
	assert_file(files->path, "other");
	agreed = saving.found;
	assert_int_equal(save_over(plan, files->path, &other, &agreed, &saving), SAVE_OK);
	assert_file(files->path, expected);
	free(expected);
	plan_source_clear(&source);
	plan_source_clear(&other);
	plan_free(plan);
}

/* The reader takes texts of 4,096 bytes: nothing longer is ever written, whoever put it into the plan. */
static void test_plan_save__what_it_could_not_read__is_not_written(void **state)
{
	struct plan *plan = plan_new(&flow_demo);
	struct plan_source source = { .text = STRBUF_INIT };
	struct files *files = *state;
	struct plan_saving saving;
	char *text = arena_alloc(plan->arena, 4098);

	memset(text, 'x', 4097);
	*field_text_at(&demo_group, &plan->answers->record) = text;
	assert_int_equal(save_over(plan, files->path, &source, NULL, &saving), SAVE_FAILED);
	assert_non_null(strstr(saving.why, "4096 bytes)"));
	assert_false(exists(files->path));
	text[4096] = '\0';
	assert_int_equal(save_over(plan, files->path, &source, NULL, &saving), SAVE_OK);
	plan_source_clear(&source);
	plan_free(plan);
}

/* The same bytes are there, but nobody read them. */
static void test_plan_save__what_it_could_not_read_is_there__is_not_called_saved(void **state)
{
	struct plan *plan = plan_new(&flow_demo);
	struct plan_source source = { .text = STRBUF_INIT };
	struct files *files = *state;
	struct file_identity agreed;
	struct plan_saving saving;
	char *text = arena_alloc(plan->arena, 4098), *there;

	memset(text, 'x', 4097);
	*field_text_at(&demo_group, &plan->answers->record) = text;
	there = formatted(plan);
	write_text(files->path, there);
	assert_int_equal(save_over(plan, files->path, &source, NULL, &saving), SAVE_EXISTS);
	agreed = saving.found;
	assert_int_equal(save_over(plan, files->path, &source, &agreed, &saving), SAVE_FAILED);
	assert_non_null(strstr(saving.why, "4096 bytes)"));
	assert_file(files->path, there);
	assert_false(exists(files->old));
	free(there);
	plan_source_clear(&source);
	plan_free(plan);
}

static void test_plan_digest__same_plan_in_other_words__is_the_same(void **state)
{
	struct plan *one = demo_plan(HEAD "group: 'A'\n"), *two = demo_plan("group: A\n" HEAD),
		    *three = demo_plan(HEAD "group: 'B'\n");
	struct digest first = plan_digest(one), second = plan_digest(two), third = plan_digest(three);

	(void)state;
	assert_true(digest_equal(&first, &second));
	assert_false(digest_equal(&first, &third));
	plan_free(one);
	plan_free(two);
	plan_free(three);
}

#define WITH_FILES(test) cmocka_unit_test_setup_teardown(test, files_set_up, files_tear_down)

/* It is made in pieces, and is that of the whole text. */
static void test_plan_digest__large_plan__is_that_of_its_text(void **state)
{
	struct plan *plan = plan_new(&flow_demo);
	const struct field *servers = plan->flow->servers;
	struct strbuf text = STRBUF_INIT;
	struct digest whole, digest;

	(void)state;
	for (size_t i = 0; i < 5000; i++) {
		struct server *server = (struct server *)plan_new_record(plan, servers);

		server->name = arena_printf(plan->arena, "SERVER%06zu", i);
		rows_insert(plan, &plan->answers->servers, i, &server->record);
	}
	plan_format(plan, &text);
	assert_true(text.length > 2 * 65536);
	whole = digest_of(strbuf_text(&text), text.length);
	digest = plan_digest(plan);
	assert_true(digest_equal(&whole, &digest));
	strbuf_clear(&text);
	plan_free(plan);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_plan_format__fresh_plan__has_its_presets),
		TEST(test_plan_format__canonical_text__comes_back_unchanged),
		TEST(test_plan_format__other_spelling__gives_the_canonical_text),
		TEST(test_plan_format__awkward_texts__are_read_back_as_they_were),
		TEST(test_plan_format__unsafe_text__is_escaped_and_stays_ascii),
		TEST(test_plan_format__random_plans__load_of_save_is_the_same_plan),
		WITH_FILES(test_plan_save__nothing_changed__leaves_the_file_byte_for_byte),
		WITH_FILES(test_plan_save__nothing_changed_but_the_file__is_not_called_saved),
		WITH_FILES(test_plan_save__file_with_comments__is_kept_beside_and_said_once),
		WITH_FILES(test_plan_save__file_with_errors__is_kept_beside),
		WITH_FILES(test_plan_save__somebody_changed_the_file__it_stays_until_somebody_said_yes),
		WITH_FILES(test_plan_save__somebody_changed_only_the_bytes__it_stays_until_somebody_said_yes),
		WITH_FILES(test_plan_save__somebody_made_the_same_change__is_saved),
		WITH_FILES(test_plan_save__name_of_a_record__is_refused),
		WITH_FILES(test_plan_save__new_plan__never_replaces_unasked),
		WITH_FILES(test_plan_save__what_it_could_not_read__is_not_written),
		WITH_FILES(test_plan_save__what_it_could_not_read_is_there__is_not_called_saved),
		TEST(test_plan_digest__same_plan_in_other_words__is_the_same),
		TEST(test_plan_digest__large_plan__is_that_of_its_text),
	};

	return run_tests(tests);
}
