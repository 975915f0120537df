/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Hosts, accounts, management groups, web sites, and the small kinds.
 * An error is only what cannot exist: this is an upgrade, and what is there has to be accepted.
 */
#include "win/winname.h"

#include "core/text.h"
#include "win/winname_common.h"

#define NETBIOS_MAX 15u           /* computers and domains; the 16th byte is the type of the service */
#define LABEL_MAX 63u
#define FQDN_MAX 255u
#define DOMAIN_DNS_MAX 64u        /* of an Active Directory domain */
#define USER_MAX 20u
#define GROUP_MAX 256u
#define MANAGED_MAX 15u           /* without the final dollar sign */
#define UPN_MAX 1024u
#define NOTE_MAX 500u

static const char host_hint[] = "Example: MS01 or ms01.contoso.com";
static const char account_hint[] = "Example: CONTOSO\\svc-das";
static const char user_forbidden[] = "\"/\\[]:;|=,+*?<>";
static const char domain_forbidden[] = "\"/\\[]:;|=+*?<> ";

/* Well-known principals have these instead of a domain. */
static const char *const local_domains[] = {
	".", "BUILTIN", "NT AUTHORITY", "NT SERVICE", "NT VIRTUAL MACHINE", "IIS APPPOOL", "WINDOW MANAGER",
	"FONT DRIVER HOST", "LOCALHOST",
};
static const char *const local_users[] = {
	"LocalSystem", "Local System", "SYSTEM", "LocalService", "Local Service", "NetworkService", "Network Service",
	"Everyone",
};
static const char *const reserved_words[] = {
	"ANONYMOUS", "BATCH", "BUILTIN", "DIALUP", "DOMAIN", "ENTERPRISE", "GATEWAY", "GW", "INTERACTIVE", "INTERNET",
	"LOCAL", "NETWORK", "NULL", "PROXY", "RESTRICTED", "SELF", "SERVER", "SERVICE", "SYSTEM", "TAC", "USERS",
	"WORLD",
};

static bool is_address(const char *text)
{
	size_t dots = 0;

	for (const char *at = text; *at; at++) {
		if (!is_ascii_digit(*at) && *at != '.')
			return false;
		dots += *at == '.';
	}
	return dots == 3;
}

/* LABEL is one part of a host name; SINGLE when it is the whole name: then NetBIOS allows more characters. */
static bool check_label(const char *label, bool single, const char *text, struct report *to, const char *code,
			const char *hint)
{
	const char *forbidden = single ? "\\/:*?\"<>|,;=+[]` " : "\\/:*?\"<>|,;=+[]` ~!@#$%^&'(){}";
	size_t length = strlen(label);
	bool fine = true;

	if (length == 0) {
		name_finding(to, SEV_ERROR, code, hint, text, "has one dot too many.");
		return false;
	}
	fine &= name_without(label, forbidden, to, code, hint, "A host name");
	if (label[0] == '-' || label[length - 1] == '-' || (!single && label[0] == '_')) {
		name_finding(to, SEV_ERROR, code, hint, text,
			     "has a part that does not start and end with a letter or digit.");
		fine = false;
	}
	return name_fits(label, LABEL_MAX, to, code, hint, "A part of a host name") && fine;
}

static void warn_about_label(const char *label, struct report *to)
{
	for (const char *at = label; *at; at++) {
		if (!is_ascii_letter(*at) && !is_ascii_digit(*at) && *at != '-') {
			name_finding(to, SEV_WARNING, "host-unusual", host_hint, label,
				     "has characters other than letters A to Z, digits and the hyphen.");
			break;
		}
	}
	name_scripts(label, to);
}

/* The first label is the computer's NetBIOS name too. */
static bool check_computer(const char *label, const char *text, struct report *to, const char *code, const char *hint)
{
	if (all_digits(label)) {
		name_finding(to, SEV_ERROR, code, hint, text, "is the name of a computer in digits only.");
		return false;
	}
	if (in_fold(label, reserved_words, ARRAY_LEN(reserved_words)))
		name_finding(to, SEV_WARNING, "host-unusual", host_hint, label,
			     "is a name that Windows reserves.");
	if (text_utf16_length(label) > NETBIOS_MAX)
		name_finding(to, SEV_WARNING, "host-long", host_hint, label,
			     "is longer than 15 characters. Windows cuts the name of a computer there: check it.");
	return true;
}

static bool check_address(const char *text, struct report *to, const char *code, const char *hint, bool address)
{
	if (address)
		name_finding(to, SEV_WARNING, "host-unusual", hint, text, "is an address. A name outlives a move.");
	else
		name_finding(to, SEV_ERROR, code, hint, text, "is an address, not the name of a computer.");
	return address;
}

