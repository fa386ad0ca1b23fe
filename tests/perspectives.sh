#!/bin/sh
# bagdrop perspectives: verdicts, files, a run that goes on, mistakes.
# shellcheck source=tests/lib.sh
. "${srcdir:-.}/tests/lib.sh"

# persp ARGUMENT...: experiments that take a second.
persp ()
{
  run bagdrop perspectives "$@" -R 3 --networks 2 -T 8 \
    --network steps=30,hidden=8
}
# numbers DIR: all files but pictures and the records, whose order is that of
# the threads.  A page without pictures is the same page.
numbers ()
{
  find "$1" -type f ! -name '*.pdf' ! -name repetitions.txt | sort \
    | while read -r file; do cksum <"$file"; done
}
data=$box/data.csv
awk 'NR == 1 || NR % 2' "$top/data/mcycle.csv" >"$data"

# All of them
persp
expect_status 0 'all six'
check 'nothing on stderr' test ! -s "$box/stderr"
dir=bagdrop-perspectives
check 'six verdicts' test "$(grep -c -e '^[1-6]  .*: \(confirmed\|refuted\|undecided\)$' "$box/stdout")" -eq 6
expect_stdout '^Brackets hold 95 % intervals over 3 simulated data sets of 60 rows' \
  'what the intervals are'
# Student's t: 4.303 / sqrt (3) of 3, 2.010 / sqrt (50) of 50.
expect_stdout 'would be about 8\.7 times narrower' 'what was lost'
expect_stdout 'Ensembles have 2 networks (usually 10). Averages are over 8 masks' \
  'in ensembles and averages as well'
expect_stdout "^Page: $dir/perspectives.html\$" 'where the page is'
for k in 1 2 3 4 5 6; do
  check "measures of perspective $k" test -s $dir/perspective-$k.tsv
  check "a script of perspective $k" test -s $dir/figures/perspective-$k.gp
  if have gnuplot; then
    check "a figure of perspective $k" test -s $dir/figures/perspective-$k.svg
  fi
  check "perspective $k on the page" grep -q "<section id=\"p$k\">" \
    $dir/perspectives.html
  check "perspective $k says what it claims" \
    grep -q '^# claim: ...*\.$' $dir/perspective-$k.tsv
  for arm in single dropout_0.02 dropout_0.4 dropout_0.5 bagged seeds decay \
    stopped; do
    check "perspective $k has the arm $arm" \
      awk -F '\t' -v arm=$arm '$2 == arm && $4 != "nan" { found = 1 }
        END { exit !found }' $dir/perspective-$k.tsv
  done
done
check 'every perspective is decided by something' test "$(awk -F '\t' \
  '$6 == "yes" { print $1 }' $dir/verdicts.tsv | sort -u | tr -d '\n')" \
  = 123456
awk -F '\t' '!/^#/ && $1 != "perspective" && $6 == "yes" {
    k = $1; word[k] = $3
    if ($12 == "refuted") bad[k] = 1
    if ($12 != "confirmed") open[k] = 1
  }
  END { for (k in word) {
      want = bad[k] ? "refuted" : open[k] ? "undecided" : "confirmed"
      if (word[k] != want) exit 1 } }' $dir/verdicts.tsv
status=$?
expect_status 0 'the verdict follows from what decides'
check 'the word follows from the interval' awk -F '\t' '
  !/^#/ && $1 != "perspective" && $8 != "nan" {
    want = "undecided"
    if ($10 > 0 && $9 < 0) want = "undecided"
    else if (($9 > 0) == ($7 == "above")) want = "confirmed"
    else want = "refuted"
    if ($9 != "nan" && $9 * $10 > 0 && $12 != want) exit 1 }' \
  $dir/verdicts.tsv
deny 'no bare nan, inf or computer notation on the page' \
  grep -q -e '>[^<]*\(nan\|inf\|[0-9]e[-+][0-9]\)[^a-z<]*<' $dir/perspectives.html

# The same bytes; pictures would take nine tenths of the time from here on.
mkdir "$box/bin" && without_gnuplot "$box/bin"
old=$PATH
for file in perspective-1.tsv perspective-6.tsv verdicts.tsv \
  figures/perspective-3.gp; do
  cp $dir/$file "$(echo $file | tr / -)"
done
PATH=$box/bin
persp -t 1 -o single
for file in perspective-1.tsv perspective-6.tsv verdicts.tsv \
  figures/perspective-3.gp; do
  check "the same bytes with one thread: $file" cmp single/$file \
    "$(echo $file | tr / -)"
done
numbers single >one
persp -t 3 -o triple
numbers triple >two
check 'the same bytes with three threads' cmp one two
persp 2 -o alone
check 'one alone has the numbers that it has among all' test "$(
  sed '/^#/d' alone/perspective-2.tsv | cksum)" = "$(
  sed '/^#/d' single/perspective-2.tsv | cksum)"
persp 2 -s 2 -o other
deny 'other numbers with another seed' test "$(
  sed '/^#/d' other/perspective-2.tsv | cksum)" = "$(
  sed '/^#/d' alone/perspective-2.tsv | cksum)"

# A run that was cut short
lines=$(wc -l <single/repetitions.txt)
check 'a record for each repetition' test "$lines" -eq 29
size=$(wc -c <single/repetitions.txt)
for part in 0 10 300 50 75 99; do
  mkdir -p cut
  head -c $((size * part / 100)) single/repetitions.txt >cut/repetitions.txt
  persp -o cut
  numbers cut >two
  check "a run that was cut at $part % of its records goes on" cmp one two
  check 'and has all of them then' test "$(wc -l <cut/repetitions.txt)" \
    -eq "$lines"
  rm -rf cut
