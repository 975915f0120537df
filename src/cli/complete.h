/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Completion of a command line: what may stand where, from the tables of options.h and, for servers, steps, keys and
 * codes, from the plan that the line names. The files for the shells (completion_files.c) ask for it at every Tab.
 */
#ifndef SCUPGRADE_COMPLETE_H
#define SCUPGRADE_COMPLETE_H

#include "core/strbuf.h"

/* Where a file name is what fits; the shell knows those itself. */
#define COMPLETE_PLANS ":plans"        /* *.yaml, *.yml */
#define COMPLETE_FILES ":files"
#define COMPLETE_FOLDERS ":folders"
#define COMPLETE_OPEN ":open"          /* first: the words that follow go on, no blank belongs behind them */

/* Adds to OUT what may stand for the last of the COUNT WORDS (without the program's name; the last may be empty), one a
 * line: the word, a tab and what it is, or one of the lines above. A word has no character that a shell gives a
 * meaning, whatever the plan holds; what has one is left out. Says nothing about what cannot be read. */
void complete_line(const char *const *words, size_t count, struct strbuf *out);

/* The file that SHELL ("bash", "zsh", "fish") reads; NULL: none is known for it. */
const char *completion_file(const char *shell);

#endif
