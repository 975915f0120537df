/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What makes each shell ask "scupgrade completion words" at a Tab. The shells complete names of files themselves; all
 * else comes from the tables, so that these texts never change with a command.
 */
#include "cli/complete.h"

/* The words come as they are typed: quotes and backslashes are taken out of them, ~ is the home folder. bash parts
 * words at = and : too, and puts back only the last part. */
static const char bash_file[] =
	"# bash completion for scupgrade, made by \"scupgrade completion bash\"\n"
	"# A word as it is typed, without its quotes and backslashes, in REPLY.\n"
	"_scupgrade_plain()\n"
	"{\n"
	"\tlocal typed=$1 quote='' letter\n"
	"\n"
	"\tREPLY=''\n"
	"\twhile [[ -n $typed ]]; do\n"
	"\t\tletter=${typed:0:1} typed=${typed:1}\n"
	"\t\tif [[ -n $quote && $letter == \"$quote\" ]]; then\n"
	"\t\t\tquote=''\n"
	"\t\telif [[ -z $quote && $letter == [\\'\\\"] ]]; then\n"
	"\t\t\tquote=$letter\n"
	"\t\telif [[ $letter == \\\\ && $quote != \\' && ( -z $quote || $typed == [\\\"\\\\\\$\\`]* ) ]]; then\n"
	"\t\t\tREPLY+=${typed:0:1} typed=${typed:1}\n"
	"\t\telse\n"
	"\t\t\tREPLY+=$letter\n"
	"\t\tfi\n"
	"\tdone\n"
	"}\n"
	"\n"
	"_scupgrade()\n"
	"{\n"
	"\tlocal program=$1 line word cut='' joined='' words=() i REPLY\n"
	"\n"
	"\tCOMPREPLY=()\n"
	"\t# Parted words are joined again: \"--format\" \"=\" \"json\" is one.\n"
	"\tfor ((i = 1; i <= COMP_CWORD; i++)); do\n"
	"\t\tword=${COMP_WORDS[i]}\n"
	"\t\tif [[ $i -eq 1 || $word == [=:]* || $joined == *[=:] ]]; then\n"
	"\t\t\tjoined+=$word\n"
	"\t\telse\n"
	"\t\t\twords+=(\"$joined\")\n"
	"\t\t\tjoined=$word\n"
	"\t\tfi\n"
	"\tdone\n"
	"\twords+=(\"$joined\")\n"
	"\tfor i in \"${!words[@]}\"; do\n"
	"\t\t_scupgrade_plain \"${words[i]/#\\~\\//$HOME/}\"\n"
	"\t\twords[i]=$REPLY\n"
	"\tdone\n"
	"\tword=${words[${#words[@]} - 1]}\n"
	"\t[[ $word == *[=:]* && $COMP_WORDBREAKS == *[=:]* ]] && cut=${word%\"${word##*[=:]}\"}\n"
	"\n"
	"\twhile IFS= read -r line; do\n"
	"\t\tcase $line in\n"
	"\t\t:open) compopt -o nospace 2>/dev/null ;;\n"
	"\t\t:plans)\n"
	"\t\t\tcompopt -o filenames 2>/dev/null\n"
	"\t\t\tmapfile -t -O \"${#COMPREPLY[@]}\" COMPREPLY < <(\n"
	"\t\t\t\tcompgen -f -X '!*.yaml' -- \"${word#\"$cut\"}\"\n"
	"\t\t\t\tcompgen -f -X '!*.yml' -- \"${word#\"$cut\"}\"\n"
	"\t\t\t\tcompgen -d -- \"${word#\"$cut\"}\")\n"
	"\t\t\t;;\n"
	"\t\t:files | :folders)\n"
	"\t\t\tcompopt -o filenames 2>/dev/null\n"
	"\t\t\t[[ $line == :files ]] && i=-f || i=-d\n"
	"\t\t\tmapfile -t -O \"${#COMPREPLY[@]}\" COMPREPLY < <(compgen \"$i\" -- \"${word#\"$cut\"}\")\n"
	"\t\t\t;;\n"
	"\t\t*)\n"
	"\t\t\tline=${line%%$'\\t'*}\n"
	"\t\t\tCOMPREPLY+=(\"${line#\"$cut\"}\")\n"
	"\t\t\t;;\n"
	"\t\tesac\n"
	"\tdone < <(\"$program\" completion words -- \"${words[@]}\" 2>/dev/null)\n"
	"}\n"
	"complete -F _scupgrade scupgrade\n";

