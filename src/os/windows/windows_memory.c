/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Windows: memory for secrets. Uses nothing of the tree: core stands on it.
 */
#include "os/memory.h"

#include <windows.h>

void *memory_locked_pages(size_t size)
{
	void *pages = VirtualAlloc(NULL, size, MEM_COMMIT | MEM_RESERVE, PAGE_READWRITE);

	if (!pages)
		return NULL;
	/* Best effort: a process may lock little. What is refused costs depth of defence only; the pages are wiped all
	 * the same. */
	(void)VirtualLock(pages, size);
	return pages;
}

void memory_free_pages(void *pages, size_t size)
{
	memory_wipe(pages, size);
	/* Fails for an address that is none of ours only. */
	(void)VirtualFree(pages, 0, MEM_RELEASE);
}

void *memory_large(size_t size)
{
	return VirtualAlloc(NULL, size, MEM_COMMIT | MEM_RESERVE, PAGE_READWRITE);
}

void memory_free_large(void *memory, size_t size)
{
	(void)size;
	if (memory)
		(void)VirtualFree(memory, 0, MEM_RELEASE);
}

void memory_wipe(void *memory, size_t size)
{
	if (size)
		SecureZeroMemory(memory, size);
}

void memory_no_dumps(void)
{
	/* No box that stops the program, and no report of a crash that holds its memory. */
	SetErrorMode(SetErrorMode(0) | SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX);
}
