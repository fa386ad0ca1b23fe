#!/bin/sh
# bagdrop compare: a response of classes.
# shellcheck disable=SC2016
# shellcheck source=tests/lib.sh
. "${srcdir:-.}/tests/lib.sh"

# Two classes as texts and as numbers; three classes.
data=$box/two.csv
awk 'BEGIN { srand (5); print "x,z,y"
  for (i = 0; i < 90; i++) { x = rand () * 4 - 2
    printf "%.4f,%.4f,%s\n", x, rand (), \
      (rand () < 1 / (1 + exp (-3 * x)) ? "yes" : "no") } }' >"$data"
sed '1!{s/yes/1/;s/no/0/;}' "$data" >numbers.csv
awk -F, -v OFS=, 'NR > 1 { $3 = $1 < -.7 ? "low" : $1 < .7 ? "mid" : "high" }
  1' "$data" >three.csv

# The numbers of a summary: no notes, no seconds (column 11).
numbers () { no_costs "$1"; }

tiny "$data" --network steps=200 -o two
expect_status 0 'two classes'
check 'two classes: nothing on stderr' test ! -s "$box/stderr"
expect_stdout '^method .* log_loss .*diff in log loss' 'the table is of log loss'
expect_stdout '^classification tree ' 'trees are classification trees'
expect_stdout '^Best single fit: .* (log loss 0\.' 'the verdict is of log loss'
expect_stdout '^Left out, as .* predict numbers only: spline, bag-spline\.$' \
  'what was left out is told'
header=$(printf '%s\t' method members log_loss log_loss_se diff diff_lo \
  diff_hi accuracy brier ece seconds)
sed '/^#/d' two/summary.tsv >table
check 'the header of summary.tsv' \
  test "$(sed 1q table | cut -f 1-11)" = "${header%?}"
sed 1d table | cut -f 1 >found
printf '%s\n' tree bag-tree net net-decay net-stop dropout mc-dropout \
  bag-net seeds >expected
check 'nine methods in their order' cmp expected found
check 'scores are where they can be' awk -F '\t' 'NR > 1 && !($3 > 0 \
  && $8 >= 0 && $8 <= 1 && $9 >= 0 && $9 <= 1 && $10 >= 0 && $10 <= 1) \
  { exit 1 }' table
check 'limits lie around the difference' \
  awk -F '\t' 'NR > 1 && !($6 <= $5 && $5 <= $7) { exit 1 }' table
check 'a note on the classes' grep -q '^# classes: no, yes$' two/summary.tsv
check 'a note on what was left out' grep -q '^# left out: .*bag-spline' \
  two/summary.tsv
for word in rmse RMSE MSE crps cover90 width90 sd_mean nan; do
  for file in report.html report.tex; do
    deny "$file: no $word" grep -q "[^a-z]${word}[^a-z]" "two/$file"
  done
done
deny 'results.json: nothing that needs a number' \
  grep -q '"\(rmse\|mse\|crps\|sd_mean\|rmse_truth\)"' two/results.json
check 'figures that have a meaning' test "$(echo two/figures/*.gp)" = \
  'two/figures/growth.gp two/figures/members.gp two/figures/scores.gp'
check 'probabilities along the input' \
  grep -q "^ylab = .*'probability of y = yes'$" two/figures/members.gp
sed -n 's/^# command: //p' two/summary.tsv >again
run sh -c "$(cat again) -o again.d"
numbers two/summary.tsv >a
numbers again.d/summary.tsv >b
check 'the command of the note gives the same numbers' cmp a b
if have gnuplot; then
  run bagdrop plot scores two/summary.tsv -o scores.svg
  expect_status 0 'bagdrop plot scores'
fi
grep '^name_[0-9]* = ' two/figures/scores.gp >a
bagdrop plot scores two/summary.tsv | grep '^name_[0-9]* = ' >b
check 'plot scores: methods are called as in the report' cmp a b
numbers two/summary.tsv >a

# Texts and numbers, by --classes and without
tiny numbers.csv --classes --network steps=200 -o ones
numbers ones/summary.tsv >b
check 'texts and numbers with --classes are the same' cmp a b
sed -n 's/^# command: //p' ones/summary.tsv >again
check 'the command has --classes' grep -q -e ' --classes ' again
tiny numbers.csv --network steps=50 -o plain
expect_status 0 'numbers without --classes'
expect_stderr_line 'taken as a number; --classes takes it as classes' \
  'a note that there is --classes'
check 'numbers stay numbers' grep -q '	rmse	' plain/summary.tsv
tiny numbers.csv --network steps=50 -o plain --quiet
check '--quiet: no note' test ! -s "$box/stderr"

