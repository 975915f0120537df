#!/bin/sh
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The scupgrade authors
#
# The real program, from outside: what it prints (against the files in tests/expected/), its exit status, and how it
# takes full disks, closed pipes and missing terminals. UPDATE_GOLDEN=1 rewrites the files; read the difference then.
# Prints every failure, then "N passed, N failed".
set -u

srcdir=${srcdir:-$(cd "$(dirname "$0")/.." && pwd)}
SCUPGRADE=${SCUPGRADE:-$srcdir/build/scupgrade}
builddir=${builddir:-$srcdir/build}
# shellcheck source=tests/harness.sh
. "$srcdir/tests/harness.sh"
cd "$srcdir/tests/plans" || exit 99

# is_private FILE: its owner alone has rights to it. Wine shows the rights that Administrators have too as the group's.
is_private()
{
	case $(stat -c %a "$1" 2>/dev/null || echo 600) in
	600) ;;
	*0) [ -n "${UNDER_WINE-}" ] ;;
	*) return 1 ;;
	esac
}

# golden NAME STATUS ARGUMENT...: output and messages are those of NAME.out and NAME.err, which is not there when there
# are none.
golden()
{
	name=$1 wanted=$2
	shift 2
	run "$@"
	expect "$wanted" "$name"
	# How many there are changes with every prerequisite; what they are stands in the output of check.
	sed -i.all 's/[0-9][0-9]* warnings/N warnings/; s/[0-9][0-9]* prerequisites are/N prerequisites are/' "$err"
	for kind in out err; do
		if [ -s "$scratch/$kind" ]; then
			same "$scratch/$kind" "$name.$kind"
		elif [ "${UPDATE_GOLDEN-}" = 1 ]; then
			rm -f "$expected/$name.$kind"
		else
			holds "$name: no $kind" test ! -e "$expected/$name.$kind"
		fi
	done
}

# ---- help ----

golden help 0 --help
for command in wizard check command steps track mark status new fields path sources next diff render schema diagnose; do
	golden "help-$command" 0 "$command" --help
done
run --version
expect 0 --version
holds '--version: first line' grep -Eq '^scupgrade [0-9]+\.[0-9]+\.[0-9]+$' "$out"
golden wrong-command 2 chek om.yaml
golden wrong-option 2 check --strcit om.yaml
golden wrong-option-of-command 2 check --passwords=ask om.yaml

# ---- plans ----

# What check says of support and of confirmations depends on the day.
SOURCE_DATE_EPOCH=1795269727
export SOURCE_DATE_EPOCH

for plan in om sma; do
	golden "check-$plan" 0 check "$plan.yaml"
	golden "command-$plan" 0 command "$plan.yaml"
	golden "steps-$plan" 0 steps "$plan.yaml"
	run steps --format json "$plan.yaml"
	expect 0 "steps --format json $plan"
	sed -n 's/^ *[0-9]*\. .* \[\([^]]*\)]$/\1/p' "$expected/steps-$plan.out" >"$scratch/ids"
	grep -o '"id": "[^"]*"' "$out" | sed 's/.*: "\(.*\)"/\1/' >"$scratch/json-ids"
	holds "steps --format json $plan: the same steps" cmp "$scratch/ids" "$scratch/json-ids"
	holds "steps --format json $plan: there are some" test "$(wc -l <"$scratch/ids")" -gt 10
done
for plan in om sma single-server; do
	run check --strict "$plan.yaml"
	expect 1 "check --strict $plan"
done

# The same findings in JSON, in the same order
golden check-all-om 0 check --all om.yaml
golden check-all-sma 0 check --all sma.yaml
cat "$expected/check-all-om.out" "$expected/check-all-sma.out" |
	sed -n 's/^[^ ].*\[\([a-z0-9-]*\)\]$/\1/p' >"$scratch/codes"
run check --all --format json om.yaml sma.yaml
expect 0 'check --format json'
grep -o '"code": "[^"]*"' "$out" | sed 's/.*: "\(.*\)"/\1/' >"$scratch/json-codes"
holds 'check --format json: the same findings' cmp "$scratch/codes" "$scratch/json-codes"
holds 'check --format json: there are some' test "$(wc -l <"$scratch/codes")" -gt 20
if command -v python3 >/dev/null 2>&1; then
	holds 'check --format json is JSON' python3 -m json.tool "$out"
fi
# The plan of README: no warning, and the one note; with a role that is wrong one error, first.
sed -n '/^    scupgrade: 1$/,/^$/s/^    //p' "$srcdir/README" >"$scratch/readme.yaml"
run check "$scratch/readme.yaml"
expect 0 "README's plan"
holds "README's plan: one note" test "$(grep -c ' note: ' "$out")" = 1
holds "README's plan: nothing else" test "$(grep -cE ' (warning|error): ' "$out")" = 0
sed 's/\[gateway\]/[gatway]/' "$scratch/readme.yaml" >"$scratch/wrong-role.yaml"
run check "$scratch/wrong-role.yaml"
expect 1 "README's plan with a wrong role"
holds 'a wrong role: the error is first' sh -c "head -n 1 '$out' | grep -q ' error: servers\[3\].roles: '"
holds 'a wrong role: one error' test "$(grep -c ' error: ' "$out")" = 1

# Wrong plans: what is said of each, one finding a mistake, at the place where it is made.
for plan in wrong/*.yaml; do
	echo "$plan:"
	SOURCE_DATE_EPOCH=1795269727 "$SCUPGRADE" check --ignore prerequisites-unknown,support-ends "$plan" 2>/dev/null
done >"$scratch/wrong" || :
same "$scratch/wrong" wrong.out
golden check-json 1 check --format json bad-yaml-syntax.yaml
golden command-powershell 0 command --shell powershell om.yaml MS01 REP01
run command --shell powershell om.yaml
holds 'command --shell powershell: every server has its comment' \
	grep -Fxq '# MS01: Upgrade management server MS01' "$out"
holds 'command --shell powershell: no comment of cmd' sh -c "! grep -q '^rem' '$out'"
run command --wait om.yaml GW01
expect 0 'command --wait'
holds 'command --wait: cmd waits, and shows the exit code on a line of its own' \
	test "$(sed 's/msiexec .*/msiexec/' "$out" | tr '\n' '|')" = 'start /wait "" msiexec|echo %errorlevel%|'
run command --wait --shell powershell om.yaml
holds 'command --wait: PowerShell waits and gives the exit code' \
	grep -Exq '\(Start-Process -Wait -PassThru -FilePath .*\)\.ExitCode' "$out"
holds 'command --wait: every line does' test "$(grep -c '^[^#]' "$out")" = "$(grep -c 'ExitCode$' "$out")"
run command --wait --shell argv om.yaml
expect 2 'command --wait --shell argv'
run command --wait --format json om.yaml
expect 2 'command --wait --format json'
golden command-argv 0 command --shell argv om.yaml WEB01
golden command-json 0 command --format json om.yaml GW01
golden command-acs 0 command om.yaml MS02
golden command-two-products 2 command om.yaml WRK01

# The text lists every field of a product; JSON has the same keys.
golden fields-om 0 fields operations-manager
[ -n "${UNDER_WINE-}" ] || {
	run collect om.yaml
	expect 2 'collect where there is no PowerShell'
}
golden fields-sma 0 fields service-management-automation
run fields --format json
expect 0 'fields --format json'
cat "$expected/fields-om.out" "$expected/fields-sma.out" | sed -n 's/^  \([a-z]\)/\1/p' | sort >"$scratch/keys"
grep -o '"key": "[^"]*"' "$out" | sed 's/.*: "\(.*\)"/\1/' | sort >"$scratch/json-keys"
holds 'fields --format json: the same keys' cmp "$scratch/keys" "$scratch/json-keys"
holds 'fields --format json: there are some' test "$(wc -l <"$scratch/keys")" -gt 50
tr -d '\n' >"$scratch/line" <<'END'
{"product": "operations-manager", "page": "servers", "key": "management-group", "kind": "text",
 "label": "Management group", "rule": "name of a management group", "required": true, "default": null,
 "example": "CONTOSO", "help": "Its name as the Operations console shows it. An upgrade cannot change it.",
 "source": "server installation page [DOC]"},
