/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Windows: who may read a file.
 */
#include "os/windows/windows_files.h"

#include <aclapi.h>

/* Administrators and the system may read everything anyhow. */
static bool is_trusted(PSID sid, PSID owner)
{
	return EqualSid(sid, owner) || IsWellKnownSid(sid, WinBuiltinAdministratorsSid) ||
	       IsWellKnownSid(sid, WinLocalSystemSid) || IsWellKnownSid(sid, WinCreatorOwnerRightsSid);
}

static bool gives_away(ACL *list, PSID owner)
{
	const DWORD rights =
		FILE_READ_DATA | FILE_WRITE_DATA | GENERIC_READ | GENERIC_WRITE | GENERIC_ALL | WRITE_DAC | WRITE_OWNER;

	for (DWORD i = 0; i < list->AceCount; i++) {
		ACCESS_ALLOWED_ACE *entry;
		void *found;

		if (!GetAce(list, i, &found))
			return true;
		entry = found;
		if (entry->Header.AceType == ACCESS_ALLOWED_ACE_TYPE && !(entry->Header.AceFlags & INHERIT_ONLY_ACE) &&
		    (entry->Mask & rights) && !is_trusted(&entry->SidStart, owner))
			return true;
	}
	return false;
}

bool platform_is_private(const char *path, const char **why)
{
	HANDLE file = windows_open(path, READ_CONTROL | FILE_READ_ATTRIBUTES, OPEN_EXISTING, NULL,
				   FILE_FLAG_OPEN_REPARSE_POINT | FILE_FLAG_BACKUP_SEMANTICS);
	PSECURITY_DESCRIPTOR descriptor = NULL;
	ACL *list = NULL;
	PSID owner = NULL;
	bool ok = false;
	DWORD error;

	if (file == INVALID_HANDLE_VALUE) {
		*why = windows_why(NULL);
		return false;
	}
	*why = windows_not_regular(file);
	error = *why ? 0
		     : GetSecurityInfo(file, SE_FILE_OBJECT, OWNER_SECURITY_INFORMATION | DACL_SECURITY_INFORMATION,
				       &owner, NULL, &list, NULL, &descriptor);
	if (error) {
		SetLastError(error);
		*why = windows_why(NULL);
	} else if (!*why) {
		ok = owner && list && !gives_away(list, owner);
		if (!ok)
			*why = "others may read it; its owner, Administrators and SYSTEM alone may have rights to it";
	}
	if (descriptor)
		LocalFree(descriptor);
	CloseHandle(file);
	return ok;
}
