/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The numbers, in order. Words are ours, short, without a full stop.
 */
#include "win/winerror.h"

struct error_name {
	uint32_t code;
	const char *text;
};

static const struct error_name names[] = {
	{ 2, "the file was not found" },
	{ 3, "the path was not found" },
	{ 5, "access is denied" },
	{ 8, "not enough memory" },
	{ 14, "not enough memory" },
	{ 32, "the file is used by another process" },
	{ 53, "the network path was not found (name, file sharing or firewall)" },
	{ 64, "the network name is no longer available" },
	{ 65, "network access is denied" },
	{ 67, "the network name was not found (the share does not exist)" },
	{ 87, "a parameter is wrong" },
	{ 112, "the disk is full" },
	{ 121, "the semaphore timed out (a slow or broken line)" },
	{ 122, "the buffer is too small" },
	{ 126, "a module (DLL) was not found" },
	{ 127, "a procedure of a module was not found" },
	{ 183, "it already exists" },
	{ 193, "the file is not a valid program" },
	{ 258, "waiting timed out" },
	{ 267, "the folder's name is not valid" },
	{ 997, "an overlapped operation is still running" },
	{ 1053, "the service did not answer in time" },
	{ 1056, "the service is already running" },
	{ 1058, "the service is disabled" },
	{ 1060, "there is no such service" },
	{ 1062, "the service was not started" },
	{ 1066, "the service ended with an error of its own" },
	{ 1067, "the service's process ended unexpectedly" },
	{ 1068, "a service that it depends on did not start" },
	{ 1069, "the service could not log on" },
	{ 1072, "the service is marked for deletion" },
	{ 1115, "the system is shutting down" },
	{ 1219, "another account is connected to that server already" },
	{ 1222, "the network is not available" },
	{ 1312, "the logon session does not exist" },
	{ 1326, "unknown user name or wrong password" },
	{ 1327, "an account restriction prevents it" },
	{ 1330, "the password has expired" },
	{ 1331, "the account is disabled" },
	{ 1337, "the security id is not valid" },
	{ 1385, "the account lacks that kind of logon right" },
	{ 1396, "the target account name is wrong (SPN)" },
	{ 1601, "the Windows Installer service cannot be reached" },
	{ 1602, "canceled by the user" },
	{ 1603, "fatal error during installation" },
	{ 1604, "the installation is suspended" },
	{ 1605, "the product is not installed" },
	{ 1612, "the installation source is not available" },
	{ 1618, "another installation is running" },
	{ 1619, "the package could not be opened" },
	{ 1620, "the file is not a valid package" },
	{ 1622, "the log file cannot be written" },
	{ 1624, "a transform cannot be applied" },
	{ 1625, "the installation is forbidden by policy" },
	{ 1632, "the Temp folder is full or not accessible" },
	{ 1633, "the package is for another platform" },
	{ 1638, "another version of the product is installed" },
	{ 1639, "the command line is wrong" },
	{ 1641, "success; a restart has begun" },
	{ 1654, "the installation was refused" },
	{ 1722, "the RPC server cannot be reached" },
	{ 1726, "the remote procedure call failed" },
	{ 1747, "the authentication service is unknown" },
	{ 1753, "no more endpoints (the service does not listen, or a firewall)" },
	{ 1789, "the trust with the domain is broken" },
	{ 1909, "the account is locked" },
	{ 2250, "there is no such network connection" },
	{ 3010, "success; a restart is needed" },
	{ 0x80004005, "unspecified error" },
	{ 0x80040154, "a class is not registered" },
	{ 0x80041002, "WMI: not found" },
	{ 0x80041003, "WMI: access is denied" },
	{ 0x8004100E, "WMI: the namespace is not valid" },
	{ 0x80041010, "WMI: the class is not valid" },
	{ 0x80072F8F, "TLS: a certificate or a time is wrong" },
	{ 0x80090308, "security: the token is not valid" },
	{ 0x80090322, "security: the target name (SPN) is wrong" },
	{ 0x80090325, "security: the certificate's chain is not trusted" },
	{ 0x80090331, "security: client and server have no common algorithm" },
	{ 0x8009030C, "security: the logon was refused" },
	{ 0x800B0109, "the certificate's root is not trusted" },
	{ 0x8013150A, ".NET: a security error in the runtime" },
	{ 0x80131509, ".NET: not valid in this state" },
	{ 0x80131604, ".NET: an error inside a called method (a wrapper)" },
	{ 0x80131904, ".NET: an error of SQL Server (a wrapper)" },
	{ 0xC0000005, "access violation" },
	{ 0xC000006D, "the logon failed" },
	{ 0xC0000234, "the account is locked" },
	{ 0xC000296E, "Active Directory refused the account" },
	{ 0xC0002976, "Active Directory refused the account" },
};

uint32_t winerror_plain(uint32_t code)
{
	return code >> 16 == 0x8007 ? code & 0xFFFF : code;
}

const char *winerror_text(uint32_t code)
{
	for (int whole = 1; whole >= 0; whole--) {
		uint32_t wanted = whole ? code : winerror_plain(code);

		for (size_t i = 0; i < ARRAY_LEN(names); i++) {
			if (names[i].code == wanted)
				return names[i].text;
		}
	}
	return NULL;
}

static int digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* The number at TEXT (LENGTH bytes are there), if it is in one of the forms of an error; its length, or 0. */
static size_t number_at(const char *text, size_t length, uint32_t *code)
{
	bool prefix = length > 2 && text[0] == '0' && (text[1] == 'x' || text[1] == 'X');
	size_t start = prefix ? 2 : 0, i = start;
	uint64_t value = 0;

	if (text[0] == '-') {
		for (i = 1; i < length && i <= 10 && text[i] >= '0' && text[i] <= '9'; i++)
			value = value * 10 + (uint64_t)(text[i] - '0');
		*code = (uint32_t)-(int64_t)value;
		return i == 11 && value <= 0x80000000u ? i : 0;
	}
	for (; i < length && i < start + 8 && digit(text[i]) >= 0; i++)
		value = value << 4 | (uint64_t)digit(text[i]);
	*code = (uint32_t)value;
	if (i != start + 8 || (i < length && digit(text[i]) >= 0))
		return 0;
	return prefix || text[0] == '8' ? i : 0;
}

unsigned winerror_explain(struct strbuf *out, const char *text, size_t length, unsigned most)
{
	uint32_t told[8];
	unsigned count = 0;

	for (size_t i = 0; i < length && count < most && count < ARRAY_LEN(told); i++) {
		bool inside = i && (digit(text[i - 1]) >= 0 || text[i - 1] == 'x');
		uint32_t code = 0;
		size_t n = inside ? 0 : number_at(text + i, length - i, &code);
		const char *words = n ? winerror_text(code) : NULL;
		bool again = false;

		for (unsigned k = 0; k < count; k++)
			again = again || told[k] == code;
		if (!words || again)
			continue;
		told[count] = code;
		strbuf_puts(out, count++ ? "; " : "");
		strbuf_add(out, text + i, n);
		if (winerror_plain(code) != code)
			strbuf_printf(out, " is %u, %s", (unsigned)winerror_plain(code), words);
		else
			strbuf_printf(out, " is \"%s\"", words);
		i += n - 1;
	}
	return count;
}