END
holds 'fields --format json: one line' grep -Fxq -f "$scratch/line" "$out"

# One command line per line, not a word more, when servers are named
run command single-server.yaml MS01
holds 'command: one line' test "$(wc -l <"$out")" -eq 1
documented='setup.exe /silent /upgrade /AcceptEndUserLicenseAgreement:1 /DASAccountUser:CONTOSO\svc-das'
documented="$documented /DASAccountPassword:<password> /DataReaderUser:CONTOSO\\svc-reader"
documented="$documented /DataReaderPassword:<password>"
holds 'command: the documented words' grep -Fxq "$documented" "$out"

# ---- sources ----

run sources
expect 0 'sources'
holds 'sources: an address' grep -qx '    https://learn.microsoft.com/system-center/scom/deploy-upgrade-pretasks' "$out"
holds 'sources: none known' grep -qx '    no address known' "$out"
run sources tls
expect 0 'sources of a prerequisite'
holds 'sources of a prerequisite: the page' grep -q '^System requirements for System Center Operations' "$out"
holds 'sources of a prerequisite: no other' test "$(grep -c '^[^ ]' "$out")" -lt 8
run sources 'Pre-Upgrade tasks'
expect 0 'sources by a name, whatever its capitals'
holds 'sources by a name' test "$(grep -c '^[^ ]' "$out")" -eq 1
run sources 'upgrade page, step 4 (documented)'
expect 0 'sources by what a runbook says'
holds 'sources by what a runbook says: of each product' test "$(grep -c '^[^ ]' "$out")" -eq 2
run sources no-such-word
expect 1 'sources: nothing'
holds 'sources: nothing: why' grep -q 'no document and no row of the tables has "no-such-word"' "$err"
run sources --format json no-such-word
expect 1 'sources: nothing, as JSON'
holds 'sources: nothing, as JSON: an empty list' grep -q '"documents": \[\]' "$out"
run sources a b
expect 2 'sources of two words'

# ---- the address of the web service ----

sed 's/^web-service: { site/web-service: { address: auto.contoso.com, site/' sma.yaml >"$scratch/address.yaml"
run steps "$scratch/address.yaml"
expect 0 'steps with an address of the web service'
asked=$(grep -c "WebServiceEndpoint 'https://auto.contoso.com'" "$out")
holds 'the address is asked, before and after' test "$asked" -gt 5
holds 'the server itself is not asked' test "$(grep -c 'WebServiceEndpoint' "$out")" -eq "$asked"

# ---- a load balancer before the Data Access Service ----

{ cat eight-servers.yaml; echo 'data-access-address: scom.contoso.com'; } >"$scratch/balanced.yaml"
run steps "$scratch/balanced.yaml"
expect 0 'steps with a load balancer'
for step in point-web-console@WEB01 point-reporting-server@REP01 point-web-console-back@WEB01 \
	point-reporting-server-back@REP01; do
	holds "$step" grep -q "\[$step\]" "$out"
done
sed -n '/\[upgrade-reporting-server@REP01\]/,/why:/p' "$out" >"$scratch/waits"
holds 'the upgrade of Reporting waits for it' grep -q point-reporting-server@REP01 "$scratch/waits"
holds 'which server' grep -q 'scom.contoso.com. Set it to MS01' "$out"
cp -r "$srcdir/tests/facts/healthy" "$scratch/balanced.facts"
printf 'reporting: { management-server: ms02.contoso.com }\n' >>"$scratch/balanced.facts/REP01.facts.yaml"
run steps "$scratch/balanced.yaml"
expect 0 'steps with a load balancer that Reporting does not ask'
holds 'Reporting names a management server by its facts' test "$(grep -c 'point-reporting-server' "$out")" -eq 0
holds 'the web console may ask it' grep -q 'point-web-console@WEB01' "$out"

# ---- healthy facts ----

# healthy NAME PRODUCT ANSWER...: a plan that is made from the facts tests/facts/NAME has a runbook in which nothing is
# open, and no step that the facts refute.
healthy()
{
	plan=$scratch/healthy-$1.yaml
	cp -r "$srcdir/tests/facts/$1" "$scratch/healthy-$1.facts"
	facts=$1
	product=$2
	shift 2
	run new "$product" --from "$scratch/healthy-$facts.facts" "$@" -o "$plan"
	expect 0 "healthy facts of $facts: the plan"
	run check --strict "$plan"
	expect 0 "healthy facts of $facts: nothing is open"
	for format in text markdown html csv; do
		run render "$format" "$plan"
		expect 0 "healthy facts of $facts: $format"
		holds "healthy facts of $facts: $format knows everything" test "$(grep -c 'not known' "$out")" -eq 0
	done
	run steps --format json "$plan"
	expect 0 "healthy facts of $facts: the steps"
	holds "healthy facts of $facts: no step is conditional" \
		test "$(grep -Ec '"text": "If |"title": "[^"]*, (only )?if ' "$out")" -eq 0
}

healthy twelve operations-manager license-accepted=true 'setup-folder=D:\SCOM'
healthy sma service-management-automation source-level=UR7 'media-folder=D:\SMA' 'source-media-folder=E:\SMA' \
	'database.backup-file=E:\SMA.bak' monitoring.management-server=MS01

# ---- a short name that two computers have ----

cp -r "$srcdir/tests/facts/healthy" "$scratch/two.facts"
sed -e "s/'MS01'/'ms01'/" -e "s/^domain:.*/domain: 'fabrikam.com'/" "$srcdir/tests/facts/healthy/MS01.facts.yaml" \
	>"$scratch/two.facts/ms01.fabrikam.com.facts.yaml"
run check --facts "$scratch/two.facts" eight-servers.yaml
expect 1 'two computers that a short name may mean'
holds 'which' grep -q '"MS01" in the plan may be .* or another .*facts-ambiguous' "$out"
sed "s/'MS01'/'ms01.contoso.com'/" eight-servers.yaml >"$scratch/two.yaml"
run check --facts "$scratch/two.facts" "$scratch/two.yaml"
expect 0 'a full name means one of them'

# ---- path ----

run path operations-manager 2012-r2 2025
expect 0 'path'
holds 'path: four hops' grep -qx 'Operations Manager, 2012 R2 to 2025 through 2016, 2019 and 2022: 4 hops' "$out"
holds 'path: the last one' grep -qx '4. 2022 to 2025, in place' "$out"
run path 2016 2022
expect 0 'path of both products'
sed -n 's/^\([12]\. [A-Z][A-Za-z ]*\) 20.*/\1/p' "$out" >"$scratch/stages"
printf '%s\n' '1. Service Management Automation' '1. Operations Manager' '2. Service Management Automation' \
	'2. Operations Manager' >"$scratch/wanted"
holds 'path: stage by stage, Service Management Automation first' cmp "$scratch/stages" "$scratch/wanted"
run path 2025 2019
expect 1 'path back'
holds 'path back: why not' grep -qx \
	'scupgrade: There is no upgrade from 2025 to 2019: nothing goes back to an older release.' "$err"
