#!/bin/sh
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The scupgrade authors
#
# Completion: what the program offers, and what bash, zsh and fish make of it, each started for real where it is
# installed. Prints every failure, then "N passed, N failed".
set -u

srcdir=${srcdir:-$(cd "$(dirname "$0")/.." && pwd)}
builddir=${builddir:-$srcdir/build}
SCUPGRADE=${SCUPGRADE:-$builddir/scupgrade}
scratch=$(mktemp -d) || exit 99
trap 'rm -rf "$scratch"' 0
passed=0 failed=0

mkdir "$scratch/bin" "$scratch/work" && cd "$scratch/work" || exit 99
case $SCUPGRADE in
/*) ;;
*) SCUPGRADE=$(cd "$srcdir" && pwd)/$SCUPGRADE ;;
esac
ln -s "$SCUPGRADE" "$scratch/bin/scupgrade" || exit 99
PATH=$scratch/bin:$PATH
HOME=$scratch/work
export PATH HOME
cp "$srcdir/tests/plans/om.yaml" plan.yaml
cp plan.yaml 'a plan.yml'
cp plan.yaml "it's \$HOME \"new\".yaml"
mkdir folder
: >notes.txt
# A plan that wants to be run by whoever presses Tab.
sed "s/name: MS02/name: '\$(touch hacked)'/" plan.yaml >hostile.yaml

# same WHAT EXPECTED ACTUAL
same()
{
	if [ "$2" = "$3" ]; then
		passed=$((passed + 1))
	else
		printf 'failed: %s: "%s", not "%s"\n' "$1" "$3" "$2"
		failed=$((failed + 1))
	fi
}

# words WORD...: what the program offers for the last of them, on one line.
words() { scupgrade completion words -- "$@" 2>&1 | sed 's/\t.*//' | one_line; }
one_line() { tr '\n' ' ' | sed 's/ $//'; }

# ---- the program ----

table=$srcdir/src/cli/options_table.c
all=$(sed -n 's/^\t\[COMMAND_[A-Z_]*\] = { "\([a-z-]*\)".*/\1/p' "$table")
same commands "$(printf '%s\n' "$all" | one_line)" "$(words '')"
same 'no word at all' "$(words '')" "$(words)"
same 'a beginning' 'check' "$(words ch)"
same 'options of the command only' '--format --force' "$(words check --fo)"
same 'options before a command are those of the wizard' '--mouse' "$(words --mou)"
same 'no options behind --' ':plans' "$(words check -- --fo)"
same 'a plan' ':plans' "$(words check '')"
same 'another plan' ':plans' "$(words check plan.yaml p)"
same 'nothing behind the last argument' '' "$(words steps plan.yaml '')"
same 'a value' 'text json sarif github junit' "$(words check --format '')"
same 'a value of another command' 'text json' "$(words steps --format '')"
same 'a value behind =' '--format=json' "$(words check --format=js)"
same 'a value of a letter' 'json' "$(words check -f js)"
same 'no value is known' '' "$(words check --probe '')"
same 'an option that is none' '' "$(words check --bogus=x)"
same 'words and a file' 'ask :files' "$(words command --passwords '')"
same 'files' ':files' "$(words check --facts '')"
same 'a server for an option' 'MS01 MS02' "$(words render html plan.yaml --server MS)"
same 'the next of several codes' 'memory,file-system' "$(words check plan.yaml --select memory,file-s)"
same 'the next role' 'servers[MS01].roles=agent+gateway' "$(words set plan.yaml 'servers[MS01].roles=agent+gate')"
same 'no key once its value is typed' '' "$(words set plan.yaml 'servers[MS01].name=')"
same 'the label of a key is whole' 0 "$(scupgrade completion words -- set plan.yaml '' | grep -c '[{}]')"
same 'what an option does here' 'Make the plan although the record has open steps.' \
	"$(scupgrade completion words -- next --any | cut -f 2)"
same 'servers, in any case' 'MS01 MS02' "$(words command plan.yaml ms)"
same 'more servers' 'GW01' "$(words command plan.yaml MS01 GW)"
same 'steps' 'back-up-database' "$(words mark plan.yaml back-up-d)"
same 'a step of --plan' 'upgrade-gateway@GW01' "$(words diagnose log --plan plan.yaml --step upgrade-g)"
same 'a step of --plan=' 'upgrade-gateway@GW01' "$(words diagnose --plan=plan.yaml --step=upgrade-g |
	sed 's/--step=//g')"
