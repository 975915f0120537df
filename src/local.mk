# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The scupgrade authors
#
# The core, everything but main.c, is one archive that the program and the tests share: no source is compiled twice.

bin_PROGRAMS += scupgrade
noinst_LIBRARIES += libcore.a

libcore_a_SOURCES = \
	%D%/arena.c %D%/arena.h \
	%D%/base.c %D%/base.h \
	%D%/certainty.c %D%/certainty.h \
	%D%/collect.c %D%/collect.h \
	%D%/commands.c %D%/commands.h \
	%D%/commands_check.c \
	%D%/commands_fields.c \
	%D%/commands_lines.c \
	%D%/commands_new.c \
	%D%/commands_render.c \
	%D%/commands_steps.c \
	%D%/commands_track.c \
	%D%/commands_wizard.c \
	%D%/debug.c %D%/debug.h \
	%D%/diag.c %D%/diag.h \
	%D%/digest.c %D%/digest.h \
	%D%/facts.c %D%/facts.h \
	%D%/facts_load.c \
	%D%/facts_private.h \
	%D%/facts_read.c \
	%D%/facts_script.c %D%/facts_script.h \
	%D%/facts_script_rest.c \
	%D%/facts_table.c \
	%D%/field.c %D%/field.h \
	%D%/field_access.c \
	%D%/field_check.c \
	%D%/fields_common.c \
	%D%/flow.c %D%/flow.h \
	%D%/flow_om.c %D%/flow_om.h \
	%D%/flow_om_checks.c \
	%D%/flow_om_scripts.c \
	%D%/flow_om_tasks.c \
	%D%/flow_om_tests.c %D%/flow_om_tests.h \
	%D%/flow_om_tests_sql.c \
	%D%/flow_sma.c %D%/flow_sma.h \
	%D%/flow_sma_checks.c \
	%D%/flow_sma_tasks.c \
	%D%/journal.c %D%/journal.h \
	%D%/json.c %D%/json.h \
	%D%/lineedit.c %D%/lineedit.h \
	%D%/nametable.c %D%/nametable.h \
	%D%/options.c %D%/options.h \
	%D%/page.h \
	%D%/passwords.c %D%/passwords.h \
	%D%/pattern.c %D%/pattern.h \
	%D%/plan.c %D%/plan.h \
	%D%/plan_load.c \
	%D%/plan_save.c \
	%D%/planfile.h \
	%D%/platform.h \
	%D%/platform_posix.c %D%/platform_posix.h \
	%D%/platform_posix_append.c \
	%D%/platform_posix_ask.c \
	%D%/platform_posix_run.c \
	%D%/platform_posix_save.c \
	%D%/platform_posix_session.c \
	%D%/platform_posix_system.c \
	%D%/prereq.c %D%/prereq.h \
	%D%/prereq_facts.c %D%/prereq_facts.h \
	%D%/prompt.c %D%/prompt.h \
	%D%/prompt_checks.c \
	%D%/prompt_fields.c \
	%D%/prompt_pages.c \
	%D%/prompt_private.h \
	%D%/prompt_rows.c \
	%D%/prompt_steps.c \
	%D%/prompt_talk.c \
	%D%/render.c %D%/render.h \
	%D%/render_ansible.c %D%/render_ansible.h \
	%D%/render_ansible_hosts.c \
	%D%/render_ansible_text.c \
	%D%/render_dot.c \
	%D%/render_drawing.c \
	%D%/render_folder.c \
	%D%/render_html.c \
	%D%/render_json.c \
	%D%/render_markdown.c \
	%D%/render_powershell.c %D%/render_powershell.h \
	%D%/render_powershell_steps.c \
	%D%/render_powershell_tools.c \
	%D%/render_runbook.c %D%/render_runbook.h \
	%D%/render_text.c \
	%D%/schema.c %D%/schema.h \
	%D%/secret.c %D%/secret.h \
	%D%/sequence.c %D%/sequence.h \
	%D%/step.c %D%/step.h \
	%D%/steps_json.c %D%/steps_json.h \
	%D%/strbuf.c %D%/strbuf.h \
	%D%/text.c %D%/text.h \
	%D%/text_width.c \
	%D%/tracker.c %D%/tracker.h \
	%D%/tracker_mark.c \
	%D%/tracker_private.h \
	%D%/tracker_words.c \
	%D%/validate.c %D%/validate.h \
	%D%/winname.c %D%/winname.h \
	%D%/winname_common.c %D%/winname_common.h \
	%D%/winname_path.c \
	%D%/winname_sql.c \
	%D%/winquote.c %D%/winquote.h \
	%D%/winquote_decode.c %D%/winquote_decode.h \
	%D%/winquote_encode.c %D%/winquote_encode.h \
	%D%/wizard.c %D%/wizard.h \
	%D%/wizard_answers.c \
	%D%/wizard_draft.c \
	%D%/wizard_fields.c \
	%D%/wizard_files.c \
	%D%/wizard_private.h \
	%D%/wizard_text.c \
	%D%/wizard_track.c \
	%D%/wrap.c %D%/wrap.h \
	%D%/yamlread.c %D%/yamlread.h \
	%D%/yamltree.c %D%/yamltree.h

scupgrade_SOURCES = %D%/main.c
scupgrade_LDADD =
if HAVE_UI
scupgrade_LDADD += libui.a
endif
scupgrade_LDADD += libcore.a $(CURSES_LIBS) $(YAML_LIBS) $(PCRE2_LIBS)