holds 'path back: nothing is printed' test ! -s "$out"
run path 2016 1801
expect 1 'path to a release out of support'
holds 'path to a release out of support: why not' grep -q 'No upgrade to 1801 is planned here' "$err"
# path_lacks TEXT [ARGUMENT...]: "path" with these says TEXT.
path_lacks()
{
	text=$1
	shift
	run path "$@"
	expect 2 "path $*"
	holds "path $*: what is missing" grep -q "^scupgrade: $text" "$err"
}
path_lacks 'TO is missing, the release to upgrade to: scupgrade path 2016 TO$' 2016
path_lacks 'TO is missing, the release to upgrade to: scupgrade path operations-manager 2016 TO$' \
	operations-manager 2016
path_lacks 'FROM and TO are missing: scupgrade path operations-manager FROM TO$' operations-manager
path_lacks 'there is no release "2099"; there are: ' 2099
path_lacks 'FROM is missing: scupgrade path \[PRODUCT\] FROM TO$'
run path 2012 2016
expect 2 'path from no release'
holds 'path from no release: those that there are' grep -q 'there are: 2012-r2, 2016, 1801' "$err"
run path scom 2016 2019
expect 2 'path of no product'

# ---- diff ----

run diff minimal.yaml om.yaml
expect 1 'diff of two plans'
holds 'diff: a server more' grep -Fq "  + servers[GW01]: { name: 'GW01', roles: ['gateway']" "$out"
holds 'diff: a step more' grep -Fxq '  + upgrade-gateway@GW01: Upgrade gateway server GW01' "$out"
holds 'diff: a step that runs something else' grep -Fxq '  ~ upgrade-management-server@MS01' "$out"
holds 'diff: nothing is gone' sh -c "! grep -q '^  - [a-z-]*@' '$out'"
run diff om.yaml om.yaml
expect 0 'diff of a plan with itself'
holds 'diff: the same' grep -qx 'The plans have the same answers and the same steps.' "$out"
run diff bad-unknown-key.yaml om.yaml
expect 2 'diff of a plan that cannot be read as it is'
holds 'diff of a plan that cannot be read: nothing is printed' test ! -s "$out"
run diff --format json minimal.yaml om.yaml
expect 1 'diff --format json'
holds 'diff --format json: every difference' test "$(grep -c '"change": ' "$out")" -gt 30

# ---- every bad plan gives its code, and no other error ----

for plan in bad-*.yaml; do
	code=${plan#bad-}
	code=${code%.yaml}
	run check "$plan"
	expect 1 "check $plan"
	found=$(sed -n 's/^[^ ].*: error: .*\[\([a-z0-9-]*\)\]$/\1/p' "$out" | sort -u)
	holds "$plan: errors are: $found" test "$found" = "$code"
	sed -n '/: error: /{p;n;/^    /p;}' "$out" >>"$scratch/bad"
	run command "$plan"
	expect 1 "command $plan"
	holds "command $plan prints a line" test ! -s "$out"
done
same "$scratch/bad" check-bad.out
holds 'a password of a plan is never shown' sh -c "! grep -rq hunter2 '$scratch'"

# ---- what cannot be read or written ----

golden missing 2 check no-such-plan.yaml
run check .
expect 2 'check of a folder'
run check om.yaml no-such-plan.yaml
expect 2 'one plan of two is missing'
holds 'the other one is checked' grep -q '^om\.yaml:' "$out"
run command -o "$scratch/no/such/folder" om.yaml
expect 2 'output into a folder that is not there'
"$SCUPGRADE" check - <om.yaml >"$out" 2>"$err"
status=$?
expect 0 'check of standard input'
holds 'check -: place' grep -q '^<stdin>:' "$out"
holds 'check -: summary' grep -q '^scupgrade: <stdin>: ' "$err"

# A limit on the size of files is an error like a full disk, not a signal. (Blocks of 512 or of 1024 bytes.)
if [ -z "${UNDER_WINE-}" ]; then # whose own signal it would be
	(ulimit -f 8 && exec "$SCUPGRADE" render html -o "$scratch/limited" om.yaml) >/dev/null 2>"$err"
	status=$?
	expect 2 'limited size'
	holds 'limited size: message' grep -q 'limited: cannot be written' "$err"
	holds 'limited size: nothing is there' test ! -e "$scratch/limited"
fi

if [ -c /dev/full ]; then
	"$SCUPGRADE" command om.yaml >/dev/full 2>"$err"
	status=$?
	expect 2 'full disk'
	holds 'full disk: message' grep -q 'cannot write to standard output' "$err"
fi
"$SCUPGRADE" command om.yaml >&- 2>"$err"
status=$?
expect 2 'closed standard output'
{
	"$SCUPGRADE" fields 2>"$err"
	echo $? >"$scratch/status"
} | :
# The reader may have been there long enough: then nothing went wrong.
case $(cat "$scratch/status") in
141) holds 'closed pipe: no message' test ! -s "$err" ;;
0) pass ;;
2) holds 'closed pipe: a status of its own, where no signal comes' test -n "${UNDER_WINE-}" ;;
*) fail "closed pipe: status $(cat "$scratch/status")" ;;
esac

# ---- quiet ----

for words in 'command om.yaml' 'command om.yaml MS01' 'steps om.yaml' 'render text om.yaml' 'status om.yaml'; do
	# shellcheck disable=SC2086 # several words
	run $words -q
	expect 0 "$words -q"
	holds "$words -q: nothing is said" test ! -s "$err"
	holds "$words -q: the result is there" test -s "$out"
done
run command -q bad-missing.yaml
expect 1 'command -q of a bad plan'
holds 'errors are said' grep -q 'error: ' "$err"
run command -q --strict om.yaml
expect 1 'command -q --strict'
holds 'and warnings that refuse' grep -q '\(warning\|error\): ' "$err"

# ---- check for others ----

run check --format github bad-missing.yaml
expect 1 'check --format github'
holds 'github: one line a finding' test "$(grep -c '^::' "$out")" -eq "$(wc -l <"$out")"
holds 'github: its place' grep -q '^::error file=bad-missing.yaml,line=[0-9]*,col=[0-9]*,title=[a-z-]*::' "$out"
printf 'scupgrade: 1\nproduct: operations-manager\n"a,b%%": 1\n' >"$scratch/a, b%.yaml"
"$SCUPGRADE" check --format github "$scratch/a, b%.yaml" 2>"$err" >"$out"
escaped='a%2C b%25.yaml,line=3,col=[0-9]*,title=unknown-key::a,b%25: '
holds 'github: a name is escaped' grep -q "^::error file=.*/$escaped" "$out"
run check --format github no-such.yaml
expect 2 'check --format github of nothing'
holds 'github: what is not there' grep -q '^::error file=no-such.yaml,line=1,col=1,title=file-unreadable::' "$out"
run check --format json no-such.yaml om.yaml
expect 2 'check --format json of nothing'
holds 'json: what is not there' grep -q '"code": "file-unreadable", "file": "no-such.yaml", "line": 1,' "$out"
holds 'json: why' grep -q '"text": "There is no such file."' "$out"
run check --format json "$scratch" om.yaml
expect 2 'check --format json of a folder'
holds 'json: why it cannot be read' grep -q '"file-unreadable".*"line": 1,.*"The file cannot be read: .*folder' "$out"
for option in select ignore; do
	run check --$option prerequisites-unknown,prerequisites-opne om.yaml
	expect 2 "check --$option with a code that is none"
	holds "check --$option: the code that is meant" grep -q "$option: .*; did you mean prerequisites-open?" "$err"
	run check --$option xyzzy-plugh om.yaml
	holds "check --$option: none is near" grep -q '"xyzzy-plugh"$' "$err"
done
run check --format sarif bad-missing.yaml
expect 1 'check --format sarif'
holds 'sarif: a rule with its meaning' grep -q \
	'"id": "missing", "shortDescription": {"text": "A required value is missing."}' "$out"
