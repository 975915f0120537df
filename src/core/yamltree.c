/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The tree from the events, without recursion: nodes in one row, texts in another. The file's length says how much
 * room both can need at most; what is not used of it is never touched. A small cache lets keys and words that come
 * again and again share one text.
 */
#include "core/yamltree.h"

#include "core/nametable.h"
#include "core/text.h"
#include "core/yamlread.h"
#include "os/memory.h"

enum { CACHE_SIZE = 512, CACHED_LENGTH = 32, FEW_KEYS = 8 };

#define COLUMN_MASK 0x7FFFFFFu
#define RENAMED 0x80000000u                  /* in the link of a key: the rest is its place in the renamed ones */

_Static_assert(sizeof(struct node) == 12, "a node is small");
_Static_assert(YAML_FILE_LIMIT < COLUMN_MASK, "a column fits");

struct frame {
	struct node *node, *last;            /* the mapping or sequence, and its last value */
	size_t count;                        /* of values */
	bool mapping;
	bool keyed;                          /* a key waits for its value */
};

struct builder {
	struct yamlread read;
	struct yamltree *tree;
	size_t text_room;
	uint32_t cache[CACHE_SIZE];          /* place of the text, from 1 */
	struct frame stack[YAML_DEPTH_LIMIT];
	unsigned depth;
};

/* ---- texts ---- */

static uint32_t keep_text(struct builder *builder, const char *text, size_t length)
{
	struct yamltree *tree = builder->tree;
	uint32_t kept = (uint32_t)tree->length;

	if (length >= builder->text_room - tree->length)
		bug("the texts of a file take more than %zu bytes", builder->text_room);
	memcpy(tree->texts + kept, text, length + 1);
	tree->length += length + 1;
	return kept;
}

/* Not by strcmp(): a call takes longer than most words of a plan do. */
static inline bool is_same(const char *a, const char *b)
{
	while (*a == *b && *a) {
		a++;
		b++;
	}
	return *a == *b;
}

/* The text of the current scalar. A slot of the cache holds the last text that fell there: no chain, no bad case. Three
 * letters and the length tell words apart; of names that are counted on it makes few slots busy. */
static uint32_t scalar_text(struct builder *builder)
{
	const unsigned char *text = builder->read.event.data.scalar.value;
	size_t length = builder->read.event.data.scalar.length, hash;
	uint32_t *slot;

	if (length > CACHED_LENGTH)
		return keep_text(builder, (const char *)text, length);
	hash = length * 131 + text[0] * 31u + text[length / 2] * 7u + text[length ? length - 1 : 0];
	slot = &builder->cache[hash % CACHE_SIZE];
	if (!*slot || !is_same(builder->tree->texts + *slot - 1, (const char *)text))
		*slot = keep_text(builder, (const char *)text, length) + 1;
	return *slot - 1;
}

/* ---- nodes ---- */

static struct node *new_node(struct builder *builder, enum node_kind kind, uint32_t link)
{
	yaml_mark_t mark = builder->read.event.start_mark;
	struct yamltree *tree = builder->tree;
	struct node *node = &tree->nodes[tree->count];

	if (tree->count++ == tree->room)
		bug("a file has more than %zu nodes", tree->room);
	*node = (struct node){
		.link = link, .line = (uint32_t)mark.line + 1,
		.column = ((uint32_t)mark.column + 1) & COLUMN_MASK, .kind = kind & 3u
	};
	return node;
}

/* A node that is the next value of what is open, or the root. */
static struct node *new_value(struct builder *builder, enum node_kind kind, uint32_t link)
{
	struct node *node = new_node(builder, kind, link);
	struct frame *frame;

	if (builder->depth == 0) {
		node->last = true;
		return node;
	}
	frame = &builder->stack[builder->depth - 1];
	node->keyed = frame->keyed;
	frame->keyed = false;
	frame->last = node;
	frame->count++;
	return node;
}

static enum read_result open_node(struct builder *builder, enum node_kind kind)
{
	struct node *node = new_value(builder, kind, 0);

	builder->stack[builder->depth++] = (struct frame){ .node = node, .mapping = kind == NODE_MAPPING };
	return READ_EVENT;
}

/* ---- duplicate keys ---- */

static enum read_result refuse_duplicate(struct builder *builder, const struct node *first, const struct node *again)
{
	struct place at = node_key_place(again, builder->read.file), before = node_key_place(first, NULL);

	diags_add(builder->read.diags, SEV_ERROR, "yaml-duplicate-key", at, "", "Keep one of the two.",
		  "The key \"%s\" is given on line %u and again on line %u.", node_key(builder->tree, again),
		  before.line, at.line);
	return READ_BAD;
}

struct keys {
	const struct yamltree *tree;
	const struct node **nodes;
};

static const char *key_at(const void *data, size_t index, size_t *length)
{
	const struct keys *keys = data;
	const char *key = node_key(keys->tree, keys->nodes[index]);

	*length = strlen(key);
	return key;
}

static enum read_result check_many_keys(struct builder *builder, const struct frame *frame)
{
	struct keys keys = { builder->tree, xcalloc(frame->count, sizeof(*keys.nodes)) };
	struct nametable *table = nametable_new(frame->count, false, key_at, &keys);
	enum read_result result = READ_EVENT;
	const struct node *node;
	size_t count = 0, same;

	for (node = node_first(frame->node); node && result == READ_EVENT; node = node_next(node)) {
		keys.nodes[count] = node;
		same = nametable_add(table, count);
		if (same != count++)
			result = refuse_duplicate(builder, keys.nodes[same], node);
	}
	nametable_free(table);
	free(keys.nodes);
	return result;
}

static enum read_result check_keys(struct builder *builder, const struct frame *frame)
{
	const struct node *node, *earlier;

