# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The scupgrade authors
#
# Everything but main.c and the full-screen front end is one archive that the program and the tests share: no source is
# compiled twice. A folder is a layer, the lowest first; CONTRIBUTING has the map.

bin_PROGRAMS += scupgrade
noinst_LIBRARIES += libcore.a
libcore_a_SOURCES =

include src/os/local.mk

libcore_a_SOURCES += \
	%D%/core/arena.c %D%/core/arena.h \
	%D%/core/base.c %D%/core/base.h \
	%D%/core/cells.c %D%/core/cells.h \
	%D%/core/debug.c %D%/core/debug.h \
	%D%/core/diag.c %D%/core/diag.h \
	%D%/core/digest.c %D%/core/digest.h \
	%D%/core/digest_blocks.c %D%/core/digest_blocks.h \
	%D%/core/json.c %D%/core/json.h \
	%D%/core/lineedit.c %D%/core/lineedit.h \
	%D%/core/lockbuf.c %D%/core/lockbuf.h \
	%D%/core/literals.c %D%/core/literals.h \
	%D%/core/logtext.c %D%/core/logtext.h \
	%D%/core/mask.c %D%/core/mask.h \
	%D%/core/nametable.c %D%/core/nametable.h \
	%D%/core/pattern.c %D%/core/pattern.h \
	%D%/core/secret.c %D%/core/secret.h \
	%D%/core/strbuf.c %D%/core/strbuf.h \
	%D%/core/text.c %D%/core/text.h \
	%D%/core/text_width.c \
	%D%/core/wrap.c %D%/core/wrap.h \
	%D%/core/yamlguess.c %D%/core/yamlguess.h %D%/core/yamlread.c %D%/core/yamlread.h \
	%D%/core/yamltree.c %D%/core/yamltree.h

libcore_a_SOURCES += \
	%D%/win/hosttable.c %D%/win/hosttable.h \
	%D%/win/winerror.c %D%/win/winerror.h \
	%D%/win/winname.c %D%/win/winname.h \
	%D%/win/winname_common.c %D%/win/winname_common.h \
	%D%/win/winname_path.c \
	%D%/win/winname_sql.c \
	%D%/win/winquote.c %D%/win/winquote.h \
	%D%/win/winquote_decode.c %D%/win/winquote_decode.h \
	%D%/win/winquote_encode.c %D%/win/winquote_encode.h

libcore_a_SOURCES += \
	%D%/model/certainty.c %D%/model/certainty.h \
	%D%/model/collector.h \
	%D%/model/document.c %D%/model/document.h %D%/model/document_rows.h \
	%D%/model/document_practice.c %D%/model/document_support.c %D%/model/document_table.c \
	%D%/model/earlier.c %D%/model/earlier.h \
	%D%/model/facts.c %D%/model/facts.h \
	%D%/model/facts_private.h \
	%D%/model/facts_table.c \
	%D%/model/facts_text.c \
	%D%/model/field.c %D%/model/field.h \
	%D%/model/field_access.c \
	%D%/model/field_ask.c \
	%D%/model/field_check.c \
	%D%/model/fields_common.c \
	%D%/model/flow.c %D%/model/flow.h \
	%D%/model/goal.c \
	%D%/model/hop.c %D%/model/hop.h \
	%D%/model/identity.c %D%/model/identity.h \
	%D%/model/page.h \
	%D%/model/plan.c %D%/model/plan.h \
	%D%/model/prereq.h \
	%D%/model/proposal.c %D%/model/proposal.h \
	%D%/model/release.c %D%/model/release.h \
	%D%/model/release_edges.c \
	%D%/model/release_build.c \
	%D%/model/release_fit.c \
	%D%/model/release_flags.c \
	%D%/model/rows.c \
	%D%/model/scope.c %D%/model/scope.h \
	%D%/model/sign.h \
	%D%/model/step.c %D%/model/step.h

libcore_a_SOURCES += \
	%D%/flows/register.c \
	%D%/flows/common/common.c %D%/flows/common/common.h \
	%D%/flows/common/common_backup.c \
	%D%/flows/common/common_change.c \
	%D%/flows/common/common_levels.c \
	%D%/flows/common/common_fill.c %D%/flows/common/common_fill.h \
	%D%/flows/common/common_after.c %D%/flows/common/common_after.h \
	%D%/flows/common/common_facts.c %D%/flows/common/common_facts.h \
	%D%/flows/common/both_sides.c %D%/flows/common/both_sides.h \
	%D%/flows/common/prereq_facts.c %D%/flows/common/prereq_facts.h

