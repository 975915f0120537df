/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Folders and files: forms, forbidden characters, names of devices, and tidying.
 */
#include "helpers.h"

#include "name_cases.h"

static void test_rule_path__forms__are_told_apart(void **state)
{
	static const struct name_case cases[] = {
		{ rule_install_folder, "E:\\System Center\\Operations Manager", NULL },
		{ rule_install_folder, "e:\\x", NULL },
		{ rule_install_folder, "E:\\.hidden", NULL },
		{ rule_install_folder, "E:\\a b (x86)\\100%", NULL },
		{ rule_install_folder, "E:\\\xE6\x97\xA5\xE6\x9C\xAC", NULL },
		{ rule_install_folder, "E:\\x\\", NULL },
		{ rule_install_folder, "", "error path-form\n" },
		{ rule_install_folder, "E:\\", "error path-form\n" },
		{ rule_install_folder, "E:", "error path-form\n" },
		{ rule_install_folder, "E:x", "error path-form\n" },
		{ rule_install_folder, "\\x", "error path-form\n" },
		{ rule_install_folder, "x\\y", "error path-form\n" },
		{ rule_install_folder, "E:\\a\\..\\b", "error path-form\n" },
		{ rule_install_folder, "E:\\a\\.\\b", "error path-form\n" },
		{ rule_install_folder, "E:\\a\\\\b", "error path-form\n" },
		{ rule_install_folder, "E:/a", "error path-form\n" },
		{ rule_install_folder, "E:\\a/b", "error path-form\n" },
		{ rule_install_folder, "E:\\a.\\b", "error path-form\n" },
		{ rule_install_folder, "E:\\a \\b", "error path-form\n" },
		{ rule_install_folder, "E:\\a\\b.", "error path-form\n" },
		{ rule_install_folder, "\\\\srv\\share\\x", "error path-form\n" },
		{ rule_install_folder, "\\\\?\\E:\\x", "error path-form\n" },
		{ rule_install_folder, "\\\\.\\E:\\x", "error path-form\n" },
		{ rule_install_folder, "%ProgramFiles%\\x", "error path-form\n" },
		{ rule_install_folder, "E:\\%USERNAME%\\x", "error path-form\n" },
		{ rule_install_folder, "E:\\PROGRA~1\\x", "warning path-short-name\n" },
		{ rule_install_folder, "E:\\PROGR~12.EXT", "warning path-short-name\n" },
		{ rule_install_folder, "E:\\a~b", NULL },
		{ rule_install_folder, "E:\\backup~2016", NULL },
		{ rule_media_folder, "D:\\", NULL },
		{ rule_media_folder, "D:\\SCOM 2016", NULL },
		{ rule_media_folder, "\\\\srv\\share", "warning path-unc\n" },
		{ rule_media_folder, "\\\\srv\\share\\", "warning path-unc\n" },
		{ rule_media_folder, "\\\\srv\\media$\\SCOM 2016", "warning path-unc\n" },
		{ rule_media_folder, "\\\\srv", "error path-form\n" },
		{ rule_media_folder, "\\\\srv\\", "error path-form\n" },
		{ rule_media_folder, "\\\\", "error path-form\n" },
		{ rule_media_folder, "\\\\\\srv\\share", "error path-form\n" },
		{ rule_media_folder, "\\\\srv\\share\\CON", "error path-reserved\n" },
		{ rule_media_folder, "\\\\srv\\sh*re", "error path-form\n" },
		{ rule_media_folder, "\\\\?\\UNC\\srv\\share", "error path-form\n" },
		{ rule_file, "D:\\SMA\\WorkerInstaller.msi", NULL },
		{ rule_file, "\\\\srv\\share\\x.log", NULL },
		{ rule_file, "\\\\srv\\share", "error path-form\n" },
		{ rule_file, "D:\\", "error path-form\n" },
		{ rule_file, "D:\\x\\", "error path-form\n" },
		{ rule_file, "x.msi", "error path-form\n" },
	};

	(void)state;
	RUN(cases);
}

