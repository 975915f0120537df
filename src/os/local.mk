# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The scupgrade authors
#
# The only place that knows which sources speak to which system.

libcore_a_SOURCES += %D%/memory.h %D%/platform.h

if WINDOWS
libcore_a_SOURCES += \
	%D%/windows/windows.c %D%/windows/windows.h \
	%D%/windows/windows_ask.c \
	%D%/windows/windows_files.c %D%/windows/windows_files.h \
	%D%/windows/windows_folder.c \
	%D%/windows/windows_lock.c \
	%D%/windows/windows_log.c \
	%D%/windows/windows_memory.c \
	%D%/windows/windows_rights.c \
	%D%/windows/windows_run.c \
	%D%/windows/windows_save.c \
	%D%/windows/windows_session.c \
	%D%/windows/windows_start.c \
	%D%/windows/windows_stream.c \
	%D%/windows/windows_system.c
else
libcore_a_SOURCES += \
	%D%/posix/posix.c %D%/posix/posix.h \
	%D%/posix/posix_append.c \
	%D%/posix/posix_aside.c \
	%D%/posix/posix_ask.c \
	%D%/posix/posix_folder.c \
	%D%/posix/posix_lock.c \
	%D%/posix/posix_memory.c \
	%D%/posix/posix_rights.c \
	%D%/posix/posix_run.c \
	%D%/posix/posix_save.c \
	%D%/posix/posix_session.c \
	%D%/posix/posix_signals.c %D%/posix/posix_signals.h \
	%D%/posix/posix_start.c \
	%D%/posix/posix_stream.c \
	%D%/posix/posix_system.c
endif
