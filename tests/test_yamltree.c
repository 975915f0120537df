/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Tests of yamltree: the tree, its places, and that every hostile input gives exactly one finding with its place.
 */
#include "helpers.h"

#include "core/secret.h"
#include "core/text.h"
#include "core/yamltree.h"

#define FILE_NAME "p.yaml"

/* The findings as "LINE:COLUMN severity code", one a line. Owned. */
static char *places(const struct diags *diags)
{
	struct strbuf text = STRBUF_INIT;

	strbuf_puts(&text, "");
	for (size_t i = 0; i < diags->count; i++)
		strbuf_printf(&text, "%s%u:%u %s %s", i ? "\n" : "", diags->items[i].at.line, diags->items[i].at.column,
			      severity_name(diags->items[i].severity), diags->items[i].code);
	return take_text(&text);
}

static void assert_findings(const char *label, const char *bytes, size_t length, bool wanted, const char *expected)
{
	struct diags diags = DIAGS_INIT;
	struct yamltree *tree = yamltree_parse(FILE_NAME, bytes, length, &diags);
	char *actual = places(&diags);

	assert_text(label, expected, actual);
	assert_labelled(label, (tree != NULL) == wanted);
	free(actual);
	diags_clear(&diags);
	yamltree_free(tree);
}

struct input {
	const char *label, *bytes, *expected;
	size_t length;               /* 0: that of the string */
};

