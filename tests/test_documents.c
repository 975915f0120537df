/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Tests of the documents that the tables rest on: every source text leads to one, and each is needed.
 */
#include "helpers.h"

#include "core/pattern.h"
#include "model/document.h"

#define OM "operations-manager"
#define SMA "service-management-automation"

static void each_document(void (*visit)(const struct document *document))
{
	for (const struct document *const *table = document_tables; *table; table++)
		for (const struct document *row = *table; row->id; row++)
			visit(row);
}

/* ---- the texts ---- */

static void check_text(void *data, const struct source_text *text)
{
	struct source_way way = source_way(text->source, text->product);
	size_t *count = data;

	(*count)++;
	if (way.lost)
		print_error("%s %s: \"%s\" leads to no document\n", text->table, text->row, way.lost);
	assert_labelled(text->source, !way.lost && way.count > 0 && way.count < SOURCE_DOCUMENTS);
}

static void test_source_way__every_text_of_the_tables__leads_to_documents(void **state)
{
	size_t count = 0;

	(void)state;
	source_each(check_text, &count);
	assert_in_range(count, 500, 5000);
}

struct sought {
	const struct document *document;
	const char *call;
	bool found;
};

static void look(void *data, const struct source_text *text)
{
	struct sought *sought = data;
	struct source_way way = source_way(text->source, text->product);

	for (size_t i = 0; i < way.count; i++)
		if (way.documents[i] == sought->document && (!sought->call || strstr(text->source, sought->call)))
			sought->found = true;
}

static void check_needed(const struct document *document)
{
	struct sought sought = { .document = document };

	source_each(look, &sought);
	assert_labelled(document->id, sought.found);
	for (size_t i = 0; i < DOCUMENT_CALLS && document->calls[i]; i++) {
		sought = (struct sought){ .document = document, .call = document->calls[i] };
		source_each(look, &sought);
		assert_labelled(document->calls[i], sought.found);
	}
}

static void test_documents__each_and_each_of_its_names__a_text_leads_there(void **state)
{
	(void)state;
	each_document(check_needed);
}

/* ---- the rows ---- */

static bool is_date(const char *text)
{
	static const char form[] = "0000-00-00";
	size_t length = strlen(text);

	if (length != 4 && length != 7 && length != 10)
		return false;
	for (size_t i = 0; i < length; i++)
		if (form[i] == '-' ? text[i] != '-' : text[i] < '0' || text[i] > '9')
			return false;
	return true;
}

static void check_id(const struct document *document)
{
	size_t count = 0;

	for (const struct document *const *table = document_tables; *table; table++)
		for (const struct document *row = *table; row->id; row++)
			count += str_eq(row->id, document->id);
	assert_labelled(document->id, count == 1 && pattern_matches(PATTERN_KEY, document->id));
}

static void check_row(const struct document *document)
{
	check_id(document);
	assert_labelled(document->id, document->title && *document->title && document->calls[0]);
	assert_labelled(document->id, !document->date || is_date(document->date));
	assert_labelled(document->id, !document->address || str_starts(document->address, "https://"));
	assert_labelled(document->id, !document->address || !strchr(document->address, ' '));
	assert_labelled(document->id, !document->product || flow_find(document->product));
	assert_labelled(document->id, *document_kind_name(document->kind) && *document_kind_words(document->kind));
	/* What is ours has no address, and the vendor's pages that every plan rests on have one. */
	assert_labelled(document->id, document->kind != DOCUMENT_OURS || !document->address);
}

static void test_documents__rows__are_well_formed(void **state)
{
	(void)state;
	each_document(check_row);
}

/* ---- where a text leads ---- */

static void test_source_way__parts__each_leads_by_the_words_it_begins_with(void **state)
{
	static const struct {
		const char *label, *source, *product, *ids, *lost;
	} cases[] = {
		{ "one", "pre-upgrade tasks, task 9 [DOC]", OM, "pre-upgrade-tasks ", NULL },
		{ "two, each once", "upgrade page, step 1 [PAGE]; agent upgrade page; upgrade page [DOC]", OM,
		  "upgrade-management-server upgrade-agent ", NULL },
		{ "the same words, another product", "upgrade page [PAGE]", SMA, "sma-upgrade ", NULL },
		{ "words of one product, no product", "upgrade page [PAGE]", NULL, "", "upgrade page [PAGE]" },
		{ "the longest name", "system requirements of 2019 [DOC]", OM, "requirements-2019 ", NULL },
		{ "a name is whole words", "upgrade pages [DOC]", OM, "", "upgrade pages [DOC]" },
		{ "a label", "Windows, .NET: system requirements of 2025 [DOC]", OM, "requirements-2025 ", NULL },
		{ "the same again", "SQL Server: SQL Server requirements [DOC]; .NET: the same [DOC]", OM,
		  "sql-server ", NULL },
		{ "the same as nothing", "the same [DOC]", OM, "", "the same [DOC]" },
		{ "ours alone", "the folder [OURS]", OM, "our-reading ", NULL },
		{ "uncertain alone", "in these logs [UNCERTAIN: why; and more]", OM, "our-reading ", NULL },
		{ "a colon in brackets is no label", "x [CODE: build tables]", OM, "", "x [CODE: build tables]" },
		{ "lost behind one that is not", "build tables [DOC]; hearsay [FIELD]; rumors [FIELD]", OM,
		  "build-versions ", "hearsay [FIELD]; rumors [FIELD]" },
		{ "a label before nothing known", "build: hearsay [DOC]", OM, "", "build: hearsay [DOC]" },
		{ "without tags", "hearsay", OM, "", "hearsay" },
		{ "nothing", "", OM, "", NULL },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct source_way way = source_way(cases[i].source, cases[i].product);
		struct strbuf ids = STRBUF_INIT;

		for (size_t j = 0; j < way.count; j++)
			strbuf_printf(&ids, "%s ", way.documents[j]->id);
		assert_text(cases[i].label, cases[i].ids, strbuf_text(&ids));
		assert_text(cases[i].label, cases[i].lost ? cases[i].lost : "none", way.lost ? way.lost : "none");
		strbuf_clear(&ids);
	}
}

static void test_source_way__one_name_of_several_documents__all_of_them(void **state)
{
	struct source_way way = source_way("upgrade pages of the roles [DOC]", OM);

	(void)state;
	assert_int_equal(way.count, 6);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_documents__each_and_each_of_its_names__a_text_leads_there),
		TEST(test_documents__rows__are_well_formed),
		TEST(test_source_way__every_text_of_the_tables__leads_to_documents),
		TEST(test_source_way__one_name_of_several_documents__all_of_them),
		TEST(test_source_way__parts__each_leads_by_the_words_it_begins_with),
	};
	return run_tests(tests);
}