same 'no prerequisite that a step brings about' '' "$(words confirm plan.yaml database-b)"
same 'prerequisites' 'pending-reboot' "$(words confirm plan.yaml pending-r)"
same 'states' 'skipped started' "$(words mark plan.yaml back-up-database s | tr ' ' '\n' | sort | one_line)"
same formats 'html' "$(words render ht)"
same products 'operations-manager' "$(words new op)"
same keys ':open license-accepted=' "$(words new operations-manager lic)"
same 'values of a key' 'license-accepted=true license-accepted=false' \
	"$(words new operations-manager license-accepted=)"
same 'help of a command' 'render' "$(words help rend)"
same 'a plan that is not there' '' "$(words command no-such.yaml '')"
same 'a file that is no plan' '' "$(words mark notes.txt '')"
same 'no name that a shell would run' 'MS01' "$(words command hostile.yaml M)"
scupgrade completion tcsh >/dev/null 2>&1
same 'an unknown shell' 2 "$?"
scupgrade completion bash extra >/dev/null 2>&1
same 'one argument' 2 "$?"

# A word for an argument that nothing completes would do nothing at a Tab, silently. These are free texts.
free=' C=FOLDER NUMBER TEXT WORD '
for word in $({
	sed -n '/^const struct option_row/,/^};/s/.*{ [^,]*, "[a-z-]*", "\([^"]*\)".*/\1/p' "$table"
	sed -n 's/^\t\[COMMAND_[A-Z_]*\] = { "[a-z-]*", "\([^"]*\)".*/\1/p' "$table"
} | sed 's/\[,.*\]//; s/[].[]//g' | tr -s ' |' '\n' | grep '[A-Z]' | sort -u); do
	known=no
	case $free in *" $word "*) known=yes ;; esac
	grep -q "{ \"$word\", offer_" "$srcdir/src/cli/complete.c" && known=yes
	same "what completes $word" yes "$known"
done

# ---- bash ----

# in_bash WORD...: as bash parts them; the last is completed.
in_bash()
{
	# shellcheck disable=SC2016 # for bash
	bash --norc -c '
		source <(scupgrade completion bash)
		words=("$@")
		COMP_LINE="${words[*]}" COMP_POINT=${#COMP_LINE} COMP_CWORD=$(($# - 1))
		COMP_WORDS=("$@")
		COMPREPLY=()
		_scupgrade scupgrade
		printf "%s " "${COMPREPLY[@]}"' bash "$@" 2>&1 | sed 's/ $//'
}

if command -v bash >/dev/null 2>&1; then
	same 'bash: the file' '' "$(scupgrade completion bash | bash -n 2>&1)"
	same 'bash: a command' 'status' "$(in_bash scupgrade stat)"
	same 'bash: a step' 'back-up-database' "$(in_bash scupgrade mark plan.yaml back-up-d)"
	same 'bash: a value behind =' 'json' "$(in_bash scupgrade check --format = js)"
	same 'bash: all of them' 'text json sarif github junit' "$(in_bash scupgrade check --format =)"
	same 'bash: a key' 'license-accepted=' "$(in_bash scupgrade new operations-manager lic)"
	same 'bash: its value' 'true' "$(in_bash scupgrade new operations-manager license-accepted = t)"
	same 'bash: plans and folders' "\"new\".yaml \$HOME a folder hostile.yaml it's plan.yaml plan.yml" \
		"$(in_bash scupgrade check '' | tr ' ' '\n' | sort | one_line)"
	same 'bash: a quoted plan' 'MS01 MS02' "$(in_bash scupgrade command '"a plan.yml"' MS)"
	# shellcheck disable=SC2088 # as it is typed
	same 'bash: a plan at home' 'MS01 MS02' "$(in_bash scupgrade command '~/plan.yaml' MS)"
	same 'bash: a plan with quotes and a dollar sign' 'GW01' \
		"$(in_bash scupgrade command "it\\'s\\ \\\$HOME\\ \\\"new\\\".yaml" GW)"
	same 'bash: the same in quotes' 'GW01' \
		"$(in_bash scupgrade command "\"it's \\\$HOME \\\"new\\\".yaml\"" GW)"
	same 'bash: in quotes that are open' 'servers[MS01].roles=' \
		"$(in_bash scupgrade set plan.yaml "'servers[MS01].ro")"
	same 'bash: files' 'notes.txt' "$(in_bash scupgrade diagnose no)"
	same 'bash: nothing of a hostile plan' 'MS01' "$(in_bash scupgrade command hostile.yaml M)"
	command -v shellcheck >/dev/null 2>&1 &&
		same 'bash: shellcheck' '' "$(scupgrade completion bash | shellcheck -s bash - 2>&1)"