/* The names that nearly all computers have: short, of letters, digits and hyphens. With a digit no such name is a word
 * that Windows keeps, with a letter it is no number: there is nothing to say about it. */
static bool is_ordinary(const char *text)
{
	size_t letters = 0, digits = 0, length = 0;

	for (; text[length] && length <= NETBIOS_MAX; length++) {
		bool letter = is_ascii_letter(text[length]), digit = is_ascii_digit(text[length]);

		if (!letter && !digit && text[length] != '-')
			return false;
		letters += letter;
		digits += digit;
	}
	return letters && digits && length <= NETBIOS_MAX && text[0] != '-' && text[length - 1] != '-';
}

static bool judge_host(const char *text, struct report *to, const char *code, const char *hint, bool address)
{
	const char *domain = strchr(text, '.');
	bool fine, single = !domain;

	if (!name_begin(text, to, code, hint))
		return false;
	if (is_address(text))
		return check_address(text, to, code, hint, address);
	fine = name_fits(text, FQDN_MAX, to, code, hint, "A full host name");
	for (const char *at = text; at && fine; at = strchr(at, '.') ? strchr(at, '.') + 1 : NULL) {
		struct strbuf label = name_part(at, strcspn(at, "."));
		bool good = check_label(strbuf_text(&label), single, text, to, code, hint);

		if (good)
			warn_about_label(strbuf_text(&label), to);
		if (good && at == text)
			good = check_computer(strbuf_text(&label), text, to, code, hint);
		strbuf_clear(&label);
		fine = good; /* one finding says it */
	}
	if (fine && domain && text_utf16_length(domain + 1) > DOMAIN_DNS_MAX)
		name_finding(to, SEV_WARNING, "host-long", hint, domain + 1,
			     "is longer than 64 characters, the limit of Active Directory for the name of a domain.");
	return fine;
}

bool name_host(const char *text, struct report *to, const char *code, const char *hint, bool address)
{
	return is_ordinary(text) || judge_host(text, to, code, hint, address);
}

/* Every computer's name for itself. */
static bool is_self(const char *text)
{
	return text_equal_fold(text, "localhost") || text_equal_fold(text, "localhost.localdomain");
}

bool rule_host(const char *text, struct report *to)
{
	if (is_ordinary(text))
		return true;
	if (is_self(text)) {
		name_finding(to, SEV_ERROR, "host-form", host_hint, text,
			     "is what every computer calls itself: say which one it is.");
		return false;
	}
	return judge_host(text, to, "host-form", host_hint, false);
}

bool rule_named_host(const char *text, struct report *to)
{
	struct diags unusual = DIAGS_INIT;
	struct report quiet = { .diags = &unusual };
	bool fine = rule_host(text, &quiet);

	diags_clear(&unusual);
	return fine || rule_host(text, to);
}

bool rule_is_host(value_rule_fn *rule)
{
	return rule == rule_host || rule == rule_named_host;
}

static bool is_managed(const char *user)
{
	size_t length = strlen(user);

	return length > 0 && user[length - 1] == '$';
}

/* The name behind the backslash. PEOPLE: of a list of users and groups. */
static bool check_user(const char *user, const char *text, bool people, struct report *to)
{
	bool managed = !people && is_managed(user), fine;
	size_t length = strlen(user), max = people ? GROUP_MAX : managed ? MANAGED_MAX + 1 : USER_MAX;

	if (length == 0) {
		name_finding(to, SEV_ERROR, "account-form", account_hint, text, "has no user name.");
		return false;
	}
	fine = name_without(user, user_forbidden, to, "account-form", account_hint, "A user name");
	fine &= name_trimmed(user, to, "account-form", account_hint);
	fine &= name_fits(user, max, to, "account-form", account_hint,
			  people ? "The name of a user or group" :
			  managed ? "The name of a managed account with its dollar sign" : "A user name");
	if (user[length - 1] == '.') {
		name_finding(to, SEV_ERROR, "account-form", account_hint, user, "ends with a dot. A user name cannot.");
		fine = false;
	}
	if (!fine)
		return false;
	if (!people && (strpbrk(user, "@ ") || !all_ascii(user)))
		name_finding(to, SEV_WARNING, "account-unusual", account_hint, user,
			     "has a space, an at sign or characters other than English letters.");
	name_scripts(user, to);
	return true;
}