run check --all --format sarif om.yaml
holds 'sarif: a rule of a prerequisite, with its document' grep -q '"id": "winrm", .*"helpUri": "https://' "$out"
run check --format sarif bad-missing.yaml
region='"region": {"startLine": [0-9]*, "startColumn": [0-9]*}'
holds 'sarif: a place' grep -q "\"uri\": \"bad-missing.yaml\"}, $region" "$out"
run check --format sarif "$PWD/bad-missing.yaml"
holds 'sarif: a whole path has its scheme' grep -q '"uri": "file://[^"]*/bad-missing.yaml"}' "$out"
run command --format json --shell argv om.yaml MS01
expect 0 'command --format json --shell argv'
holds 'the words as JSON' grep -q '"words": \["D:\\\\setup.exe","/silent",' "$out"

run check --format junit om.yaml bad-missing.yaml no-such.yaml
expect 2 'check --format junit'
holds 'junit: a plan that is fine' grep -q '<testsuite name="om.yaml" tests="[0-9]*" failures="0"' "$out"
holds 'junit: an error' grep -q '<failure type="error" message="Data Reader account is missing.' "$out"
holds 'junit: what is not there' grep -q 'classname="no-such.yaml" name="file-unreadable"' "$out"
holds 'junit: its end' grep -q '^</testsuites>$' "$out"
run check --format junit --strict om.yaml
expect 1 'check --format junit --strict'
holds 'junit: what is not known, strictly' grep -q 'name="om.yaml" tests="2" failures="1"' "$out"
run check --format junit --ignore prerequisites-unknown,support-ends om.yaml
holds 'junit: no findings' grep -q 'name="no findings"/>' "$out"

# A runbook names the step that brings about what the facts do not show yet.
cp -r "$srcdir/tests/facts/healthy" "$scratch/groom.facts"
chmod -R u+w "$scratch/groom.facts"
sed -i 's/rows-to-groom: [0-9]*/rows-to-groom: 150000/' "$scratch"/groom.facts/*
run render html --facts "$scratch/groom.facts" eight-servers.yaml
expect 0 'render html with rows to groom'
holds 'the runbook: the step by its number' grep -q '150000 rows to groom[^<]*; step [0-9]* sees to it' "$out"

# ---- files that are something else ----

run check --facts "$scratch/nosuch" om.yaml
expect 2 'check with facts that are not there'
run command --facts "$scratch/nosuch" om.yaml MS01
expect 2 'command with facts that are not there'
mkdir "$scratch/empty.d"
run check --facts "$scratch/empty.d" om.yaml
expect 2 'check with a folder without facts'
run check "$srcdir/tests/facts/healthy/MS01.facts.yaml"
expect 1 'facts as a plan'
holds 'facts as a plan: one finding says so' test "$(grep -c error: "$out")" -eq 1
holds 'facts as a plan: what they are for' grep -q 'This is a file of facts: give it to --facts.' "$out"
printf "accounts.data-access.password: 'x'\n" >"$scratch/pw.yaml"
run check "$scratch/pw.yaml"
holds 'passwords as a plan' grep -q 'This is a file of passwords: give it to --passwords.' "$out"

# ---- what the wizard looks at before it asks ----

touch "$scratch/there.txt"
for words in "-o $scratch/there.txt om.yaml" "-o $scratch/no/x om.yaml" "$scratch/no/new.yaml" \
	"--license $scratch/no.txt om.yaml" "--drive D=$scratch/no om.yaml" '-o om.yaml --force om.yaml'; do
	# shellcheck disable=SC2086 # words
	run wizard --plain $words
	expect 2 "wizard $words"
	holds "wizard $words: no question" test "$(wc -l <"$err")" -eq 1
done
run wizard --plain --facts - om.yaml
expect 2 'wizard with facts from standard input'
holds 'wizard with facts from standard input: why' grep -q 'read more than once here' "$err"
run wizard --plain --license "$scratch/there.txt" --drive "D=$scratch" -o "$scratch/new.txt" om.yaml
expect 3 'wizard with files that are there'

# ---- what may have been meant ----

# meant SENTENCE ARGUMENT...: wrong use, and this sentence.
meant()
{
	sentence=$1
	shift
	run "$@"
	expect 2 "$*"
	holds "$*: $sentence" grep -qF -e "$sentence" "$err"
}
meant 'did you mean operations-manager?' new scom a=b
meant 'did you mean service-management-automation?' new SMA a=b
meant 'there are: operations-manager, service-management-automation' new foo a=b
meant 'did you mean powershell?' command --shell pwsh om.yaml
meant 'not "pwsh"' check --color pwsh om.yaml
meant 'the format comes first: scupgrade render html om.yaml' render om.yaml html
meant 'the name of the file is empty' check ''
meant 'is a step for each server: upgrade-gateway@GW01' mark om.yaml upgrade-gateway 'done'
meant 'did you mean upgrade-gateway@GW01? "scupgrade steps" lists all of them' mark om.yaml upgrade-gatway@GW01 'done'
SCUPGRADE_DEBUG=plan,bogus "$SCUPGRADE" check om.yaml >"$out" 2>"$err" </dev/null
status=$?
expect 0 'SCUPGRADE_DEBUG'
holds 'debug: the plan is reported' grep -q '^scupgrade: debug: plan: [0-9]* bytes read' "$err"
holds 'debug: a word that is none' grep -q 'there is no part "bogus"' "$err"

# ---- output files ----

run command -o "$scratch/lines" om.yaml
expect 0 'command -o'
holds 'only the owner may read it' is_private "$scratch/lines"
holds 'the same bytes as on standard output' cmp "$scratch/lines" "$expected/command-om.out"
run command -o "$scratch/lines" sma.yaml
expect 2 'command -o over a file'
holds 'the file is as it was' cmp "$scratch/lines" "$expected/command-om.out"
run command --force -o "$scratch/lines" sma.yaml
expect 0 'command --force -o'
holds 'the file is replaced' cmp "$scratch/lines" "$expected/command-sma.out"

# ---- render and schema ----

run schema
expect 0 schema
holds 'schema: all of it' sh -c "head -n 1 '$out' | grep -qx '{' && tail -n 1 '$out' | grep -qx '}'"
run render html om.yaml
expect 0 'render html'
# The tests of the formats have the whole text; here: the command hands it out.
holds 'render html: all of it' sh -c \
	"head -n 1 '$out' | grep -qx '<!DOCTYPE html>' && tail -n 1 '$out' | grep -qx '</html>'"
golden render-wrong 2 render htm om.yaml
golden render-unknown 2 render spreadsheet om.yaml
run render text bad-server-twice.yaml
expect 1 'render of a plan with errors'
holds 'render of a plan with errors: nothing is printed' test ! -s "$out"
run render markdown --strict om.yaml
expect 1 'render --strict'
run render json -o "$scratch/om.json" om.yaml
expect 0 'render -o'
run render json -o "$scratch/om.json" sma.yaml
expect 2 'render -o over a file'
run render json om.yaml
holds 'render -o: the file is as it was' cmp "$out" "$scratch/om.json"
mkdir -p "$XDG_STATE_HOME/scupgrade"
given='operations-manager management-group=X license-accepted=true servers=A:management-server
	accounts.data-access.kind=local-system accounts.data-reader.user=C\reader'
draft=$XDG_STATE_HOME/scupgrade/draft-1.yaml
[ -z "${UNDER_WINE-}" ] || draft=other.facts # there drafts have another folder
for name in new.yaml.journal new.JOURNAL new.facts ms01.facts.yaml "$draft"; do
	for words in 'next --anyway om.yaml' 'command om.yaml' 'render text om.yaml' 'render ansible om.yaml' \
		'status --force om.yaml' "new $given" 'schema'; do
		# shellcheck disable=SC2086 # words
		run $words -o "$name"
		expect 2 "$words -o $name"
		holds "$words -o $name: why" grep -q 'would be read as .*: choose another name$' "$err"
		holds "$words -o $name: nothing is there" test ! -e "$name"
	done
done
run render json --force -o "$scratch/om.json" sma.yaml
expect 0 'render --force -o'
run render text --server MS02 om.yaml
expect 0 'render --server'
holds 'render --server: the steps of the server' grep -q 'upgrade-management-server@MS02' "$out"
holds 'render --server: no other step' sh -c "! grep -q 'upgrade-management-server@MS01' '$out'"
run render csv --server MS2 om.yaml
expect 2 'render --server: no such server'
holds 'render --server: what was meant' grep -q 'did you mean MS02' "$err"
run render ansible --server MS02 -o "$scratch/limited" om.yaml
expect 2 'render ansible --server'
holds 'render ansible --server: what to do instead' grep -q -- '--limit' "$err"
run render powershell --server MS02 om.yaml
holds 'render powershell --server: it refuses other computers' grep -q "if (-not \$Server) { \$Server = 'MS02' }" "$out"
cp om.yaml "$scratch/noted.yaml"
LOGNAME='=cmd, "x"' run mark "$scratch/noted.yaml" clean-up-entity-log skipped --note 'no rows'
run render csv "$scratch/noted.yaml"
expect 0 'render csv'
# A formula is none any more, and commas and quotes stay in their cell.
holds 'render csv: what was recorded' grep -Fq ',"'\''=cmd, ""x""",skipped,' "$out"
sed 's/^servers:/minutes: [{ task: upgrade-management-server, minutes: 75 }]\n&/' om.yaml >"$scratch/timed.yaml"
run render csv "$scratch/timed.yaml"
holds 'render csv: planned times' grep -q '^[0-9]*,upgrade-management-server@MS01,.*,75,,,,,' "$out"
run render text "$scratch/timed.yaml"
holds 'render text: planned times' grep -q '^      Planned: 75 minutes$' "$out"
run render command-files -o "$scratch/files" om.yaml
expect 0 'render command-files'
holds 'render command-files: a line without a password waits and tells its code' sh -c \
	"grep -q '^start /wait \"\" msiexec' '$scratch/files/upgrade-gw01.cmd' && \
	 grep -q '^echo Exit code: %code%' '$scratch/files/upgrade-gw01.cmd'"
holds 'render command-files: it refuses other computers' grep -q '^if /i not "%COMPUTERNAME%"=="GW01" (' \
	"$scratch/files/upgrade-gw01.cmd"
holds 'render command-files: it asks before it goes on' grep -q '^if /i not "%answer%"=="GW01" exit /b 2' \
	"$scratch/files/upgrade-gw01.cmd"
holds 'render command-files: a line with a password is the script' grep -q 'File "%~dp0upgrade-ms01.ps1"' \
	"$scratch/files/upgrade-ms01.cmd"
echo mine >"$scratch/files/upgrade.txt"
run render command-files --force -o "$scratch/files" single-server.yaml
expect 2 'render command-files --force: what is not ours stays'
rm "$scratch/files/upgrade.txt"
run render command-files --force -o "$scratch/files" single-server.yaml
expect 0 'render command-files --force'
holds 'render command-files --force: files of servers that are gone go' test ! -e "$scratch/files/upgrade-gw01.cmd"
run render sql -o "$scratch/statements" om.yaml
expect 1 'render sql of databases that the plan does not name'
holds 'render sql of databases that the plan does not name: why' grep -q '\[database-unknown\]$' "$err"
holds 'render sql of databases that the plan does not name: nothing is there' test ! -e "$scratch/statements"
cp om.yaml "$scratch/named.yaml"
cat >>"$scratch/named.yaml" <<'end'
databases:
  operational: { server: SQL01, name: OpsDB }
  data-warehouse: { server: SQL02, name: OpsDW }
  reporting: { server: REP01, name: Reports, temporary: ReportsTemp }
  acs: [ { collector: MS02, server: SQL03, name: OpsAC } ]
end
run render csv "$scratch/named.yaml"
holds 'render csv: the SQL Server of its statements' grep -q '^[0-9]*,back-up-warehouse-database,SQL02,' "$out"
run render sql -o "$scratch/statements" "$scratch/named.yaml"
expect 0 'render sql'
holds 'render sql: a file for each step' test \
	"$(find "$scratch/statements" -name 'step-*-*.sql' | wc -l)" -ge 4
# What another plan left beside them would be run with them. A file that no step has is somebody's own: then nothing is
# changed.
old=$scratch/statements/step-99-of-another-plan.sql
echo 'DROP' >"$old"
echo mine >"$scratch/statements/step-notes.txt"
run render sql --force -o "$scratch/statements" "$scratch/named.yaml"
expect 2 'render sql over a file of somebody else'
holds 'nothing was changed' test -e "$old"
rm "$scratch/statements/step-notes.txt"
run render sql --force -o "$scratch/statements" "$scratch/named.yaml"
expect 0 'render sql over an earlier folder'
holds 'statements of another plan are gone' test ! -e "$old"
mkdir "$scratch/start"
touch "$scratch/start/upgrade-OLD01.cmd" "$scratch/start/upgrade-OLD01.ps1"
sed "s/^setup-folder:.*/setup-folder: 'D:\\\\50%'/" "$scratch/named.yaml" >"$scratch/percent.yaml"
run render command-files --server GW01 --force -o "$scratch/start" "$scratch/percent.yaml"
expect 0 'render command-files of one server'
holds 'files for that server, and no others' test "$(cd "$scratch/start" && echo upgrade-*)" = \
	'upgrade-gw01.cmd upgrade-gw01.ps1'
