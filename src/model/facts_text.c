/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Facts: versions, times and words.
 */
#include "model/facts.h"

#include "model/facts_private.h"
#include "model/flow.h"

static unsigned digits(const char *text, size_t count)
{
	unsigned number = 0;

	for (size_t i = 0; i < count; i++)
		number = number * 10 + (unsigned)(text[i] - '0');
	return number;
}

static bool has_form(const char *text, const char *form)
{
	for (; *form; form++, text++) {
		if (*form == 'd' ? *text < '0' || *text > '9' : *text != *form)
			return false;
	}
	return !*text;
}

int64_t facts_time(const char *text)
{
	static const unsigned lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	unsigned year, month, day, hour, minute, second, leap, last;
	int64_t days;

	if (!has_form(text, "dddd-dd-ddTdd:dd:ddZ"))
		return -1;
	year = digits(text, 4);
	month = digits(text + 5, 2);
	day = digits(text + 8, 2);
	hour = digits(text + 11, 2);
	minute = digits(text + 14, 2);
	second = digits(text + 17, 2);
	leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
	if (year < 1970 || month < 1 || month > 12 || hour > 23 || minute > 59 || second > 60)
		return -1;
	last = lengths[month - 1] + (month == 2 ? leap : 0);
	if (day < 1 || day > last)
		return -1;
	days = (int64_t)(year - 1970) * 365 + (year - 1969) / 4 - (year - 1901) / 100 + (year - 1601) / 400 + day - 1;
	for (unsigned i = 0; i + 1 < month; i++)
		days += lengths[i] + (i == 1 ? leap : 0);
	return ((days * 24 + hour) * 60 + minute) * 60 + second;
}

bool fact_version(const char *text, unsigned numbers[4])
{
	size_t count = 0;

	memset(numbers, 0, 4 * sizeof(*numbers));
	while (count < 4) {
		size_t length = strspn(text, "0123456789");

		if (length < 1 || length > 9)
			return false;
		numbers[count++] = digits(text, length);
		text += length;
		if (!*text)
			return true;
		if (*text++ != '.')
			return false;
	}
	return false;
}

int fact_version_compare(const unsigned a[4], const unsigned b[4])
{
	for (size_t i = 0; i < 4; i++) {
		if (a[i] != b[i])
			return a[i] < b[i] ? -1 : 1;
	}
	return 0;
}

bool rule_fact_version(const char *text, struct report *to)
{
	unsigned numbers[4];

	return fact_version(text, numbers) ||
	       report_error(to, "version-form", "Example: 7.1.10226.1304", "This is not a version in numbers.");
}

bool rule_fact_time(const char *text, struct report *to)
{
	return facts_time(text) >= 0 ||
	       report_error(to, "facts-time", "Example: 2026-11-21T14:02:07Z", "This is not a time in UTC.");
}

bool rule_fact_role(const char *text, struct report *to)
{
	for (size_t i = 0; flow_at(i); i++) {
		for (const struct choice *role = flow_at(i)->roles; role->id; role++) {
			if (str_eq(role->id, text))
				return true;
		}
	}
	return report_error(to, "choice-unknown", "Example: management-server", "No product has this role.");
}
