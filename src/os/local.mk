# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The scupgrade authors
#
# The only place that knows which sources speak to which system.

libcore_a_SOURCES += %D%/memory.h %D%/platform.h

libcore_a_SOURCES += \
	%D%/posix/posix.c %D%/posix/posix.h \
	%D%/posix/posix_append.c \
	%D%/posix/posix_aside.c \
	%D%/posix/posix_ask.c \
	%D%/posix/posix_folder.c \
	%D%/posix/posix_lock.c \
	%D%/posix/posix_memory.c \
	%D%/posix/posix_run.c \
	%D%/posix/posix_save.c \
	%D%/posix/posix_session.c \
	%D%/posix/posix_start.c \
	%D%/posix/posix_system.c
