#!/bin/sh
# Faults of gnuplot, and of very long runs: rows 34, 35 and 44.
# shellcheck disable=SC2016
# shellcheck source=tests/faults/faults.sh
. "${srcdir:-.}/tests/faults/faults.sh"

rows 30 >"$box/t.csv"
t=$box/t.csv
mkdir "$box/bin" "$box/fake" && without_gnuplot "$box/bin"
old=$PATH
bag "$t" --influence r.tsv
cp "$box/stdout" "$box/plain"
mv r.tsv "$box/r.tsv"

# picture: the run with a figure, whatever gnuplot is
picture () { bag "$t" --influence r.tsv --figures figures; }

# unharmed WHAT: numbers, table and script are there, and no half picture
unharmed ()
{
  expect_status 0 "$1: done"
  check "$1: one line" test "$(wc -l <"$box/stderr")" -le 1
  check "$1: the same numbers" sh -c \
    "cmp '$box/plain' '$box/stdout' && cmp r.tsv '$box/r.tsv'"
  check "$1: a script, no half picture" sh -c 'test -s figures/influence.gp \
    && test -z "$(find figures -type f ! -name "*.gp")"'
  rm -rf r.tsv figures
}

fake () # fake LINE...: a gnuplot that answers --version, then does this
{
  printf '%s\n' '#!/bin/sh' \
    'case $* in --version) echo gnuplot 5.4; exit 0 ;; esac' "$@" \
    >"$box/fake/gnuplot"
  chmod +x "$box/fake/gnuplot"
}

fault 34 'gnuplot is missing, old, broken'
PATH=$box/bin
picture
check 'missing: said' grep -q 'gnuplot was not found' "$box/stderr"
unharmed missing
run env -i PATH=/none "$(PATH=$old command -v bagdrop)" bag "$t" -B 4 -p grid:2 \
  --influence r.tsv --figures figures
unharmed 'no PATH'
PATH=$box/fake:$old
fake 'echo "line 3: unknown terminal" >&2' 'exit 1'
picture
check 'without the terminal: its words' grep -q 'unknown terminal' \
  "$box/stderr"
unharmed 'without the terminal'
fake 'exit 0'
picture
unharmed 'draws nothing'
fake 'echo "<svg"' 'kill -SEGV $$'
picture
unharmed 'crashes'
fake 'yes "some words" | head -n 20000 >&2' 'exit 3'
picture
unharmed 'talks much'
printf '#!/bin/sh\nexit 1\n' >"$box/fake/gnuplot"
picture
unharmed 'does not even know its version'
printf 'no program' >"$box/fake/gnuplot"
PATH=$box/fake:$box/bin picture
unharmed 'is no program'
rm "$box/fake/gnuplot" && mkdir "$box/fake/gnuplot"
PATH=$box/fake:$box/bin picture
unharmed 'is a folder'
rmdir "$box/fake/gnuplot"
PATH=$old

fault 35 'names that are commands to gnuplot'
if have gnuplot; then
  for odd in '"; system("touch marker"); "' "'; system('touch marker'); '" \
    '`touch marker`' '$(touch marker)' '|touch marker' '<touch marker' \
    '@marker' '{/Symbol x}_{' '%s%n' 'a
!touch marker' 'EOD' '\' "it's"; do
    { printf '%s\n' "$odd" | sed 's/"/""/g; 1s/^/"/; $s/$/",y/'
      rows 30 | sed 1d; } >"$box/odd.csv"
    run bagdrop bag "$box/odd.csv" -B 4 -y y --influence r.tsv \
      --figures figures
    check "'$(printf %s "$odd" | tr '\n' ' ')': drawn, nothing ran" sh -c "
      test $status -eq 0 && test ! -s '$box/stderr' && test ! -e marker \
      && test ! -e figures/marker && test -s figures/influence.pdf"
    rm -rf r.tsv figures
  done
else
  cannot 'no gnuplot'
fi

fault 44 'very long runs'
run bagdrop bag "$t" -B 10000000 -f linear -p train -n
expect_done 'ten million members'
check 'in little memory' sh -c \
  "grep -q '^memory: about [0-9.]* [kM]B' '$box/stdout'"
# Members at the very end: their counts have numbers above 2^31.
run bagdrop bag "$data" -B 10000000 --members 9999901:10000000 \
  --part last.part -t 1
expect_status 0 'the last hundred of them'
check 'a small part' test "$(wc -c <last.part)" -lt 400000
run bagdrop bag "$data" -B 10000001
expect_usage_error 'from 2 to 10000000' 'a stated limit'
run bagdrop bag "$data" -B 10 --seed 18446744073709551615 -p grid:2
expect_done 'the largest seed'
cp "$box/stdout" "$box/plain"
run bagdrop bag "$data" -B 10 --seed 4294967295 -p grid:2
deny 'is not cut to 32 bits' sh -c \
  "grep -v '^# seed' '$box/plain' >a; grep -v '^# seed' '$box/stdout' | cmp - a"
rm -f a last.part
finish_faults
