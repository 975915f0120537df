/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Hosts by name: one table of whole names, one of their first labels.
 */
#include "win/hosttable.h"

struct hosttable {
	host_at_fn *host_at;
	const void *data;
	size_t count;
	struct nametable *full;   /* names with a domain part; NULL: there is none yet */
	struct nametable *labels; /* first labels: of each, the first number that has it */
};

static const char *name_at(const void *data, size_t index, size_t *length)
{
	const struct hosttable *table = data;
	const char *name = table->host_at(table->data, index);

	*length = strlen(name);
	return name;
}

static size_t label_length(const char *name)
{
	size_t length = 0;

	while (name[length] && name[length] != '.')
		length++;
	return length;
}

static const char *label_at(const void *data, size_t index, size_t *length)
{
	const struct hosttable *table = data;
	const char *name = table->host_at(table->data, index);

	*length = label_length(name);
	return name;
}

struct hosttable *hosttable_new(size_t count, host_at_fn *host_at, const void *data)
{
	struct hosttable *table = xcalloc(1, sizeof(*table));

	table->host_at = host_at;
	table->data = data;
	table->count = count;
	table->labels = nametable_new(count, true, label_at, table);
	return table;
}

void hosttable_free(struct hosttable *table)
{
	if (!table)
		return;
	nametable_free(table->full);
	nametable_free(table->labels);
	free(table);
}

/* INDEX if that name has no domain part. */
static size_t short_only(const struct hosttable *table, size_t index)
{
	return index == NAME_NONE || strchr(table->host_at(table->data, index), '.') ? NAME_NONE : index;
}

size_t hosttable_find(const struct hosttable *table, const char *name)
{
	size_t length = label_length(name), found = NAME_NONE;

	if (!name[length])
		return nametable_find(table->labels, name, length);
	if (table->full)
		found = nametable_find(table->full, name, strlen(name));
	return found != NAME_NONE ? found : short_only(table, nametable_find(table->labels, name, length));
}

size_t hosttable_add(struct hosttable *table, size_t index)
{
	const char *name = table->host_at(table->data, index);
	size_t length = label_length(name), found = index;
	size_t label = nametable_add_name(table->labels, index, name, length);

	if (name[length]) {
		if (!table->full)
			table->full = nametable_new(table->count, true, name_at, table);
		found = nametable_add(table->full, index);
		label = label == index ? index : short_only(table, label);
	}
	if (found == index)
		found = label;
	return found == index ? NAME_NONE : found;
}