/* The name before the backslash: a NetBIOS name, or the DNS name of a domain, which Windows takes too. */
static bool check_domain(const char *domain, const char *text, struct report *to)
{
	bool dotted = strchr(domain, '.') != NULL, fine;

	if (*domain == '\0') {
		name_finding(to, SEV_ERROR, "account-form", account_hint, text, "has no domain before the backslash.");
		return false;
	}
	fine = name_without(domain, domain_forbidden, to, "account-form", account_hint, "The name of a domain");
	fine &= name_fits(domain, dotted ? FQDN_MAX : NETBIOS_MAX, to, "account-form", account_hint,
			  dotted ? "The DNS name of a domain" : "The short name of a domain");
	if (domain[0] == '.') {
		name_finding(to, SEV_ERROR, "account-form", account_hint, domain,
			     "starts with a dot. The name of a domain cannot.");
		fine = false;
	}
	if (!fine)
		return false;
	if (dotted)
		name_finding(to, SEV_WARNING, "account-unusual", account_hint, domain,
			     "has a dot. Setup is documented with the short name of the domain.");
	else if (strpbrk(domain, ",~!@#$%^&'(){}_`") || !all_ascii(domain) || all_digits(domain))
		name_finding(to, SEV_WARNING, "account-unusual", account_hint, domain,
			     "is unusual: letters A to Z, digits and the hyphen are safe in the name of a domain.");
	else if (in_fold(domain, reserved_words, ARRAY_LEN(reserved_words)))
		name_finding(to, SEV_WARNING, "account-unusual", account_hint, domain,
			     "is a name that Windows reserves.");
	name_scripts(domain, to);
	return true;
}

/* "user@suffix" */
static bool check_upn(const char *text, bool people, struct report *to)
{
	const char *at = strchr(text, '@');
	struct strbuf user = name_part(text, (size_t)(at - text));
	bool fine = false;

	if (strchr(at + 1, '@'))
		name_finding(to, SEV_ERROR, "account-form", account_hint, text, "has more than one at sign.");
	else if (at == text || at[1] == '\0')
		name_finding(to, SEV_ERROR, "account-form", account_hint, text, "%s",
			     at == text ? "has nothing before the at sign." : "has nothing after the at sign.");
	else
		fine = name_without(strbuf_text(&user), "\"/\\[]:;|=,+*?<> ", to, "account-form", account_hint,
				    "A user name") &&
		       name_without(at + 1, "\"/\\[]:;|=,+*?<> ~!#$%^&'(){}`", to, "account-form", account_hint,
				    "The name of a domain") &&
		       name_fits(text, UPN_MAX, to, "account-form", account_hint, "A user principal name");
	if (fine && (at[1] == '.' || strstr(at + 1, "..") || text[strlen(text) - 1] == '.')) {
		name_finding(to, SEV_ERROR, "account-form", account_hint, text, "has one dot too many.");
		fine = false;
	}
	if (fine && !people)
		name_finding(to, SEV_WARNING, "account-upn", account_hint, text,
			     "is a user principal name. Setup is documented with DOMAIN\\user only.");
	if (fine) {
		name_scripts(strbuf_text(&user), to);
		name_scripts(at + 1, to);
	}
	strbuf_clear(&user);
	return fine;
}

static bool found_local(const char *text, bool people, struct report *to)
{
	if (people)
		name_finding(to, SEV_WARNING, "account-local", "Example: CONTOSO\\SMA Admins", text,
			     "is an account of one computer only. On each server it means a different one.");
	else
		name_finding(to, SEV_ERROR, "account-local",
			     "Example: CONTOSO\\svc-das. Local System, where it is possible, is a kind of account, in "
			     "a file kind: local-system, and not a name.", text,
			     "is an account of the computer itself. An account of the domain is needed here.");
	return people;
}

static bool check_bare(const char *text, bool people, struct report *to)
{
	if (in_fold(text, local_users, ARRAY_LEN(local_users)))
		return found_local(text, people, to);
	if (people)
		return check_user(text, text, true, to) && found_local(text, true, to);
	name_finding(to, SEV_ERROR, "account-form", account_hint, text, "has no domain.");
	return false;
}

static bool check_account(const char *text, bool people, struct report *to)
{
	const char *slash = strchr(text, '\\');
	struct strbuf domain;
	bool fine;

	if (!name_begin(text, to, "account-form", account_hint))
		return false;
	if (!slash)
		return strchr(text, '@') ? check_upn(text, people, to) : check_bare(text, people, to);
	if (strchr(slash + 1, '\\')) {
		name_finding(to, SEV_ERROR, "account-form", account_hint, text, "has more than one backslash.");
		return false;
	}
	domain = name_part(text, (size_t)(slash - text));
	if (in_fold(strbuf_text(&domain), local_domains, ARRAY_LEN(local_domains))) {
		fine = (!people || check_user(slash + 1, text, true, to)) && found_local(text, people, to);
	} else {
		fine = check_domain(strbuf_text(&domain), text, to);
		fine = check_user(slash + 1, text, people, to) && fine;
	}
	strbuf_clear(&domain);
	return fine;
}

bool rule_account(const char *text, struct report *to)
{
	return check_account(text, false, to);
}

bool rule_account_or_group(const char *text, struct report *to)
{
	return check_account(text, true, to);
}

