/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Which release a build is of.
 */
#include "model/facts.h"
#include "model/release.h"

bool build_reaches(const unsigned build[4], const char *least)
{
	unsigned numbers[4];

	if (!least)
		return true;
	fact_version(least, numbers);
	return fact_version_compare(build, numbers) >= 0;
}

bool build_is_between(const unsigned build[4], const char *lowest, const char *below)
{
	return lowest && build_reaches(build, lowest) && !(below && build_reaches(build, below));
}

const struct product_release *release_of_build(const struct product_release *const *rows, const unsigned build[4])
{
	while (rows && *rows && !build_is_between(build, (*rows)->lowest, (*rows)->below))
		rows++;
	return rows ? *rows : NULL;
}

const struct product_release *release_of_version(const struct product_release *const *rows, const char *text)
{
	unsigned build[4];

	return text && fact_version(text, build) ? release_of_build(rows, build) : NULL;
}
