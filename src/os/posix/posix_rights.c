/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * POSIX: whoever may use a file may use what takes its place, and nobody else: mode, owner, group and the access list
 * of the old file go to the new one. No moment in between gives more than the old file gave.
 */
#include "os/posix/posix.h"

#include <errno.h>
#include <grp.h>
#include <sys/xattr.h>
#include <unistd.h>

/* How Linux keeps an access list: a version of four bytes, then entries of eight: tag, rights, user or group. */
enum {
	LIST_MOST = 8192,
	LIST_HEAD = 4,
	LIST_ENTRY = 8,
	LIST_RIGHTS = 2,
	TAG_USER = 0x01,
	TAG_MASK = 0x10,
	TAG_OTHER = 0x20
};

static const char access_list[] = "system.posix_acl_access";

struct list {
	unsigned char bytes[LIST_MOST];
	size_t length; /* 0: there is none */
};

/* Of a file without a list, and of a file system that knows none. */
static bool means_none(int error)
{
	return error == ENODATA || error == ENOTSUP || error == ENOSYS;
}

static bool read_list(const char *path, struct list *list)
{
	ssize_t got = getxattr(path, access_list, list->bytes, sizeof(list->bytes));

	list->length = got < 0 ? 0 : (size_t)got;
	return got >= 0 || means_none(errno);
}

/* What chmod would do to the list afterwards, so that no moment is wider than MODE. */
static void narrow_list(struct list *list, mode_t mode)
{
	for (size_t at = LIST_HEAD; at + LIST_ENTRY <= list->length; at += LIST_ENTRY) {
		unsigned char *rights = &list->bytes[at + LIST_RIGHTS];

		switch (list->bytes[at]) {
		case TAG_USER:
			*rights = (unsigned char)(mode >> 6 & 7);
			break;
		case TAG_MASK:
			*rights = (unsigned char)(mode >> 3 & 7);
			break;
		case TAG_OTHER:
			*rights = (unsigned char)(mode & 7);
			break;
		default:
			break;
		}
	}
}

/* The folder may have given the new file a list of its own: what had none has none afterwards. */
static bool set_list(int descriptor, const struct list *list)
{
	if (list->length > 0)
		return fsetxattr(descriptor, access_list, list->bytes, list->length, 0) == 0;
	return fremovexattr(descriptor, access_list) == 0 || means_none(errno);
}

static const char *refuse_group(gid_t group, int error)
{
	const struct group *entry = getgrgid(group);
	char number[24];

	snprintf(number, sizeof(number), "%lu", (unsigned long)group);
	return posix_why("its group %.64s cannot be kept (%s), and the group would lose its rights; \"chgrp\" to a "
			 "group of yours helps",
			 entry ? entry->gr_name : number, strerror(error));
}

static bool take_owners(int descriptor, const struct stat *old, mode_t mode, const char **why)
{
	mode_t of_group = mode >> 3 & 7, of_others = mode & 7;
	struct stat status;

	if (fstat(descriptor, &status) != 0) {
		*why = strerror(errno);
		return false;
	}
	/* "sudo scupgrade mark" must not lock out the plan's owner. */
	if (status.st_uid != old->st_uid && geteuid() == 0 && fchown(descriptor, old->st_uid, (gid_t)-1) != 0 &&
	    errno != EPERM && errno != EINVAL) {
		*why = strerror(errno);
		return false;
	}
	if (status.st_gid != old->st_gid && fchown(descriptor, (uid_t)-1, old->st_gid) != 0 &&
	    (of_group & ~of_others) != 0) {
		*why = refuse_group(old->st_gid, errno);
		return false;
	}
	return true;
}

bool posix_take_over(int descriptor, const char *path, const struct stat *old, mode_t mode, const char **why)
{
	struct list list;

	if (!take_owners(descriptor, old, mode, why))
		return false;
	if (!read_list(path, &list)) {
		*why = posix_why("its access list cannot be read: %s", strerror(errno));
		return false;
	}
	narrow_list(&list, mode);
	if (!set_list(descriptor, &list)) {
		*why = posix_why("its access list cannot be kept: %s", strerror(errno));
		return false;
	}
	if (fchmod(descriptor, mode) != 0) {
		*why = strerror(errno);
		return false;
	}
	return true;
}