holds 'a batch file takes no percent sign: the script does it' \
	grep -q 'File "%~dp0upgrade-gw01.ps1"' "$scratch/start/upgrade-gw01.cmd"
run render ansible om.yaml
expect 2 'render ansible without a folder'
run render ansible -o "$scratch/play" om.yaml
expect 0 'render ansible'
holds 'render ansible: files' test -n "$(find "$scratch/play" -type f)"
run render ansible -o "$scratch/play" sma.yaml
expect 2 'render ansible over files'
run render ansible --force -o "$scratch/play" om.yaml
expect 0 'render ansible --force'
run render ansible -o "$scratch/om.json" om.yaml
expect 2 'render ansible into a file'

# ---- a plan from facts, and changes of it ----

facts=$scratch/group.facts
cp -r "$srcdir/tests/facts/twelve" "$facts"
chmod -R u+w "$facts"
run new operations-manager --from "$facts" -o "$scratch/group.yaml"
expect 0 'new --from'
holds 'what facts cannot say is named' grep -q '^note: license-accepted: .*\[license-not-accepted\]$' "$err"
"$SCUPGRADE" new operations-manager management-group=OTHER --from "$facts" -o "$scratch/other.yaml" 2>"$err"
holds 'what is given against the facts is a warning with both values' \
	grep -q 'warning: .*the plan says "OTHER", but the facts of ms01.contoso.com say "CONTOSO-OM"' "$err"
