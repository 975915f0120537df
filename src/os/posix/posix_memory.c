/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * POSIX: memory for secrets, and very much of it. Uses nothing of the tree: core stands on it.
 */
#include "os/memory.h"

#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>
#ifdef HAVE_PRCTL
#include <sys/prctl.h>
#endif

static size_t whole_pages(size_t size)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE);

	return (size + page - 1) / page * page;
}

void *memory_locked_pages(size_t size)
{
	void *pages = mmap(NULL, whole_pages(size), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (pages == MAP_FAILED)
		return NULL;
	/* Best effort, all three: an unprivileged user may lock little or nothing, and an older kernel knows less.
	 * What is refused costs depth of defence only; the pages are wiped all the same. */
	(void)mlock(pages, whole_pages(size));
#ifdef MADV_DONTDUMP
	(void)madvise(pages, whole_pages(size), MADV_DONTDUMP);
#endif
#ifdef MADV_WIPEONFORK
	(void)madvise(pages, whole_pages(size), MADV_WIPEONFORK);
#endif
	return pages;
}

void memory_free_pages(void *pages, size_t size)
{
	memory_wipe(pages, whole_pages(size));
	/* Fails for an address that is none of ours only; then nothing was mapped there. */
	(void)munmap(pages, whole_pages(size));
}

static size_t whole_large_pages(size_t size)
{
	return (size + MEMORY_LARGE - 1) / MEMORY_LARGE * MEMORY_LARGE;
}

/* More than is wanted is mapped, and what does not lie in a whole large page is given back. */
void *memory_large(size_t size)
{
	size_t whole = whole_large_pages(size), before;
	char *memory = mmap(NULL, whole + MEMORY_LARGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (memory == MAP_FAILED)
		return NULL;
	before = (MEMORY_LARGE - (uintptr_t)memory % MEMORY_LARGE) % MEMORY_LARGE;
	/* These fail for addresses that are none of ours only. */
	if (before)
		(void)munmap(memory, before);
	(void)munmap(memory + before + whole, MEMORY_LARGE - before);
#ifdef MADV_HUGEPAGE
	(void)madvise(memory + before, whole, MADV_HUGEPAGE);
#endif
	return memory + before;
}

void memory_free_large(void *memory, size_t size)
{
	if (memory)
		(void)munmap(memory, whole_large_pages(size));
}

void memory_wipe(void *memory, size_t size)
{
	if (size == 0)
		return;
#ifdef HAVE_EXPLICIT_BZERO
	explicit_bzero(memory, size);
#else
	memset(memory, 0, size);
	/* As far as the compiler knows this reads the memory, so the memset cannot go. */
	__asm__ __volatile__("" : : "r"(memory) : "memory");
#endif
}

void memory_no_dumps(void)
{
	struct rlimit limit;

	/* A failure leaves the other half, and the pages of a secret are not dumped anyway. */
	if (getrlimit(RLIMIT_CORE, &limit) == 0) {
		limit.rlim_cur = 0;
		limit.rlim_max = 0;
		(void)setrlimit(RLIMIT_CORE, &limit);
	}
#ifdef HAVE_PRCTL
	(void)prctl(PR_SET_DUMPABLE, 0L, 0L, 0L, 0L);
#endif
}
