/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The steps of the places of a sequence. What the steps of a task have in common is made once and shared.
 */
#include "pipeline/sequence_private.h"

#define TEXT_OF_STEP 100u /* bytes that the id and the title of a step take, and what stands beside its edges */

/* What a task tells, and what its step before was made of. */
struct kept {
	bool begun;
	struct server_text title, text, why, verify, failure;
	const char *made_text, *made_why;   /* that the task's functions made; NULL: nothing */
	const struct argument *const *from; /* the arguments that its words come from */
	struct command_words words;
	const char *uncertain;
};

struct maker {
	struct build *build;
	struct kept *kept;    /* by number of the task */
	struct arena *aside;  /* for what may turn out to be the same as before; empty at every step */
	struct word *words;   /* those of the step that is made just now, and where they come from */
	const struct argument **from;
};

/* ---- words ---- */

/* The words that TASK has here, into MAKER; their number. */
static size_t choose_words(struct maker *maker, const struct task *task, const struct scope *scope)
{
	size_t count = 0;

	for (size_t i = 0; task->arguments && i < task->arguments->count; i++) {
		const struct argument *argument = &task->arguments->items[i];
		if (argument->applies && !argument->applies(scope))
			continue;
		const char *value = argument->value_of ? argument->value_of(scope) : argument->value;
		if (!argument->account && (!value || !*value))
			continue; /* never "/Name:" with nothing behind it */
		maker->from[count] = argument;
		maker->words[count++] = (struct word){ argument->form, argument->name, value, argument->account };
	}
	return count;
}

static void put_doubt(struct strbuf *out, const char *text, size_t length)
{
	if (!length)
		return;
	strbuf_puts(out, out->length ? ", " : "");
	strbuf_add(out, text, length);
}

/* Without a reason it is the source with the tag AT that settles nothing. */
static void put_source(struct strbuf *out, const char *source, const char *at)
{
	const char *from = source, *end;

	for (const char *next = source; (next = strchr(next, ';')) && next < at; next++)
		from = next + 1 + strspn(next + 1, " ");
	end = strchr(from, '[');
	if (!end || end > at)
		end = at;
	strbuf_puts(out, out->length ? "; the documents leave it open (" : "the documents leave it open (");
	strbuf_add(out, from, (size_t)(end - from));
	while (out->data[out->length - 1] == ' ')
		strbuf_truncate(out, out->length - 1);
	strbuf_putc(out, ')');
}

/* Certainty belongs to the word: what is not sure about those that the line has, and about the source itself. */
static const char *doubt_of(const struct maker *maker, const struct task *task, size_t count)
{
	static const char tag[] = "UNCERTAIN";
	struct strbuf text = STRBUF_INIT;
	const char *kept = NULL;

	for (size_t i = 0; i < count; i++) {
		const char *value = maker->words[i].value, *uncertain = maker->from[i]->uncertain;

		if (uncertain && value && *value)
			put_doubt(&text, uncertain, strlen(uncertain));
	}
	for (const char *at = task->source; at && (at = strstr(at, tag)); at += sizeof(tag) - 1) {
		const char *reason = at + sizeof(tag) - 1;

		if (str_starts(reason, ": "))
			put_doubt(&text, reason + 2, strcspn(reason + 2, "]"));
		else
			put_source(&text, task->source, at);
	}
	if (text.length)
		kept = arena_strdup(maker->build->arena, strbuf_text(&text));
	strbuf_clear(&text);
	return kept;
}

static bool is_made_already(const struct maker *maker, const struct kept *kept, size_t count)
{
	const struct command_words words = { maker->words, count, kept->words.reader };

	return kept->from && kept->words.count == count &&
	       memcmp(kept->from, maker->from, count * sizeof(*kept->from)) == 0 &&
	       command_words_equal(&kept->words, &words);
}

static void *copy(struct arena *arena, const void *items, size_t count, size_t size)
{
	void *kept = arena_array(arena, count, size);

	memcpy(kept, items, count * size);
	return kept;
}

/* The words of TASK on SCOPE, and what is not sure about them, into KEPT. */
static void make_words(struct maker *maker, struct kept *kept, const struct task *task, const struct scope *scope)
{
	struct arena *arena = maker->build->arena;
	size_t count = choose_words(maker, task, scope);
	struct word *words;

	if (is_made_already(maker, kept, count))
		return;
	words = copy(arena, maker->words, count, sizeof(*words));
	for (size_t i = 0; i < count; i++)
		if (maker->from[i]->value_of)
			words[i].value = arena_strdup(arena, words[i].value);
	kept->from = copy(arena, maker->from, count, sizeof(*maker->from));
	kept->words = (struct command_words){ words, count, task->reader };
	kept->uncertain = doubt_of(maker, task, count);
}