libcore_a_SOURCES += \
	%D%/flows/common/common_logs.c \
	%D%/flows/common/common_signs.c %D%/flows/common/common_signs.h \
	%D%/flows/common/common_signs_sql.c

libcore_a_SOURCES += \
	%D%/flows/om/om.c %D%/flows/om/om.h \
	%D%/flows/om/om_servers.c \
	%D%/flows/om/om_accounts.c \
	%D%/flows/om/om_after.c \
	%D%/flows/om/om_back_out.c \
	%D%/flows/om/om_checks.c \
	%D%/flows/om/om_facts.c %D%/flows/om/om_facts.h \
	%D%/flows/om/om_group_facts.c \
	%D%/flows/om/om_collector.c %D%/flows/om/om_collector.h \
	%D%/flows/om/om_collector_tools.c \
	%D%/flows/om/om_collector_group.c \
	%D%/flows/om/om_collector_settings.c \
	%D%/flows/om/om_later.c %D%/flows/om/om_later.h \
	%D%/flows/om/om_later_texts.c \
	%D%/flows/om/om_address.c %D%/flows/om/om_address.h \
	%D%/flows/om/om_rows_address.inc %D%/flows/om/om_rows_address_back.inc \
	%D%/flows/om/om_rows_after.inc \
	%D%/flows/om/om_rows_before.inc \
	%D%/flows/om/om_rows_others.inc \
	%D%/flows/om/om_rows_prepare.inc \
	%D%/flows/om/om_rows_servers.inc \
	%D%/flows/om/om_rows_undo.inc \
	%D%/flows/om/om_rows_update.inc \
	%D%/flows/om/om_releases.c \
	%D%/flows/om/om_fill.c \
	%D%/flows/om/om_logs.c \
	%D%/flows/om/om_databases.c \
	%D%/flows/om/om_scripts.c \
	%D%/flows/om/om_scripts_group.c \
	%D%/flows/om/om_scripts_sql.c \
	%D%/flows/om/om_signs.h \
	%D%/flows/om/om_signs_agents.c \
	%D%/flows/om/om_signs_database.c \
	%D%/flows/om/om_signs_roles.c \
	%D%/flows/om/om_signs_setup.c \
	%D%/flows/om/om_signs_unix.c \
	%D%/flows/om/om_tasks.c \
	%D%/flows/om/om_tests.c %D%/flows/om/om_tests.h \
	%D%/flows/om/om_tests_group.c \
	%D%/flows/om/om_tests_later.c \
	%D%/flows/om/om_tests_builds.c %D%/flows/om/om_tests_facts.c \
	%D%/flows/om/om_tests_sql.c \
	%D%/flows/om/om_words.c %D%/flows/om/om_words.h

libcore_a_SOURCES += \
	%D%/flows/sma/sma.c %D%/flows/sma/sma.h \
	%D%/flows/sma/sma_database.c \
	%D%/flows/sma/sma_workers.c \
	%D%/flows/sma/sma_web.c \
	%D%/flows/sma/sma_after.c \
	%D%/flows/sma/sma_back_out.c \
	%D%/flows/sma/sma_checks.c \
	%D%/flows/sma/sma_fill.c \
	%D%/flows/sma/sma_facts.c \
	%D%/flows/sma/sma_collector.c \
	%D%/flows/sma/sma_later.c \
	%D%/flows/sma/sma_releases.c \
	%D%/flows/sma/sma_signs.c \
	%D%/flows/sma/sma_scripts.c \
	%D%/flows/sma/sma_tasks.c \
	%D%/flows/sma/sma_tests.c %D%/flows/sma/sma_tests.h \
	%D%/flows/sma/sma_words.c %D%/flows/sma/sma_words.h

