/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The tree from the events, without recursion. Nodes come in blocks and texts in chunks, because a file may
 * hold a million of them; a small cache lets keys and words that come again and again share one text.
 */
#include "core/yamltree.h"

#include "core/nametable.h"
#include "core/text.h"
#include "core/yamlread.h"

enum { NODE_BLOCK = 256, TEXT_CHUNK = 4096, CACHE_SIZE = 512, CACHED_LENGTH = 32, FEW_KEYS = 8 };

struct frame {
	struct node *node, *last;            /* the mapping or sequence, and its last child */
	const char *key;                     /* waits for its value; NULL: none */
	yaml_mark_t key_mark;
	size_t count;
};

struct builder {
	struct yamlread read;
	struct arena *arena;
	struct node *block;
	size_t block_left;
	char *chunk;
	size_t chunk_left;
	const char *cache[CACHE_SIZE];
	struct frame stack[YAML_DEPTH_LIMIT];
	unsigned depth;
	const struct node *root;
};

/* ---- texts ---- */

static const char *keep_text(struct builder *builder, const char *text, size_t length)
{
	char *kept;

	if (length >= builder->chunk_left) {
		if (length >= TEXT_CHUNK / 4)
			return arena_strndup(builder->arena, text, length);
		builder->chunk = arena_alloc(builder->arena, TEXT_CHUNK);
		builder->chunk_left = TEXT_CHUNK;
	}
	kept = builder->chunk;
	memcpy(kept, text, length);
	builder->chunk += length + 1;
	builder->chunk_left -= length + 1;
	return kept;
}

/* The text of the current scalar. A slot of the cache holds the last text that fell there: no chain, no bad case. */
static const char *scalar_text(struct builder *builder)
{
	const char *text = (const char *)builder->read.event.data.scalar.value;
	size_t length = builder->read.event.data.scalar.length, i;
	uint32_t hash = 2166136261u;
	const char **slot;

	if (length > CACHED_LENGTH)
		return keep_text(builder, text, length);
	for (i = 0; i < length; i++)
		hash = (hash ^ (unsigned char)text[i]) * 16777619u;
	slot = &builder->cache[(hash ^ hash >> 16) % CACHE_SIZE];
	if (!*slot || strcmp(*slot, text) != 0)
		*slot = keep_text(builder, text, length);
	return *slot;
}

/* ---- nodes ---- */

static struct node *new_node(struct builder *builder, enum node_kind kind)
{
	yaml_mark_t mark = builder->read.event.start_mark;
	struct node *node;

	if (builder->block_left == 0) {
		builder->block = arena_array(builder->arena, NODE_BLOCK, sizeof(*node));
		builder->block_left = NODE_BLOCK;
	}
	builder->block_left--;
	node = builder->block++;
	/* Whole: to change bits in it would read new memory before it is written, which takes two page faults. */
	*node = (struct node){
		.line = (uint32_t)mark.line + 1, .column = (uint32_t)mark.column + 1, .kind = kind & 3u
	};
	return node;
}

/* Makes NODE the next child of what is open, or the root. */
static void attach(struct builder *builder, struct node *node)
{
	struct frame *frame;

	if (builder->depth == 0) {
		builder->root = node;
		return;
	}
	frame = &builder->stack[builder->depth - 1];
	if (frame->key) {
		node->key = frame->key;
		node->key_line = ((uint32_t)frame->key_mark.line + 1) & 0x0FFFFFFFu;
		node->key_column = (uint32_t)frame->key_mark.column + 1;
		frame->key = NULL;
	}
	if (frame->last)
		frame->last->next = node;
	else
		frame->node->child = node;
	frame->last = node;
	frame->count++;
}

static enum read_result open_node(struct builder *builder, enum node_kind kind)
{
	struct node *node = new_node(builder, kind);

	attach(builder, node);
	builder->stack[builder->depth++] = (struct frame){ .node = node };
	return READ_EVENT;
}

/* ---- duplicate keys ---- */

static enum read_result refuse_duplicate(struct builder *builder, const struct node *first, const struct node *again)
{
	struct place at = { builder->read.file, again->key_line, again->key_column };

