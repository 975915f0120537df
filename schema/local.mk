# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The scupgrade authors
#
# The forms of "render json" and "diagnose --format json", for programs that read them. That of the plan file comes from
# "scupgrade schema".

schemadir = $(datadir)/scupgrade
dist_schema_DATA = %D%/diagnose.schema.json %D%/render.schema.json
