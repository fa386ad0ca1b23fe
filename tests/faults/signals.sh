#!/bin/sh
# Faults of streams, signals and runs that go on: rows 27 to 33 and 45.
# shellcheck disable=SC2016
# shellcheck source=tests/faults/faults.sh
. "${srcdir:-.}/tests/faults/faults.sh"

rows 30 >"$box/t.csv"
t=$box/t.csv
mkdir "$box/bin" && without_gnuplot "$box/bin"

# go_on ARGUMENT...: a run that keeps what it has done
go_on ()
{
  run bagdrop perspectives 2 -R 3 --networks 2 -T 8 \
    --network steps=20,hidden=4 "$@"
}

fault 27 'closed streams'
run sh -c "exec bagdrop bag '$t' -B 4 >&-"
expect_refusal 'standard output is closed' stdout
run sh -c "exec bagdrop compare '$t' -B 100000 -o closed >&-"
expect_refusal 'standard output is closed' 'stdout, before the work'
deny 'no folder' test -e closed
run sh -c "exec bagdrop bag - -B 4 <&-"
expect_refusal 'standard input' stdin
bag "$t" --influence r.tsv
cp r.tsv "$box/r.tsv"
run sh -c "exec bagdrop bag '$t' -B 4 -p grid:2 --influence r.tsv 2>&- <&-"
expect_status 0 'stderr and stdin'
check 'no message in a file' cmp r.tsv "$box/r.tsv"
run sh -c "exec bagdrop bag '$t' --nosuch 2>&-"
expect_status 2 'nowhere to complain'
rm -f r.tsv

fault 28 'a broken pipe'
for command in "bag $data -B 4 -p grid:90000" 'simulate sine -n 200000'; do
  # 141, or 1 where whoever runs the tests ignores SIGPIPE.
  {
    # shellcheck disable=SC2086
    sh -c 'exec bagdrop "$@"' sh $command 2>"$box/stderr"
    echo $? >"$box/left"
  } | head -n 1 >"$box/stdout"
  status=$(cat "$box/left")
  check "${command%% *}: silent" sh -c "{ test $status -eq 141 \
    && test ! -s '$box/stderr'; } || test $status -eq 1"
done

fault 29 'SIGINT and SIGTERM'
if have timeout; then
  number=0
  for moment in 0.01 0.03 0.06 0.1 0.14 0.19 0.25 0.33 0.42 0.5; do
    for signal in INT:130 TERM:143; do
      number=$((number + 1))
      PATH=$box/bin:$PATH run timeout --foreground --preserve-status \
        -s "${signal%:*}" $moment bagdrop compare "$t" -B 40 --networks 2 \
        -T 4 -k 2 -r 1 -o dies
      if [ "$status" -eq 0 ] || [ "$status" -eq "${signal#*:}" ]; then
        good "SIG${signal%:*} after $moment s"
      else
        bad "SIG${signal%:*} after $moment s"
      fi
      check "SIG${signal%:*} after $moment s: whole files only" sh -c '
        test -z "$(find . -type f ! -name "*.gp" ! -name "*.svg" \
          ! -name "*.pdf" ! -name report.html ! -name results.json \
          ! -name summary.tsv)" && { ! test -e dies/report.html \
          || tail -c 9 dies/report.html | grep -q html; }'
      rm -rf dies
    done
  done
  for command in "bag $data -B 10000000" 'compare -B 100000' \
    'budget -R 1000' 'dropout --steps 2000000'; do
    # shellcheck disable=SC2086
    run timeout --foreground --preserve-status -s INT 0.7 bagdrop $command
    expect_status 130 "${command%% *}: dies of it"
    check "${command%% *}: says so" grep -q ": interrupted after [0-9]* %" \
      "$box/stderr"
    expect_nothing "${command%% *}: leaves nothing"
  done
else
  cannot 'no timeout'
fi

fault 30 'SIGKILL'
go_on -o whole
numbers whole/perspective-2.tsv >"$box/whole"
for moment in 0.05 0.15 0.25 0.4 0.6; do
  timeout -s KILL $moment bagdrop perspectives 2 -R 3 --networks 2 -T 8 \
    --network steps=20,hidden=4 -o killed >/dev/null 2>&1
done
go_on -o killed
expect_status 0 'a run that was killed five times'
check 'the same numbers' sh -c "grep -v '^#' killed/perspective-2.tsv \
  | cmp - '$box/whole'"
timeout -s KILL 0.3 bagdrop compare "$t" -m tree -k 2 -r 1 -o killed2 \
  >/dev/null 2>&1
check 'no half page' sh -c '! test -e killed2/report.html \
  || tail -c 9 killed2/report.html | grep -q html'
if have strace && strace -o "$box/trace" -e trace=fsync,rename,renameat,renameat2 \
  bagdrop bag "$t" -B 4 -p grid:2 --influence r.tsv >/dev/null 2>&1; then
  check 'on the disk before it has its name' sh -c "
    grep -n -m 1 '^fsync' '$box/trace' | cut -d : -f 1 >a
    grep -n -m 1 '^rename' '$box/trace' | cut -d : -f 1 >b
    test \$(cat a) -lt \$(cat b)"
  rm -f r.tsv a b