	diags_add(builder->read.diags, SEV_ERROR, "yaml-duplicate-key", at, "", "Keep one of the two.",
		  "The key \"%s\" is given on line %u and again on line %u.", again->key,
		  (unsigned)first->key_line, (unsigned)again->key_line);
	return READ_BAD;
}

static const char *key_at(const void *data, size_t index, size_t *length)
{
	const struct node *const *nodes = data;

	*length = strlen(nodes[index]->key);
	return nodes[index]->key;
}

static enum read_result check_many_keys(struct builder *builder, const struct frame *frame)
{
	const struct node **nodes = xcalloc(frame->count, sizeof(*nodes)), *node;
	struct nametable *table = nametable_new(frame->count, false, key_at, nodes);
	enum read_result result = READ_EVENT;
	size_t count = 0, same;

	for (node = frame->node->child; node && result == READ_EVENT; node = node->next) {
		nodes[count] = node;
		same = nametable_add(table, count);
		if (same != count++)
			result = refuse_duplicate(builder, nodes[same], node);
	}
	nametable_free(table);
	free(nodes);
	return result;
}

static enum read_result check_keys(struct builder *builder, const struct frame *frame)
{
	const struct node *node, *earlier;

	if (frame->node->kind != NODE_MAPPING)
		return READ_EVENT;
	if (frame->count > FEW_KEYS)
		return check_many_keys(builder, frame);
	for (node = frame->node->child; node; node = node->next) {
		for (earlier = frame->node->child; earlier != node; earlier = earlier->next) {
			if (earlier->key == node->key || strcmp(earlier->key, node->key) == 0)
				return refuse_duplicate(builder, earlier, node);
		}
	}
	return READ_EVENT;
}

/* ---- events ---- */

static bool awaits_key(const struct builder *builder)
{
	const struct frame *frame;

	if (builder->depth == 0)
		return false;
	frame = &builder->stack[builder->depth - 1];
	return frame->node->kind == NODE_MAPPING && !frame->key;
}

static enum read_result take_key(struct builder *builder)
{
	struct frame *frame = &builder->stack[builder->depth - 1];
	const yaml_event_t *event = &builder->read.event;

	if (event->type != YAML_SCALAR_EVENT)
		return yamlread_refuse(&builder->read, "yaml-key", event->start_mark, "",
				       "A key must be a word, and this is a %s.",
				       event->type == YAML_MAPPING_START_EVENT ? "mapping" : "list");
	if (event->data.scalar.length == 0)
		return yamlread_refuse(&builder->read, "yaml-key", event->start_mark, "",
				       "A key is missing before the \":\".");
	frame->key = scalar_text(builder);
	frame->key_mark = event->start_mark;
	return READ_EVENT;
}

static enum read_result take_scalar(struct builder *builder)
{
	const yaml_event_t *event = &builder->read.event;
	struct node *node = new_node(builder, NODE_SCALAR);

	node->text = scalar_text(builder);
	node->plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
	attach(builder, node);
	return READ_EVENT;
}

static enum read_result take_event(struct builder *builder)
{
	yaml_event_type_t type = builder->read.event.type;

	if (type == YAML_MAPPING_END_EVENT || type == YAML_SEQUENCE_END_EVENT)
		return check_keys(builder, &builder->stack[--builder->depth]);
	if (awaits_key(builder))
		return take_key(builder);
	if (type == YAML_SCALAR_EVENT)
		return take_scalar(builder);
	return open_node(builder, type == YAML_MAPPING_START_EVENT ? NODE_MAPPING : NODE_SEQUENCE);
}

static bool is_empty(const struct node *root)
{
	return !root || (root->kind == NODE_SCALAR && root->plain && !*root->text);
}

const struct node *yamltree_parse(struct arena *arena, const char *file, const char *bytes, size_t length,
				  struct diags *diags)
{
	struct builder builder = { .arena = arena };
	enum read_result result;

	if (!yamlread_open(&builder.read, file, bytes, length, false, diags))
		return NULL;
	do {
		result = yamlread_next(&builder.read);
		if (result == READ_EVENT)
			result = take_event(&builder);
	} while (result == READ_EVENT);
	yamlread_close(&builder.read);
	if (result == READ_BAD)
		return NULL;
	if (is_empty(builder.root)) {
		diags_add(diags, SEV_ERROR, "yaml-empty", (struct place){ file, 1, 1 }, "", "", "The file is empty.");
		return NULL;
	}
	return builder.root;
}

