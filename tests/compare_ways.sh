#!/bin/sh
# bagdrop compare: the ways of making splits, against splits made by awk.
# shellcheck source=tests/lib.sh
. "${srcdir:-.}/tests/lib.sh"

# Ten cows, six weights each, in no order; their days, from 1 to 30 twice.
data=$box/cows.csv
awk 'BEGIN { srand (3); print "cow,day,x,y"
  for (i = 0; i < 60; i++) { k = i * 7 % 60; x = rand () * 6
    printf "cow%d,%d,%.4f,%.4f\n", k % 10, k % 30 + 1, x, \
      sin (x) + (k % 10) / 9 + rand () / 3 } }' >"$data"

# A comparison of two fits that have no chance in them.
few ()
{
  run bagdrop compare "$@" -m spline,tree -o few
}
numbers () { no_costs "$1"; }

# Forward splits: days in six blocks of five.  For each of them a table by hand
# that ends with the block held out.
few "$data" -y y -x x --time day
expect_status 0 '--time'
check '--time: a note' grep -q '^# time: day (5)$' few/summary.tsv
deny '--time: no note on folds' grep -q '^# folds' few/summary.tsv
check '--time: the page says it' \
  grep -q '5 splits (forward in the order of day: trained on' few/report.html
if have python3; then
  j=0
  while [ "$j" -lt 5 ]; do
    awk -F, -v j=$j 'NR == 1 || $2 <= 5 * j + 10' "$data" >part.csv
    awk -F, -v j=$j 'BEGIN { print "s" }
      NR > 1 && $2 > 5 * j + 5 { print NR - 2 }' part.csv >held.csv
    run bagdrop compare part.csv -y y -x x -m spline --splits held.csv \
      -o one
    cp one/results.json "by.$j.json"
    j=$((j + 1))
  done
  # The smoothing spline: trees are tuned by folds that differ from split to
  # split.
  cat >spline.py <<'EOF'
import json

whole = json.load(open("few/results.json"))["methods"]
assert len(whole[0]["splits"]) == 5
for j in range(5):
    alone = json.load(open("by.%d.json" % j))["methods"][0]
    a, b = alone["splits"][0]["mse"], whole[0]["splits"][j]["mse"]
    assert abs(a - b) <= 1e-12 * a, (j, a, b)
EOF
  check '--time: the past and the next block and nothing else' \
    python3 spline.py
fi
rm -rf one by.* part.csv held.csv spline.py

# Groups: no cow is on both sides, so that its level cannot be learnt.
few "$data" -y y --groups cow --folds 5 --repeats 1
expect_status 0 '--groups'
check '--groups: a note' grep -q '^# groups: cow (5)$' few/summary.tsv
check '--groups: folds are told, too' grep -q '^# folds: 5$' few/summary.tsv
check '--groups: the page says it' \
  grep -q '5-fold cross-validation that keeps the groups of cow whole, 1 time' \
  few/report.html
deny '--groups: the column is no input' grep -q '^ *"cow",*$' few/results.json
sed -n 's/^# command: //p' few/summary.tsv >again
numbers few/summary.tsv >a
run sh -c "$(cat again) -o few"
numbers few/summary.tsv >b
check '--groups: the command of the note gives the same numbers' cmp a b
few "$data" -y y --groups cow --folds 10 --repeats 2 -x cow,x,day
expect_status 0 '--groups that -x names, too'

# A file to be tested on is the split of a table of both.
sed -n '1p;2,41p' "$data" >train.csv
sed 2,41d "$data" | awk -F, '{ print $4 ",z" NR "," $3 "," $1 "," $2 }' \
  >test.csv
awk 'BEGIN { print "s"; for (i = 40; i < 60; i++) print i }' >held.csv
few "$data" --splits held.csv
numbers few/summary.tsv >a
sed '1s/x/u/' test.csv >other.csv
few train.csv --test other.csv
expect_status 1 '--test with columns that are called otherwise'
expect_stderr_line "^bagdrop compare: other.csv:1:1: no column .*'x'" \
  '--test: which column is not there'
few train.csv --test test.csv
expect_status 0 '--test'
numbers few/summary.tsv >b
check '--test: the same numbers as the split of one table' cmp a b
check '--test: a note' grep -q '^# test: test.csv (20)$' few/summary.tsv
check '--test: limits over the rows' \
  grep -q 'paired over test rows' few/summary.tsv
check '--test: limits there are' awk -F '\t' '$1 == "tree" || $1 == "spline" {
  n++; if (!($6 <= $5 && $5 <= $7)) exit bad = 1 } END { exit bad || n != 2 }' \
  few/summary.tsv
expect_stdout '^One split: intervals are over its 20 test rows' \
  '--test: what the limits are about'
check '--test: the page says it' \
  grep -q '1 split (tested on test.csv, 20 rows)' few/report.html