static void test_yamltree_parse__hostile_input__gives_one_finding_with_its_place(void **state)
{
	static const struct input inputs[] = {
		{ "empty", "", "1:1 error yaml-empty", 0 },
		{ "only comments", "# nothing\n\n", "1:1 error yaml-empty", 0 },
		{ "only a document start", "---\n", "1:1 error yaml-empty", 0 },
		{ "truncated flow", "a: 1\nservers:\n  - { name: MS01, ro", "3:21 error yaml-syntax", 0 },
		{ "truncated quote", "a: 1\nb: 'MS", "2:4 error yaml-syntax", 0 },
		{ "truncated sequence of bytes", "a: \xC3", "1:4 error yaml-encoding", 0 },
		{ "not UTF-8", "a: 1\nb: x\xFFy\n", "2:5 error yaml-encoding", 0 },
		{ "overlong", "a: \xC0\xAF\n", "1:4 error yaml-encoding", 0 },
		{ "surrogate", "a: \xED\xA0\x80\n", "1:4 error yaml-encoding", 0 },
		{ "column counts characters", "\xC3\xA4\xC3\xB6: \xFF\n", "1:5 error yaml-encoding", 0 },
		{ "UTF-16 with mark, little",
		  "\xFF\xFE"
		  "a\0:\0",
		  "1:1 error yaml-encoding", 6 },
		{ "UTF-16 with mark, big", "\xFE\xFF\0a\0:", "1:1 error yaml-encoding", 6 },
		{ "UTF-16 without mark", "a\0:\0 \0b\0", "1:1 error yaml-encoding", 8 },
		{ "UTF-32 with mark", "\0\0\xFE\xFF\0\0\0a", "1:1 error yaml-encoding", 8 },
		{ "binary",
		  "\x7F"
		  "ELF\x02\x01\x01\0\0",
		  "1:1 error yaml-binary", 9 },
		{ "NUL within", "abc: d\ne: \0f\n", "2:4 error yaml-binary", 13 },
		{ "NUL at the very end", "abc: d\0", "1:7 error yaml-binary", 7 },
		{ "escape sequence", "a: \x1B[31m\n", "1:4 error yaml-binary", 0 },
		{ "C1", "a: \xC2\x9B\n", "1:4 error yaml-binary", 0 },
		{ "after CR LF", "a: 1\r\nb: 2\r\nc: \x01\r\n", "3:4 error yaml-binary", 0 },
		{ "raw bidi", "a: 1\nb: x\xE2\x80\xAEy\n", "2:5 error yaml-character", 0 },
		{ "raw zero width in a comment", "a: 1 # \xE2\x80\x8B\n", "1:8 error yaml-character", 0 },
		{ "escaped bidi", "a: 1\nb: \"x\\u202Ey\"\n", "2:4 error yaml-character", 0 },
		{ "escaped NUL", "a: \"x\\0y\"\n", "1:6 error yaml-character", 0 },
		{ "escaped escape", "a: \"\\e[31m\"\n", "1:5 error yaml-character", 0 },
		{ "escaped line feed", "a: \"x\\ny\"\n", "1:6 error yaml-character", 0 },
		{ "block text with line feed", "a: |\n  x\n  y\n", "1:4 error yaml-character", 0 },
		{ "unsafe key", "\"a\\u200B\": 1\n", "1:1 error yaml-character", 0 },
		{ "alias", "a: 1\nb: *a\n", "2:4 error yaml-alias", 0 },
		{ "anchor", "a: &x 1\n", "1:4 error yaml-anchor", 0 },
		{ "anchor on a list", "a: &x [1]\n", "1:4 error yaml-anchor", 0 },
		{ "anchor on a key", "&x a: 1\n", "1:1 error yaml-anchor", 0 },
		{ "alias to itself", "&a [*a]\n", "1:1 error yaml-anchor", 0 },
		{ "alias bomb", "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n", "1:4 error yaml-anchor", 0 },
		{ "tag", "a: !!python/object:x 1\n", "1:4 error yaml-tag", 0 },
		{ "tag on a mapping", "a: !x {b: 1}\n", "1:4 error yaml-tag", 0 },
		{ "unknown tag handle", "a: !x!y 1\n", "1:4 error yaml-tag", 0 },
		{ "directive", "%YAML 1.1\n---\na: 1\n", "1:1 error yaml-directive", 0 },
		{ "directive of another version", "%YAML 1.3\n---\na: 1\n", "1:1 error yaml-directive", 0 },
		{ "tag directive", "%TAG ! tag:x,2000:\n---\na: 1\n", "1:1 error yaml-directive", 0 },
		{ "second document", "a: 1\n---\nb: 2\n", "2:1 error yaml-documents", 0 },
		{ "second document that is empty", "a: 1\n...\n---\n", "3:1 error yaml-documents", 0 },
		{ "text behind the end", "{a: 1} b\n", "1:8 error yaml-syntax", 0 },
		{ "duplicate key", "a: 1\nb: 2\na: 3\n", "3:1 error yaml-duplicate-key", 0 },
		{ "duplicate key in a flow mapping", "s: [{n: 1, n: 2}]\n", "1:12 error yaml-duplicate-key", 0 },
		{ "duplicate key, quoted once", "\"a\": 1\na: 3\n", "2:1 error yaml-duplicate-key", 0 },
		{ "duplicate behind a mapping with that key", "n: 1\nm: {n: 2}\nn: 3\n", "3:1 error yaml-duplicate-key",
		  0 },
		{ "list as key", "{[a]: 1}\n", "1:2 error yaml-key", 0 },
		{ "mapping as key", "? {a: 1}\n: 2\n", "1:3 error yaml-key", 0 },
		{ "empty key", "\"\": 1\n", "1:1 error yaml-key", 0 },
		{ "no key", "{: 1}\n", "1:2 error yaml-syntax", 0 },
		{ "no key in a block", ": 1\n", "1:1 error yaml-syntax", 0 },
		{ "tab as indentation", "a:\n\tb: 1\n", "2:1 error yaml-syntax", 0 },
		{ "colon within a text", "a: b: c\n", "1:5 error yaml-syntax", 0 },
		{ "path in double quotes", "a: \"D:\\Setup\"\n", "1:7 error yaml-syntax", 0 },
		{ "no list there", "a: - b\n", "1:4 error yaml-syntax", 0 },
		{ "percent sign as value", "a: %x\n", "1:4 error yaml-syntax", 0 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(inputs); i++)
		assert_findings(inputs[i].label, inputs[i].bytes,
				inputs[i].length ? inputs[i].length : strlen(inputs[i].bytes), false,
				inputs[i].expected);
}

static void add_times(struct strbuf *text, const char *part, size_t times)
{
	for (size_t i = 0; i < times; i++)
		strbuf_puts(text, part);
}

struct long_input {
	const char *label, *head, *part, *tail, *expected;
	size_t times;
	bool wanted;
};

static void test_yamltree_parse__limits__hold_exactly(void **state)
{
	static const struct long_input inputs[] = {
		{ "depth 16", "", "[", "]]]]]]]]]]]]]]]]", "", 16, true },
		{ "depth 17", "", "[", "]]]]]]]]]]]]]]]]]", "1:17 error yaml-depth", 17, false },
		{ "deep and never closed", "", "[", "", "1:17 error yaml-depth", 100000, false },
		{ "deep mappings", "", "{a: ", "", "1:65 error yaml-depth", 100000, false },
		{ "deep block lists", "", "- ", "", "1:33 error yaml-depth", 100000, false },
		{ "text of 4096 bytes", "a: ", "x", "\n", "", 4096, true },
		{ "text of 4097 bytes", "a: ", "x", "\n", "1:4 error yaml-scalar", 4097, false },
		{ "key of 4097 bytes", "{? ", "x", " : 1}\n", "1:4 error yaml-scalar", 4097, false },
		{ "1,000,000 nodes", "[", "a,", "]", "", 999999, true },
		{ "1,000,001 nodes", "[", "a,", "]", "1:2000000 error yaml-nodes", 1000000, false },
		{ "file of 16 MiB", "a: 1 #", "xxxxxxxx", "xx", "", 2097151, true },
		{ "file of 16 MiB and a byte", "a: 1 #", "xxxxxxxx", "xxx", "0:0 error file-too-large", 2097151,
		  false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(inputs); i++) {
		struct strbuf text = STRBUF_INIT;

		strbuf_puts(&text, inputs[i].head);
		add_times(&text, inputs[i].part, inputs[i].times);
		strbuf_puts(&text, inputs[i].tail);
		assert_findings(inputs[i].label, strbuf_text(&text), text.length, inputs[i].wanted, inputs[i].expected);
		strbuf_clear(&text);
	}
}

static void test_yamltree_parse__many_keys__a_duplicate_is_found_among_them(void **state)
{
	struct strbuf text = STRBUF_INIT;

	(void)state;
	for (unsigned i = 1; i <= 20000; i++)
		strbuf_printf(&text, "key%u: 1\n", i);
	assert_findings("all different", strbuf_text(&text), text.length, true, "");
	strbuf_puts(&text, "key777: 2\n");
	assert_findings("one twice", strbuf_text(&text), text.length, false, "20001:1 error yaml-duplicate-key");
	strbuf_clear(&text);
}

static void test_yamltree_parse__duplicate_key__names_both_lines(void **state)
{
	static const char text[] = "name: 1\nother: 2\nname: 3\n";
	struct diags diags = DIAGS_INIT;

	(void)state;
	assert_null(yamltree_parse(FILE_NAME, text, strlen(text), &diags));
	assert_int_equal(diags.count, 1);
	assert_text("text", "The key \"name\" is given on line 1 and again on line 3.", diags.items[0].text);
	diags_clear(&diags);
}

static void test_yamltree_parse__byte_order_mark__is_skipped_with_a_warning(void **state)
{
	(void)state;
	assert_findings("mark", "\xEF\xBB\xBF" "a: 1\n", 8, true, "1:1 warning yaml-bom");
	assert_findings("mark, then an error in column 4", "\xEF\xBB\xBF" "a: \xFF\n", 8, false,
			"1:1 warning yaml-bom\n1:4 error yaml-encoding");
	assert_findings("second mark", "\xEF\xBB\xBF\xEF\xBB\xBF" "a: 1\n", 11, false,
			"1:1 warning yaml-bom\n1:1 error yaml-character");
	assert_findings("nothing else", "\xEF\xBB\xBF", 3, false, "1:1 warning yaml-bom\n1:1 error yaml-empty");
}

static void assert_node(const char *label, const struct node *node, enum node_kind kind, unsigned line, unsigned column)
{
	assert_labelled(label, node != NULL);
	assert_labelled(label, node->kind == kind);
	assert_int_equal(node->line, line);
	assert_int_equal(node->column, column);
}

static void test_yamltree_parse__block_and_flow__give_the_same_tree_with_places(void **state)
{
	static const char text[] =
		"# head\n"
		"product: operations-manager\n"
		"target: \"2016\"\n"
		"accounts:\n"
		"  data-access: { kind: domain, user: 'CONTOSO\\svc''das' }\n"
		"servers:\n"
		"- name: M\xC3\xBC\x31\n"
		"  roles: [a, b]\n"
		"empty:\n";
	struct diags diags = DIAGS_INIT;
	struct yamltree *tree = yamltree_parse(FILE_NAME, text, strlen(text), &diags);
	const struct node *root = tree->nodes, *node;
	struct place at;

	(void)state;
	assert_int_equal(diags.count, 0);
	assert_node("root", root, NODE_MAPPING, 2, 1);
	assert_node("product", node_find(tree, root, "product"), NODE_SCALAR, 2, 10);
	assert_int_equal(node_find(tree, root, "product")->plain, 1);
	assert_node("target", node_find(tree, root, "target"), NODE_SCALAR, 3, 9);
	assert_int_equal(node_find(tree, root, "target")->plain, 0);
	node = node_find(tree, node_find(tree, node_find(tree, root, "accounts"), "data-access"), "user");
	assert_node("user", node, NODE_SCALAR, 5, 38);
	assert_text("user", "CONTOSO\\svc'das", node_text(tree, node));
	at = node_key_place(node, FILE_NAME);
	assert_int_equal(at.line, 5);
	assert_int_equal(at.column, 32);
	node = node_find(tree, root, "servers");
	assert_node("servers", node, NODE_SEQUENCE, 7, 1);
	assert_text("behind the list", "empty", node_key(tree, node_next(node)));
	node = node_first(node);
	assert_node("first server", node, NODE_MAPPING, 7, 3);
	assert_null(node_next(node));
	assert_text("name", "M\xC3\xBC\x31", node_text(tree, node_find(tree, node, "name")));
	node = node_find(tree, node, "roles");
	assert_node("roles", node, NODE_SEQUENCE, 8, 10);
	assert_null(node_next(node));
	assert_node("second role", node_next(node_first(node)), NODE_SCALAR, 8, 14);
	assert_text("second role", "b", node_text(tree, node_next(node_first(node))));
	assert_null(node_first(node_first(node)));
	assert_text("empty", "", node_text(tree, node_find(tree, root, "empty")));
	assert_null(node_next(node_find(tree, root, "empty")));
	assert_null(node_next(root));
	assert_null(node_find(tree, root, "nothing"));
	assert_null(node_find(tree, node, "a list has no keys"));
	assert_text("kind", "a list", node_kind_name(node));
	diags_clear(&diags);
	yamltree_free(tree);
}

static void test_node_rename__keys_that_share_a_text__one_has_the_new_name(void **state)
{
	static const char text[] = "a: { nam: x, m: {} }\nb: { nam: y, roles: [] }\n";
	struct diags diags = DIAGS_INIT;
	struct yamltree *tree = yamltree_parse(FILE_NAME, text, strlen(text), &diags);
	const struct node *first = node_find(tree, tree->nodes, "a"), *second = node_find(tree, tree->nodes, "b");

	(void)state;
	node_rename(tree, node_find(tree, first, "nam"), "name");
	node_rename(tree, node_find(tree, first, "m"), "minutes");
	assert_text("renamed", "x", node_text(tree, node_find(tree, first, "name")));
	assert_null(node_find(tree, first, "nam"));
	assert_null(node_first(node_find(tree, first, "minutes")));
	assert_null(node_find(tree, second, "name"));
	assert_text("the other", "y", node_text(tree, node_find(tree, second, "nam")));
	yamltree_free(tree);
}

static void test_yamltree_parse__repeated_and_long_texts__all_arrive(void **state)
{
	struct strbuf text = STRBUF_INIT;
	struct diags diags = DIAGS_INIT;
	struct yamltree *tree;
	const struct node *node;
	char expected[32];
	unsigned number = 0;

	(void)state;
	for (unsigned i = 0; i < 5000; i++)
		strbuf_printf(&text, "- role-%u\n", i % 700);
	strbuf_puts(&text, "- ");
	strbuf_fill(&text, 'x', 3000);
	strbuf_putc(&text, '\n');
	tree = yamltree_parse(FILE_NAME, strbuf_text(&text), text.length, &diags);
	assert_non_null(tree);
	for (node = node_first(tree->nodes); node_next(node); node = node_next(node), number++) {
		snprintf(expected, sizeof(expected), "role-%u", number % 700);
		assert_text("item", expected, node_text(tree, node));
	}
	assert_int_equal(number, 5000);
	assert_int_equal(strlen(node_text(tree, node)), 3000);
	strbuf_clear(&text);
	diags_clear(&diags);
	yamltree_free(tree);
}

static void test_yamltree_has_comments__hash_signs__only_comments_count(void **state)
{
	static const struct {
		const char *text;
		bool expected;
	} cases[] = {
		{ "a: 1\n", false },
		{ "# head\na: 1\n", true },
		{ "a: 1 # tail\n", true },
		{ "a: 1\n  # last", true },
		{ "a: x#y\n", false },
		{ "a: 'x # y'\n", false },
		{ "a: \"x # y\"\n", false },
		{ "a: 'x # y' # z\n", true },
		{ "a: [b, 'c #'] # z\n", true },
		{ "a: [b,\n # z\n c]\n", true },
		{ "a: '\xC3\xA4\xC3\xA4\xC3\xA4 # '\nb: 2\n", false },
		{ "a: '\xC3\xA4\xC3\xA4\xC3\xA4'\n# z\nb: 2\n", true },
		{ "\xEF\xBB\xBF# z\nb: 2\n", true },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_labelled(cases[i].text,
				yamltree_has_comments(cases[i].text, strlen(cases[i].text)) == cases[i].expected);
}

struct pairs {
	struct strbuf text;
	size_t stop_at, count;
};

static bool add_pair(const char *key, const char *value, size_t length, struct place at, void *data)
{
	struct pairs *pairs = data;

	strbuf_printf(&pairs->text, "%u:%u %s=%s (%zu)\n", at.line, at.column, key, value, length);
	return ++pairs->count != pairs->stop_at;
}

static void assert_pairs(const char *text, size_t stop_at, bool ok, const char *expected, const char *findings)
{
	struct pairs pairs = { STRBUF_INIT, stop_at, 0 };
	struct diags diags = DIAGS_INIT;
	char *actual;

	assert_labelled(text, yamltree_pairs(FILE_NAME, text, strlen(text), add_pair, &pairs, &diags) == ok);
	assert_text(text, expected, strbuf_text(&pairs.text));
	actual = places(&diags);
	assert_text(text, findings, actual);
	free(actual);
	strbuf_clear(&pairs.text);
	diags_clear(&diags);
}

static void test_yamltree_pairs__flat_mappings__are_handed_over_in_order(void **state)
{
	(void)state;
	assert_pairs("a.b: 'x'\n# c\nd: \"y z\"\n", 0, true, "1:1 a.b=x (1)\n3:1 d=y z (3)\n", "");
	assert_pairs("a: 1\nb: 2\nc: 3\n", 2, false, "1:1 a=1 (1)\n2:1 b=2 (1)\n", "");
	assert_pairs("a: 1\nb: {c: 3}\n", 0, false, "1:1 a=1 (1)\n", "2:4 error wrong-kind");
	assert_pairs("- a\n", 0, false, "", "1:1 error wrong-kind");
	assert_pairs("text\n", 0, false, "", "1:1 error wrong-kind");
	assert_pairs("a: 1\nb: *x\n", 0, false, "1:1 a=1 (1)\n", "2:4 error yaml-alias");
	assert_pairs("", 0, true, "", "");
}

/* Some file of passwords; the value stands here coded, so that only the reading can put it into memory. */
static const char canary[] = { 0x19, 0x3b, 0x34, 0x3b, 0x28, 0x23, 0x7a, 0x1d, 0x28, 0x3f, 0x3f, 0x34,
			       0x7a, 0x39, 0x3b, 0x34, 0x3b, 0x28, 0x23, 0x7a, 0x6b, 0x68, 0x69, 0x6e };

/* libyaml's own reader, which refuses the others, is passed by. */
static void test_yamltree_parse__every_character__is_one_of_yaml_or_refused(void **state)
{
	(void)state;
	for (uint32_t code = 0; code <= 0x10FFFF; code++) {
		bool printable = code == '\t' || code == '\n' || code == '\r' || (code >= 0x20 && code <= 0x7E) ||
				 code == 0x85 || (code >= 0xA0 && code <= 0xD7FF) ||
				 (code >= 0xE000 && code <= 0xFFFD && code != 0xFEFF) || code >= 0x10000;

		if (!printable)
			assert_true(text_is_unsafe(code));
	}
}

static bool ignore_pair(const char *key, const char *value, size_t length, struct place at, void *data)
{
	(void)key;
	(void)value;
	(void)at;
	*(size_t *)data = length;
	return true;
}

static void test_yamltree_pairs__after_the_call__the_last_texts_are_wiped(void **state)
{
	struct diags diags = DIAGS_INIT;
	char file[128] = { 0 };
	size_t length = 0;

	(void)state;
	if (!can_read_memory())
		skip();
	memcpy(file, "key: ", 5);
	decode_canary(file + 5, canary, sizeof(canary));
	assert_true(memory_holds(canary, sizeof(canary)));
	assert_true(yamltree_pairs(FILE_NAME, file, 5 + sizeof(canary), ignore_pair, &length, &diags));
	assert_int_equal(length, sizeof(canary));
	memset(file, 0, sizeof(file));
	assert_false(memory_holds(canary, sizeof(canary)));
	diags_clear(&diags);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_yamltree_parse__hostile_input__gives_one_finding_with_its_place),
		TEST(test_yamltree_parse__limits__hold_exactly),
		TEST(test_yamltree_parse__many_keys__a_duplicate_is_found_among_them),
		TEST(test_yamltree_parse__duplicate_key__names_both_lines),
		TEST(test_yamltree_parse__byte_order_mark__is_skipped_with_a_warning),
		TEST(test_yamltree_parse__block_and_flow__give_the_same_tree_with_places),
		TEST(test_yamltree_parse__repeated_and_long_texts__all_arrive),
		TEST(test_node_rename__keys_that_share_a_text__one_has_the_new_name),
		TEST(test_yamltree_has_comments__hash_signs__only_comments_count),
		TEST(test_yamltree_parse__every_character__is_one_of_yaml_or_refused),
		TEST(test_yamltree_pairs__flat_mappings__are_handed_over_in_order),
		TEST(test_yamltree_pairs__after_the_call__the_last_texts_are_wiped),
	};

	return run_tests(tests);
}