static void test_rule_path__forbidden_characters__are_errors(void **state)
{
	(void)state;
	for (const char *c = "<>:\"/|?*"; *c; c++) {
		char text[] = "E:\\a?b\\c";

		text[4] = *c;
		assert_case(rule_install_folder, text, "error path-form\n");
		assert_case(rule_media_folder, text, "error path-form\n");
		assert_case(rule_file, text, "error path-form\n");
	}
}

static void test_rule_path__device_names__are_reserved(void **state)
{
	static const char *const devices[] = {
		"CON", "con", "Prn", "AUX", "nul", "NUL.txt", "con.tar.gz", "CON .txt", "COM1", "com9", "LPT1",
		"lpt9.log", "COM\xC2\xB9", "com\xC2\xB2.txt", "LPT\xC2\xB3", "CONIN$", "conout$",
	};
	static const char *const names[] = {
		"CONS", "ACON", "COM", "COM10", "COM1x", "LPT", "CONIN", "nullx", "x.con", "COM\xC2\xB4", "CO", "C",
	};
	struct strbuf path = STRBUF_INIT;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(devices); i++) {
		strbuf_reset(&path);
		strbuf_printf(&path, "E:\\%s\\x", devices[i]);
		assert_case(rule_install_folder, strbuf_text(&path), "error path-reserved\n");
		strbuf_reset(&path);
		strbuf_printf(&path, "E:\\x\\%s", devices[i]);
		assert_case(rule_file, strbuf_text(&path), "error path-reserved\n");
	}
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		strbuf_reset(&path);
		strbuf_printf(&path, "E:\\%s\\x", names[i]);
		assert_case(rule_install_folder, strbuf_text(&path), NULL);
	}
	assert_case(rule_install_folder, "E:\\COM0", "warning path-reserved\n");
	assert_case(rule_install_folder, "E:\\lpt0.x", "warning path-reserved\n");
	strbuf_clear(&path);
}

static void test_tidy__input__is_brought_to_its_form(void **state)
{
	static const struct {
		value_tidy_fn *tidy;
		const char *text, *expected;
	} cases[] = {
		{ tidy_trim, "", "" }, { tidy_trim, "  ", "" }, { tidy_trim, "a b", "a b" },
		{ tidy_trim, " \ta b \t", "a b" },
		{ tidy_trim, "ABC\n", "ABC\n" },
		{ tidy_path, " E:/System Center/x/ ", "E:\\System Center\\x" },
		{ tidy_path, "E:\\", "E:\\" }, { tidy_path, "E:/", "E:\\" }, { tidy_path, "E:\\\\", "E:\\" },
		{ tidy_path, "E:", "E:" }, { tidy_path, "E:\\x\\\\", "E:\\x" }, { tidy_path, "E:\\x", "E:\\x" },
		{ tidy_path, "//srv/share/", "\\\\srv\\share" }, { tidy_path, "\\\\", "\\\\" },
		{ tidy_path, "\\", "\\" },
		{ tidy_path, "", "" }, { tidy_path, "E", "E" },
		{ tidy_serial, "\xE2\x80\x8E" "1a 2b:3C", "1a2b3C" }, { tidy_serial, "1a2b", "1a2b" },
		{ tidy_serial, "\xC2\xA0" "1a\xEF\xBB\xBF", "1a" }, { tidy_serial, "1a\n", "1a\n" },
		{ tidy_serial, "1a\xFF", "1a\xFF" }, { tidy_serial, "", "" },
	};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_text(cases[i].text, cases[i].expected, cases[i].tidy(arena, cases[i].text));
	assert_ptr_equal(tidy_path(arena, cases[11].text), cases[11].text);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_rule_path__forms__are_told_apart),
		TEST(test_rule_path__forbidden_characters__are_errors),
		TEST(test_rule_path__device_names__are_reserved),
		TEST(test_tidy__input__is_brought_to_its_form),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
