/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * A scratch folder with files in it, for the tests of platform.h.
 */
#ifndef SCUPGRADE_TESTS_PLATFORM_FIXTURE_H
#define SCUPGRADE_TESTS_PLATFORM_FIXTURE_H

#include <string.h>
#include <sys/stat.h>

#include "helpers.h"
#include "os/platform.h"

#define ON_FILES(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

struct fixture {
	char *folder;
	struct strbuf path, text;
	const char *why;
};

static inline int set_up(void **state)
{
	struct fixture *fixture = xcalloc(1, sizeof(*fixture));

	umask(0); /* so that a mode that is too wide shows */
	fixture->folder = scratch_folder();
	*state = fixture;
	return 0;
}

static inline int tear_down(void **state)
{
	struct fixture *fixture = *state;

	scratch_remove(fixture->folder);
	strbuf_clear(&fixture->path);
	strbuf_clear(&fixture->text);
	free(fixture);
	return 0;
}

/* A path in the scratch folder, borrowed until the next call. */
static inline const char *in(struct fixture *fixture, const char *name)
{
	strbuf_reset(&fixture->path);
	strbuf_printf(&fixture->path, "%s/%s", fixture->folder, name);
	return strbuf_text(&fixture->path);
}

static inline void put(struct fixture *fixture, const char *name, const char *text, mode_t mode)
{
	write_whole_file(in(fixture, name), text, strlen(text));
	assert_int_equal(chmod(in(fixture, name), mode), 0);
}

static inline struct file_identity identity_of(struct fixture *fixture, const char *name)
{
	struct file_identity identity;

	assert_int_equal(platform_read(in(fixture, name), 1 << 20, &fixture->text, &identity, &fixture->why), FILE_OK);
	return identity;
}

static inline void assert_file(struct fixture *fixture, const char *name, const char *expected, unsigned mode)
{
	char *text = read_whole_file(in(fixture, name), NULL);
	struct stat status;

	assert_text(name, expected, text);
	assert_int_equal(lstat(in(fixture, name), &status), 0);
	assert_int_equal(status.st_mode & 07777, mode);
	free(text);
}

static inline enum save_result save(struct fixture *fixture, const char *name, const char *text,
				    struct save_request request)
{
	request.path = in(fixture, name);
	request.bytes = text;
	request.count = strlen(text);
	fixture->why = NULL;
	return platform_save(&request, NULL, &fixture->why);
}

#endif