libcore_a_SOURCES += \
	%D%/pipeline/after.c %D%/pipeline/after.h \
	%D%/pipeline/collect.c %D%/pipeline/collect.h \
	%D%/pipeline/collect_here.c %D%/pipeline/collect_here.h \
	%D%/pipeline/compare.c %D%/pipeline/compare.h \
	%D%/pipeline/compare_answers.c \
	%D%/pipeline/compare_steps.c \
	%D%/pipeline/diagnose.c %D%/pipeline/diagnose.h \
	%D%/pipeline/diagnose_catalog.c \
	%D%/pipeline/diagnose_judge.c \
	%D%/pipeline/diagnose_private.h \
	%D%/pipeline/diagnose_read.c \
	%D%/pipeline/diagnose_step.c \
	%D%/pipeline/diagnose_weigh.c \
	%D%/pipeline/earlier.c %D%/pipeline/earlier.h \
	%D%/pipeline/followers.c \
	%D%/pipeline/facts_load.c \
	%D%/pipeline/facts_read.c %D%/pipeline/facts_read.h \
	%D%/pipeline/facts_script.c %D%/pipeline/facts_script.h \
	%D%/pipeline/facts_script_first.c %D%/pipeline/facts_script_text.h \
	%D%/pipeline/facts_script_tools.c \
	%D%/pipeline/facts_script_machine.c \
	%D%/pipeline/facts_script_rest.c \
	%D%/pipeline/inputs.c %D%/pipeline/inputs.h \
	%D%/pipeline/journal.c %D%/pipeline/journal.h \
	%D%/pipeline/next.c %D%/pipeline/next.h \
	%D%/pipeline/passwords.c %D%/pipeline/passwords.h \
	%D%/pipeline/plan_load.c \
	%D%/pipeline/plan_save.c \
	%D%/pipeline/planfile.h \
	%D%/pipeline/prereq.c \
	%D%/pipeline/prereq_notes.c %D%/pipeline/prereq_notes.h \
	%D%/pipeline/road.c %D%/pipeline/road.h \
	%D%/pipeline/road_items.c \
	%D%/pipeline/road_page.c \
	%D%/pipeline/road_text.c \
	%D%/pipeline/schema.c %D%/pipeline/schema.h \
	%D%/pipeline/sequence.c %D%/pipeline/sequence.h \
	%D%/pipeline/sequence_edges.c %D%/pipeline/sequence_private.h \
	%D%/pipeline/sequence_step.c \
	%D%/pipeline/server_list.c %D%/pipeline/server_list.h \
	%D%/pipeline/server_roles.c \
	%D%/pipeline/tracker.c %D%/pipeline/tracker.h \
	%D%/pipeline/tracker_checks.c \
	%D%/pipeline/tracker_file.c \
	%D%/pipeline/tracker_mark.c \
	%D%/pipeline/tracker_private.h \
	%D%/pipeline/tracker_records.c \
	%D%/pipeline/tracker_replay.c \
	%D%/pipeline/tracker_words.c \
	%D%/pipeline/table_read.c %D%/pipeline/table_read.h \
	%D%/pipeline/validate.c %D%/pipeline/validate.h

libcore_a_SOURCES += \
	%D%/render/diagnosis.h \
	%D%/render/diagnosis_json.c \
	%D%/render/diagnosis_text.c \
	%D%/render/render.c %D%/render/render.h \
	%D%/render/render_ansible.c %D%/render/render_ansible.h \
	%D%/render/render_ansible_filter.c \
	%D%/render/render_ansible_hosts.c \
	%D%/render/render_ansible_text.c \
	%D%/render/render_ansible_windows.c \
	%D%/render/render_commands.c \
	%D%/render/render_csv.c \
	%D%/render/render_dot.c %D%/render/render_dot.h \
	%D%/render/render_dot_groups.c \
	%D%/render/render_files.c \
	%D%/render/render_drawing.c \
	%D%/render/render_folder.c \
	%D%/render/render_html.c \
	%D%/render/render_json.c \
	%D%/render/render_origin.c \
	%D%/render/render_markdown.c \
	%D%/render/render_powershell.c %D%/render/render_powershell.h \
	%D%/render/render_powershell_records.c \
	%D%/render/render_powershell_run.c \
	%D%/render/render_powershell_steps.c \
	%D%/render/render_powershell_tools.c \
	%D%/render/render_runbook.c %D%/render/render_runbook.h \
	%D%/render/render_runbook_board.c \
	%D%/render/render_runbook_checks.c \
	%D%/render/render_runbook_road.c \
	%D%/render/render_runbook_steps.c \
	%D%/render/render_runbook_text.c \
	%D%/render/render_text.c \
	%D%/render/steps_json.c %D%/render/steps_json.h

libcore_a_SOURCES += \
	%D%/wizard/wizard.c %D%/wizard/wizard.h \
	%D%/wizard/wizard_answers.c \
	%D%/wizard/wizard_checks.c %D%/wizard/wizard_checks.h \
	%D%/wizard/wizard_conflict.c \
	%D%/wizard/wizard_facts.c \
	%D%/wizard/wizard_servers.c %D%/wizard/wizard_servers.h \
	%D%/wizard/wizard_diagnose.c \
	%D%/wizard/wizard_draft.c \
	%D%/wizard/wizard_fields.c \
	%D%/wizard/wizard_files.c \
	%D%/wizard/wizard_hop.c \
	%D%/wizard/wizard_private.h \
	%D%/wizard/wizard_state.c \
	%D%/wizard/wizard_text.c \
	%D%/wizard/wizard_track.c \
	%D%/wizard/wizard_write.c

