/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Secrets in lines of logs: what is masked and where it ends.
 */
#include "helpers.h"

#include "core/mask.h"

static void test_mask_secrets__table__no_secret_left(void **state)
{
	static const struct {
		const char *text, *expected;
	} cases[] = {
		{ "nothing to hide", "nothing to hide" },
		{ "The password is wrong.", "The password is wrong." },
		{ "/DASAccountPassword:p w\"d /DataReaderUser:x", "/DASAccountPassword:" MASKED " /DataReaderUser:x" },
		{ "/DASAccountPassword:\"p w\" /x", "/DASAccountPassword:\"" MASKED "\" /x" },
		{ "SERVICEPASSWORD=pw APPOOLPASSWORD=pw2", "SERVICEPASSWORD=" MASKED " APPOOLPASSWORD=" MASKED },
		{ "Property(S): SQLPASSWORD = my pass word", "Property(S): SQLPASSWORD = " MASKED },
		{ "PROPERTY CHANGE: Adding PWD property. Its value is 'a'b'.",
		  "PROPERTY CHANGE: Adding PWD property. Its value is '" MASKED },
		{ "PROPERTY CHANGE: Modifying PWD property. Its current value is 'a'. Its new value: 'b'.",
		  "PROPERTY CHANGE: Modifying PWD property. Its current value is '" MASKED },
		{ "Server=a;Password=b;c;User ID=d", "Server=a;Password=" MASKED ";User ID=d" },
		{ "Pwd='it''s';Server=a", "Pwd='" MASKED "';Server=a" },
		{ "<Password>a b</Password><x>", "<Password>" MASKED "</Password><x>" },
		{ "{\"password\": \"x\", \"user\": \"y\"}", "{\"password\": \"" MASKED "\", \"user\": \"y\"}" },
		{ "PRODUCTKEY: ABCDE-12345-FGHIJ-67890-KLMNO", "PRODUCTKEY: " MASKED },
		{ "key ABCDE-12345-FGHIJ-67890-KLMNO end", "key " MASKED " end" },
		{ "{742D699D-56EB-49CC-A04A-317DE01F31CD}", "{742D699D-56EB-49CC-A04A-317DE01F31CD}" },
		{ "Password:", "Password:" },
		{ "Password=\"", "Password=\"" },
		{ "Password\t=\tpw", "Password\t=\t" MASKED },
		{ "Password='p w' x", "Password='" MASKED "' x" },
		{ "key ABCDE-12345-FGHIJ-67890-KLMNO", "key " MASKED },
		{ "ABCDE-12345-FGHIJ-67890-KLMNO-P", "ABCDE-12345-FGHIJ-67890-KLMNO-P" },
		{ "access_token=abc&user=me", "access_token=" MASKED "&user=me" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct strbuf out = STRBUF_INIT;

		mask_secrets(&out, cases[i].text, strlen(cases[i].text));
		assert_text(cases[i].text, cases[i].expected, strbuf_text(&out));
		strbuf_clear(&out);
	}
}

/* A text of nothing but names takes time like any other. */
static void test_mask_secrets__many_names__is_linear(void **state)
{
	struct strbuf text = STRBUF_INIT, out = STRBUF_INIT;

	(void)state;
	while (text.length < 1000000)
		strbuf_puts(&text, "password=x ");
	assert_int_equal(mask_secrets(&out, strbuf_text(&text), text.length), (text.length + 10) / 11);
	strbuf_reset(&text);
	strbuf_reset(&out);
	while (text.length < 1000000)
		strbuf_puts(&text, "password");
	mask_secrets(&out, strbuf_text(&text), text.length);
	strbuf_clear(&text);
	strbuf_clear(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_mask_secrets__table__no_secret_left),
		TEST(test_mask_secrets__many_names__is_linear),
	};

	return run_tests(tests);
}
