# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The scupgrade authors
#
# One cmocka program per module, so that a crash hides one file only; scripts for the program as a whole.

TEST_EXTENSIONS = .sh
AM_TESTS_ENVIRONMENT = \
	builddir='$(abs_top_builddir)'; srcdir='$(abs_top_srcdir)'; \
	SCUPGRADE="$$builddir/scupgrade$(EXEEXT)"; MAKE='$(MAKE)'; export builddir srcdir SCUPGRADE MAKE; \
	. "$$srcdir/%D%/environment.sh";

EXTRA_DIST += %D%/ansible-stories %D%/ansible-stubs %D%/environment.sh %D%/count.sh %D%/harness.sh %D%/lsan.supp \
	%D%/expected %D%/facts %D%/logs %D%/plans %D%/powershell.js %D%/sarif.schema.json %D%/schema.py \
	%D%/ui
script_tests = %D%/ansible.sh %D%/cli.sh %D%/completion.sh %D%/diagnose.sh %D%/examples.sh %D%/files.sh \
	%D%/inputs.sh %D%/lint.sh %D%/powershell.sh %D%/roads.sh %D%/schema.sh %D%/tmux.sh %D%/torture.sh %D%/track.sh
EXTRA_DIST += %D%/corpus %D%/fuzz.dict %D%/fuzz.sh %D%/mutate.sh %D%/windows
script_tests += %D%/track-files.sh
EXTRA_DIST += %D%/played
# Or make would take the folder for something to be made of the script of that name, which is newer.
%D%/played: ;
script_tests += %D%/html.sh %D%/played.sh
script_tests += %D%/under-wine.sh %D%/wine.sh
dist_check_SCRIPTS += $(script_tests)
TESTS += $(script_tests)

# What there is to test, whether or not this machine can build it.
unit_tests = \
	%D%/test_after \
	%D%/test_arena \
	%D%/test_certainty \
	%D%/test_collect \
	%D%/test_collect_here \
	%D%/test_commands \
	%D%/test_compare \
	%D%/test_diag \
	%D%/test_diagnose \
	%D%/test_dialogue \
	%D%/test_digest \
	%D%/test_documents \
	%D%/test_earlier \
	%D%/test_facts \
	%D%/test_field \
	%D%/test_fuzz \
	%D%/test_identity \
	%D%/test_proposal \
	%D%/test_server_list \
	%D%/test_json \
	%D%/test_lineedit \
	%D%/test_managed \
	%D%/test_many \
	%D%/test_literals \
	%D%/test_logtext \
	%D%/test_mask \
	%D%/test_nametable \
	%D%/test_next \
	%D%/test_options \
	%D%/test_passwords \
	%D%/test_pattern \
	%D%/test_plan \
	%D%/test_plan_load \
	%D%/test_plan_save \
	%D%/test_plans \
	%D%/test_platform \
	%D%/test_platform_ask \
	%D%/test_platform_folder \
	%D%/test_platform_rights \
	%D%/test_platform_save \
	%D%/test_group_checks \
	%D%/test_fact_faults \
	%D%/test_prereq \
	%D%/test_prompt \
	%D%/test_prompt_facts \
	%D%/test_prompt_products \
	%D%/test_prompt_review \
	%D%/test_prompt_track \
	%D%/test_records \
	%D%/test_prompt_words \
	%D%/test_release \
	%D%/test_releases_page \
	%D%/test_render_ansible \
	%D%/test_render_json \
	%D%/test_render_powershell \
	%D%/test_render_runbook \
	%D%/test_render_small \
	%D%/test_schema \
	%D%/test_road \
	%D%/test_scope \
	%D%/test_secret \
	%D%/test_sequence \
	%D%/test_signs \
	%D%/test_sma_facts \
	%D%/test_sma_later \
	%D%/test_strbuf \
	%D%/test_tables \
	%D%/test_text \
	%D%/test_tracker \
	%D%/test_validate \
	%D%/test_winerror \
	%D%/test_winname \
	%D%/test_winname_path \
	%D%/test_winquote \
	%D%/test_winquote_roundtrip \
	%D%/test_wizard \
	%D%/test_wizard_diagnose \
	%D%/test_wizard_draft \
	%D%/test_wizard_files \
	%D%/test_wizard_hop \
	%D%/test_wrap \
	%D%/test_writers \
	%D%/test_yamltree
