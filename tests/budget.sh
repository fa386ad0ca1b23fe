#!/bin/sh
# bagdrop budget: the table, its parts, the files, mistakes.
# shellcheck source=tests/lib.sh
. "${srcdir:-.}/tests/lib.sh"

# budget ARGUMENT...: one that takes a second.
budget ()
{
  run bagdrop budget -R 4 -B 6 --networks 2 -T 6 "$@"
}
table () { sed '/^#/d' "$box/stdout"; }
data=$box/data.csv
awk 'NR == 1 || NR % 3 == 2' "$top/data/mcycle.csv" >"$data"

# The table
budget
expect_status 0 'a small budget'
check 'nothing on stderr' test ! -s "$box/stderr"
table >one
header=$(printf '%s\t' method rows members mse mse_se bias2 bias2_se data \
  data_se training training_se member member_se noise variance variance_se \
  spread spread_se ratio ratio_se)
check 'the header' test "$(sed 1q one)" = "${header%?}"
check 'eleven methods' test "$(wc -l <one)" -eq 12
check 'the parts add to the error' awk -F '\t' '
  NR > 1 { s = $6 + $8 + ($10 == "nan" ? 0 : $10) + ($12 == "nan" ? 0 : $12)
    d = s + $14 - $4; if (d * d > 1e-24 || $14 != .25) exit 1 }' one
check 'the variance is made of three parts' awk -F '\t' '
  NR > 1 { s = $8 + ($10 == "nan" ? 0 : $10) + ($12 == "nan" ? 0 : $12)
    d = s - $15; if (d * d > 1e-24) exit 1 }' one
check 'a spread where there are members' awk -F '\t' '
  NR > 1 && ($17 == "nan") != ($3 == 1) { exit 1 }' one
for note in bagdrop scenario rows noise points seed finding mse checked; do
  expect_stdout "^# $note: ." "a note on $note"
done
expect_stdout '^# finding: .* of the error is noise; of the rest ' \
  'findings in words'

# The same numbers
cp "$box/stdout" before
budget -t 1
check 'the same bytes with one thread' cmp "$box/stdout" before
budget -t 3
check 'the same bytes with three threads' cmp "$box/stdout" before
budget -s 2
deny 'other numbers with another seed' cmp "$box/stdout" before

# Choices
budget -S 1 -m tree,bag-tree
expect_stdout '^# one training on each data set: ' 'one training is noted'
check 'and is no part' test "$(table | awk '$1 == "tree" { print $10 }')" = nan
budget -R 1 -m tree
expect_status 0 'one data set'
expect_stdout '^# one data set: ' 'one data set is noted'
check 'and has no parts' test "$(table | awk '$1 == "tree" { print $6, $8 }')" \
  = 'nan nan'
budget --scenario friedman1 --fitter knn:k=3 --points draw:7
table | cut -f 1 | tr '\n' ' ' >found
check 'a fitter and its bag' test "$(cat found)" = 'method knn bag-knn '
expect_stdout '^# points: 7$' 'points of a scenario'
budget --fitter net:dropout=0.1,steps=20
table | cut -f 1 | tr '\n' ' ' >found
check 'a dropout network, its masks, its bag' \
  test "$(cat found)" = 'method net mc-net bag-net '
budget -m bag-tree --sizes 20,40,80
expect_status 0 'sizes'
check 'a row for each size' \
  test "$(table | awk '$1 == "bag-tree" { print $2 }' | tr '\n' ' ')" \
  = '20 40 80 '
expect_stdout 'to the power -*[0-9.]* +- [0-9.]*, the variance that it rep' \
  'slopes in words'
run bagdrop budget --dry-run
expect_stdout '^trainings: 1000$' 'how many trainings there would be'

# A table of the user's
budget "$data"
expect_status 0 'the rows of a table'
expect_stdout 'bias2 contains the noise' 'bias and noise come together'
check 'the noise is not known' test "$(table | awk 'NR > 1 { print $14 }' \
  | sort -u)" = nan
