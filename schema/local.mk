# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The scupgrade authors
#
# The forms of "render json" and of all commands with --format json, for programs that read them. That of the plan file
# comes from "scupgrade schema".

schemadir = $(datadir)/scupgrade
dist_schema_DATA = %D%/check.schema.json %D%/command.schema.json %D%/diagnose.schema.json %D%/diff.schema.json \
	%D%/fields.schema.json %D%/path.schema.json %D%/render.schema.json %D%/sources.schema.json \
	%D%/status.schema.json %D%/steps.schema.json
