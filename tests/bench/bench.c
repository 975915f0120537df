/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * "make bench": the figures that the program promises, measured in one run and printed beside their limits. Never a
 * part of the tests, for a busy machine must not fail them.
 */
#include "bench.h"

#include <time.h>
#include <unistd.h>

static const char *program, *itself;
static char folder[256];

void bench_row(const char *what, double measured, const char *unit, double limit)
{
	printf("%-58s %10.2f %-6s limit %8.2f  %s\n", what, measured, unit, limit, measured <= limit ? "ok" : "OVER");
	fflush(stdout);
}

void bench_left_out(const char *what, const char *why)
{
	printf("%-58s not measured: %s\n", what, why);
	fflush(stdout);
}

double bench_now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static int by_value(const void *a, const void *b)
{
	double first = *(const double *)a, second = *(const double *)b;

	return (first > second) - (first < second);
}

double bench_median(double *values, size_t count)
{
	if (count == 0)
		return 0;
	qsort(values, count, sizeof(*values), by_value);
	return count % 2 ? values[count / 2] : (values[count / 2 - 1] + values[count / 2]) / 2;
}

double bench_worst(const double *values, size_t count)
{
	double worst = 0;
	size_t i;

	for (i = 0; i < count; i++)
		if (values[i] > worst)
			worst = values[i];
	return worst;
}

const char *bench_program(void)
{
	return program;
}

const char *bench_itself(void)
{
	return itself;
}

const char *bench_folder(void)
{
	return folder;
}

int main(int argc, char **argv)
{
	const char *home = getenv("HOME");

	if (argc == 3 && str_eq(argv[1], "--events"))
		return bench_events(argv[2]);
	itself = argv[0];
	program = getenv("SCUPGRADE");
	if (argc != 1 || !program || !home) {
		fputs("usage: make bench (SCUPGRADE names the program; HOME is scratch)\n", stderr);
		return 2;
	}
	snprintf(folder, sizeof(folder), "%s", home);
	bench_terminal();
	bench_keys();
	bench_plans();
	bench_mixed();
	bench_logs();
	return 0;
}
