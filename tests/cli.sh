#!/bin/sh
# The command line: help, usage errors, numbers out of range, streams.
# shellcheck source=tests/lib.sh
. "${srcdir:-.}/tests/lib.sh"

for command in '' bag compare dropout merge plot simulate variance list; do
  # shellcheck disable=SC2086
  run bagdrop $command --help
  expect_status 0 "'$command --help' succeeds"
  expect_stdout '^Usage: bagdrop' "'$command --help' shows the usage"
  check "'$command --help' fits 80 columns" \
    awk 'length > 79 || / $/ { exit 1 }' "$box/stdout"
  check "'$command --help' is silent on stderr" test ! -s "$box/stderr"
  # shellcheck disable=SC2086
  run bagdrop $command --version
  expect_stdout '^bagdrop [0-9]' "'$command --version' names the version"
done
run bagdrop -h
expect_stdout '^Usage:' '-h'
run bagdrop -V
expect_stdout 'BLAS' '-V names the BLAS'
run bagdrop compare -V
expect_stdout '^bagdrop [0-9]' 'compare -V'

run bagdrop
expect_status 2 'no command'
check 'no command: the help on stderr' grep -q '^Usage:' "$box/stderr"
run bagdrop comprae
expect_usage_error "did you mean 'compare'" 'misspelt command'
run bagdrop zzzzzzzz
expect_usage_error "no command 'zzzzzzzz'\$" 'unknown command'
run bagdrop --no-such-option
expect_usage_error 'no-such-option' 'unknown option instead of a command'
run bagdrop "$(printf 'a\nb\033[31m')"
expect_usage_error "no command 'a b \[31m'" 'control characters are not echoed'

run bagdrop list estimator
expect_usage_error "did you mean 'estimators'" 'list: a kind nearly right'
run bagdrop list
for kind in methods fitters resamplings sources predictions masks units \
  outputs optimisers schedules scenarios figures; do
  run bagdrop list $kind
  expect_status 0 "list $kind"
  check "list $kind says something" test "$(wc -l <"$box/stdout")" -ge 3
done
run bagdrop list methods
check 'list methods: thirteen' \
  test "$(grep -c '^  [a-z]' "$box/stdout")" -eq 13
run bagdrop list nonsense
expect_usage_error 'scenarios' 'list of nonsense names the kinds'

run bagdrop compare --membres 3
expect_usage_error 'did you mean --members?' 'misspelt option'
run bagdrop compare --zzzzzzzzz
expect_usage_error '--zzzzzzzzz' 'unknown long option'
run bagdrop compare -Z
expect_usage_error 'no option -Z$' 'unknown short option'
run bagdrop compare --json -Zjk
expect_usage_error 'no option -Z$' 'unknown short option among others'
run bagdrop compare --re 3
expect_usage_error 'ambiguous' 'ambiguous option'
run bagdrop compare --json=1
expect_usage_error '--json takes no value' 'a value for a flag'
for option in -o --output --members -y; do
  run bagdrop compare $option
  expect_usage_error "$option needs a value" "$option without a value"
done
run bagdrop compare a b
expect_usage_error "one word too many: 'b'" 'two files'
run bagdrop compare -y accel
expect_usage_error 'DATA' 'columns without a file to choose them from'
run bagdrop compare x -o ''
expect_status 1 'an empty folder name'

for bad in '--members 3' '--members 100001' '--members -5' '--members 1e9' \
  '--members 7.5' '--members 0x10' '--members 6_0' '--members=' '--folds 1' \
  '--folds 101' '--repeats 0' '--repeats 11' '--networks 1' '--masks 1' \
  '--threads 0' '--threads 1025' '--seed -1' '--seed 18446744073709551616' \
  '--seed abc' '--seed 1.5'; do
  # shellcheck disable=SC2086
  run bagdrop compare $bad
  expect_usage_error 'must be a whole number' "compare $bad"
done
for bad in '--rows 0' '--rows 100000001' '--noise -1' '--noise nan' \
  '--noise inf' '--noise 1,5' '--noise 0x1p3' '--noise=' \
  '--noise 1e400'; do
  # shellcheck disable=SC2086
  run bagdrop simulate sine $bad
  expect_usage_error 'must be a' "simulate $bad"
done
expect_nothing 'usage errors leave nothing'

run bagdrop simulate
expect_usage_error 'which scenario' 'simulate without a scenario'
run bagdrop simulate sinus
expect_usage_error "did you mean 'sine'" 'misspelt scenario'
run bagdrop simulate -- --help
expect_usage_error "no scenario '--help'" 'behind -- there are no options'
run bagdrop simulate -n 3 -- sine
expect_status 0 'a word behind --'
run bagdrop compare -- -no-such-file
expect_stderr_line 'compare: -no-such-file: ' 'a file that begins with a dash'
for scenario in sine friedman1 friedman2 friedman3; do
  run bagdrop simulate $scenario -n 7
  expect_status 0 "simulate $scenario"
  check "simulate $scenario: a header and 7 rows" \
    test "$(wc -l <"$box/stdout")" -eq 8
done
bagdrop simulate sine -n 20 --seed 3 >a
bagdrop simulate -n 20 sine --seed=3 >b
bagdrop simulate --se 3 --ro 20 sine >c
bagdrop simulate -s3 -n20 sine >d
bagdrop simulate sine -n 20 --seed 4 >e
check 'options after the word' cmp a b
check 'options shortened' cmp a c
check 'short options, joined' cmp a d
deny 'another seed, other data' cmp a e
run bagdrop simulate sine --truth -n 2
expect_stdout '^x,truth,y$' 'simulate --truth'
bagdrop simulate sine -n 20 --noise 0 --truth | sed 1d \
  | awk -F, '$2 != $3 { exit 1 }'
status=$?
expect_status 0 'no noise: the truth'
(
  unset HOME TMPDIR
  env -i PATH="$PATH" bagdrop simulate sine -n 20 --seed 3 >f
)
check 'an empty environment changes nothing' cmp a f
rm -f a b c d e f

run sh -c 'exec bagdrop simulate sine >&-'
expect_status 1 'closed stdout'
expect_stderr_line 'standard output is closed' 'closed stdout is named'
run sh -c 'exec bagdrop compare -o r >&-'
expect_status 1 'closed stdout is seen before the work'
expect_nothing 'closed stdout leaves nothing'
run sh -c 'exec bagdrop simulate sine -n 5 2>&-'
expect_status 0 'closed stderr'
run sh -c 'exec bagdrop nonsense 2>&-'
expect_status 2 'closed stderr with something to say'
run sh -c 'exec bagdrop compare - <&-'
expect_status 1 'closed stdin'
if [ -c /dev/full ]; then
  for command in --help --version list 'simulate sine -n 3' \
    'simulate sine -n 20000'; do
    run sh -c "exec bagdrop $command >/dev/full"
    expect_status 1 "full disk: $command"
    expect_stderr_line 'standard output: ' "full disk is named: $command"
  done
fi
# The status of the first command of a pipe, which sh does not keep; 141 as
# usual, 1 and a message where whoever runs the tests ignores SIGPIPE.
{
  sh -c 'exec bagdrop simulate sine -n 200000' 2>err
  echo $? >left
} | head -n 1 >first
status=$(cat left)
if { [ "$status" -eq 141 ] && [ ! -s err ]; } || [ "$status" -eq 1 ]; then
  good 'a broken pipe ends it quietly'
else
  bad 'a broken pipe ends it quietly'
fi
finish
