/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What the library that makes calls fail (faults.c, loaded into the program by LD_PRELOAD) and the torture run share: a
 * file that both map. The run writes which call shall fail, the library counts.
 */
#ifndef SCUPGRADE_TESTS_FAULTS_H
#define SCUPGRADE_TESTS_FAULTS_H

/* Names the file; the library takes it and LD_PRELOAD out of the environment, so that no child of the program has
 * them. */
#define FAULTS_VARIABLE "SCUPGRADE_TEST_FAULTS"

/* Every call that the library can make fail. */
#define FAULTS_CALLS(X) \
	X(malloc) X(calloc) X(realloc) \
	X(open) X(openat) X(close) X(read) X(write) X(pread) X(pwrite) X(fsync) X(ftruncate) X(flock) X(fcntl) \
	X(stat) X(lstat) X(fstat) X(fstatat) X(rename) X(renameat) X(renameat2) X(link) X(linkat) X(unlink) \
	X(unlinkat) X(mkdir) X(mkdirat) X(rmdir) X(chmod) X(fchmod) X(fchown) X(getxattr) X(fsetxattr) \
	X(fremovexattr) X(opendir) X(fdopendir) X(readdir) \
	X(closedir) X(realpath) X(readlink) \
	X(fopen) X(fclose) X(fflush) X(fwrite) X(fputs) X(fprintf) X(getc) X(setvbuf) X(setlocale) \
	X(getpwuid) X(getgrgid) X(gethostname) X(nanosleep) X(clock_gettime) X(gmtime_r) X(localtime_r) \
	X(poll) X(pselect) X(pipe2) X(socket) \
	X(posix_spawn) X(waitpid) X(mmap) X(mlock) X(madvise) X(prctl) X(getrlimit) X(setrlimit) X(isatty) X(ioctl) \
	X(tcgetattr) X(tcsetattr)

#define FAULTS_NAME(name) FAULT_##name,
enum fault_call { FAULTS_CALLS(FAULTS_NAME) FAULT_COUNT };

enum fault_way {
	FAULT_NEVER,
	FAULT_ONCE,           /* the call number TURN, counted since ARMED, fails with ERROR */
	FAULT_ALWAYS,         /* that one and every later one of the kind */
	FAULT_FULL,           /* that one moves half of its bytes, the later ones fail (write and pwrite only) */
	FAULT_SHORT           /* that one moves half of its bytes, which is no fault (read and write only) */
};

struct faults {
	int armed;
	enum fault_call call;
	enum fault_way way;
	unsigned turn;        /* from 1 */
	int error;
	unsigned struck;      /* how often one was made to fail */
	unsigned counts[FAULT_COUNT];
};

#endif
