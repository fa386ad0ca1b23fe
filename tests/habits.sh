#!/bin/sh
# What people expect of every command: a random seed that is told, silence,
# words, plain text, what a signal ends.
# shellcheck disable=SC2016
# shellcheck source=tests/lib.sh
. "${srcdir:-.}/tests/lib.sh"

data=$top/data/mcycle.csv
esc=$(printf '\033')
awk 'NR % 4 == 1' "$data" >"$box/data.csv"

for command in bag budget compare dropout merge perspectives simulate \
  variance; do
  run bagdrop $command --help
  for option in --quiet --verbose; do
    expect_stdout "^      $option  " "$command --help: $option"
  done
  expect_stdout '^Exit status: 0 done, 1 .*, 2 usage,$' \
    "$command --help: exit status"
  expect_stdout '^128 + n ended by signal n' "$command --help: signals"
  run bagdrop $command --quiet --verbose x y
  check "$command: not quiet and verbose" test "$status" -eq 2
done
run bagdrop bag --quiet --verbose
expect_usage_error 'do not go together' '--quiet and --verbose'

# --seed random: another one each time, told, and enough to run it again.
again () # again WHAT COMMAND...: the same bytes with the seed that was told
{
  what=$1
  shift
  run bagdrop "$@" --seed random
  expect_status 0 "$what: a random seed"
  expect_stderr_line "^bagdrop $1: seed [0-9]*\$" "$what: which it was"
  seed=$(sed 's/.*seed //' "$box/stderr")
  cp "$box/stdout" first
  run bagdrop "$@" --seed "$seed"
  check "$what: the same again" cmp first "$box/stdout"
  run bagdrop "$@" -s random
  deny "$what: another one the next time" cmp first "$box/stdout"
}
again bag bag "$data" -B 8 -p grid:3
check 'bag: the seed is in the notes' grep -qx "# seed: $seed" first
again dropout dropout "$data" --steps 10 --hidden 3 -p grid:3
again simulate simulate sine -n 5
again budget budget -m tree -R 4 --rows 30
run bagdrop compare "$box/data.csv" -m tree,bag-tree -B 4 -k 2 -r 1 -o r \
  --seed random
seed=$(sed -n 's/.*: seed //p' "$box/stderr")
check 'compare: the seed is in the notes' grep -qx "# seed: $seed" \
  r/summary.tsv
check 'compare: and in the command' grep -q "^# command: .*--seed $seed" \
  r/summary.tsv
run bagdrop bag "$data" --seed randm
expect_usage_error 'below 2^64, or random' 'a misspelt random seed'
run bagdrop bag "$data" -B 4 -p grid:2 -s random -s 5
check 'the last seed counts' sh -c \
  "test ! -s '$box/stderr' && grep -qx '# seed: 5' '$box/stdout'"

# --quiet and --verbose: stdout stays as it is.
run bagdrop bag "$data" -B 8 -p grid:3
cp "$box/stdout" plain
check 'neither: silent' test ! -s "$box/stderr"
mkdir "$box/bin" && without_gnuplot "$box/bin"
for word in quiet verbose; do
  PATH=$box/bin run bagdrop bag "$data" -B 8 -p grid:3 --$word \
    --influence rows.tsv --figures figures
  expect_status 0 "--$word"
  grep -v '^#' "$box/stdout" >table
  check "--$word: the same table" sh -c "grep -v '^#' plain | cmp - table"
  cp "$box/stderr" $word
done
check '--quiet: not even that gnuplot is missing' test ! -s quiet
for pattern in 'read .*/mcycle.csv: 133 rows, 0 left out; response accel; inputs times$' \
  'seed 1$' '[0-9]* threads$' 'computed in [0-9.]* s$' 'wrote .*rows.tsv$' \
  'wrote figures/influence.gp$'; do
  check "--verbose: $pattern" grep -q \
    -e "^bagdrop bag: [0-9.]* s: $pattern" verbose
done
check '--verbose: and that gnuplot is missing' grep -q \
  '^bagdrop bag: gnuplot was not found' verbose
run bagdrop bag "$box/none.csv" --quiet
expect_stderr_line 'No such file' '--quiet: errors are said'
run bagdrop bag "$data" -B 8 -p grid:3 -s random --quiet
check '--quiet: the seed is in the notes only' test ! -s "$box/stderr"
{ printf 'a\033[31mb,y\n'; sed 1d "$data"; } | tr -d '\033' >odd.csv
run bagdrop bag odd.csv -B 4 -p grid:2 --verbose
deny '--verbose: no escape sequences' grep -q "$esc" "$box/stderr"

# What a terminal sees: the progress line, erased at the end, and no colours.
terminal () # terminal SETTINGS COMMAND: standard error is a terminal
{
  script -qec "$1 bagdrop $2 >'$box/table'" /dev/null </dev/null \
    >"$box/seen" 2>&1
}
if have script && script -qec true /dev/null </dev/null >/dev/null 2>&1; then
  long="bag $data -B 250000 -p train -t 1"
  terminal TERM=xterm "$long"
  check 'a progress line' grep -q '% *, about [0-9]* s left' "$box/seen"
  deny 'but for its own no sequence' sh -c "sed 's/$esc\[K//g' '$box/seen' \
    | grep -q '$esc'"
  check 'erased at the end' sh -c \
    "tail -c 4 '$box/seen' | grep -q '$esc\[K\$'"
  for setting in 'TERM=xterm NO_COLOR=1' TERM=dumb; do
    terminal "$setting" "$long"
    deny "$setting: no sequences" grep -q "$esc" "$box/seen"
    check "$setting: a progress line" grep -q '% *, about' "$box/seen"
  done
  terminal TERM=xterm "$long --quiet"
  check '--quiet: no progress line' test ! -s "$box/seen"
  terminal 'stty cols 12; TERM=xterm' "$long"
  check 'a narrow terminal: a short line' sh -c \
    "grep -q ' %' '$box/seen' && ! grep -q about '$box/seen'"
fi

# Ctrl-C: one sentence of what was done, and no half files.
if have timeout; then
  for command in "bag $data -B 10000000" 'compare -B 100000' \
    'budget -R 1000' 'dropout --steps 2000000'; do
    # shellcheck disable=SC2086
    run timeout --foreground --preserve-status -s INT 0.6 bagdrop $command \
      -t 1
    word=${command%% *}
    expect_status 130 "$word: 130"
    expect_stderr_line "^bagdrop $word: interrupted .*nothing was written\$" \
      "$word: one sentence"
    check "$word: no table" test ! -s "$box/stdout"
    deny "$word: no folder" ls bagdrop-report
  done
  grep -h -o 'interrupted.*' "$box/stderr"
fi
finish