sed -n 's/^# command: //p' few/summary.tsv >again
run sh -c "$(cat again) -o few"
numbers few/summary.tsv >b
check '--test: the command of the note' cmp a b
sed '3s/^[^,]*/NA/' test.csv >holes.csv
few train.csv --test holes.csv
expect_status 1 '--test without a response'
expect_stderr_line "holes.csv:3:1: no value in column 'y'; rows to be tested" \
  '--test without a response: where'
sed '3s/cow[0-9]*/bull/' test.csv >bull.csv
few train.csv --test bull.csv
expect_stderr_line "'bull' is no level of column 'cow'" '--test: a new level'

# Simulated data: those of `bagdrop simulate', with their truth.
bagdrop simulate friedman1 -n 40 --noise 0.5 --seed 7 >f1.csv
few f1.csv --seed 7
numbers few/summary.tsv | cut -f 1-11 >a
few --truth friedman1 --rows 40 --noise 0.5 --seed 7
expect_status 0 '--truth'
numbers few/summary.tsv | cut -f 1-11 >b
check '--truth: the numbers of the same data in a file' cmp a b
check '--truth: the error against the true curve is known, and less' \
  awk -F '\t' '/^#/ { next } !at["rmse"] { for (k = 1; k <= NF; k++)
      at[$k] = k; next }
    { n++; t = $at["rmse_truth"]; if (!(t > 0 && t < $at["rmse"])) bad = 1 }
    END { exit bad || n != 2 }' few/summary.tsv
check '--truth: what the data are' \
  grep -q '^# data: simulated friedman1, noise 0.5$' few/summary.tsv
sed -n 's/^# command: //p' few/summary.tsv >again
run sh -c "$(cat again) -o few"
numbers few/summary.tsv | cut -f 1-11 >b
check '--truth: the command of the note' cmp a b
few --truth friedman4
expect_usage_error "no scenario 'friedman4'; did you mean" '--truth friedman4'
few --rows 40
expect_usage_error 'it needs --truth' '--rows alone'
few --truth sine --rows 19
expect_usage_error 'at least 20' '--rows 19'
few "$data" --truth sine
expect_usage_error 'does not go with DATA' '--truth and DATA'

# Methods of one's own
run bagdrop compare "$data" -y y -x x -B 6 --masks 6 --networks 2 -o few -m \
  'single:loess,span=0.6;bag:loess,span=0.6;B=9;dropout:hidden=4,steps=60,rate=0.1'
expect_status 0 'methods of fitters and knobs'
expect_stdout '^bag:loess,span=0.6,B=9 .* single:loess,span=0.6' \
  'a sentence about the bag and its single fit'
check 'their rows' test "$(sed '/^#/d' few/summary.tsv | sed 1d | cut -f 1,2 \
  | tr '\t\n' '  ')" = "single:loess,span=0.6 1 bag:loess,span=0.6,B=9 9\
 dropout:hidden=4,steps=60,rate=0.1 1 mc-dropout:hidden=4,steps=60,rate=0.1 6 "
check 'a note of how to run it again' grep -q "^# command: .*'single:loess" \
  few/summary.tsv
numbers few/summary.tsv >a
sed -n 's/^# command: //p' few/summary.tsv >again
run sh -c "$(cat again) -o few"
numbers few/summary.tsv >b
check 'the command of the note takes the same methods' cmp a b
run bagdrop compare "$data" -m bag:tre
expect_usage_error "no fitter is called 'tre'; did you mean 'tree'" 'bag:tre'
run bagdrop compare "$data" -m 'dropout:units=soft'
expect_usage_error "no unit 'soft'" 'a knob that the network refuses'

# A stated time: something is chosen, and the note holds what it was.
if have date; then
  start=$(date +%s)
  run bagdrop compare "$data" -y y -x x -m spline,tree,bag-tree --budget 3s \
    -o few
  expect_status 0 '--budget'
  check '--budget: not much longer' test $(($(date +%s) - start)) -le 8
  expect_stdout '^Chosen for 3s: --members [0-9]*0 .* --repeats [0-9]' \
    '--budget: what was chosen'
  check '--budget: more than the least' awk -F '\t' '$1 == "bag-tree" \
    && $2 > 10 { good = 1 } END { exit !good }' few/summary.tsv
  numbers few/summary.tsv >a
  sed -n 's/^# command: //p' few/summary.tsv >again
  deny '--budget: not in the note' grep -q budget again
  run sh -c "$(cat again) -o few"
  numbers few/summary.tsv >b
  check '--budget: the command of the note gives the numbers' cmp a b
fi
run bagdrop compare "$data" --budget soon
expect_usage_error 'a time such as 60s' '--budget soon'
run bagdrop compare "$data" --budget 5s -B 30
expect_usage_error 'chooses --members' '--budget and --members'

