/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Playing a corpus through its fuzz target as a test. A header, for the targets belong to several test programs.
 */
#ifndef SCUPGRADE_TESTS_FUZZ_CORPUS_H
#define SCUPGRADE_TESTS_FUZZ_CORPUS_H

#include "helpers.h"

#include <dirent.h>

#include "fuzz.h"

typedef int target_fn(const uint8_t *data, size_t size);

/* Cut off everywhere, and bytes replaced by each of a few; STEP bytes apart. */
static inline void damage(target_fn *target, const char *bytes, size_t length, size_t step)
{
	static const char others[] = "\0\n'\":#-{[,x\xFF";

	for (size_t at = 0; at < length; at += step) {
		/* A copy of its own, so that reading behind the end is seen. */
		char *copy = xcalloc(1, length);

		memcpy(copy, bytes, length);
		copy[at] = others[at / step % (sizeof(others) - 1)];
		assert_int_equal(target((const uint8_t *)copy, length), 0);
		free(copy);
		copy = xcalloc(1, at + 1);
		memcpy(copy, bytes, at);
		assert_int_equal(target((const uint8_t *)copy, at), 0);
		free(copy);
	}
}

/* Every file of tests/corpus/NAME, and, unless STEP is SIZE_MAX, each of them damaged, STEP bytes apart. */
static inline void replay_corpus(target_fn *target, const char *name, size_t step, size_t least)
{
	struct strbuf folder = STRBUF_INIT, path = STRBUF_INIT;
	struct dirent *entry;
	size_t count = 0, length;
	DIR *files;

	strbuf_printf(&folder, "tests/corpus/%s", name);
	files = opendir(source_path(strbuf_text(&folder)));
	assert_labelled(name, files != NULL);
	while ((entry = readdir(files))) {
		char *bytes;

		if (entry->d_name[0] == '.')
			continue;
		strbuf_reset(&path);
		strbuf_printf(&path, "%s/%s", strbuf_text(&folder), entry->d_name);
		bytes = read_whole_file(source_path(strbuf_text(&path)), &length);
		assert_int_equal(target((const uint8_t *)bytes, length), 0);
		if (step != SIZE_MAX)
			damage(target, bytes, length, step);
		free(bytes);
		count++;
	}
	closedir(files);
	assert_labelled(name, count >= least);
	strbuf_clear(&folder);
	strbuf_clear(&path);
}

#endif
