/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What of Windows and SQL Server the two releases of a hop take.
 */
#include "model/release.h"

bool release_takes_windows(const struct product_release *release, const char *name)
{
	const char *const *one = release ? release->windows : NULL;

	if (!one)
		return true;
	while (*one && !str_eq(*one, name))
		one++;
	return *one != NULL;
}

const struct sql_version *release_sql(const struct product_release *release, const char *name)
{
	const struct sql_version *one = release ? release->sql : NULL;

	while (one && one->name && !str_eq(one->name, name))
		one++;
	return one && one->name ? one : NULL;
}

bool hop_takes_windows(const struct hop *hop, const char *name)
{
	return release_takes_windows(hop->before, name) && release_takes_windows(hop->after, name);
}

static bool takes_sql(const struct product_release *release, const char *name)
{
	const struct sql_version *found = release_sql(release, name);

	return !release || !release->sql || (found && !found->from_level);
}

bool hop_takes_sql(const struct hop *hop, const char *name)
{
	return takes_sql(hop->before, name) && takes_sql(hop->after, name);
}

/* "2017 or 2019", or "" for none of NAMES. */
static const char *in_words(struct arena *arena, const char *const *names, size_t count)
{
	struct strbuf text = STRBUF_INIT;
	const char *kept;

	for (size_t i = 0; i < count; i++)
		strbuf_printf(&text, "%s%s", !i ? "" : i + 1 < count ? ", " : " or ", names[i]);
	kept = arena_strdup(arena, strbuf_text(&text));
	strbuf_clear(&text);
	return kept;
}

const char *hop_common_windows(const struct hop *hop, struct arena *arena)
{
	const char *both[16];
	size_t count = 0;

	for (const char *const *one = hop->after ? hop->after->windows : NULL; one && *one; one++) {
		if (hop_takes_windows(hop, *one) && count < ARRAY_LEN(both))
			both[count++] = *one;
	}
	return in_words(arena, both, count);
}

const char *hop_common_sql(const struct hop *hop, struct arena *arena)
{
	const char *both[16];
	size_t count = 0;

	for (const struct sql_version *one = hop->after ? hop->after->sql : NULL; one && one->name; one++) {
		if (hop_takes_sql(hop, one->name) && count < ARRAY_LEN(both))
			both[count++] = one->name;
	}
	return in_words(arena, both, count);
}
