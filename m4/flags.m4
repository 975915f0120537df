dnl SPDX-License-Identifier: MIT
dnl Copyright (c) 2026 The scupgrade authors
dnl
dnl Compiler flags: each one is probed before it is used, and CFLAGS, CPPFLAGS and LDFLAGS stay the user's.

# flags_TRY(VARIABLE, FLAG...): appends to VARIABLE each FLAG that the compiler and the linker take.
AC_DEFUN([flags_TRY], [m4_foreach_w([flag], [$2], [
	AS_VAR_PUSHDEF([cache], [flags_cv_]m4_defn([flag]))
	AC_CACHE_CHECK([whether $CC takes m4_defn([flag])], [cache], [
		flags_saved=$CFLAGS
		CFLAGS="$CFLAGS -Werror m4_bpatsubst(m4_defn([flag]), [^-Wno-], [-W])"
		AC_LINK_IFELSE([AC_LANG_PROGRAM([], [])], [AS_VAR_SET([cache], [yes])], [AS_VAR_SET([cache], [no])])
		CFLAGS=$flags_saved])
	AS_VAR_IF([cache], [yes], [AS_VAR_APPEND([$1], [" m4_defn([flag])"])])
	AS_VAR_POPDEF([cache])])])

AC_DEFUN([flags_WARNINGS], [
	flags_TRY([WARNING_CFLAGS], [-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wcast-qual -Wwrite-strings
		-Wformat=2 -Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition -Wimplicit-fallthrough
		-Wswitch-enum -Wvla -Wundef])
	AC_SUBST([WARNING_CFLAGS])])

AC_DEFUN([flags_WERROR], [
	AC_ARG_ENABLE([werror], [AS_HELP_STRING([--enable-werror], [warnings are errors])], [], [enable_werror=no])
	AS_IF([test "x$enable_werror" = xyes], [WARNING_CFLAGS="$WARNING_CFLAGS -Werror"])])

# A sanitizer that was asked for and does not work ends configure: a test run without it would prove nothing.
AC_DEFUN([flags_SANITIZERS], [
	AC_ARG_ENABLE([sanitizers],
		[AS_HELP_STRING([--enable-sanitizers@<:@=LIST@:>@], [build with sanitizers (address,undefined)])],
		[], [enable_sanitizers=no])
	AS_IF([test "x$enable_sanitizers" = xyes], [enable_sanitizers=address,undefined])
	AS_IF([test "x$enable_sanitizers" != xno], [
		SANITIZER_CFLAGS="-fsanitize=$enable_sanitizers -fno-sanitize-recover=all -fno-omit-frame-pointer"
		flags_saved=$CFLAGS
		CFLAGS="$CFLAGS $SANITIZER_CFLAGS"
		AC_MSG_CHECKING([whether programs run with the sanitizers $enable_sanitizers])
		AC_RUN_IFELSE([AC_LANG_PROGRAM([], [])],
			[AC_MSG_RESULT([yes])],
			[AC_MSG_RESULT([no])
			 AC_MSG_ERROR([$CC has no working sanitizers $enable_sanitizers (is the runtime here?)])],
			[AC_MSG_RESULT([cross compiling, taken for granted])])
		CFLAGS=$flags_saved
	])
	AC_SUBST([SANITIZER_CFLAGS])])

AC_DEFUN([flags_COVERAGE], [
	AC_ARG_ENABLE([coverage],
		[AS_HELP_STRING([--enable-coverage], [build for "make coverage"])], [], [enable_coverage=no])
	AS_IF([test "x$enable_coverage" = xyes], [COVERAGE_CFLAGS="--coverage -O0 -DWITH_COVERAGE"])
	AM_CONDITIONAL([COVERAGE], [test "x$enable_coverage" = xyes])
	AC_SUBST([COVERAGE_CFLAGS])])

# Not together with sanitizers, which bring checks of their own, nor with coverage. Fortified functions need
# optimization.
AC_DEFUN([flags_HARDENING], [
	hardening=no
	AS_IF([test "x$enable_sanitizers$enable_coverage" = xnono], [
		hardening=yes
		AS_IF([test "$windows" = yes], [
			flags_TRY([HARDENING_CFLAGS], [-fstack-protector-strong])
			flags_TRY([HARDENING_LDFLAGS], [-Wl,--dynamicbase -Wl,--nxcompat -Wl,--high-entropy-va])
		], [
			flags_TRY([HARDENING_CFLAGS], [-fstack-protector-strong -fstack-clash-protection
				-fcf-protection -fPIE])
			flags_TRY([HARDENING_LDFLAGS], [-pie -Wl,-z,relro -Wl,-z,now])
		])
		AS_CASE([" $CFLAGS "], [*" -O"@<:@123s@:>@*],
			[HARDENING_CPPFLAGS="-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2"])
	])
	AC_SUBST([HARDENING_CFLAGS])
	AC_SUBST([HARDENING_CPPFLAGS])
	AC_SUBST([HARDENING_LDFLAGS])])