static const char zsh_file[] =
	"#compdef scupgrade\n"
	"# zsh completion for scupgrade, made by \"scupgrade completion zsh\"\n"
	"_scupgrade()\n"
	"{\n"
	"\tlocal line program=${(Q)words[1]}\n"
	"\tlocal -a lines shown plain how\n"
	"\n"
	"\tlines=(\"${(@f)$(\"${program/#\\~\\//$HOME/}\" completion words -- \\\n"
	"\t\t\"${(@)${(@Q)words[2,CURRENT-1]}/#\\~\\//$HOME/}\" \"${(Q)PREFIX/#\\~\\//$HOME/}\" 2>/dev/null)}\")\n"
	"\tfor line in $lines; do\n"
	"\t\tcase $line in\n"
	"\t\t:open) how=(-S '') ;;\n"
	"\t\t:plans) _files -g '*.(yaml|yml)(-.)' ;;\n"
	"\t\t:files) _files ;;\n"
	"\t\t:folders) _files -/ ;;\n"
	"\t\t*)\n"
	"\t\t\tplain+=(\"${line%%$'\\t'*}\")\n"
	"\t\t\tshown+=(\"${line%%$'\\t'*}  ${line#*$'\\t'}\")\n"
	"\t\t\t;;\n"
	"\t\tesac\n"
	"\tdone\n"
	"\t(( $#plain )) && compadd -M 'm:{a-zA-Z}={A-Za-z}' \"${how[@]}\" -l -d shown -a plain\n"
	"}\n"
	"# Read by a start file, not found by compinit.\n"
	"if [[ $zsh_eval_context[-1] == loadautofunc ]]; then\n"
	"\t_scupgrade \"$@\"\n"
	"else\n"
	"\tcompdef _scupgrade scupgrade\n"
	"fi\n";

static const char fish_file[] =
	"# fish completion for scupgrade, made by \"scupgrade completion fish\"\n"
	"function __scupgrade_words\n"
	"\tset -l before (commandline -opc)\n"
	"\tset -l typed (string unescape -- (commandline -ct); or string sub -s 2 -- (commandline -ct))\n"
	"\tset -l program (string replace -r '^~/' $HOME/ -- $before[1])\n"
	"\tfor line in ($program completion words -- $before[2..-1] $typed 2>/dev/null)\n"
	"\t\tswitch $line\n"
	"\t\t\tcase ':open'\n"
	"\t\t\tcase ':plans'\n"
	"\t\t\t\t__fish_complete_suffix .yaml\n"
	"\t\t\t\t__fish_complete_suffix .yml\n"
	"\t\t\tcase ':files'\n"
	"\t\t\t\t__fish_complete_path $typed\n"
	"\t\t\tcase ':folders'\n"
	"\t\t\t\t__fish_complete_directories $typed\n"
	"\t\t\tcase '*'\n"
	"\t\t\t\techo $line\n"
	"\t\tend\n"
	"\tend\n"
	"end\n"
	"complete -c scupgrade -f -a '(__scupgrade_words)'\n";

const char *completion_file(const char *shell)
{
	static const struct {
		const char *shell, *text;
	} files[] = { { "bash", bash_file }, { "zsh", zsh_file }, { "fish", fish_file } };

	for (size_t i = 0; i < ARRAY_LEN(files); i++) {
		if (str_eq(files[i].shell, shell))
			return files[i].text;
	}
	return NULL;
}
