/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Windows: whose a file is, and who else may read it or write to it.
 */
#include "os/windows/windows_files.h"

#include <aclapi.h>

enum { RIGHTS_TO_WRITE = FILE_WRITE_DATA | FILE_APPEND_DATA | GENERIC_WRITE | GENERIC_ALL | WRITE_DAC | WRITE_OWNER };
enum { RIGHTS_TO_READ = FILE_READ_DATA | GENERIC_READ };

struct rights {
	PSECURITY_DESCRIPTOR descriptor; /* owned: LocalFree; the others point into it */
	PSID owner;
	ACL *list;                       /* NULL: everybody may do everything */
};

/* Administrators and the system may do everything anyhow. */
static bool is_trusted(PSID sid, PSID owner)
{
	return EqualSid(sid, owner) || IsWellKnownSid(sid, WinBuiltinAdministratorsSid) ||
	       IsWellKnownSid(sid, WinLocalSystemSid) || IsWellKnownSid(sid, WinCreatorOwnerRightsSid);
}

static bool give_others(const struct rights *rights, DWORD mask)
{
	for (DWORD i = 0; rights->list && i < rights->list->AceCount; i++) {
		ACCESS_ALLOWED_ACE *entry;
		void *found;

		if (!GetAce(rights->list, i, &found))
			return true;
		entry = found;
		if (entry->Header.AceType == ACCESS_ALLOWED_ACE_TYPE && !(entry->Header.AceFlags & INHERIT_ONLY_ACE) &&
		    (entry->Mask & mask) && !is_trusted(&entry->SidStart, rights->owner))
			return true;
	}
	return rights->list == NULL;
}

/* What an administrator makes belongs to the Administrators. */
static bool are_ours(const struct rights *rights)
{
	union {
		TOKEN_USER user;
		BYTE room[sizeof(TOKEN_USER) + SECURITY_MAX_SID_SIZE];
	} who;
	HANDLE token;
	DWORD size;
	bool ours = IsWellKnownSid(rights->owner, WinBuiltinAdministratorsSid);

	if (!OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &token))
		return ours;
	if (GetTokenInformation(token, TokenUser, &who, sizeof(who), &size))
		ours = ours || EqualSid(rights->owner, who.user.User.Sid);
	CloseHandle(token);
	return ours;
}

static bool get_rights(HANDLE file, struct rights *rights, const char **why)
{
	DWORD error = GetSecurityInfo(file, SE_FILE_OBJECT, OWNER_SECURITY_INFORMATION | DACL_SECURITY_INFORMATION,
				      &rights->owner, NULL, &rights->list, NULL, &rights->descriptor);

	if (error == ERROR_SUCCESS && rights->owner)
		return true;
	SetLastError(error);
	*why = windows_why(NULL);
	return false;
}

/* True: FILE is ours, and nobody but those who may everything has one of MASK. Closes FILE. */
static bool judge(HANDLE file, DWORD mask, const char *shared, const char **why)
{
	struct rights rights = { NULL, NULL, NULL };
	bool ok = get_rights(file, &rights, why);

	if (ok && !are_ours(&rights)) {
		*why = "it belongs to another user";
		ok = false;
	} else if (ok && give_others(&rights, mask)) {
		*why = shared;
		ok = false;
	}
	if (rights.descriptor)
		LocalFree(rights.descriptor);
	CloseHandle(file);
	return ok;
}

static HANDLE open_for_rights(const char *path, DWORD flags, const char **why)
{
	HANDLE file = windows_open(path, READ_CONTROL | FILE_READ_ATTRIBUTES, OPEN_EXISTING, NULL,
				   FILE_FLAG_BACKUP_SEMANTICS | flags);

	if (file == INVALID_HANDLE_VALUE)
		*why = windows_why(NULL);
	return file;
}

static bool is_private(const char *path, const char **why)
{
	HANDLE file = open_for_rights(path, FILE_FLAG_OPEN_REPARSE_POINT, why);

	if (file == INVALID_HANDLE_VALUE)
		return false;
	*why = windows_not_regular(file);
	if (*why) {
		CloseHandle(file);
		return false;
	}
	return judge(file, RIGHTS_TO_READ | RIGHTS_TO_WRITE,
		     "others may read it; its owner, Administrators and SYSTEM alone may have rights to it", why);
}

enum file_result platform_read_private(const char *path, size_t limit, struct strbuf *out, const char **why)
{
	return is_private(path, why) ? platform_read(path, limit, out, NULL, why) : FILE_FAILED;
}

bool platform_is_own(const char *path, const char **why)
{
	HANDLE file = open_for_rights(path, 0, why);

	return file != INVALID_HANDLE_VALUE &&
	       judge(file, RIGHTS_TO_WRITE,
		     "others may write to it; its owner, Administrators and SYSTEM alone may have rights to that", why);
}