TESTS += $(unit_tests)
pty_tests = %D%/test_pty
TESTS += $(pty_tests)
if HAVE_UI
ui_tests = \
	%D%/test_canvas \
	%D%/test_clicks \
	%D%/test_dialogs \
	%D%/test_form \
	%D%/test_form_rows \
	%D%/test_golden_screens \
	%D%/test_input \
	%D%/test_keys \
	%D%/test_layout \
	%D%/test_loop \
	%D%/test_paint \
	%D%/test_next_hop \
	%D%/test_small_screens \
	%D%/test_view_steps \
	%D%/test_views \
	%D%/test_walks
terminal_tests = \
	%D%/test_plain_terminal \
	%D%/test_screen \
	%D%/test_ui_e2e \
	%D%/test_ui_endings \
	%D%/test_writers_ui
TESTS += $(ui_tests) $(terminal_tests)
endif

# What cannot be built is left out with its reason, never silently.
if HAVE_CMOCKA
if !HAVE_VTERM
left_out = $(pty_tests) $(terminal_tests)
missing = libvterm
$(left_out): Makefile
	$(left_out_recipe)
endif
else
left_out = $(unit_tests) $(ui_tests) $(pty_tests) $(terminal_tests)
missing = cmocka
$(left_out): Makefile
	$(left_out_recipe)
endif
left_out_recipe = @$(MKDIR_P) $(@D) && printf '%s\n' '\#!/bin/sh' \
	'echo "left out: configure has not found $(missing), which this test needs"' 'exit 77' >$@ && chmod +x $@

# Answers for scripts that talk with the program; needs no test library.
check_PROGRAMS += %D%/interview
%C%_interview_SOURCES = %D%/interview.c %D%/dialogue.c %D%/dialogue.h
%C%_interview_LDADD = $(core_libs)

# What every test program is linked with unless it says otherwise.
core_libs = libcore.a $(YAML_LIBS) $(PCRE2_LIBS)
LDADD = libtest.a $(core_libs) $(CMOCKA_LIBS)

if HAVE_CMOCKA
check_LIBRARIES += libtest.a
libtest_a_SOURCES = \
	%D%/decoders.c %D%/decoders.h \
	%D%/faulty.c %D%/faulty.h \
	%D%/fuzz.h %D%/fuzz_corpus.h \
	%D%/fuzz_diagnose.c \
	%D%/fuzz_dialogue.c \
	%D%/fuzz_draft.c \
	%D%/fuzz_facts.c \
	%D%/fuzz_folder.h \
	%D%/fuzz_journal.c \
	%D%/fuzz_options.c \
	%D%/fuzz_passwords.c \
	%D%/fuzz_plan.c \
	%D%/fuzz_quote.c \
	%D%/fuzz_servers.c \
	%D%/helpers.c %D%/helpers.h \
	%D%/log_maker.c %D%/log_maker.h \
	%D%/name_cases.c %D%/name_cases.h \
	%D%/platform_fixture.h \
	%D%/quoted_lines.c %D%/quoted_lines.h \
	%D%/render_fixture.h \
	%D%/dialogue.c %D%/dialogue.h \
	%D%/small_answers.h \
	%D%/small_flow.c %D%/small_flow.h \
	%D%/stage.c %D%/stage.h \
	%D%/talk.h \
	%D%/test_flow.c %D%/test_flow.h \
	%D%/ui_fixture.c %D%/ui_fixture.h \
	%D%/vouched.c %D%/vouched.h \
	%D%/wizard_fixture.h
