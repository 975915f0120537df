/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The automaton: a state for each beginning of a word, and for each state and class of bytes the next state. Bytes that
 * stand in no word share one class, so that the table stays small and in the processor's caches.
 */
#include "core/literals.h"

/* A state's row begins at its number times the number of classes; the table holds these beginnings, so that a step is
 * one addition and one look-up. */
typedef uint32_t row;

struct literals {
	unsigned char class_of[256];    /* 0: in no word */
	uint32_t classes;
	row *next;                      /* [row of a state + class] */
	uint32_t *first;                /* [state]: 1 + index into words that end here; 0: none */
	uint32_t *shorter;              /* [state]: the longest other state that is its end and has words; 0: none */
	uint32_t *same;                 /* [word]: 1 + the next word with the same text; 0: none */
	row noisy;                      /* rows from here on have something to tell */
};

/* While it is built, states are numbered as they come. */
struct builder {
	uint32_t (*next)[256];          /* [state][class]; 0: none */
	uint32_t *first, *fail, *order;
	uint32_t states;
};

static unsigned char folded(unsigned char byte)
{
	if (byte == '\t')
		return ' ';
	return byte >= 'A' && byte <= 'Z' ? (unsigned char)(byte - 'A' + 'a') : byte;
}

static void number_classes(struct literals *literals, const char *const *words, size_t count)
{
	literals->classes = 1;
	for (size_t i = 0; i < count; i++) {
		for (const char *at = words[i]; *at; at++) {
			unsigned char byte = folded((unsigned char)*at);

			if (!literals->class_of[byte])
				literals->class_of[byte] = (unsigned char)literals->classes++;
		}
	}
	for (unsigned byte = 0; byte < 256; byte++)
		literals->class_of[byte] = literals->class_of[folded((unsigned char)byte)];
}

static void add_word(struct literals *literals, struct builder *builder, const char *word, uint32_t index)
{
	uint32_t state = 0;

	if (!*word || strlen(word) > LITERAL_LONGEST)
		bug("a word of %zu bytes", strlen(word));
	for (; *word; word++) {
		uint32_t *next = &builder->next[state][literals->class_of[(unsigned char)*word]];

		if (!*next)
			*next = builder->states++;
		state = *next;
	}
	literals->same[index] = builder->first[state];
	builder->first[state] = index + 1;
}

/* Shortest first: for each state where it goes on when the word breaks off, and with that every next state. */
static void complete(struct literals *literals, struct builder *builder)
{
	uint32_t done = 0, known = 1;

	builder->order[0] = 0;
	while (done < known) {
		uint32_t state = builder->order[done++];

		for (uint32_t class = 0; class < literals->classes; class++) {
			uint32_t *next = &builder->next[state][class];
			uint32_t other = state ? builder->next[builder->fail[state]][class] : 0;

			if (*next) {
				builder->fail[*next] = other;
				builder->order[known++] = *next;
			} else {
				*next = other;
			}
		}
	}
}

static bool tells(const struct builder *builder, uint32_t state)
{
	for (; state; state = builder->fail[state]) {
		if (builder->first[state])
			return true;
	}
	return false;
}

/* States in their final order: shortest first, for those are the ones that are met again and again; those that tell
 * something behind all others, so that one comparison finds them. */
static void renumber(struct literals *literals, const struct builder *builder)
{
	uint32_t *number = xcalloc(builder->states, sizeof(*number)), quiet = 0;
	size_t cells = (size_t)builder->states * literals->classes;

	for (int noisy = 0; noisy <= 1; noisy++) {
		if (noisy)
			literals->noisy = quiet * literals->classes;
		for (uint32_t i = 0; i < builder->states; i++) {
			if (tells(builder, builder->order[i]) == (noisy == 1))
				number[builder->order[i]] = quiet++;
		}
	}
	literals->next = xcalloc(cells, sizeof(*literals->next));
	literals->first = xcalloc(builder->states, sizeof(*literals->first));
	literals->shorter = xcalloc(builder->states, sizeof(*literals->shorter));
	for (uint32_t old = 0; old < builder->states; old++) {
		uint32_t state = number[old], other = builder->fail[old];

		for (uint32_t class = 0; class < literals->classes; class++)
			literals->next[state * literals->classes + class] =
				number[builder->next[old][class]] * literals->classes;
		literals->first[state] = builder->first[old];
		while (other && !builder->first[other])
			other = builder->fail[other];
		literals->shorter[state] = number[other];
	}
	free(number);
}

struct literals *literals_new(const char *const *words, size_t count)
{
	struct literals *literals = xcalloc(1, sizeof(*literals));
	struct builder builder = { .states = 1 };
	size_t most = 1;

	for (size_t i = 0; i < count; i++)
		most += strlen(words[i]);
	if (most > UINT32_MAX / 256)
		bug("too many words");
	number_classes(literals, words, count);
	builder.next = xcalloc(most, sizeof(*builder.next));
	builder.first = xcalloc(most, sizeof(*builder.first));
	builder.fail = xcalloc(most, sizeof(*builder.fail));
	builder.order = xcalloc(most, sizeof(*builder.order));
	literals->same = xcalloc(count + 1, sizeof(*literals->same));
	for (size_t i = count; i > 0; i--)
		add_word(literals, &builder, words[i - 1], (uint32_t)(i - 1));
	complete(literals, &builder);
	renumber(literals, &builder);
	free(builder.next);
	free(builder.first);
	free(builder.fail);
	free(builder.order);
	return literals;
}

void literals_free(struct literals *literals)
{
	if (!literals)
		return;
	free(literals->next);
	free(literals->first);
	free(literals->shorter);
	free(literals->same);
	free(literals);
}

static void tell(const struct literals *literals, uint32_t state, size_t end, literal_found_fn *found, void *data)
{
	for (; state; state = literals->shorter[state]) {
		for (uint32_t word = literals->first[state]; word; word = literals->same[word - 1])
			found(data, word - 1, end);
	}
}

void literals_scan(const struct literals *literals, const char *text, size_t length, literal_found_fn *found,
		   void *data)
{
	const unsigned char *bytes = (const unsigned char *)text;
	const row *next = literals->next, noisy = literals->noisy;
	row at = 0;

	for (size_t i = 0; i < length; i++) {
		at = next[at + literals->class_of[bytes[i]]];
		if (at >= noisy)
			tell(literals, at / literals->classes, i + 1, found, data);
	}
}