holds 'and the plan is written' test -s "$scratch/other.yaml"
cp -r "$facts" "$scratch/flawed.facts"
echo 'memmory: 4' >>"$scratch/flawed.facts/gw01.fabrikam.com.facts.yaml"
printf 'facts: 1\nserver: *x\n' >"$scratch/flawed.facts/x.facts.yaml"
run new operations-manager --from "$scratch/flawed.facts" -o "$scratch/flawed.yaml"
expect 0 'new --from facts with a mistake'
holds 'the mistake is a warning' grep -q 'warning: memmory: .*\[unknown-key\]' "$err"
holds 'a file that is no YAML is not called a plan' grep -q 'warning: YAML aliases .* \[yaml-alias\]' "$err"
holds 'the plan is that of the facts without it' cmp "$scratch/flawed.yaml" "$scratch/group.yaml"
run set "$scratch/flawed.yaml" license-accepted=true --from "$scratch/flawed.facts"
expect 0 'set --from facts with a mistake'
holds 'the mistake is told' grep -q 'warning: memmory' "$err"
run confirm "$scratch/flawed.yaml" subscriptions-disabled --facts "$scratch/flawed.facts"
expect 1 'confirm with facts that have a mistake'
holds 'the mistake is told there too' grep -q 'warning: memmory' "$err"
run new operations-manager --from "$scratch/no-such-facts" -o "$scratch/none.yaml"
expect 2 'new --from what is not there'
run set "$scratch/flawed.yaml" --from "$scratch/no-such-facts"
expect 2 'set --from what is not there'
mkdir "$scratch/empty.facts"
run new operations-manager --from "$scratch/empty.facts" -o "$scratch/none.yaml"
expect 2 'new --from a folder without facts'
printf 'facts: 1\n' >"$scratch/empty.facts/ms01.facts.yaml"
run new operations-manager --from "$scratch/empty.facts" -o "$scratch/none.yaml"
expect 1 'new --from facts that name no server'
holds 'nothing was written of them' test ! -e "$scratch/none.yaml"
# Two management groups in one folder; the other one's file is the newer.
cp -r "$facts" "$scratch/groups.facts"
sed "s/CONTOSO-OM/FABRIKAM-OM/; s/ms01/xs01/g; s/contoso\.com/fabrikam.com/g; s/OpsMgr_CONTOSO/OpsMgr_F/
	s/^collected: .*/collected: '2026-11-21T12:00:01Z'/" "$facts/ms01.contoso.com.facts.yaml" \
	>"$scratch/groups.facts/xs01.fabrikam.com.facts.yaml"
run new operations-manager --from "$scratch/groups.facts" -o "$scratch/newest.yaml"
expect 0 'new --from facts of two groups'
holds 'the other group is named' grep -q 'ms01.contoso.com and other computers are of another management group' "$err"
holds 'its management servers are left out' sh -c "! grep -q ms01.contoso.com '$scratch/newest.yaml'"
run new operations-manager management-group=CONTOSO-OM --from "$scratch/groups.facts" -o "$scratch/chosen.yaml"
expect 0 'new --from facts of two groups, one of them chosen'
holds 'the plan is that of this group alone' cmp "$scratch/chosen.yaml" "$scratch/group.yaml"
holds 'the one that is left out is named' grep -q 'xs01.fabrikam.com are of another .*group, FABRIKAM-OM' "$err"
run set "$scratch/chosen.yaml" license-accepted=true
echo 'oops: 1' >>"$scratch/groups.facts/gw01.fabrikam.com.facts.yaml"
run check --facts "$scratch/groups.facts" "$scratch/chosen.yaml"
holds 'a newer file of another group counts for nothing' sh -c "! grep -q 'facts-differ\|facts-server' '$out'"
holds 'a computer that the plan has not is told' grep -q 'xs01.fabrikam.com.*\[facts-unknown-server\]' "$out"
cp "$scratch/chosen.yaml" "$scratch/again.yaml"
run check --facts "$scratch/groups.facts" "$scratch/chosen.yaml" "$scratch/again.yaml"
holds 'facts of two plans: each mistake once' test "$(grep -c 'unknown-key' "$out")" -eq 1
holds 'a computer that none of the plans has, once' test "$(grep -c 'facts-unknown-server' "$out")" -eq 1
sed 's/ms03.contoso.com/xs01.fabrikam.com/' "$scratch/chosen.yaml" >"$scratch/again.yaml"
run check --facts "$scratch/groups.facts" "$scratch/chosen.yaml" "$scratch/again.yaml"
holds 'one that one of them has is not told' sh -c "! grep -q facts-unknown-server '$out'"
holds 'a server of another group is' grep -q 'xs01.fabrikam.com: .*another management group' "$out"
# Of another product: nothing but computers that the plan does not have.
run check --facts "$facts" sma.yaml
holds 'many computers that the plan has not are few findings' test "$(grep -c facts-unknown-server "$out")" -eq 4
holds 'one of them is for the rest' grep -q 'lacks 8 more servers .*\[facts-unknown-server\]' "$out"
mv "$facts" "$scratch/lone.facts"
run new operations-manager management-group=CONTOSO-OM license-accepted=true accounts.data-access.kind=local-system \
	'accounts.data-reader.user=CONTOSO\svc-reader' servers=ms01:management-server -o "$scratch/lone.yaml"
expect 0 'new beside a folder of facts'
holds 'it is compared with them' grep -q 'no server "ms02.contoso.com".*\[facts-server-missing\]' "$err"
holds 'each server once' test "$(grep -c 'no server "ms02.contoso.com"' "$err")" -eq 1
mv "$scratch/lone.facts" "$facts"
run new operations-manager management-group=CONTOSO-OM license-accepted=true accounts.data-access.kind=local-system \
	'accounts.data-reader.user=CONTOSO\svc-reader' servers=ms01:management-server --strict --facts "$facts"
expect 1 'with --strict what they say refuses'
holds 'the plan has twelve servers' test "$(grep -c '^  - { name:' "$scratch/group.yaml")" -eq 12
run set "$scratch/group.yaml" license-accepted=true 'servers[MS02].roles=management-server'
expect 0 'set'
holds 'one server is changed' grep -q "name: 'ms02.contoso.com', roles: \['management-server'\]" "$scratch/group.yaml"
run set "$scratch/group.yaml" --from "$facts"
expect 0 'set --from'
holds 'an answer stays' grep -q "name: 'ms02.contoso.com', roles: \['management-server'\]" "$scratch/group.yaml"
cp "$scratch/group.yaml" "$scratch/before.yaml"
run set "$scratch/group.yaml" 'servers[MS01].roles=management-sever' management-group=OTHER
expect 1 'set with a wrong value'
holds 'nothing is changed' cmp "$scratch/group.yaml" "$scratch/before.yaml"
run set "$scratch/group.yaml" "management-group=$(printf '\342\200\230CONTOSO\342\200\231')"
expect 1 'set with the quotation marks of a word processor'
holds 'it has its code' grep -q 'management-group: .*\[quote-form\]' "$err"
cp "$scratch/group.yaml" "$scratch/numbered.yaml"
run set "$scratch/numbered.yaml" 'servers[2].roles=management-server+acs-collector'
expect 0 'set of a server by its number, as findings name it'
holds 'it is this one' grep -q "name: 'ms02.contoso.com', roles: \['management-server', 'acs-" "$scratch/numbered.yaml"
cp "$scratch/numbered.yaml" "$scratch/before.yaml"
run set "$scratch/numbered.yaml" 'servers[2]=' 'servers[3]='
expect 1 'numbers behind a row that is taken out are others'
holds 'it is said' grep -q 'numbers are others: name the row' "$err"
holds 'no other row is taken out' cmp "$scratch/numbered.yaml" "$scratch/before.yaml"
cp "$scratch/group.yaml" "$scratch/before.yaml"
run set "$scratch/numbered.yaml" 'servers[12]='
expect 0 'the last one is taken out'
for number in 0 13 1x '' 99999999999999999999999; do
	run set "$scratch/group.yaml" "servers[$number].roles=gateway"
	expect 1 "no server has the number $number"