libtest_a_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)

check_PROGRAMS += $(unit_tests)

if HAVE_UI
ui_libs = libtest.a libui.a $(core_libs) $(CURSES_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += $(ui_tests)
%C%_test_canvas_LDADD = $(ui_libs)
%C%_test_clicks_LDADD = $(ui_libs)
%C%_test_dialogs_LDADD = $(ui_libs)
%C%_test_form_LDADD = $(ui_libs)
%C%_test_form_rows_LDADD = $(ui_libs)
%C%_test_golden_screens_LDADD = $(ui_libs)
%C%_test_walks_LDADD = $(ui_libs)
%C%_test_input_SOURCES = %D%/test_input.c %D%/fuzz_keys.c
%C%_test_input_LDADD = $(ui_libs)
%C%_test_keys_LDADD = $(ui_libs)
%C%_test_layout_LDADD = $(ui_libs)
%C%_test_paint_LDADD = $(ui_libs)
%C%_test_loop_LDADD = $(ui_libs)
%C%_test_next_hop_LDADD = $(ui_libs)
%C%_test_small_screens_LDADD = $(ui_libs)
%C%_test_view_steps_LDADD = $(ui_libs)
%C%_test_views_LDADD = $(ui_libs)
endif

# The real program on a pseudo-terminal
if HAVE_VTERM
check_LIBRARIES += libpty.a
libpty_a_SOURCES = %D%/pty.c %D%/pty.h %D%/pty_screen.c %D%/pty_session.h
libpty_a_CPPFLAGS = $(AM_CPPFLAGS) $(VTERM_CFLAGS)
pty_libs = libpty.a libtest.a $(core_libs) $(CMOCKA_LIBS) $(VTERM_LIBS)

check_PROGRAMS += %D%/test_pty
%C%_test_pty_LDADD = $(pty_libs)

if HAVE_UI
check_PROGRAMS += $(terminal_tests)
%C%_test_ui_e2e_SOURCES = %D%/test_ui_e2e.c %D%/desk.c %D%/desk.h
%C%_test_plain_terminal_SOURCES = %D%/test_plain_terminal.c %D%/desk.c %D%/desk.h
%C%_test_ui_endings_SOURCES = %D%/test_ui_endings.c %D%/desk.c %D%/desk.h
%C%_test_writers_ui_SOURCES = %D%/test_writers_ui.c %D%/desk.c %D%/desk.h
%C%_test_screen_LDADD = $(pty_libs)
%C%_test_ui_e2e_LDADD = $(pty_libs)
%C%_test_plain_terminal_LDADD = $(pty_libs)
%C%_test_ui_endings_LDADD = $(pty_libs)
%C%_test_writers_ui_LDADD = $(pty_libs)

# Faults and kills: torture.sh runs it. The library is loaded into the program, whatever that was built with.
check_PROGRAMS += %D%/torture/torture %D%/torture/faults.so
%C%_torture_torture_SOURCES = \
	%D%/torture/cases.c \
	%D%/torture/judge.c \
	%D%/torture/run.c \
	%D%/torture/screen.c \
	%D%/torture/torture.c %D%/torture/torture.h \
	%D%/torture/tree.c %D%/torture/tree.h
%C%_torture_torture_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/tests
%C%_torture_torture_LDADD = libpty.a $(core_libs) $(VTERM_LIBS)
%C%_torture_faults_so_SOURCES = %D%/torture/faults.c %D%/torture/faults.h
%C%_torture_faults_so_CPPFLAGS = -include config.h -I$(top_srcdir)/tests -U_FORTIFY_SOURCE
%C%_torture_faults_so_CFLAGS = -std=c17 -fPIC $(WARNING_CFLAGS)
%C%_torture_faults_so_LDFLAGS = -shared
%C%_torture_faults_so_LDADD =

# Figures as ratios; never a part of the tests, for a busy machine must not fail them.
EXTRA_PROGRAMS += %D%/bench/bench
%C%_bench_bench_SOURCES = %D%/bench/bench.c %D%/bench/bench.h %D%/bench/bench_keys.c %D%/bench/bench_logs.c \
	%D%/bench/bench_mixed.c %D%/bench/bench_plans.c %D%/bench/bench_terminal.c
%C%_bench_bench_LDADD = libpty.a $(core_libs) $(VTERM_LIBS)
bench: scupgrade$(EXEEXT) %D%/bench/bench$(EXEEXT)
	@$(AM_TESTS_ENVIRONMENT) %D%/bench/bench$(EXEEXT)
endif
endif
endif

lint: scupgrade$(EXEEXT)
	@$(AM_TESTS_ENVIRONMENT) $(SHELL) $(top_srcdir)/%D%/lint.sh

# Whoever runs this reads the difference before it is committed.
update-golden:
	UPDATE_GOLDEN=1 $(MAKE) $(AM_MAKEFLAGS) check

# Lines executed and branches taken, per source, for each folder and for src/ without the command line; looked at, never
# a gate: printed also when a test failed, which is the target's failure still. What belongs to another system, or to a
# library's header, does not count.
if COVERAGE
coverage:
	@find src ui -name '*.gcda' -delete
	@$(MAKE) $(AM_MAKEFLAGS) -k check; status=$$?; \
	gcov -b --no-output $$(find src ui -name '*.gcda') 2>/dev/null | $(AWK) -F "[':% ]+" ' \
		/^File/ { file = $$2; sub(/.*\/(src|ui)\//, "", file); kind = $$2 ~ /\/ui\// ? "ui/" : "src/"; \
			file = $$2 ~ /\/(src|ui)\/.*\.c$$/ ? kind file : "" } \
		/^Lines executed/ && file { lines = $$3 } \
		/^Taken at least once/ && file { \
			folder = file; sub(/\/[^\/]*$$/, "/", folder); part = $$5 * $$NF / 100; \
			printf "%6.1f %% of lines %6.1f %% of branches  %s\n", lines, $$5, file; \
			taken[folder] += part; branches[folder] += $$NF; \
			if (kind == "src/" && file !~ /^src\/cli\//) { taken_all += part; branches_all += $$NF } \
			file = "" } \
		END { for (folder in branches) \
				printf "%6.1f %% of the branches of %s\n", 100 * taken[folder] / branches[folder], \
					folder; \
			if (branches_all) \
				printf "%6.1f %% of the branches of src/ without cli/\n", \
					100 * taken_all / branches_all }'; \
	exit $$status
else
coverage:
	@echo 'Configure with --enable-coverage first.' >&2; exit 1
endif

# Each refusal of memory too: make torture takes a quarter of an hour
torture: scupgrade$(EXEEXT) $(check_PROGRAMS)
	@$(AM_TESTS_ENVIRONMENT) unset QUICK_TESTS; TORTURE_ALL=1 sh $(srcdir)/%D%/torture.sh

# The upgrades played in random orders: make stories SEEDS=200 SEED=1
stories: scupgrade$(EXEEXT)
	@$(AM_TESTS_ENVIRONMENT) unset QUICK_TESTS; SEEDS='$(SEEDS)' SEED='$(SEED)' sh $(srcdir)/%D%/played.sh

# What the stories of the playbook are about, taken out of it one after the other: a story has to fail each time.
mechanisms: scupgrade$(EXEEXT)
	@$(AM_TESTS_ENVIRONMENT) unset QUICK_TESTS; MECHANISMS=1 sh $(srcdir)/%D%/ansible.sh

.PHONY: bench coverage lint mechanisms stories torture update-golden

CLEANFILES += %D%/bench/bench$(EXEEXT)
clean-local:
	-rm -rf %D%/played-build
mostlyclean-local:
	-chmod -R u+w %D%/scratch 2>/dev/null
	-rm -rf %D%/scratch
	-find . -name '*.gcda' -delete
