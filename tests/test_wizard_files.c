/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The wizard's files: names, saving, writing what is chosen; license terms; folders of drives.
 */
#include "wizard_fixture.h"

#include <sys/stat.h>

#include "core/digest.h"

static void assert_holds(const char *path, const char *what)
{
	char *bytes = read_whole_file(path, NULL);

	assert_labelled(what, strstr(bytes, what) != NULL);
	free(bytes);
}

static void write_text(const char *path, const char *text)
{
	write_whole_file(path, text, strlen(text));
}

/* ---- names ---- */

static void test_wizard_plan_path__management_group__is_a_safe_name(void **state)
{
	static const struct {
		const char *group, *path;
	} cases[] = {
		{ "", "plan.yaml" },
		{ "CONTOSO", "contoso.yaml" },
		{ "Contoso Prod_1", "contoso-prod_1.yaml" },
		{ "../../etc/passwd", "etc-passwd.yaml" },
		{ "CON", "plan.yaml" },
		{ "com1", "plan.yaml" },
		{ "company", "company.yaml" },
		{ "nul.txt", "nul-txt.yaml" },
		{ "...", "plan.yaml" },
		{ "\xc3\x9c"
		  "ber & Co.",
		  "ber-co.yaml" },
		{ "-x-", "x.yaml" },
		{ "0123456789012345678901234567890123456789012345678901234567890123456789",
		  "0123456789012345678901234567890123456789012345678901234567890123.yaml" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct wizard *wizard = open_wizard(NULL);

		set(wizard, "management-group", cases[i].group);
		assert_text(cases[i].group, cases[i].path, wizard_plan_path(wizard));
		wizard_free(wizard);
	}
}

/* A name of a server is no name for a plan: a flow says which of its texts is one, or none. */
static void test_wizard_plan_path__a_flow_without_a_title__is_plain(void **state)
{
	struct wizard *wizard = open_wizard(NULL);

	(void)state;
	set(wizard, "product", "service-management-automation");
	set(wizard, "database.server", "SQL01");
	assert_string_equal(wizard_plan_path(wizard), "plan.yaml");
	wizard_free(wizard);
}

static void test_wizard_output__plan_path__leads_the_others(void **state)
{
	struct wizard *wizard = open_wizard(NULL);

	(void)state;
	assert_true(wizard_output_count(wizard) >= 2);
	set(wizard, "management-group", "CONTOSO");
	assert_string_equal(wizard_output(wizard, 0)->path, "contoso.yaml");
	assert_string_equal(wizard_output(wizard, 1)->path, "contoso.commands.txt");
	wizard_set_plan_path(wizard, "sub/other.YML");
	assert_string_equal(wizard_output(wizard, 1)->path, "sub/other.commands.txt");
	wizard_set_output_path(wizard, 1, "lines.txt");
	wizard_set_output_path(wizard, 0, "third");
	assert_string_equal(wizard_output(wizard, 0)->path, "third");
	assert_string_equal(wizard_output(wizard, 1)->path, "lines.txt");
	wizard_set_output_path(wizard, 1, "");
	assert_string_equal(wizard_output(wizard, 1)->path, "third.commands.txt");
	wizard_free(wizard);
}

/* ---- saving ---- */

static enum wizard_saved save(struct wizard *wizard, const char *expected)
{
	struct strbuf note = STRBUF_INIT;
	enum wizard_saved saved = wizard_save(wizard, &note);

	assert_text("note", expected, strbuf_text(&note));
	strbuf_clear(&note);
	return saved;
}

static void test_wizard_save__file_is_there__asks(void **state)
{
	struct wizard *wizard = open_wizard(NULL);

	(void)state;
	set(wizard, "management-group", "CONTOSO");
	write_text("contoso.yaml", "mine\n");
	assert_int_equal(save(wizard, ""), WIZARD_CONFLICT);
	assert_true(str_starts(wizard_conflict(wizard), "contoso.yaml is there already"));
	wizard_answer_conflict(wizard, CONFLICT_LEAVE, "");
	assert_null(wizard_conflict(wizard));
	assert_holds("contoso.yaml", "mine\n");
	assert_true(wizard_changed(wizard));
	assert_int_equal(save(wizard, ""), WIZARD_CONFLICT);
	wizard_answer_conflict(wizard, CONFLICT_REPLACE, "");
	assert_int_equal(save(wizard, "The plan is saved as contoso.yaml. What it replaced is kept beside it, with ~ "
				      "at the end of its name."),
			 WIZARD_SAVED);
	assert_false(wizard_changed(wizard));
	assert_holds("contoso.yaml", "management-group: 'CONTOSO'");
	assert_holds("contoso.yaml~", "mine\n");
	wizard_free(wizard);
}

static void test_wizard_save__changed_by_another__asks_each_time(void **state)
{
	struct wizard *wizard = open_wizard(NULL);

	(void)state;
	set(wizard, "management-group", "CONTOSO");
	assert_int_equal(save(wizard, "The plan is saved as contoso.yaml."), WIZARD_SAVED);
	write_text("contoso.yaml", "somebody else\n");
	/* With a change of ours and without one. */
	assert_int_equal(save(wizard, ""), WIZARD_CONFLICT);
	assert_true(str_starts(wizard_conflict(wizard), "contoso.yaml was changed by somebody else after"));
	wizard_answer_conflict(wizard, CONFLICT_LEAVE, "");
	set(wizard, "connectors", "yes");
	assert_int_equal(save(wizard, ""), WIZARD_CONFLICT);
	/* The yes is about what was there, not about what comes after it. */
	write_text("contoso.yaml", "a third one\n");
	wizard_answer_conflict(wizard, CONFLICT_REPLACE, "");
	assert_int_equal(save(wizard, ""), WIZARD_CONFLICT);
	assert_holds("contoso.yaml", "a third one\n");
	wizard_answer_conflict(wizard, CONFLICT_SAVE_AS, "second.yaml");
	assert_int_equal(save(wizard, "The plan is saved as second.yaml."), WIZARD_SAVED);
	assert_holds("contoso.yaml", "a third one\n");
	wizard_free(wizard);
}

static void test_wizard_save__removed_by_another__asks(void **state)
{
	struct wizard *wizard = open_wizard(NULL);

	(void)state;
	set(wizard, "management-group", "CONTOSO");
	assert_int_equal(save(wizard, "The plan is saved as contoso.yaml."), WIZARD_SAVED);
	assert_int_equal(remove("contoso.yaml"), 0);
	assert_int_equal(save(wizard, ""), WIZARD_CONFLICT);
	assert_true(str_starts(wizard_conflict(wizard), "contoso.yaml is gone"));
	wizard_answer_conflict(wizard, CONFLICT_REPLACE, "");
	assert_int_equal(save(wizard, "The plan is saved as contoso.yaml."), WIZARD_SAVED);
	wizard_free(wizard);
}

static void test_wizard_others__two_on_one_plan__the_second_is_told(void **state)
{
	struct strbuf text = STRBUF_INIT;
	struct wizard *first, *second;

	(void)state;
	write_text("p.yaml", "scupgrade: 1\nproduct: operations-manager\n");
	first = open_wizard("p.yaml");
	assert_false(wizard_others(first, &text));
	set(first, "management-group", "CONTOSO");
	assert_int_equal(save(first, "The plan is saved as p.yaml."), WIZARD_SAVED);
	second = open_wizard("p.yaml");
	assert_true(wizard_others(second, &text));
	assert_true(str_starts(strbuf_text(&text), "p.yaml is open elsewhere too, in "));
	wizard_free(first);
	wizard_free(second);
	second = open_wizard("p.yaml");
	assert_false(wizard_others(second, &text));
	strbuf_clear(&text);
	wizard_free(second);
}

static void test_wizard_save__no_such_folder__says_why(void **state)
{
	struct wizard *wizard = open_wizard(NULL);
	struct strbuf note = STRBUF_INIT;

	(void)state;
	wizard_set_plan_path(wizard, "nowhere/x.yaml");
	assert_int_equal(wizard_save(wizard, &note), WIZARD_NOT_SAVED);
	assert_non_null(strstr(strbuf_text(&note), "nowhere"));
	assert_null(wizard_conflict(wizard));
	strbuf_clear(&note);
	wizard_free(wizard);
}

/* ---- the Ready page ---- */

static void test_wizard_next__ready__writes_all_that_is_chosen(void **state)
{
	struct wizard *wizard = open_wizard(NULL);
	struct strbuf there = STRBUF_INIT;
	struct digest digest;
	char *bytes, hex[65];
	size_t length;

	(void)state;
	fill_up_to(wizard, "ready");
	assert_int_equal(wizard_would_replace(wizard, &there), 0);
	assert_int_equal(next(wizard, "ready", ""), WIZARD_MOVED);
	assert_string_equal(wizard_page(wizard)->id, "progress");
	for (size_t i = 0; i < wizard_output_count(wizard); i++) {
		const struct output *output = wizard_output(wizard, i);

		assert_labelled(output->label, output->chosen == output->written);
		if (!output->written)
			continue;
		bytes = read_whole_file(output->path, &length);
		digest = digest_of(bytes, length);
		digest_text(&digest, hex);
		assert_text(output->label, hex, output->sha256);
		assert_labelled(output->label, !output->existed);
		free(bytes);
	}
	bytes = read_whole_file("contoso.commands.txt", NULL);
	assert_non_null(strstr(
		bytes, "setup.exe /silent /upgrade /AcceptEndUserLicenseAgreement:1 /DASAccountUser:CONTOSO\\svc-das "
		       "/DASAccountPassword:<password> /DataReaderUser:CONTOSO\\svc-reader "
		       "/DataReaderPassword:<password>\n"));
	free(bytes);
	assert_false(wizard_changed(wizard));
	/* The front ends list the files; the text does not do so again. */
	assert_null(strstr(wizard_page_text(wizard, page_of(wizard, "complete")), "contoso.commands.txt"));
	strbuf_clear(&there);
	wizard_free(wizard);
}

static void test_wizard_next__ready_again__replaces_its_own_files(void **state)
{
	struct wizard *wizard = open_wizard(NULL);
	struct strbuf there = STRBUF_INIT;

	(void)state;
	fill_up_to(wizard, "progress");
	set(wizard, "connectors", "no");
	set(wizard, "setup-folder", "D:\\");
	assert_true(wizard_back(wizard));
	assert_int_equal(wizard_would_replace(wizard, &there), 0);
	assert_int_equal(next(wizard, "again", ""), WIZARD_MOVED);
	assert_true(wizard_output(wizard, 1)->existed);
	assert_true(wizard_back(wizard));
	write_whole_file("contoso.commands.txt", "mine\n", 5);
	set(wizard, "setup-folder", "E:\\");
	assert_int_equal(next(wizard, "changed by another", "error files.commands file-exists\n"), WIZARD_STAYED);
	assert_int_equal(wizard_would_replace(wizard, &there), 1);
	wizard_allow_replace(wizard, true);
	/* The yes was about what was there then. */
	write_text("contoso.commands.txt", "mine too\n");
	assert_int_equal(next(wizard, "changed again", "error files.commands file-not-written\n"), WIZARD_STAYED);
	assert_holds("contoso.commands.txt", "mine too\n");
	strbuf_clear(&there);
	wizard_free(wizard);
}

static void test_wizard_next__file_is_there__writes_nothing_until_allowed(void **state)
{
	struct wizard *wizard = open_wizard(NULL);
	struct strbuf there = STRBUF_INIT;
	char *bytes;

	(void)state;
	fill_up_to(wizard, "ready");
	write_whole_file("contoso.commands.txt", "mine\n", 5);
	assert_int_equal(wizard_would_replace(wizard, &there), 1);
	assert_string_equal(strbuf_text(&there), "contoso.commands.txt\n");
	assert_int_equal(next(wizard, "there", "error files.commands file-exists\n"), WIZARD_STAYED);
	assert_int_equal(access("contoso.yaml", F_OK), -1);
	bytes = read_whole_file("contoso.commands.txt", NULL);
	assert_string_equal(bytes, "mine\n");
	free(bytes);
	assert_int_equal(wizard_would_replace(wizard, &there), 1);
	wizard_allow_replace(wizard, true);
	assert_int_equal(next(wizard, "allowed", ""), WIZARD_MOVED);
	assert_true(wizard_output(wizard, 1)->existed);
	strbuf_clear(&there);
	wizard_free(wizard);
}

static void test_wizard_next__one_cannot_be_written__says_which_were(void **state)
{
	struct wizard *wizard = open_wizard(NULL);

	(void)state;
	fill_up_to(wizard, "ready");
	wizard_set_output_path(wizard, 1, "nowhere/lines.txt");
	assert_int_equal(
		next(wizard, "no folder", "error files.commands file-not-written\n"),
		WIZARD_STAYED);
	assert_true(wizard_output(wizard, 0)->written);
	assert_false(wizard_output(wizard, 1)->written);
	wizard_set_output_path(wizard, 1, "contoso.yaml");
	assert_int_equal(
		next(wizard, "same name", "error files.commands file-twice\n"),
		WIZARD_STAYED);
	wizard_set_output_path(wizard, 1, "contoso.yaml.journal");
	write_text("contoso.yaml.journal", "what was done\n");
	wizard_allow_replace(wizard, true);
	assert_int_equal(next(wizard, "the record", "error files.commands file-is-input\n"), WIZARD_STAYED);
	assert_holds("contoso.yaml.journal", "what was done\n");
	assert_int_equal(remove("contoso.yaml.journal"), 0);
	wizard_set_output_path(wizard, 1, "other.yaml.journal");
	assert_int_equal(next(wizard, "a record to be", "error files.commands file-is-input\n"), WIZARD_STAYED);
	wizard_set_output_path(wizard, 1, "another.yaml");
	write_text("another.yaml", "{ product: operations-manager, scupgrade: 1 }\n");
	assert_int_equal(next(wizard, "another plan", "error files.commands file-is-input\n"), WIZARD_STAYED);
	assert_int_equal(remove("another.yaml"), 0);
	wizard_output(wizard, 1)->chosen = false;
	assert_int_equal(next(wizard, "left out", ""), WIZARD_MOVED);
	wizard_free(wizard);
}

static void test_wizard_next__a_later_one_cannot_be_written__takes_the_new_ones_back(void **state)
{
	struct wizard *wizard = open_wizard(NULL);
	struct strbuf there = STRBUF_INIT;
	struct diags found = DIAGS_INIT;
	size_t last = 0;

	(void)state;
	fill_up_to(wizard, "ready");
	for (size_t i = 1; i < wizard_output_count(wizard); i++)
		if (wizard_output(wizard, i)->renderer && wizard_output(wizard, i)->chosen)
			last = i;
	assert_true(last > 1);
	write_whole_file("contoso.commands.txt", "old", 3);
	wizard_set_output_path(wizard, last, "nowhere/last");
	assert_int_equal(wizard_would_replace(wizard, &there), 1);
	wizard_allow_replace(wizard, true);
	assert_int_equal(wizard_next(wizard, &found), WIZARD_STAYED);
	assert_int_equal(found.count, 1);
	assert_string_equal(found.items[0].text, "nowhere/last is not written: folder nowhere: No such file or "
						 "directory. Written, and nothing else: contoso.yaml, "
						 "contoso.commands.txt.");
	wizard_set_output_path(wizard, 1, "new.txt");
	strbuf_reset(&there);
	assert_int_equal(wizard_would_replace(wizard, &there), 0);
	assert_int_equal(next(wizard, "new ones go", "error files.html file-not-written\n"), WIZARD_STAYED);
	assert_int_not_equal(access("new.txt", F_OK), 0);
	assert_false(wizard_output(wizard, 1)->written);
	strbuf_clear(&there);
	diags_clear(&found);
	wizard_free(wizard);
}

static void test_wizard_next__a_folder__is_written_and_not_replaced_unasked(void **state)
{
	struct wizard *wizard = open_wizard(NULL);
	struct strbuf there = STRBUF_INIT;
	size_t folder = 0;

	(void)state;
	fill_up_to(wizard, "ready");
	for (size_t i = 0; i < wizard_output_count(wizard); i++)
		if (wizard_output(wizard, i)->folder == folder_renderer_find("ansible"))
			folder = i;
	assert_true(folder > 0);
	assert_string_equal(wizard_output(wizard, folder)->path, "contoso-ansible");
	assert_false(wizard_output(wizard, folder)->chosen);
	wizard_output(wizard, folder)->chosen = true;
	assert_int_equal(mkdir("contoso-ansible", 0700), 0);
	assert_int_equal(wizard_would_replace(wizard, &there), 1);
	assert_string_equal(strbuf_text(&there), "contoso-ansible\n");
	assert_int_equal(next(wizard, "there", "error files.ansible file-exists\n"), WIZARD_STAYED);
	assert_int_equal(rmdir("contoso-ansible"), 0);
	assert_int_equal(next(wizard, "written", ""), WIZARD_MOVED);
	assert_true(wizard_output(wizard, folder)->written);
	assert_int_equal(strlen(wizard_output(wizard, folder)->sha256), 64);
	assert_int_equal(access("contoso-ansible/site.yml", R_OK), 0);
	assert_int_equal(access("contoso-ansible/group_vars/all.yml", R_OK), 0);
	strbuf_clear(&there);
	wizard_free(wizard);
}

/* The plan's question comes before anything is written. */
static void test_wizard_next__plan_changed_by_another__asks_before_it_writes(void **state)
{
	struct wizard *wizard = open_wizard(NULL);
	struct strbuf note = STRBUF_INIT;

	(void)state;
	fill_up_to(wizard, "ready");
	assert_int_equal(wizard_save(wizard, &note), WIZARD_SAVED);
	write_text("contoso.yaml", "theirs\n");
	assert_int_equal(next(wizard, "changed", ""), WIZARD_STAYED);
	assert_non_null(wizard_conflict(wizard));
	assert_int_equal(access("contoso.commands.txt", F_OK), -1);
	assert_holds("contoso.yaml", "theirs\n");
	wizard_answer_conflict(wizard, CONFLICT_SAVE_AS, "mine.yaml");
	assert_int_equal(next(wizard, "elsewhere", ""), WIZARD_MOVED);
	assert_holds("contoso.yaml", "theirs\n");
	assert_int_equal(access("mine.commands.txt", F_OK), 0);
	strbuf_clear(&note);
	wizard_free(wizard);
}

static void test_wizard_next__ready_with_errors__writes_nothing(void **state)
{
	struct wizard *wizard = open_wizard(NULL);

	(void)state;
	fill_up_to(wizard, "ready");
	set(wizard, "accounts.data-reader.user", "svc");
	assert_int_equal(next(wizard, "ready", NULL), WIZARD_STAYED);
	assert_int_equal(wizard_page_state(wizard, page_of(wizard, "accounts")), PAGE_STATE_BAD);
	assert_int_equal(access("contoso.yaml", F_OK), -1);
	wizard_free(wizard);
}

/* ---- license terms ---- */

static void test_wizard_page_text__license_file__is_shown_filtered(void **state)
{
	static const struct {
		const char *label, *bytes;
		size_t length;
		const char *text;
	} cases[] = {
		{ "plain", "A\r\n\tB\n", 6, "A\n        B\n" },
		{ "mark",
		  "\xef\xbb\xbf"
		  "A",
		  4, "A" },
		{ "escape", "A\x1b[2JB", 6, "A\\u{001B}[2JB" },
		{ "UTF-16",
		  "\xff\xfe"
		  "A\0\xac\x20\x3d\xd8\x00\xde",
		  10, "A\xe2\x82\xac\xf0\x9f\x98\x80" },
		{ "lone surrogate", "\xff\xfe\x00\xd8", 4, "\xef\xbf\xbd" },
		{ "two first halves", "\xff\xfe\x3d\xd8\x3d\xd8", 6, "\xef\xbf\xbd\xef\xbf\xbd" },
		{ "a second half alone", "\xff\xfe\x00\xdc", 4, "\xef\xbf\xbd" },
		{ "half a character", "\xff\xfe\x41\x00\x41", 5, "A" },
		{ "Windows-1252",
		  "\x93"
		  "A\x94 \xa9",
		  5,
		  "\xe2\x80\x9c"
		  "A\xe2\x80\x9d \xc2\xa9" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct wizard_options options = { .license_path = "license.txt" };
		struct wizard *wizard;

		write_whole_file("license.txt", cases[i].bytes, cases[i].length);
		wizard = open_wizard_with(NULL, options);
		assert_text(cases[i].label, cases[i].text, wizard_page_text(wizard, page_of(wizard, "license")));
		wizard_free(wizard);
	}
}

static void test_wizard_page_text__license_unreadable__says_why(void **state)
{
	static const struct {
		const char *label, *path, *bytes;
		size_t length;
		const char *why;
	} cases[] = {
		{ "missing", "license.txt", NULL, 0, "there is no such file" },
		{ "folder", "state", NULL, 0, "folder" },
		{ "rtf", "license.txt", "{\\rtf1 x}", 9, "not plain text" },
		{ "binary", "license.txt", "MZ\0\1", 4, "not plain text" },
		{ "pdf", "license.txt", "%PDF-1.7\n", 9, "not plain text" },
		{ "large", "license.txt", NULL, (1 << 20) + 1, "larger than 1 MiB" },
	};

	(void)state;
	assert_int_equal(mkdir("state", 0700), 0);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct wizard_options options = { .license_path = cases[i].path };
		struct wizard *wizard;
		char *zeros = xcalloc(1, cases[i].length + 1);

		if (cases[i].length)
			write_whole_file("license.txt", cases[i].bytes ? cases[i].bytes : zeros, cases[i].length);
		wizard = open_wizard_with(NULL, options);
		assert_labelled(cases[i].label,
				strstr(wizard_page_text(wizard, page_of(wizard, "license")), cases[i].why) != NULL);
		wizard_free(wizard);
		free(zeros);
	}
}

static void test_wizard_page_text__no_license_file__tells_where_they_lie(void **state)
{
	struct wizard *wizard = open_wizard(NULL);

	(void)state;
	assert_non_null(strstr(wizard_page_text(wizard, page_of(wizard, "license")), "--license FILE"));
	wizard_free(wizard);
}

/* ---- folders ---- */

static void add_name(const char *name, void *data)
{
	strbuf_printf(data, "%s|", name);
}

static void test_wizard_list_folders__windows_path__finds_the_local_one(void **state)
{
	static const struct {
		const char *path, *names; /* NULL: refused */
	} cases[] = {
		{ "", "E:\\|" },
		{ "E:\\", "Program Files|Twice|twice|" },
		{ "e:", "Program Files|Twice|twice|" },
		{ "E:\\PROGRAM files\\", "System Center|" },
		{ "E:/program files/system center", "" },
		{ "E:\\Twice", "right|" },
		{ "E:\\missing", NULL },
		{ "E:\\..", NULL },
		{ "E:\\Program Files\\..\\..", NULL },
		{ "Q:\\", NULL },
		{ "\\\\server\\share", NULL },
		{ "E:x", NULL },
	};
	static const char *const folders[] = { "e",
					       "e/Program Files",
					       "e/Program Files/System Center",
					       "e/Twice",
					       "e/twice",
					       "e/Twice/right",
					       "e/twice/wrong" };
	static const char *const drives[] = { "E=e", NULL };
	struct wizard *wizard = open_wizard_with(NULL, (struct wizard_options){ .drives = drives });

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(folders); i++)
		assert_int_equal(mkdir(folders[i], 0700), 0);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct strbuf names = STRBUF_INIT;
		const char *why;
		bool listed = wizard_list_folders(wizard, cases[i].path, add_name, &names, &why);

		assert_labelled(cases[i].path, listed == (cases[i].names != NULL));
		assert_labelled(cases[i].path, listed || *why);
		/* In a subsystem for Linux its own drives are listed too. */
		if (listed)
			assert_labelled(cases[i].path, strstr(strbuf_text(&names), cases[i].names) != NULL);
		strbuf_clear(&names);
	}
	wizard_free(wizard);
}