libcore_a_SOURCES += \
	%D%/plain/prompt.c %D%/plain/prompt.h \
	%D%/plain/prompt_checks.c \
	%D%/plain/prompt_fields.c \
	%D%/plain/prompt_leave.c \
	%D%/plain/prompt_pages.c \
	%D%/plain/prompt_private.h \
	%D%/plain/prompt_rows.c \
	%D%/plain/prompt_servers.c \
	%D%/plain/prompt_steps.c \
	%D%/plain/prompt_say.c \
	%D%/plain/prompt_ask.c \
	%D%/plain/prompt_form.c

libcore_a_SOURCES += \
	%D%/cli/check_formats.c %D%/cli/check_formats.h \
	%D%/cli/finding_codes.c %D%/cli/finding_codes.h \
	%D%/cli/assign.c %D%/cli/assign.h \
	%D%/cli/commands.c %D%/cli/commands.h \
	%D%/cli/commands_check.c \
	%D%/cli/commands_collect.c \
	%D%/cli/commands_completion.c \
	%D%/cli/commands_diagnose.c \
	%D%/cli/commands_diff.c \
	%D%/cli/commands_fields.c \
	%D%/cli/commands_lines.c \
	%D%/cli/commands_new.c \
	%D%/cli/commands_next.c \
	%D%/cli/commands_path.c \
	%D%/cli/commands_render.c \
	%D%/cli/commands_run.c \
	%D%/cli/commands_set.c %D%/cli/commands_sources.c \
	%D%/cli/commands_steps.c \
	%D%/cli/commands_track.c \
	%D%/cli/commands_vouch.c \
	%D%/cli/commands_wizard.c \
	%D%/cli/complete.c %D%/cli/complete.h \
	%D%/cli/completion_files.c \
	%D%/cli/options.c %D%/cli/options.h %D%/cli/options_table.c \
	%D%/cli/options_usage.c

scupgrade_SOURCES = %D%/cli/main.c
scupgrade_LDADD =
if HAVE_UI
scupgrade_LDADD += libui.a
endif
scupgrade_LDADD += libcore.a $(CURSES_LIBS) $(YAML_LIBS) $(PCRE2_LIBS)

# Where each shell looks; made by the program, so there are none of a program for another system.
if !WINDOWS
bashcompletiondir = $(datadir)/bash-completion/completions
zshcompletiondir = $(datadir)/zsh/site-functions
fishcompletiondir = $(datadir)/fish/vendor_completions.d
bashcompletion_DATA = %D%/cli/scupgrade
zshcompletion_DATA = %D%/cli/_scupgrade
fishcompletion_DATA = %D%/cli/scupgrade.fish
CLEANFILES += $(bashcompletion_DATA) $(zshcompletion_DATA) $(fishcompletion_DATA)
$(bashcompletion_DATA): scupgrade$(EXEEXT)
	$(AM_V_GEN)./scupgrade$(EXEEXT) completion bash >$@
$(zshcompletion_DATA): scupgrade$(EXEEXT)
	$(AM_V_GEN)./scupgrade$(EXEEXT) completion zsh >$@
$(fishcompletion_DATA): scupgrade$(EXEEXT)
	$(AM_V_GEN)./scupgrade$(EXEEXT) completion fish >$@
endif
EXTRA_DIST += %D%/os/windows/libraries.sh %D%/os/windows/scupgrade.manifest %D%/os/windows/scupgrade.rc
if WINDOWS
scupgrade_LDADD += %D%/os/windows/resource.o
CLEANFILES += %D%/os/windows/resource.o
%D%/os/windows/resource.o: $(srcdir)/%D%/os/windows/scupgrade.rc $(srcdir)/%D%/os/windows/scupgrade.manifest Makefile
	$(AM_V_GEN)numbers=`echo '$(PACKAGE_VERSION).0' | tr . ,`; \
	$(WINDRES) -I $(srcdir)/%D%/os/windows -D VERSION_NUMBERS=$$numbers \
		-D 'VERSION_TEXT=\"$(PACKAGE_VERSION)\"' -o $@ $(srcdir)/%D%/os/windows/scupgrade.rc
endif
