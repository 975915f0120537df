/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * A password as a type, all of it (its length too) in locked pages.
 */
#include "core/secret.h"

#include "os/memory.h"

struct secret {
	size_t length;
	char text[SECRET_MAX + 1];
};

struct secret *secret_new(void)
{
	static bool protected;
	struct secret *secret;

	if (!protected) {
		memory_no_dumps();
		protected = true;
	}
	secret = memory_locked_pages(sizeof(*secret));
	if (!secret)
		die("no memory for a password");
	return secret;
}

void secret_free(struct secret *secret)
{
	if (secret)
		memory_free_pages(secret, sizeof(*secret));
}

void secret_clear(struct secret *secret)
{
	memory_wipe(secret, sizeof(*secret));
}

bool secret_set(struct secret *secret, const char *text, size_t length)
{
	if (length > SECRET_MAX)
		return false;
	secret_clear(secret);
	return secret_insert(secret, 0, text, length);
}

bool secret_insert(struct secret *secret, size_t offset, const char *bytes, size_t count)
{
	if (offset > secret->length)
		bug("offset %zu of %zu", offset, secret->length);
	if (count > SECRET_MAX - secret->length)
		return false;
	memmove(secret->text + offset + count, secret->text + offset, secret->length - offset);
	if (count)
		memcpy(secret->text + offset, bytes, count);
	secret->length += count;
	return true;
}

void secret_remove(struct secret *secret, size_t offset, size_t count)
{
	if (offset > secret->length || count > secret->length - offset)
		bug("%zu bytes at %zu of %zu", count, offset, secret->length);
	memmove(secret->text + offset, secret->text + offset + count, secret->length - offset - count);
	secret->length -= count;
	memory_wipe(secret->text + secret->length, count);
}

size_t secret_length(const struct secret *secret)
{
	return secret->length;
}

bool secret_is(const struct secret *secret, const char *text)
{
	return secret->length == strlen(text) && memcmp(secret->text, text, secret->length) == 0;
}

bool secret_equal(const struct secret *a, const struct secret *b)
{
	return a->length == b->length && memcmp(a->text, b->text, a->length) == 0;
}

const char *secret_expose(const struct secret *secret)
{
	return secret->text;
}
