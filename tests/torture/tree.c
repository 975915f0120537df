/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * See tree.h. What cannot be done here ends the run.
 */
#include "torture/tree.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

static void cannot(const char *what)
{
	die("torture: %s: %s", what, strerror(errno));
}

static int compare(const void *a, const void *b)
{
	const struct tree_entry *first = a, *second = b;

	return strcmp(first->path, second->path);
}

static void read_bytes(struct tree_entry *entry, const char *path, size_t size)
{
	int file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	ssize_t got = 0;

	entry->bytes = xcalloc(1, size + 1);
	while (file >= 0 && entry->length < size &&
	       (got = read(file, entry->bytes + entry->length, size - entry->length)) > 0)
		entry->length += (size_t)got;
	if (file < 0 || got < 0)
		cannot(path);
	close(file);
}

static const char access_list[] = "system.posix_acl_access";

void tree_give_list(struct tree_entry *entry)
{
	static const unsigned char list[] = { 2, 0,    0,   0,   1,   0,   6,  0, 255, 255, 255, 255, 2,   0,  4,
					      0, 0xD2, 4,   0,   0,   4,   0,  0, 0,   255, 255, 255, 255, 16, 0,
					      4, 0,    255, 255, 255, 255, 32, 0, 0,   0,   255, 255, 255, 255 };

	memcpy(entry->list, list, sizeof(list));
	entry->list_length = sizeof(list);
}

static void read_list(struct tree_entry *entry, const char *path)
{
	ssize_t got = lgetxattr(path, access_list, entry->list, sizeof(entry->list));

	entry->list_length = got < 0 ? 0 : (size_t)got;
}

static void add(struct tree *tree, const char *folder, const char *path)
{
	struct strbuf full = STRBUF_INIT;
	struct tree_entry *entry;
	struct stat status;

	strbuf_printf(&full, "%s/%s", folder, path);
	if (lstat(strbuf_text(&full), &status) != 0)
		cannot(path);
	tree->items = xrealloc(tree->items, (tree->count + 1) * sizeof(*tree->items));
	entry = &tree->items[tree->count++];
	*entry = (struct tree_entry){ .path = strdup(path),
				      .mode = status.st_mode & 07777,
				      .folder = S_ISDIR(status.st_mode) };
	if (S_ISREG(status.st_mode))
		read_bytes(entry, strbuf_text(&full), (size_t)status.st_size);
	read_list(entry, strbuf_text(&full));
	strbuf_clear(&full);
}

/* BELOW is "" or ends in a slash. */
static void walk(struct tree *tree, const char *folder, const char *below)
{
	struct strbuf path = STRBUF_INIT;
	const struct dirent *entry;
	DIR *open_folder;

	strbuf_printf(&path, "%s/%s", folder, below);
	open_folder = opendir(strbuf_text(&path));
	if (!open_folder)
		cannot(strbuf_text(&path));
	while ((entry = readdir(open_folder))) {
		if (str_eq(entry->d_name, ".") || str_eq(entry->d_name, ".."))
			continue;
		strbuf_reset(&path);
		strbuf_printf(&path, "%s%s", below, entry->d_name);
		add(tree, folder, strbuf_text(&path));
		if (!tree->items[tree->count - 1].folder)
			continue;
		strbuf_putc(&path, '/');
		walk(tree, folder, strbuf_text(&path));
	}
	closedir(open_folder);
	strbuf_clear(&path);
}

void tree_read(struct tree *tree, const char *folder)
{
	*tree = (struct tree){ NULL, 0 };
	walk(tree, folder, "");
	if (tree->count)
		qsort(tree->items, tree->count, sizeof(*tree->items), compare);
}

void tree_clear(struct tree *tree)
{
	for (size_t i = 0; i < tree->count; i++) {
		free(tree->items[i].path);
		free(tree->items[i].bytes);
	}
	free(tree->items);
	*tree = (struct tree){ NULL, 0 };
}

const struct tree_entry *tree_find(const struct tree *tree, const char *path)
{
	for (size_t i = 0; i < tree->count; i++) {
		if (str_eq(tree->items[i].path, path))
			return &tree->items[i];
	}
	return NULL;
}

static void put_file(const struct tree_entry *entry, const char *path)
{
	int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	if (file < 0 || write(file, entry->bytes, entry->length) != (ssize_t)entry->length ||
	    fchmod(file, entry->mode) != 0)
		cannot(path);
	if (entry->list_length && setxattr(path, access_list, entry->list, entry->list_length, 0) != 0 &&
	    errno != ENOTSUP)
		cannot(path);
	close(file);
}

void tree_put(const struct tree *tree, const char *folder)
{
	struct strbuf path = STRBUF_INIT;

	tree_remove(folder);
	if (mkdir(folder, 0700) != 0)
		cannot(folder);
	for (size_t i = 0; i < tree->count; i++) {
		strbuf_reset(&path);
		strbuf_printf(&path, "%s/%s", folder, tree->items[i].path);
		if (!tree->items[i].folder)
			put_file(&tree->items[i], strbuf_text(&path));
		else if (mkdir(strbuf_text(&path), 0700) != 0 || chmod(strbuf_text(&path), tree->items[i].mode) != 0)
			cannot(strbuf_text(&path));
	}
	strbuf_clear(&path);
}

void tree_remove(const char *folder)
{
	struct strbuf path = STRBUF_INIT;
	struct stat status;
	struct tree tree;

	if (lstat(folder, &status) != 0)
		return;
	tree_read(&tree, folder);
	for (size_t i = tree.count; i-- > 0;) {
		strbuf_reset(&path);
		strbuf_printf(&path, "%s/%s", folder, tree.items[i].path);
		if (remove(strbuf_text(&path)) != 0)
			cannot(strbuf_text(&path));
	}
	if (rmdir(folder) != 0)
		cannot(folder);
	tree_clear(&tree);
	strbuf_clear(&path);
}

bool tree_same(const struct tree_entry *a, const struct tree_entry *b)
{
	if (!a || !b)
		return !a && !b;
	return a->folder == b->folder && a->length == b->length &&
	       (a->folder || memcmp(a->bytes, b->bytes, a->length) == 0);
}