const struct node *node_find(const struct node *mapping, const char *key)
{
	const struct node *node;

	if (!mapping || mapping->kind != NODE_MAPPING)
		return NULL;
	for (node = mapping->child; node; node = node->next) {
		if (strcmp(node->key, key) == 0)
			return node;
	}
	return NULL;
}

void node_rename(const struct node *node, const char *key)
{
	/* Whoever reads a tree cannot change it; it was made here, in an arena. */
	((struct node *)(uintptr_t)node)->key = key;
}

const char *node_kind_name(const struct node *node)
{
	static const char *const names[] = {
		[NODE_SCALAR] = "a text", [NODE_MAPPING] = "a mapping", [NODE_SEQUENCE] = "a list"
	};

	return names[node->kind];
}

/* ---- flat mappings of secrets ---- */

static enum read_result refuse_shape(struct yamlread *read)
{
	return yamlread_refuse(read, "wrong-kind", read->event.start_mark, "One key and its text on every line.",
			       "The file must be a mapping of texts.");
}

/* The pair whose key is the current event. */
static enum read_result take_pair(struct yamlread *read, yaml_pair_fn *each, void *data)
{
	struct place at = yamlread_place(read, read->event.start_mark);
	struct strbuf key = STRBUF_INIT;
	enum read_result result;

	if (read->event.type != YAML_SCALAR_EVENT)
		return refuse_shape(read);
	strbuf_puts(&key, (const char *)read->event.data.scalar.value);
	result = yamlread_next(read);
	if (result == READ_EVENT && read->event.type != YAML_SCALAR_EVENT)
		result = refuse_shape(read);
	if (result == READ_EVENT && !each(strbuf_text(&key), (const char *)read->event.data.scalar.value,
					  read->event.data.scalar.length, at, data))
		result = READ_BAD;
	strbuf_clear(&key);
	return result;
}

bool yamltree_pairs(const char *file, const char *bytes, size_t length, yaml_pair_fn *each, void *data,
		    struct diags *diags)
{
	struct yamlread read;
	enum read_result result;

	if (!yamlread_open(&read, file, bytes, length, true, diags))
		return false;
	result = yamlread_next(&read);
	if (result == READ_EVENT && read.event.type != YAML_MAPPING_START_EVENT)
		result = refuse_shape(&read);
	while (result == READ_EVENT) {
		result = yamlread_next(&read);
		if (result == READ_EVENT && read.depth > 0)
			result = take_pair(&read, each, data);
	}
	yamlread_close(&read);
	return result == READ_END;
}

/* ---- comments ---- */

/* A walk through the text, in step with the events' marks, which count characters. */
struct walk {
	const char *at, *end;
	size_t index;
	bool after_blank;
};

/* Goes on to character INDEX; true when a comment starts on the way. */
static bool walk_to(struct walk *walk, size_t index)
{
	uint32_t code;

	while (walk->index < index && walk->at < walk->end) {
		code = text_next(&walk->at, walk->end);
		walk->index++;
		if (code == '#' && walk->after_blank)
			return true;
		walk->after_blank = code == ' ' || code == '\t' || code == '\n' || code == '\r';
	}
	return false;
}

bool yamltree_has_comments(const char *bytes, size_t length)
{
	struct diags diags = DIAGS_INIT;
	struct yamlread read;
	struct walk walk;
	bool found = false;

	if (!memchr(bytes, '#', length))
		return false;
	if (!yamlread_open(&read, "", bytes, length, false, &diags)) {
		diags_clear(&diags);
		return false;
	}
	walk = (struct walk){ read.bytes, read.bytes + read.length, 0, true };
	while (!found && yamlread_next(&read) == READ_EVENT) {
		if (read.event.type != YAML_SCALAR_EVENT)
			continue;
		found = walk_to(&walk, read.event.start_mark.index);
		walk.after_blank = false;        /* a "#" within the text is none */
		while (walk.index < read.event.end_mark.index && walk.at < walk.end) {
			(void)text_next(&walk.at, walk.end);
			walk.index++;
		}
	}
	found = found || walk_to(&walk, SIZE_MAX);
	yamlread_close(&read);
	diags_clear(&diags);
	return found;
}