# Refused
few "$data" --groups cow --time day
expect_usage_error '--groups and --time do not go together' 'two ways'
few "$data" --time day --repeats 2
expect_usage_error '--time takes the place of --repeats' '--time --repeats'
few "$data" --test test.csv --folds 3
expect_usage_error 'takes the place of --folds and --repeats' '--test --folds'
few --time day
expect_usage_error 'which is not there' '--time without DATA'
few --test test.csv
expect_usage_error 'which is not there' '--test without DATA'
few - --test - <"$data"
expect_usage_error 'standard input cannot be both' '--test -'
few "$data" --groups cows
expect_status 2 'a column of groups that is not there'
few "$data" --groups cow --folds 11
expect_status 1 'more folds than groups'
expect_stderr_line "column 'cow' has 10 groups; 11 folds need" \
  'more folds than groups: a sentence'
# A run that was cut short goes on with what it has, and only with its own.
resumed () # resumed ARGUMENT...: a comparison that keeps its results
{
  run bagdrop compare "$data" -m spline,tree,bag-tree,dropout,mc-dropout \
    -B 8 -T 4 -k 3 -r 2 --network steps=60 "$@"
}
# All but the seconds.
same () { no_costs "$1/summary.tsv" | cksum; }
data=$top/data/mcycle.csv
mkdir "$box/kept" && cd "$box/kept" || exit 99
without_gnuplot "$box/bin"
PATH=$box/bin
resumed -o plain
resumed -o whole --resume kept
expect_status 0 'results are kept'
check 'a line for each method and split' test "$(sed '1,/^--$/d' \
  kept/results.txt | wc -l)" -eq 30
check 'which change no number' test "$(same plain)" = "$(same whole)"
size=$(wc -c <kept/results.txt)
cp kept/results.txt all
for part in 0 31 64 100; do
  head -c $((size * part / 100)) all >kept/results.txt
  resumed -o again --resume kept
  check "cut at $part %: the same numbers" test "$(same again)" = \
    "$(same plain)"
  check "cut at $part %: all of them are there" test \
    "$(wc -l <kept/results.txt)" -eq "$(wc -l <all)"
done
# Damaged lines.
awk '/^3 / { $4 = "3ff0000000000000" } 1' all >kept/results.txt
resumed -o again --resume kept
check 'a line with a wrong check is not taken' test "$(same again)" = \
  "$(same plain)"
for option in --seed=2 --folds=4 --members=9 --network=steps=61 \
  --methods=net; do
  resumed -o again --resume kept $option
  expect_status 1 "$option: another run"
  expect_stderr_line 'kept holds results of another run (.* there, .* here); ' \
    "$option: which differs is told"
done
# Lists of methods that begin alike: longer than what a line shows.
space=$(printf '%1100s' '')
resumed -o again --resume lists -m "net,$space tree"
expect_status 0 'a long list of methods'
resumed -o again --resume lists -m "net,$space bag-tree"
expect_status 1 'a list with another end: another run'
# A file that cannot be read is not replaced.
mkdir loop && ln -s results.txt loop/results.txt
resumed -o again --resume loop
expect_status 1 'results that cannot be read'
expect_stderr_line 'loop/results.txt: ' 'results that cannot be read: which'
check 'results that cannot be read stay' test -L loop/results.txt
# The results are those of the comparison, not of its learning curves.
resumed -o again --learning plain.tsv
resumed -o again --resume curves --learning first.tsv
expect_status 0 '--resume with --learning'
resumed -o again --resume curves --learning second.tsv
expect_status 0 '--resume with --learning, again'
check '--resume: the same learning curves' cmp plain.tsv first.tsv
check '--resume, again: the same learning curves' cmp plain.tsv second.tsv
sed '$d' "$data" >fewer.csv
data=fewer.csv
resumed -o again --resume kept
expect_stderr_line 'another run (data [0-9a-f]* there' 'other rows'
echo mine >kept/results.txt
resumed -o again --resume kept
expect_stderr_line 'kept/results.txt: is in the way' 'a file of others'
check 'stays' test "$(cat kept/results.txt)" = mine
resumed -o again --resume fewer.csv
expect_status 1 'a file is no folder'
run bagdrop compare "$data" --budget 1s --resume kept
expect_usage_error 'measures anew' '--budget and --resume'
# One split: the errors of rows are kept as well.
run bagdrop compare "$data" --test "$top/data/mcycle.csv" -m spline,tree \
  -o plain
run bagdrop compare "$data" --test "$top/data/mcycle.csv" -m spline,tree \
  -o again --resume one
run bagdrop compare "$data" --test "$top/data/mcycle.csv" -m spline,tree \
  -o again --resume one
check 'one split: the same intervals' test "$(same again)" = "$(same plain)"
# What is tuned: no setting is the most frequent where others are as frequent.
for seed in 1 2 3 4 5; do
  tiny --methods dropout --network steps=100 --seed $seed -o ties
  won=$(awk -F '\t' '$1 == "dropout" { print $16 }' ties/summary.tsv)
  case $won in
    1) what=' won in 1 of 2 splits, 1 other as often' ;;
    *) what=' won most often: in 2 of 2 splits' ;;
  esac
  expect_stdout "$what" "seed $seed: the setting won in $won of 2 splits"
done
finish