# Names in another order: trees are told nothing by them.
sed '1!{s/yes/ja/;s/no/nein/;}' "$data" >names.csv
tiny "$data" -m tree,bag-tree -o one
tiny names.csv -m tree,bag-tree -o other
for d in one other; do
  sed '/^#/d;1,/^method/d' $d/summary.tsv | awk -F '\t' \
    '{ printf "%s %.9f %.9f\n", $1, $3, $9 }' >$d.scores
done
check 'trees: names of classes tell nothing' cmp one.scores other.scores

# Threads
for n in 1 2; do
  tiny three.csv -m all --network steps=100 -o threads --threads $n
  { grep '^#' threads/summary.tsv; numbers threads/summary.tsv; } >"threads.$n"
done
expect_status 0 'three classes'
check 'the same bytes for 1 and 2 threads' cmp threads.1 threads.2
check 'eleven methods of all' \
  test "$(sed '/^#/d;/^method/d' threads.1 | wc -l)" -eq 11

# Own methods, splits of others, one split
tiny three.csv -o own -m \
  'bag:tree,min_leaf=9;dropout:rate=.1,steps=200;net'
expect_status 0 'methods of one'\''s own'
check 'they are classification trees, too' \
  grep -q 'bagged classification tree (min_leaf=9)' own/report.html
sed '42,$d' three.csv >train.csv
sed 2,41d three.csv >test.csv
awk 'BEGIN { print "s"; for (i = 40; i < 90; i++) print i }' >held.csv
run bagdrop compare three.csv --splits held.csv -m tree,bag-tree -o few
numbers few/summary.tsv >a
run bagdrop compare train.csv --test test.csv -m tree,bag-tree -o few
numbers few/summary.tsv >b
check '--test: the same numbers as the split of one table' cmp a b
run bagdrop compare three.csv -y y -x x --time z -k 3 -m tree,bag-tree -o few
expect_status 0 'classes forward in time'

# Names that would be commands, tags or macros elsewhere
awk -v q="'" 'NR > 1 { sub (/yes/, "`touch a1` $(touch a2) <script>%\\\\input{x}")
  sub (/no$/, "no" q "; system(" q "touch a3" q ")") } 1' "$data" >hostile.csv
tiny hostile.csv -m bag-tree,net --network steps=100 -o hostile
expect_status 0 'hostile names'
check 'hostile names: all of them are told' \
  grep -q '^# classes: .touch a1. .*script>.*system(' hostile/summary.tsv
deny 'hostile names: the page runs nothing' grep -q '<script' \
  hostile/report.html
deny 'hostile names: nothing was run' ls a1 a2 a3 hostile/figures/a3

# Refusals, each in one sentence
refused () # refused PATTERN WHAT ARGUMENT...
{
  pattern=$1 what=$2
  shift 2
  tiny "$@" -o few
  expect_status 1 "$what"
  expect_stderr_line "^bagdrop compare: .*$pattern" "$what: one sentence"
}
refused "spline predicts numbers, and the response 'y' has classes" \
  'a method without classes' "$data" -m tree,spline
refused 'single:loess predicts numbers' 'an own method without classes' \
  "$data" -m 'single:loess'
awk -F, -v OFS=, 'NR > 1 { $3 = "one" } 1' "$data" >one.csv
refused "column 'y' is constant" 'one class' one.csv
awk -F, -v OFS=, 'NR > 1 { $3 = "c" NR } 1' "$data" >many.csv
refused "column 'y' has 90 different values; .* from 2 to 64" \
  'too many classes' many.csv
awk -F, -v OFS=, 'NR == 5 { $3 = "maybe" } 1' "$data" >once.csv
refused "class 'maybe' of 'y' has one row only" 'a class of one row' once.csv
refused "needs a response of numbers; 'y' has classes" \
  '--learning of classes' "$data" -m tree --learning curves.tsv
refused "output=gaussian does not suit" 'an output for numbers' "$data" \
  -m net --network output=gaussian
run bagdrop compare train.csv --test once.csv -m tree -o few
expect_status 1 'a class that is only tested on'
expect_stderr_line "once.csv:2:.* 'yes\\|no' is no class of column 'y'" \
  'a class that is only tested on: where and which there are'
awk 'BEGIN { print "s" } NR > 1 && /mid/ { print NR - 2 }' three.csv >held.csv
run bagdrop compare three.csv --splits held.csv -m tree -o few
expect_status 1 'a class that is never trained on'
expect_stderr_line "split 1 holds out all rows of class 'mid' of 'y'" \
  'a class that is never trained on: which'
run bagdrop compare --classes
expect_usage_error 'which is not there' '--classes without DATA'
run bagdrop compare --truth sine --classes
expect_usage_error 'which is not there' '--classes of simulated data'
finish