bool rule_management_group(const char *text, struct report *to)
{
	static const char hint[] = "Example: CONTOSO Production";
	bool fine;

	if (!name_begin(text, to, "group-form", hint))
		return false;
	fine = name_without(text, "()^~:;.!?\",'`@#%\\/*+=$|&[]<>{}", to, "group-form", hint,
			    "The name of a management group");
	fine = name_trimmed(text, to, "group-form", hint) && fine;
	name_scripts(text, to);
	return fine;
}

/* The set is the one that the management interface of IIS refuses. */
bool rule_web_site(const char *text, struct report *to)
{
	static const char hint[] = "Example: Default Web Site";
	bool fine;

	if (!name_begin(text, to, "web-site-form", hint))
		return false;
	fine = name_without(text, "\\/?;:@&=+$,|\"<>*", to, "web-site-form", hint, "The name of a web site");
	fine = name_trimmed(text, to, "web-site-form", hint) && fine;
	name_scripts(text, to);
	return fine;
}

bool rule_certificate_serial(const char *text, struct report *to)
{
	static const char hint[] = "Example: 1A2B3C4D5E6F, the serial number as the certificate's details show it";
	size_t length = strlen(text);

	if (!name_begin(text, to, "certificate-form", hint))
		return false;
	if (text[strspn(text, "0123456789ABCDEFabcdef")] != '\0')
		name_finding(to, SEV_ERROR, "certificate-form", hint, text,
			     "has characters other than the digits 0 to 9 and the letters A to F.");
	else if (length % 2 != 0)
		name_finding(to, SEV_ERROR, "certificate-form", hint, text,
			     "has %zu digits. A serial number is made of pairs of digits.", length);
	else
		return true;
	return false;
}

static unsigned number(const char *digits, size_t count)
{
	unsigned value = 0;

	while (count-- > 0)
		value = value * 10 + (unsigned)(*digits++ - '0');
	return value;
}

static unsigned days_of_month(unsigned year, unsigned month)
{
	static const unsigned char days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	if (month < 1 || month > 12)
		return 0;
	return month == 2 && leap ? 29 : days[month - 1];
}

bool rule_date(const char *text, struct report *to)
{
	static const char form[] = "dddd-dd-dd", hint[] = "Example: 2026-11-21";
	bool fine = strlen(text) == strlen(form);
	unsigned day;

	if (!name_begin(text, to, "date-form", hint))
		return false;
	for (size_t i = 0; fine && form[i]; i++)
		fine = form[i] == 'd' ? is_ascii_digit(text[i]) : text[i] == form[i];
	if (!fine) {
		name_finding(to, SEV_ERROR, "date-form", hint, text, "is not a date as year-month-day.");
		return false;
	}
	day = number(text + 8, 2);
	if (number(text, 4) > 0 && day > 0 && day <= days_of_month(number(text, 4), number(text + 5, 2)))
		return true;
	name_finding(to, SEV_ERROR, "date-form", hint, text, "is a day that does not exist.");
	return false;
}

bool rule_local_time(const char *text, struct report *to)
{
	static const char form[] = " dd:dd", hint[] = "Example: 2026-12-05 20:00";
	struct strbuf day = STRBUF_INIT;
	size_t length = strlen(text);
	bool fine = length == strlen("2026-12-05") + strlen(form);

	if (!name_begin(text, to, "time-form", hint))
		return false;
	strbuf_add(&day, text, fine ? length - strlen(form) : length);
	for (size_t i = 0; fine && form[i]; i++) {
		char c = text[day.length + i];

		fine = form[i] == 'd' ? is_ascii_digit(c) : c == form[i];
	}
	if (!fine || number(text + day.length + 1, 2) > 23 || number(text + day.length + 4, 2) > 59) {
		name_finding(to, SEV_ERROR, "time-form", hint, text,
			     "is not a date as year-month-day and a time of day as hours:minutes.");
		fine = false;
	} else {
		fine = rule_date(strbuf_text(&day), to);
	}
	strbuf_clear(&day);
	return fine;
}

bool rule_note(const char *text, struct report *to)
{
	return rule_text(text, to) &&
	       name_fits(text, NOTE_MAX, to, "note-form", "Say it shorter, or write the rest elsewhere.", "A note");
}

bool host_equal(const char *a, const char *b)
{
	size_t label = strcspn(a, ".");

	if (a[label] && b[strcspn(b, ".")])
		return text_equal_fold(a, b);
	if (label != strcspn(b, "."))
		return false;
	for (size_t i = 0; i < label; i++) {
		char left = is_ascii_letter(a[i]) ? (char)(a[i] | 0x20) : a[i];
		char right = is_ascii_letter(b[i]) ? (char)(b[i] | 0x20) : b[i];

		if (left != right)
			return false;
	}
	return true;
}