done
sed '15s/[0-9a-f]\{16\} /0123456789abcdef /' single/repetitions.txt >damaged
mkdir cut && mv damaged cut/repetitions.txt
persp -o cut
numbers cut >two
check 'a damaged record is made again' cmp one two
cp cut/repetitions.txt before
persp -o cut
check 'nothing is done twice' cmp cut/repetitions.txt before
run bagdrop perspectives 2 -R 5 --networks 2 -T 8 \
  --network steps=30,hidden=8 -o cut
check 'more repetitions are added to those that there are' \
  test "$(wc -l <cut/repetitions.txt)" -eq $((lines + 2))
PATH=$old
persp 2 -s 7 -o cut
expect_stderr_line 'another run (seed 1); they are replaced' \
  'records of another run are told of'
check 'and replaced' test "$(wc -l <cut/repetitions.txt)" -eq 14

before=$(cksum <cut/repetitions.txt)
persp 2 -s 8 --resume cut
expect_status 1 '--resume does not replace them'
expect_stderr_line 'another run (seed 7 there, seed 8 here)' 'and says why'
check 'they stay' test "$before" = "$(cksum <cut/repetitions.txt)"
persp 2 -s 7 --resume cut
expect_status 0 '--resume goes on with its own'
persp 2 --resume cut -o cut
expect_usage_error 'both name the folder' '--resume and -o'

# Ctrl-C
bagdrop perspectives 2 -R 200 --networks 2 -T 8 \
  --network steps=30,hidden=8 -o broken >"$box/stdout" 2>"$box/stderr" &
pid=$!
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
  sleep 0.2
  if [ "$(cat broken/repetitions.txt 2>/dev/null | wc -l)" -gt 14 ]; then break; fi
done
run bagdrop perspectives 2 -s 3 -o broken
expect_status 1 'two runs do not write into one folder'
expect_stderr_line 'broken: another run is writing here; wait' 'and it is told'
kill -TERM $pid
wait $pid
status=$?
expect_status 143 'a run that is ended by a signal dies of it'
check 'and says what is kept' grep -q \
  'interrupted; [0-9]* repetitions are kept in broken/repetitions.txt' \
  "$box/stderr"
deny 'and leaves no half page' test -e broken/perspectives.html

# Numbers, lists, ranges
persp 2,4-5 -o some
check 'a list and a range' test "$(grep -c '^[245]  ' "$box/stdout")" -eq 3
run bagdrop perspectives 7
expect_usage_error "there are six perspectives, 1 to 6; '7' is no choice" 'number 7'
run bagdrop perspectives 0
expect_usage_error 'there are six perspectives' 'number 0'
run bagdrop perspectives 3-2
expect_usage_error 'there are six perspectives' 'a range that runs back'
run bagdrop perspectives 1,
expect_usage_error 'there are six perspectives' 'a comma too many'
run bagdrop perspectives five "$data"
expect_usage_error "'five' is no choice of perspectives" 'a word'
run bagdrop perspectives 1 "$data" --noise 1
expect_usage_error 'noise is for simulated data' 'noise of a table'
run bagdrop perspectives -y accel
expect_usage_error 'DATA, which is not there' 'a column of nothing'
run bagdrop perspectives --scenario sin
expect_usage_error "did you mean 'sine'" 'a scenario that there is not'
run bagdrop perspectives --network dropout=.5
expect_usage_error 'set the dropout rates themselves' 'a rate in the knobs'
run bagdrop perspectives --network optimiser=lbfgs
expect_usage_error 'watch the steps of a training' 'a method without steps'
run bagdrop perspectives --mask bernouli
expect_usage_error "bernouli" 'a mask that there is not'

# Tables
persp all "$data" -o table
expect_status 0 'a table'
expect_stdout '3 random splits of the table, 44 rows to train on and 22 to' \
  'how a table is split'
head -n 8 "$data" >small.csv
persp all small.csv -o small
expect_status 1 'seven rows are too few'
expect_stderr_line 'was skipped: it trains on two thirds of the rows and needs [0-9]* of them, so [0-9]* rows; there are 7$' \
  'how many are needed'
deny 'and nothing is written' test -e small
awk -F , 'NR == 1 { print "times,class"; next }
  { print $1 "," ($2 < -40 ? "low" : $2 < 0 ? "middle" : "high") }' "$data" \
  >classes.csv
persp all classes.csv -o classes
expect_status 0 'a response of classes'
expect_stdout '^2  .*: skipped$' 'an ensemble of classes is skipped'
check 'with a reason on the page' grep -q \
  'Skipped: .*this one is of classes' classes/perspectives.html
check 'and some are not' grep -q \
  -e '^[146]  .*: \(confirmed\|refuted\|undecided\)$' "$box/stdout"
persp 2 "$data" -x nothing
expect_status 2 'a column that there is not'
persp 2 "$box/none.csv"
expect_status 1 'a file that there is not'

# Hostile names
printf 'a`touch marker`,"y\047; system(""touch marker"") <b>"\n' >hostile.csv
awk -F , 'NR > 1' "$data" >>hostile.csv
persp 2 hostile.csv -o hostile
expect_status 0 'hostile names'
deny 'run nothing' test -e marker
deny 'and are no markup' grep -q '<b>' hostile/perspectives.html

# Where it cannot write
run bagdrop perspectives 2 -o "$data"
expect_stderr_line 'cannot write' 'a folder that is a file'
expect_status 1 'is an error'
run bagdrop perspectives --dry-run
expect_stdout '^time: about' 'a dry run'
cp "$box/stdout" usual
run bagdrop perspectives --dry-run --network steps=20000
deny 'ten times the steps do not take the usual time' cmp -s "$box/stdout" usual
finish