check 'the parts of a table add to the error' awk -F '\t' '!/^#/ && $4 > 0 {
    s = $6 + $8 + ($10 == "nan" ? 0 : $10) + ($12 == "nan" ? 0 : $12)
    d = s / $4 - 1; if (d * d > 1e-24) exit 1 }' "$box/stdout"

# Files
budget -m tree,bag-tree -o out --along along.tsv
expect_status 0 'files'
check 'the table as a file' cmp "$box/stdout" out/budget.tsv
check 'the points as a file, twice' cmp along.tsv out/along.tsv
check 'points and methods' test "$(sed '/^#/d' along.tsv | wc -l)" -eq 123
sed '/^#/d' along.tsv | awk -F '\t' '$1 == "tree" { sum += $5 / 61 }
  END { printf "%.10f\n", sum }' >mean
table | awk -F '\t' '$1 == "tree" { printf "%.10f\n", $4 }' >whole
check 'points are what the table is the mean of' cmp mean whole
check 'scripts of figures' test -s out/figures/budget.gp -a \
  -s out/figures/budget_x.gp
if have gnuplot; then
  check 'figures' test -s out/figures/budget.svg -a -s \
    out/figures/budget_x.pdf
fi
budget -m bag-tree --sizes 20,40 -o sizes
check 'one figure of sizes' test "$(echo sizes/figures/*.gp)" \
  = sizes/figures/budget_n.gp

# Mistakes
rm -rf ./*
budget "$data" --rows 50
expect_usage_error 'simulated data' 'rows with a table'
budget -y accel
expect_usage_error 'not there' 'a column without a table'
budget --scenario sinus
expect_usage_error "did you mean 'sine'" 'an unknown scenario'
budget -m bagtree
expect_usage_error "did you mean 'bag-tree'" 'an unknown method'
budget --fitter knnn
expect_usage_error "did you mean 'knn'" 'an unknown fitter'
budget --fitter knn:q=3
expect_usage_error 'q' 'an unknown knob'
budget -m tree --network hidden=5
expect_usage_error 'none of the methods is a network' 'no network'
budget --sizes 40,30
expect_usage_error 'larger' 'sizes that fall'
budget --sizes 40
expect_usage_error 'at least two' 'one size'
budget --sizes 40,x
expect_usage_error 'whole numbers' 'a size that is none'
budget --points draw:0
expect_usage_error 'points' 'no points'
budget -R 0
expect_usage_error 'data-sets' 'no data sets'
budget absent.csv
expect_status 1 'a table that is absent'
head -n 12 "$data" >short.csv
budget short.csv
expect_status 1 'too few rows'
rm -f short.csv
expect_nothing 'mistakes leave nothing behind'
# A run that was cut short goes on with what it has, and only with its own.
again () # again ARGUMENT...: a small one of a table, in pairs and bags
{
  run bagdrop budget -m tree,bag-tree,dropout,mc-dropout -R 4 -S 2 -B 6 -T 4 \
    --network steps=60 "$@"
}
# costless: the table on stdout without seconds
costless ()
{
  sed '/^#/d' "$box/stdout" | awk -F '\t' 'BEGIN { OFS = FS } NR == 1 {
    for (k = 1; k <= NF; k++) if ($k == "seconds") drop = k }
    { $drop = ""; print }'
}
mkdir "$box/kept" && cd "$box/kept" || exit 99
for given in "$top/data/mcycle.csv" '--rows 40' '--sizes 30,50'; do
  # shellcheck disable=SC2086
  again $given
  costless >plain
  for part in 0 33 70 100; do
    if [ -f all ]; then
      head -c $(($(wc -c <all) * part / 100)) all >kept/trainings.txt
    fi
    # shellcheck disable=SC2086
    again $given --resume kept
    costless >got
    check "$given: the same numbers, cut at $part %" cmp plain got
    [ -f all ] || cp kept/trainings.txt all
    check "$given: all trainings are there, cut at $part %" test \
      "$(wc -l <all)" -eq "$(wc -l <kept/trainings.txt)"
  done
  again --rows 40 --seed 9 --resume kept
  expect_status 1 "$given: another run"
  expect_stderr_line 'kept holds trainings of another run (.* there, .* here)' \
    "$given: which differs is told"
  rm -rf kept all
done
finish