done
run set "$scratch/group.yaml" servers=WEB09:web
expect 1 'set with a role that is none, for a new server'
holds 'one finding a mistake' test "$(grep -c 'error: servers' "$err")" -eq 1
run set "$scratch/group.yaml" push-installed=4
expect 1 'set with the end of a key'
holds 'the key that ends so' grep -q 'Did you mean agents.push-installed?' "$err"
run set "$scratch/group.yaml" 'servers[MS77].roles=gateway'
expect 1 'set of a server that is not there'
holds 'it says which' grep -q 'servers\[MS77\].roles: .*\[row-unknown\]' "$err"
run set "$scratch/group.yaml" 'accounts.data-access.password=canary-4'
expect 1 'set of a password'
holds 'the password is not repeated' sh -c "! grep -q canary '$err'"
run set "$scratch/group.yaml" canary-5
expect 2 'set without ='
holds 'what may be a password is not repeated' sh -c "! grep -q canary '$err'"
run set "$scratch/group.yaml"
expect 2 'set of nothing'
run set "$scratch/nosuch.yaml" connectors=true
expect 2 'set in a plan that is not there'
run set - connectors=true
expect 2 'set in standard input'
run set "$scratch/group.yaml" 'servers[app17.fabrikam.com]=' servers=MS09:management-server
expect 0 'set takes a row out and adds one'
holds 'the row is gone' sh -c "! grep -q app17 '$scratch/group.yaml'"
holds 'the other is there' grep -q "name: 'MS09'" "$scratch/group.yaml"
printf 'name;roles\nMS01;management-server\nGW01;gateway\n' >"$scratch/list.csv"
run new operations-manager --servers "$scratch/no-such.csv" management-group=X
expect 2 'new --servers of a file that is not there'
holds 'and nothing that follows from it' test "$(grep -c ' error: \|^error: ' "$err")" = 1
run new operations-manager --servers "$scratch/list.csv" management-group=X license-accepted=true \
	'accounts.data-access.user=CONTOSO\das' 'accounts.data-reader.user=CONTOSO\reader'
expect 0 'new --servers'
holds 'the list is there' grep -q "name: 'GW01', roles: \['gateway'\]" "$out"

cp om.yaml "$scratch/vouch.yaml"
run confirm "$scratch/vouch.yaml" cores MS01 --note 'seen in the inventory'
expect 0 'confirm'
holds 'the server stands there' grep -q "check: 'cores', servers: \['MS01'\], by: .*'seen in the inventory'" \
	"$scratch/vouch.yaml"
run confirm "$scratch/vouch.yaml" cores
expect 0 'confirm the rest'
holds 'all that were open' grep -q "check: 'cores', servers: \['MS02', 'GW01', 'WEB01', 'REP01'\]" \
	"$scratch/vouch.yaml"
run confirm "$scratch/vouch.yaml" cores
expect 1 'confirm what is confirmed'
run confirm "$scratch/vouch.yaml" coers
expect 2 'confirm what is no prerequisite'
holds 'what was meant' grep -q 'did you mean cores' "$err"
run confirm "$scratch/vouch.yaml" cores MS0
expect 2 'confirm on a server that the plan does not have'
holds 'what server was meant' grep -q 'the plan has no server "MS0"; did you mean MS0' "$err"
run confirm "$scratch/vouch.yaml" cores CON01
expect 1 'confirm where it is not checked'
run acknowledge "$scratch/vouch.yaml" cores
expect 2 'acknowledge without a note'
run acknowledge "$scratch/vouch.yaml" cores --note why
expect 1 'acknowledge what is no warning'
run confirm "$scratch/vouch.yaml" cores --facts "$scratch/no-such-facts"
expect 2 'confirm without the facts that are named'
run confirm "$scratch/vouch.yaml" database-backup
expect 1 'confirm what a step does'
holds 'confirm what a step does: which' grep -q 'the step back-up-database does this' "$err"
cp eight-servers.yaml "$scratch/against.yaml"
cp -r "$srcdir/tests/facts/healthy" "$scratch/against.facts"
sed 's/379893/528040/' "$srcdir/tests/facts/healthy/MS03.facts.yaml" >"$scratch/against.facts/MS03.facts.yaml"
run acknowledge "$scratch/against.yaml" dotnet --note why
expect 1 'acknowledge a failure'
holds 'acknowledge a failure: how' grep -q 'has failed on MS03 by what a document states: .*--against-document' "$err"
run acknowledge "$scratch/against.yaml" dotnet MS01 --note why --against-document
expect 1 'acknowledge a failure of another server'
run acknowledge "$scratch/against.yaml" dotnet --note why --against-document
expect 0 'accept a failure against the document'
holds 'accepted: the plan says so' grep -q "servers: .'MS03'., .*against-document: true" "$scratch/against.yaml"
run check "$scratch/against.yaml"
expect 0 'accepted: nothing stops the plan'

# The folder beside the plan is read by whatever judges or builds; what has failed stops what is made to be run.
sed -i 's/  release: [0-9]*/  release: 528040/' "$facts/ms01.contoso.com.facts.yaml"
run command "$scratch/group.yaml" ms01
expect 1 'command with a failed prerequisite beside the plan'
holds 'it says which' grep -q '\[dotnet\]' "$err"
run render powershell "$scratch/group.yaml"
expect 1 'render of a script with a failed prerequisite'
run render text "$scratch/group.yaml"
expect 0 'render of a runbook with a failed prerequisite'
run steps "$scratch/group.yaml"
expect 0 'steps with a failed prerequisite'
run status "$scratch/group.yaml"
expect 0 'status with a failed prerequisite'
run steps --facts "$scratch/nosuch" "$scratch/group.yaml"
holds 'facts that cannot be read are told' grep -q facts-unreadable "$err"

# ---- passwords ----

printf "accounts.data-access.password: 'can ary-1'\naccounts.data-reader.password: canary-2\n" >"$scratch/passwords"
chmod 600 "$scratch/passwords"
run command --passwords "$scratch/passwords" -o "$scratch/none" om.yaml GW01
expect 0 'passwords for a server without any'
holds 'no line has a password' grep -q 'note: no line that is shown needs a password' "$err"
holds 'and no word of where it may be seen' test "$(grep -c 'hold passwords' "$err")" -eq 0
run command --passwords "$scratch/passwords" om.yaml MS01
expect 2 'passwords to a pipe or file'
holds 'passwords to a pipe or file: nothing is shown' test ! -s "$out"
run command --passwords "$scratch/passwords" -o "$scratch/secret" om.yaml MS01
expect 0 'passwords into a new file'
holds 'the line has both' grep -q ' /DASAccountPassword:"can ary-1" .*/DataReaderPassword:canary-2$' "$scratch/secret"
holds 'only the owner may read the line' is_private "$scratch/secret"
holds 'it is said where they can be seen' grep -q 4688 "$err"
holds 'messages have no password' sh -c "! grep -q 'can *ary-' '$err'"
run command --passwords "$scratch/passwords" --force -o "$scratch/secret" om.yaml MS01
expect 2 'passwords over a file'
"$SCUPGRADE" command --passwords - -o "$scratch/secret2" om.yaml MS01 <"$scratch/passwords" >"$out" 2>"$err"
status=$?
expect 0 'passwords from standard input'
holds 'the same line' cmp "$scratch/secret" "$scratch/secret2"
chmod 644 "$scratch/passwords"
run command --passwords "$scratch/passwords" -o "$scratch/secret3" om.yaml MS01
expect 2 'passwords that others may read'
holds 'nothing is written then' test ! -e "$scratch/secret3"

# ---- new ----

# shellcheck disable=SC1003 # a backslash is a backslash
golden new-om 0 new operations-manager management-group=CONTOSO license-accepted=true 'setup-folder=D:\' \
	'accounts.data-access.user=CONTOSO\svc-das' 'accounts.data-reader.user=CONTOSO\svc-reader' \
	servers=MS01:management-server+operations-console servers=MS02:management-server+acs-collector \
	servers=GW01:gateway servers=CON01:operations-console \
	'servers=WEB01:web-console,web-site=Default Web Site,web-ssl=true,web-authorization=mixed' \
	servers=REP01:reporting-server,management-server=MS01 servers=AGT01:agent agents.push-installed=1200 \
	'confirmed=database-backup,by=CONTOSO\anna,on=2026-11-20,note=verified restore'
