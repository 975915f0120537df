/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Hosts by name: one table of whole names, one of their first labels.
 */
#include "win/hosttable.h"

struct hosttable {
	host_at_fn *host_at;
	const void *data;
	struct nametable *full;   /* names with a domain part */
	struct nametable *labels; /* first labels: of each, the first number that has it */
};

static const char *name_at(const void *data, size_t index, size_t *length)
{
	const struct hosttable *table = data;
	const char *name = table->host_at(table->data, index);

	*length = strlen(name);
	return name;
}

static const char *label_at(const void *data, size_t index, size_t *length)
{
	const struct hosttable *table = data;
	const char *name = table->host_at(table->data, index);

	*length = strcspn(name, ".");
	return name;
}

struct hosttable *hosttable_new(size_t count, size_t dotted, host_at_fn *host_at, const void *data)
{
	struct hosttable *table = xcalloc(1, sizeof(*table));

	table->host_at = host_at;
	table->data = data;
	table->full = nametable_new(dotted ? count : 0, true, name_at, table);
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

static bool has_domain(const struct hosttable *table, size_t index)
{
	return strchr(table->host_at(table->data, index), '.') != NULL;
}

/* INDEX if that name has no domain part. */
static size_t short_only(const struct hosttable *table, size_t index)
{
	return index == NAME_NONE || has_domain(table, index) ? NAME_NONE : index;
}

size_t hosttable_find(const struct hosttable *table, const char *name)
{
	size_t label = strcspn(name, "."), found;

	if (!name[label])
		return nametable_find(table->labels, name, label);
	found = nametable_find(table->full, name, strlen(name));
	return found != NAME_NONE ? found : short_only(table, nametable_find(table->labels, name, label));
}

size_t hosttable_add(struct hosttable *table, size_t index)
{
	size_t label = nametable_add(table->labels, index), found = index;

	if (has_domain(table, index)) {
		found = nametable_add(table->full, index);
		label = label == index ? index : short_only(table, label);
	}
	if (found == index)
		found = label;
	return found == index ? NAME_NONE : found;
}