else
  cannot 'a power cut: no strace that would show the order of calls'
fi

fault 31 'SIGHUP, SIGTSTP, a window that changes'
# A process that looks for its leaks traces itself, and waits for ever when it
# is stopped and continued meanwhile.
leaks=${ASAN_OPTIONS-}
ASAN_OPTIONS=$leaks${leaks:+:}detect_leaks=0
export ASAN_OPTIONS
bagdrop bag "$data" -B 400 >"$box/plain"
bagdrop bag "$data" -B 400 >"$box/got" 2>"$box/stderr" &
pid=$!
for signal in WINCH TSTP CONT WINCH; do
  kill -s $signal $pid 2>/dev/null
  sleep 0.05
done
kill -s CONT $pid 2>/dev/null
wait $pid
status=$?
expect_status 0 'stopped and continued'
check 'stopped and continued: the same bytes' cmp "$box/plain" "$box/got"
if have nohup; then
  nohup bagdrop bag "$data" -B 400 >"$box/got" 2>"$box/stderr" </dev/null &
  pid=$!
  for _ in 1 2 3; do sleep 0.05; kill -s HUP $pid 2>/dev/null; done
  wait $pid
  status=$?
  expect_status 0 'nohup'
  check 'nohup: the same bytes' cmp "$box/plain" "$box/got"
fi

ASAN_OPTIONS=$leaks

fault 32 'a run that goes on with other data or options'
bagdrop bag "$t" -B 8 --members 1:4 --part a.part
rows 31 >"$box/other.csv"
bagdrop bag "$box/other.csv" -B 8 --members 5:8 --part b.part
run bagdrop merge a.part b.part
expect_refusal 'different runs' 'parts of other data'
bagdrop bag "$t" -B 8 --seed 2 --members 5:8 --part b.part
run bagdrop merge a.part b.part
expect_refusal 'different runs: --seed is 1 in the first and 2' 'of another seed'
go_on -o killed --seed 2
check 'repetitions of another seed are not taken, and named' grep -q \
  'another run (seed 1)' "$box/stderr"
go_on -o fresh --seed 2
check 'the numbers of a fresh run' cmp killed/perspective-2.tsv \
  fresh/perspective-2.tsv

fault 33 'damaged and foreign partial files'
size=$(wc -c <a.part)
bagdrop bag "$t" -B 8 --members 5:8 --part b.part
step=$((size / 60 + 1))
cut=0 wrong=
while [ $cut -lt "$size" ]; do
  head -c $cut a.part >c.part
  run bagdrop merge c.part b.part
  if [ "$status" -ne 1 ] || [ "$(wc -l <"$box/stderr")" -ne 1 ]; then
    wrong="$wrong $cut"
  fi
  cut=$((cut + step))
done
check "a part cut at every ${step}th of $size bytes:$wrong" test -z "$wrong"
cut=3 wrong=
while [ $cut -lt "$size" ]; do
  { head -c $cut a.part; printf '\125'; tail -c +$((cut + 2)) a.part; } >c.part
  if cmp -s a.part c.part; then cut=$((cut + 1)); continue; fi
  run bagdrop merge c.part b.part
  if [ "$status" -ne 1 ] || [ "$(wc -l <"$box/stderr")" -ne 1 ]; then
    wrong="$wrong $cut"
  fi
  cut=$((cut + step))
done
check "one byte changed:$wrong" test -z "$wrong"
run bagdrop merge "$t" b.part
expect_refusal 'is not a part' 'a foreign file'
bagdrop dropout "$t" --steps 5 --hidden 3 --save net.txt >/dev/null
head -c 200 net.txt >half.txt
run bagdrop dropout --net half.txt -p grid:2
expect_refusal 'half.txt' 'half a network'
lines=$(wc -l <whole/repetitions.txt)
head -c 700 whole/repetitions.txt >"$box/half"
cp "$box/half" whole/repetitions.txt
go_on -o whole
check 'repetitions cut short: made again' sh -c "test $lines -eq \$(wc -l \
  <whole/repetitions.txt) && grep -v '^#' whole/perspective-2.tsv \
  | cmp - '$box/whole'"

fault 45 'odd terminals'
bag "$t"
cp "$box/stdout" "$box/plain"
for setting in TERM=dumb TERM= TERM=nonsense NO_COLOR=1 COLUMNS=20; do
  run env "$setting" bagdrop bag "$t" -B 4 -p grid:2
  check "$setting: the same bytes" cmp "$box/plain" "$box/stdout"
  check "$setting: silent" test ! -s "$box/stderr"
done
run env TERM=dumb bagdrop compare "$t" -m tree,bag-tree -B 4 -k 2 -r 1 -o dumb
deny 'no escape sequences' grep -q "$(printf '\033')" "$box/stdout" \
  "$box/stderr"
finish_faults