cp "$out" "$scratch/new.yaml"
run command "$scratch/new.yaml"
holds 'the same lines as of the plan written by hand' cmp "$out" "$expected/command-om.out"
golden new-wrong 1 new operations-manager management-grup=X servers=MS01:management-sever

run new service-management-automation 'media-folder=D:\SMA' database.server=SQL01 database.instance=AUTO \
	'database.backup-file=E:\SMA.bak' 'accounts.worker-service.user=CONTOSO\svc-sma' \
	'accounts.application-pool.user=CONTOSO\svc-web' 'web-service.admin-group-members=CONTOSO\Admins' \
	servers=WRK01:runbook-worker servers=WEB01:web-service
expect 0 'new service-management-automation'
holds 'a new plan keeps the name that stands in for an empty one' grep -qx "deployment: 'SQL01-AUTO-SMA'" "$out"

# ---- a hop that is none ----

for words in 'steps' 'command' 'render json' 'render ansible -o here' 'track' 'status' 'mark'; do
	# shellcheck disable=SC2086 # words
	set -- $words bad-no-such-edge.yaml
	[ "$words" != mark ] || set -- "$@" back-up-database 'done'
	run "$@"
	expect 1 "$words of a hop that is none"
	holds "$words names the road" grep -q 'upgrade to 2016 first, then from 2016 to 2019\. \[no-such-edge\]' "$err"
	holds "$words writes nothing" test ! -s "$out"
done

# ---- the plain wizard, from the first page to the last ----

# Both front ends and "new" make the same plan of the same answers. The answers go by what is asked: see dialogue.h.
run new operations-manager management-group=CONTOSO license-accepted=true 'accounts.data-access.user=CONTOSO\svc-das' \
	'accounts.data-reader.user=CONTOSO\svc-reader' servers=MS01:management-server+operations-console
expect 0 'the plan to compare with'
cp "$out" "$scratch/by-new.yaml"
tr '|' '\t' >"$scratch/answers" <<'END'
product|operations-manager
goal|
management-group|CONTOSO
add, edit|add
servers.name|MS01
servers.roles|management-server, operations-console
add, edit|done
license-accepted|yes
Number, everything|everything
Who vouches for it|CONTOSO\anna
How you know|seen
Number, everything|
accounts.data-access.user|CONTOSO\svc-das
accounts.data-reader.user|CONTOSO\svc-reader
Write the files?|yes
What was done|
Enter closes|
END
(cd "$scratch" && "$builddir/tests/interview" answers "$SCUPGRADE" wizard --plain by-wizard.yaml) >"$out" 2>"$err"
status=$?
expect 0 'the plain wizard'
sed '/^confirmed:/,$d' "$scratch/by-wizard.yaml" >"$scratch/answered.yaml"
holds 'the same answers give the same plan' cmp "$scratch/answered.yaml" "$scratch/by-new.yaml"
cp "$out" "$scratch/wizard.out"
run command "$scratch/by-wizard.yaml"
holds 'the wizard ends with what "command PLAN" prints' cmp "$out" "$scratch/wizard.out"
run check --strict "$scratch/by-wizard.yaml"
expect 0 'nothing is left to be said about the finished plan'

# ---- no terminal ----

if command -v setsid >/dev/null 2>&1 && command -v timeout >/dev/null 2>&1; then
	TERM=xterm timeout 20 setsid -w "$SCUPGRADE" wizard "$scratch/w.yaml" </dev/null >"$out" 2>"$err"
	status=$?
	expect 2 'wizard without a terminal'
	holds 'wizard without a terminal: message' grep -q 'the wizard needs a terminal' "$err"
	timeout 20 setsid -w "$SCUPGRADE" wizard --plain "$scratch/w.yaml" </dev/null >"$out" 2>"$err"
	status=$?
	expect 3 'plain wizard at end of input'
	holds 'plain wizard at end of input: no output' test ! -s "$out"
	timeout 20 setsid -w "$SCUPGRADE" command --passwords ask -o "$scratch/asked" om.yaml \
		</dev/null >"$out" 2>"$err"
	status=$?
	expect 2 'passwords cannot be asked for'
	holds 'which is said once' test "$(grep -c passwords-missing "$err")" -eq 1
fi

# ---- the collector ----

run facts-script "$scratch/no-such.yaml"
expect 0 'facts-script for a plan that is not there yet'
holds 'its folder' grep -q 'no-such\.facts' "$out"
for name in '' - "$scratch/"; do
	run facts-script "$name"
	expect 2 "facts-script for a plan called '$name'"
	holds 'nothing is printed' test ! -s "$out"
done

# ---- the manual's synopsis ----

# synopsis COMMAND: its options there, a line each.
synopsis()
{
	awk -v command="$1" '
		/^\.Sh DESCRIPTION/ { exit }
		/^\.Nm/ { mine = 0 }
		/^\.Cm/ { for (i = 2; i <= NF; i++) mine = mine || $i == command }
		mine && /^\.Op Fl/ { for (i = 2; i < NF; i++) if ($i == "Fl") print $(i + 1) }' \
		"$srcdir/man/scupgrade.1" | sed 's/^-//; s/^o$/output/; s/^f$/format/'
}

# What stands for every command is told among the options.
for name in $("$SCUPGRADE" help | sed -n '/^Commands:/,/^$/s/^  \([a-z-]*\) .*/\1/p'); do
	case $name in
	wizard | track | help | completion) continue ;;
	esac
	synopsis "$name" >"$scratch/synopsis"
	for option in $("$SCUPGRADE" "$name" --help | sed -n '/^Options:/,$s/^ *\(-[a-z], \)*--\([a-z-]*\).*/\2/p'); do
		case $option in
		help | version) continue ;;
		esac
		holds "synopsis of $name: $option" grep -qx -e "$option" "$scratch/synopsis"
	done
done

# ---- the manual's examples ----

# blocks PAGE: the literal displays of a page as plain text, each ended by a line with a form feed.
blocks()
{
	awk '/^\.Bd/ { inside = 1; next } /^\.Ed/ { if (inside) print "\f"; inside = 0; next } inside' "$1" |
		sed 's/\\e/\\/g; s/\\(aq/'"'"'/g; s/\\&//g'
}

# run_example: the commands in run.sh, until one fails.
run_example()
{
	(
		cd "$scratch/examples" || exit 99
		# shellcheck disable=SC2317 # called by run.sh
		scupgrade() { "$SCUPGRADE" "$@" </dev/null || exit; }
		# shellcheck source=/dev/null
		. ./run.sh
	) >"$out" 2>"$err"
	status=$?
}

mkdir "$scratch/examples"
blocks "$srcdir/man/scupgrade.1" | awk 'BEGIN { RS = "\f\n" } /scupgrade new/' >"$scratch/examples/run.sh"
holds 'scupgrade(1) has the example' test -s "$scratch/examples/run.sh"
run_example
expect 0 'the example of scupgrade(1)'
blocks "$srcdir/man/scupgrade.1" | awk 'BEGIN { RS = "\f\n" } /scupgrade mark/' >"$scratch/examples/run.sh"
holds 'scupgrade(1) has the example of mark' test -s "$scratch/examples/run.sh"
run_example
expect 0 'the example of mark'
holds 'the step is recorded' grep -q '^  back-up-database: done' "$out"
blocks "$srcdir/man/scupgrade-plan.5" | awk -v folder="$scratch/examples" 'BEGIN { RS = "\f\n" }
	/^scupgrade: 1/ { print > (folder "/" ++count ".yaml") }'
for number in 1 2; do
	run check "$scratch/examples/$number.yaml"
	expect 0 "example $number of scupgrade-plan(5)"
done

printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