/* "E:" is reachable here and asked itself; what the facts say about it counts for nothing. */
static void test_wizard_list_folders__drive_not_reachable__lists_what_the_facts_name(void **state)
{
	static const struct {
		const char *path, *names; /* NULL: refused */
	} cases[] = {
		{ "", "D:\\|E:\\|Q:\\|" },
		{ "D:\\", "Backup|Ops Manager|" },
		{ "d:", "Backup|Ops Manager|" },
		{ "D:/ops manager", "Server|" },
		{ "D:\\Ops Manager\\Server", "" },
		{ "Q:\\", "Only on the second|" },
		{ "E:\\", "real|" },
		{ "E:\\in the facts", NULL },
		{ "\\\\server\\share", NULL },
	};
	static const char first[] = "scupgrade-facts: 1\nserver: MS01\ncollected: '2026-11-21T14:00:00Z'\n"
				    "drives: [ { name: 'D:' }, { name: 'E:' } ]\n"
				    "folders: [ 'D:\\Backup', 'D:\\Ops Manager\\Server', 'E:\\in the facts\\x' ]\n";
	static const char second[] = "scupgrade-facts: 1\nserver: MS02\ncollected: '2026-11-21T14:00:00Z'\n"
				     "drives: [ { name: 'Q:' } ]\nfolders: [ 'Q:\\Only on the second', 'D:\\Other' ]\n";
	static const char *const drives[] = { "D", "Q1=e", "1=e", "e:=e", NULL }; /* one is a drive */
	struct diags found = DIAGS_INIT;
	struct wizard *wizard;

	(void)state;
	assert_int_equal(mkdir("e", 0700), 0);
	assert_int_equal(mkdir("e/real", 0700), 0);
	assert_int_equal(mkdir("facts", 0700), 0);
	write_whole_file("facts/1.yaml", first, strlen(first));
	write_whole_file("facts/2.yaml", second, strlen(second));
	wizard = open_wizard_with(NULL, (struct wizard_options){ .drives = drives, .collect.facts_path = "facts" });
	assert_true(add_server(wizard, "MS01", "management-server", &found));
	assert_true(add_server(wizard, "MS02", "management-server", &found));
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct strbuf names = STRBUF_INIT;
		const char *why;
		bool listed = wizard_list_folders(wizard, cases[i].path, add_name, &names, &why);

		assert_labelled(cases[i].path, listed == (cases[i].names != NULL));
		if (listed)
			assert_text(cases[i].path, cases[i].names, strbuf_text(&names));
		else
			assert_labelled(cases[i].path, *why != '\0');
		strbuf_clear(&names);
	}
	diags_clear(&found);
	wizard_free(wizard);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WIZARD_TEST(test_wizard_plan_path__management_group__is_a_safe_name),
		WIZARD_TEST(test_wizard_plan_path__a_flow_without_a_title__is_plain),
		WIZARD_TEST(test_wizard_output__plan_path__leads_the_others),
		WIZARD_TEST(test_wizard_save__file_is_there__asks),
		WIZARD_TEST(test_wizard_save__changed_by_another__asks_each_time),
		WIZARD_TEST(test_wizard_save__removed_by_another__asks),
		WIZARD_TEST(test_wizard_others__two_on_one_plan__the_second_is_told),
		WIZARD_TEST(test_wizard_save__no_such_folder__says_why),
		WIZARD_TEST(test_wizard_next__ready__writes_all_that_is_chosen),
		WIZARD_TEST(test_wizard_next__ready_again__replaces_its_own_files),
		WIZARD_TEST(test_wizard_next__file_is_there__writes_nothing_until_allowed),
		WIZARD_TEST(test_wizard_next__one_cannot_be_written__says_which_were),
		WIZARD_TEST(test_wizard_next__a_later_one_cannot_be_written__takes_the_new_ones_back),
		WIZARD_TEST(test_wizard_next__a_folder__is_written_and_not_replaced_unasked),
		WIZARD_TEST(test_wizard_next__plan_changed_by_another__asks_before_it_writes),
		WIZARD_TEST(test_wizard_next__ready_with_errors__writes_nothing),
		WIZARD_TEST(test_wizard_page_text__license_file__is_shown_filtered),
		WIZARD_TEST(test_wizard_page_text__license_unreadable__says_why),
		WIZARD_TEST(test_wizard_page_text__no_license_file__tells_where_they_lie),
		WIZARD_TEST(test_wizard_list_folders__windows_path__finds_the_local_one),
		WIZARD_TEST(test_wizard_list_folders__drive_not_reachable__lists_what_the_facts_name),
	};

	return run_tests(tests);
}