	if (!frame->mapping)
		return READ_EVENT;
	if (frame->count > FEW_KEYS)
		return check_many_keys(builder, frame);
	for (node = node_first(frame->node); node; node = node_next(node)) {
		for (earlier = node_first(frame->node); earlier != node; earlier = node_next(earlier)) {
			if (str_eq(node_key(builder->tree, earlier), node_key(builder->tree, node)))
				return refuse_duplicate(builder, earlier, node);
		}
	}
	return READ_EVENT;
}

static enum read_result close_node(struct builder *builder)
{
	const struct frame *frame = &builder->stack[--builder->depth];

	frame->node->link = (uint32_t)(&builder->tree->nodes[builder->tree->count] - frame->node) - 1;
	if (frame->last)
		frame->last->last = true;
	return check_keys(builder, frame);
}

/* ---- events ---- */

static bool awaits_key(const struct builder *builder)
{
	const struct frame *frame;

	if (builder->depth == 0)
		return false;
	frame = &builder->stack[builder->depth - 1];
	return frame->mapping && !frame->keyed;
}

static enum read_result take_key(struct builder *builder)
{
	const yaml_event_t *event = &builder->read.event;

	if (event->type != YAML_SCALAR_EVENT)
		return yamlread_refuse(&builder->read, "yaml-key", event->start_mark, "",
				       "A key must be a word, and this is a %s.",
				       event->type == YAML_MAPPING_START_EVENT ? "mapping" : "list");
	if (event->data.scalar.length == 0)
		return yamlread_refuse(&builder->read, "yaml-key", event->start_mark, "",
				       "A key is missing before the \":\".");
	new_node(builder, NODE_SCALAR, scalar_text(builder));
	builder->stack[builder->depth - 1].keyed = true;
	return READ_EVENT;
}

static enum read_result take_scalar(struct builder *builder)
{
	struct node *node = new_value(builder, NODE_SCALAR, scalar_text(builder));

	node->plain = builder->read.event.data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
	return READ_EVENT;
}

static enum read_result take_event(struct builder *builder)
{
	yaml_event_type_t type = builder->read.event.type;

	if (type == YAML_MAPPING_END_EVENT || type == YAML_SEQUENCE_END_EVENT)
		return close_node(builder);
	if (awaits_key(builder))
		return take_key(builder);
	if (type == YAML_SCALAR_EVENT)
		return take_scalar(builder);
	return open_node(builder, type == YAML_MAPPING_START_EVENT ? NODE_MAPPING : NODE_SEQUENCE);
}

static bool is_empty(const struct yamltree *tree)
{
	const struct node *root = tree->nodes;

	return !tree->count || (root->kind == NODE_SCALAR && root->plain && !*node_text(tree, root));
}

/* No byte of a file makes two nodes, and no scalar is longer than what it is written as. */
static void begin(struct builder *builder, size_t length)
{
	builder->text_room = 2 * length + 16;
	builder->tree = xcalloc(1, sizeof(*builder->tree));
	builder->tree->room = length < YAML_NODE_LIMIT / 2 ? 2 * length + 16 : YAML_NODE_LIMIT;
	builder->tree->nodes = xlarge(builder->tree->room * sizeof(struct node));
	builder->tree->texts = xrealloc(NULL, builder->text_room);
}

struct yamltree *yamltree_parse(const char *file, const char *bytes, size_t length, struct diags *diags)
{
	struct builder builder = { .depth = 0 };
	enum read_result result;

	if (!yamlread_open(&builder.read, file, bytes, length, false, diags))
		return NULL;
	begin(&builder, length);
	do {
		result = yamlread_next(&builder.read);
		if (result == READ_EVENT)
			result = take_event(&builder);
	} while (result == READ_EVENT);
	yamlread_close(&builder.read);
	if (result != READ_BAD && is_empty(builder.tree)) {
		diags_add(diags, SEV_ERROR, "yaml-empty", (struct place){ file, 1, 1 }, "", "", "The file is empty.");
		result = READ_BAD;
	}
	if (result != READ_BAD)
		return builder.tree;
	yamltree_free(builder.tree);
	return NULL;
}

void yamltree_free(struct yamltree *tree)
{
	if (!tree)
		return;
	memory_wipe(tree->texts, tree->length);
	xfree_large(tree->nodes, tree->room * sizeof(struct node));
	free(tree->texts);
	for (size_t i = 0; i < tree->renamed_count; i++)
		free(tree->renamed[i]);
	free(tree->renamed);
	free(tree);
}

/* ---- looking ---- */

const char *node_key(const struct yamltree *tree, const struct node *node)
{
	const struct node *key = node - 1;

	return key->link & RENAMED ? tree->renamed[key->link & ~RENAMED] : node_text(tree, key);
}

struct place node_key_place(const struct node *node, const char *file)
{
	return (struct place){ file, node[-1].line, node[-1].column };
}

const struct node *node_find(const struct yamltree *tree, const struct node *mapping, const char *key)
{
	const struct node *node;

	if (!mapping || mapping->kind != NODE_MAPPING)
		return NULL;
	for (node = node_first(mapping); node; node = node_next(node)) {
		if (strcmp(node_key(tree, node), key) == 0)
			return node;
	}
	return NULL;
}

void node_rename(struct yamltree *tree, const struct node *node, const char *key)
{
	size_t size = strlen(key) + 1;
	char *copy = xrealloc(NULL, size);

	memcpy(copy, key, size);
	tree->renamed = xgrow(tree->renamed, tree->renamed_count, &tree->renamed_room, sizeof(*tree->renamed));
	tree->renamed[tree->renamed_count] = copy;
	tree->nodes[node - tree->nodes - 1].link = RENAMED | (uint32_t)tree->renamed_count++;
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