fi

# ---- fish ----

# in_fish LINE
in_fish()
{
	# shellcheck disable=SC2016 # for fish
	fish --no-config -c 'scupgrade completion fish | source; complete -C $argv[1]' -- "$1" 2>&1 |
		sed 's/\t.*//' | one_line
}

if command -v fish >/dev/null 2>&1; then
	same 'fish: a command' 'status' "$(in_fish 'scupgrade stat')"
	same 'fish: a step' 'back-up-database' "$(in_fish 'scupgrade mark plan.yaml back-up-d')"
	same 'fish: a value' '--format=json' "$(in_fish 'scupgrade check --format=js')"
	same 'fish: a key' 'license-accepted=' "$(in_fish 'scupgrade new operations-manager lic')"
	same 'fish: a plan' 'plan.yaml' "$(in_fish 'scupgrade check pl')"
	same 'fish: a quoted plan' 'MS01 MS02' "$(in_fish 'scupgrade command "a plan.yml" MS')"
	same 'fish: a plan with quotes and a dollar sign' 'GW01' \
		"$(in_fish "scupgrade command it\\'s\\ \\\$HOME\\ \\\"new\\\".yaml GW")"
	same 'fish: in quotes that are open' 'servers[MS01].roles=' \
		"$(in_fish 'scupgrade set plan.yaml "servers[MS01].ro')"
	same 'fish: files' 'notes.txt' "$(in_fish 'scupgrade diagnose not')"
	same 'fish: nothing of a hostile plan' 'MS01' "$(in_fish 'scupgrade command hostile.yaml M')"
fi

# ---- zsh ----

# in_zsh LINE: what stands on the line after a Tab behind it, in a zsh that has a terminal. The shell says when it is
# ready for the next key, and is waited for.
cat >"$scratch/in.zsh" <<'END'
zmodload zsh/zpty || exit 1
zpty shell zsh -f -i
zpty -w shell 'PROMPT= RPROMPT= ; autoload -Uz compinit; compinit -D -u; source <(scupgrade completion zsh)'
zpty -w shell 'show() { print -r -- "<<$BUFFER>>" }; zle -N show; bindkey "^G" show; unsetopt zle_bracketed_paste'
zpty -w shell 'print rea""dy'
zpty -r -m shell line '*ready*' || exit 1
zpty -n -w shell $1$'\t'$'\a'
zpty -r -m shell line '*<<*>>*' || exit 1
line=${line##*<<}
print -r -- ${line%%>>*}
zpty -d shell
END
in_zsh() { timeout 60 zsh -f "$scratch/in.zsh" "$1" 2>&1; }

if command -v zsh >/dev/null 2>&1; then
	same 'zsh: the file' '' "$(scupgrade completion zsh | zsh -n 2>&1)"
	same 'zsh: a command' 'scupgrade status ' "$(in_zsh 'scupgrade stat')"
	same 'zsh: a step' 'scupgrade mark plan.yaml back-up-database ' "$(in_zsh 'scupgrade mark plan.yaml back-up-d')"
	same 'zsh: a value' 'scupgrade check --format=json ' "$(in_zsh 'scupgrade check --format=js')"
	same 'zsh: a key' 'scupgrade new operations-manager license-accepted=' \
		"$(in_zsh 'scupgrade new operations-manager lic')"
	same 'zsh: a plan' 'scupgrade check plan.yaml ' "$(in_zsh 'scupgrade check pl')"
	same 'zsh: a server in small letters' 'scupgrade command plan.yaml GW01 ' \
		"$(in_zsh 'scupgrade command plan.yaml gw')"
	same 'zsh: in quotes that are open' 'scupgrade set plan.yaml "servers[MS01].roles=' \
		"$(in_zsh 'scupgrade set plan.yaml "servers[MS01].ro')"
	same 'zsh: files' 'scupgrade diagnose notes.txt ' "$(in_zsh 'scupgrade diagnose not')"
fi

same 'nothing was run' '' "$(find . -name hacked)"
printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