/* ---- steps ---- */

/* Every script can be run again: the flows promise that of their texts. */
const char *step_kind_failure(enum step_kind kind, bool backup)
{
	static const char *const words[STEP_KIND_COUNT] = {
		[STEP_COMMAND] = "Look up the exit code, and repeat it only when nothing of it runs any more.",
		[STEP_POWERSHELL] = ("Read its message, mend that, and run it again from the start: what it saved is "
				     "kept."),
		[STEP_SQL] = "Read its first message, mend that, and run it again from the start.",
		[STEP_MANUAL] = "Write down how far it got, and finish it before anything that requires it starts.",
	};

	if (backup)
		return "Do not go on. The message says what is missing: space, the folder, or the rights of SQL "
		       "Server's service account there. Run it again: every backup is a new file.";
	return words[kind];
}

/* TEXT was made aside. *LAST, that of the task's step before, where that says the same; else it is kept there. */
static const char *keep(struct arena *arena, const char **last, const char *text)
{
	if (!str_eq(*last, text))
		*last = text ? arena_strdup(arena, text) : NULL;
	return *last;
}

static struct kept *kept_of(const struct maker *maker, size_t number)
{
	const struct build *build = maker->build;
	const struct task *task = &build->plan->flow->tasks[number];
	struct kept *kept = &maker->kept[number];

	if (kept->begun)
		return kept;
	kept->begun = true;
	kept->title = server_text(&build->scope, task->title);
	kept->text = server_text(&build->scope, task->text);
	kept->why = server_text(&build->scope, task->why);
	kept->verify = server_text(&build->scope, task->verify);
	kept->failure = server_text(&build->scope, task->failure);
	return kept;
}

static const char *text_of_step(const struct maker *maker, struct kept *kept, const struct task *task,
				const struct scope *scope, const struct scope *aside)
{
	if (!task->text_of)
		return server_text_fill(&kept->text, scope);
	if (task->one_text && kept->made_text)
		return kept->made_text;
	return keep(maker->build->arena, &kept->made_text, task->text_of(aside));
}

static void make_step(struct maker *maker, const struct step_place *place, struct step *step)
{
	const struct build *build = maker->build;
	const struct task *task = step->task = &build->plan->flow->tasks[place->task];
	const struct server *server = task->roles ? plan_server(build->plan, place->server) : NULL;
	struct kept *kept = kept_of(maker, place->task);
	struct scope scope = scope_on(&build->scope, server), aside = scope;

	aside.arena = maker->aside;
	make_words(maker, kept, task, &aside);
	step->server = server;
	step->row = place->server;
	step->id = server ? arena_join(build->arena, task->id, "@", server->name) : task->id;
	step->title = task->title_of ? task->title_of(&scope) : server_text_fill(&kept->title, &scope);
	step->why = task->why_of ? keep(build->arena, &kept->made_why, task->why_of(&aside))
				 : server_text_fill(&kept->why, &scope);
	step->verify = server_text_fill(&kept->verify, &scope);
	step->failure = server_text_fill(&kept->failure, &scope);
	step->run_on = server ? server->name : task_run_on(task, &scope);
	step->uncertain = kept->uncertain;
	step->kind = task->kind_of ? task->kind_of(&scope) : task->kind;
	step->if_it_fails = step->failure ? step->failure : step_kind_failure(step->kind, task->backup);
	if (task->sql_of)
		step->sql = task->sql_of(&scope);
	if (step->kind == STEP_COMMAND)
		step->words = kept->words;
	else
		step->text = text_of_step(maker, kept, task, &scope, &aside);
	arena_reset(maker->aside);
}

/* The most words that a line of FLOW has. */
static size_t most_words(const struct flow *flow)
{
	size_t most = 0;

	for (const struct task *task = flow->tasks; task->id; task++)
		if (task->arguments && task->arguments->count > most)
			most = task->arguments->count;
	return most;
}

void sequence_make_steps(struct build *build)
{
	struct arena *own = arena_new();
	size_t most = most_words(build->plan->flow);
	struct maker maker = { .build = build, .aside = arena_new() };

	maker.kept = arena_array(own, build->task_count, sizeof(*maker.kept));
	maker.words = arena_array(own, most, sizeof(*maker.words));
	maker.from = arena_array(own, most, sizeof(*maker.from));
	arena_reserve(build->arena, build->count * (sizeof(*build->items) + TEXT_OF_STEP));
	build->items = arena_array(build->arena, build->count, sizeof(*build->items));
	for (size_t i = 0; i < build->count; i++)
		make_step(&maker, &build->places[i], &build->items[i]);
	arena_free(maker.aside);
	arena_free(own);
}
