/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The tables of signs: a row without a source, a meaning, a remedy or a sample is refused, and each sample is told.
 */
#include "log_maker.h"

#include "helpers.h"

#include "core/text.h"
#include "model/flow.h"

static struct catalog *catalog;
static struct arena *arena;
static const struct sample *samples;

static int set_up(void **state)
{
	(void)state;
	catalog = catalog_new();
	arena = arena_new();
	samples = samples_load(arena);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	catalog_free(catalog);
	arena_free(arena);
	return 0;
}

static bool is_sentence(const char *text)
{
	size_t length = text ? strlen(text) : 0;

	return length > 5 && text[length - 1] == '.' && text[0] != ' ' && !strstr(text, "  ");
}

static bool are_releases(const char *ids)
{
	char id[32];

	for (const char *at = ids; at && *at;) {
		size_t length = strcspn(at, " ");

		snprintf(id, sizeof(id), "%.*s", (int)length, at);
		if (!release_find(id))
			return false;
		at += length + strspn(at + length, " ");
	}
	return true;
}

static bool is_task(const char *id)
{
	for (size_t i = 0; id && flow_at(i); i++) {
		for (const struct task *task = flow_at(i)->tasks; task->id; task++) {
			if (str_eq(task->id, id))
				return true;
		}
	}
	return !id;
}

static void check_text(const char *label, const struct sign_text *text)
{
	assert_labelled(label, strlen(text->literal) >= 3 && strlen(text->literal) <= LITERAL_LONGEST);
	assert_labelled(label, !text->pattern || pattern_is_sound(text->pattern));
}

static void test_signs__every_row__is_well_formed(void **state)
{
	(void)state;
	assert_true(catalog->sign_count >= 100);
	for (size_t i = 0; i < catalog->sign_count; i++) {
		const struct sign *sign = catalog->signs[i];

		assert_labelled(sign->id, is_sentence(sign->means) && is_sentence(sign->remedy));
		assert_labelled(sign->id, sign->source && strchr(sign->source, '['));
		assert_labelled(sign->id, sign->logs && !(sign->logs & ~(unsigned)LOG_ANY));
		assert_labelled(sign->id, are_releases(sign->releases) && is_task(sign->task));
		assert_labelled(sign->id, !sign->with || (sign->within && pattern_is_sound(sign->with)));
		assert_labelled(sign->id, !!strstr(sign->means, " | ") <= !!strstr(sign->means, "{1}"));
		for (size_t k = 0; k < SIGN_TEXTS && (k == 0 || sign->texts[k].literal); k++)
			check_text(sign->id, &sign->texts[k]);
		if (sign->lacks.literal)
			check_text(sign->id, &sign->lacks);
		for (size_t k = i + 1; k < catalog->sign_count; k++)
			assert_labelled(sign->id, !str_eq(sign->id, catalog->signs[k]->id));
	}
}

static bool is_property(const char *name)
{
	for (size_t i = 0; flow_at(i); i++) {
		for (const struct task *task = flow_at(i)->tasks; task->id; task++) {
			for (size_t k = 0; task->arguments && k < task->arguments->count; k++) {
				if (str_eq(task->arguments->items[k].name, name))
					return true;
			}
		}
	}
	return false;
}

/* Long words in capitals are properties of the packages, as the lines have them; these are words of SQL. */
static void test_means__properties__are_those_of_the_lines(void **state)
{
	static const char capitals[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
	size_t seen = 0;

	(void)state;
	for (size_t i = 0; i < catalog->sign_count; i++) {
		const char *at = arena_printf(arena, "%s %s", catalog->signs[i]->means, catalog->signs[i]->remedy);

		for (; *at; at += strspn(at, capitals) ? strspn(at, capitals) : 1) {
			const char *word = arena_strndup(arena, at, strspn(at, capitals));

			if (strlen(word) < 10 || str_eq(word, "RECONFIGURE") || str_eq(word, "MSOLEDBSQL"))
				continue;
			assert_labelled(word, is_property(word));
			seen++;
		}
	}
	assert_true(seen > 3);
}

static void test_marks_noise_shapes__every_row__is_well_formed(void **state)
{
	(void)state;
	for (size_t i = 0; i < catalog->wanted_count; i++)
		check_text(catalog->wanted[i].text->literal, catalog->wanted[i].text);
	for (size_t i = 0; i < catalog->shape_count; i++) {
		const struct log_shape *shape = catalog->shapes[i];

		assert_labelled(shape->id, shape->title && (shape->name || shape->content));
		assert_labelled(shape->id, !shape->name || pattern_is_sound(shape->name));
		assert_labelled(shape->id, !shape->content || pattern_is_sound(shape->content));
		assert_labelled(shape->id, shape->texts & shape->kind);
	}
}

static void test_codes__every_row__is_well_formed(void **state)
{
	(void)state;
	for (size_t i = 0; flow_at(i); i++) {
		for (const struct exit_code *const *table = flow_at(i)->logs->codes; *table; table++) {
			for (const struct exit_code *code = *table; code->program; code++) {
				assert_labelled(code->means, is_sentence(code->means) && is_sentence(code->remedy));
				assert_labelled(code->means, strchr(code->source, '[') != NULL);
				assert_labelled(code->means, !code->good || code->next == NEXT_GO_ON);
			}
		}
	}
}

static void test_samples__every_sign__has_one(void **state)
{
	(void)state;
	for (size_t i = 0; i < catalog->sign_count; i++) {
		const struct sample *sample = samples;

		while (sample->sign && !str_eq(sample->sign, catalog->signs[i]->id))
			sample++;
		assert_labelled(catalog->signs[i]->id, sample->sign != NULL);
	}
}

static void test_samples__three_lines__tell_their_sign(void **state)
{
	(void)state;
	for (const struct sample *sample = samples; sample->sign; sample++) {
		struct arena *own = arena_new();
		struct log_result result = log_read(catalog, sample->log, sample->lines, strlen(sample->lines), own);
		const struct sign *sign = log_sign(catalog, sample->sign);
		bool found = false;

		assert_labelled(sample->sign, sign != NULL);
		assert_labelled(sample->log, result.shape != NULL);
		for (size_t i = 0; i < result.finding_count; i++)
			found = found || result.findings[i].sign == sign;
		assert_labelled(sample->sign, found);
		if (sign->role == SIGN_CAUSE)
			assert_text(sample->sign, sample->sign, log_decisive(&result));
		arena_free(own);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_signs__every_row__is_well_formed),
		TEST(test_means__properties__are_those_of_the_lines),
		TEST(test_marks_noise_shapes__every_row__is_well_formed),
		TEST(test_codes__every_row__is_well_formed),
		TEST(test_samples__every_sign__has_one),
		TEST(test_samples__three_lines__tell_their_sign),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
