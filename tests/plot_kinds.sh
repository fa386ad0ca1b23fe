#!/bin/sh
# bagdrop plot: figures of dumped members, limits, sizes and learning curves.
# shellcheck source=tests/lib.sh
. "${srcdir:-.}/tests/lib.sh"

data=$top/data/mcycle.csv
bagdrop bag "$data" -B 30 --dump-members members.tsv >/dev/null
awk 'NR == 1 || NR % 2' "$data" >train.csv
awk 'NR == 1 || NR % 2 == 0' "$data" >test.csv
bagdrop bag train.csv -B 20 -p test.csv -e none --dump-members new.tsv \
  >test.tsv
grep -v '^#' test.tsv >table
bagdrop bag "$top/data/diabetes.csv" -B 20 >wide.tsv
bagdrop budget -m tree,bag-tree,bag-spline -R 2 --sizes 20,40,80 -o sizes \
  >sizes.tsv
bagdrop compare -m spline,tree,bag-tree --members 6 --folds 3 --repeats 1 \
  --learning learn.tsv -o report >/dev/null

same_figure budget_n sizes.tsv size_1 sizes/figures/budget_n.gp
same_figure budget_n sizes.tsv size_2 sizes/figures/budget_n.gp
grep '^note_' sizes/figures/budget_n.gp >here
grep '^note_' "$box/stdout" >there
check 'plot budget_n: the slopes of the own figure' cmp here there
run bagdrop plot budget sizes.tsv
expect_stderr_line 'only as budget_n' 'budget of several sizes'
# What the members of new.tsv are worth at the rows of test.csv.
grep -v '^#' new.tsv | awk '
  NR == FNR { if (FNR > 1) y[++m] = $2; next }
  FNR == 1 { for (i = 1; i <= NF; i++) if ($i == "t1") t = i; next }
  { B++; for (j = 1; j <= m; j++) { e = $(t + j - 1) - y[j]; E[B, j] = e
      sum[j] += e; single += e * e / m
      if (B % 2) half[j] = e; else two += ((half[j] + e) / 2)^2 / m } }
  END { for (j = 1; j <= m; j++) mse += (sum[j] / B)^2 / m
    for (a = 2; a <= B; a++) for (b = 1; b < a; b++) {
      p = q = pp = qq = pq = 0
      for (j = 1; j <= m; j++) { u = E[a, j]; v = E[b, j]
        p += u; q += v; pp += u * u; qq += v * v; pq += u * v }
      r += (pq - p * q / m) / sqrt((pp - p * p / m) * (qq - q * q / m)); n++ }
    printf "%.9g %.9g %.9g %.9g\n", single / B, two * 2 / B, mse, r / n }' \
  FS=, test.csv FS='\t' - >worth
read -r single two mse alike <worth
# near A B: equal to eight digits.
near ()
{
  awk -v a="$1" -v b="$2" 'BEGIN { d = a - b; exit !(d * d < 1e-16 * a * a) }'
}
# entry BLOCK ROW COLUMN: of the script on stdout.
entry () { block "$1" "$box/stdout" | awk "NR == $2 + 1 { print \$$3 }"; }
number () { sed -n "s/^$1 = .* : //p" "$box/stdout"; }
run bagdrop plot growth new.tsv --data test.csv
check 'growth: one member' near "$single" "$(entry line_1 1 2)"
check 'growth: two members' near "$two" "$(entry line_1 2 2)"
check 'growth: 1, 2, 4, 8 and 16 of 20' test "$(entry line_1 5 1)" -eq 16
check 'growth: the law holds for one member and for all' sh -c "
  echo '$(number c_1) $(number w_1)' | awk '{ a = (\$1 + \$2) / $single - 1
    b = (\$1 + \$2 / 20) / $mse - 1; exit !(a * a + b * b < 1e-15) }'"
expect_stdout 'of 20$\|of 20 ' 'growth: how many members'
expect_stdout 'seed: 1' 'growth: the seed'
expect_stdout "^ylab = .*'mean squared error (accel²)'" 'growth: the unit'
run bagdrop plot growth members.tsv
check 'growth: variance of one member' near "$(number w_1)" \
  "$(entry line_1 1 2)"
check 'growth without responses has no limit' test "$(number c_1)" = NaN
run bagdrop plot growth members.tsv --data test.csv
expect_stderr_line 'row for row' 'growth with other rows'
run bagdrop plot ambiguity new.tsv --data test.csv
check 'ambiguity: error of a member' near "$single" "$(entry rows_1 1 2)"
check 'ambiguity: error of the mean' near "$mse" "$(entry rows_1 3 2)"
check 'ambiguity: their difference' near \
  "$(awk "BEGIN { printf \"%.12g\", $single - $mse }")" "$(entry rows_1 2 2)"
check 'ambiguity: mean correlation of errors' near "$alike" \
  "$(entry line_2_2 1 1)"
check 'ambiguity: all pairs' sh -c "
  sed -n '/^.line_2_1 /,/^END/p' '$box/stdout' | sed '1d;\$d' \
    | awk 'NR % 2 { s += \$2 } END { exit !(s > 99.99 && s < 100.01) }'"
run bagdrop plot ambiguity members.tsv
expect_stderr_line 'data names the file' 'ambiguity without responses'
sed '/^[0-9]/s/\t1\t/\t.5\t/;/^2\t/s/\t.5\t/\t1\t/' new.tsv >unlike.tsv
run bagdrop plot growth unlike.tsv
expect_stderr_line 'members that count alike' 'growth of weighted members'

# Widths, and what they cover: of new rows, as the run tells it, by method.
run bagdrop plot width test.tsv --data test.csv
inside=$(awk -F '[\t,]' 'NR == FNR { y[FNR] = $2; next }
  FNR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
  { n++; w += $at["hi"] - $at["lo"]
    in_ += y[FNR] >= $at["lo"] && y[FNR] <= $at["hi"] }
  END { printf "%.9g %.9g", w / n, 100 * in_ / n }' test.csv table)
check 'width: mean width' near "${inside% *}" "$(entry line_2_1 1 1)"
check 'width: rows inside' near "${inside#* }" "$(entry line_2_1 1 2)"
check 'width: a row for each point' \
  test "$(block line_1_1 "$box/stdout" | wc -l)" -eq 69
bagdrop bag "$data" -B 20 --interval jab+:level=.8 >limits.tsv
told=$(sed -n 's/^# interval coverage: \([0-9]*\) of \([0-9]*\) rows.*/\1 \2/p' \
  limits.tsv | awk '{ printf "%.9g", 100 * $1 / $2 }')
run bagdrop plot width limits.tsv
check 'width: what the run tells of the interval' near "$told" \
  "$(entry line_2_1 1 2)"
check 'width: its level' test "$(entry line_2_2 1 2)" = 80
expect_stdout "name_2 = .*'jab+, 80 %'" 'width: the name of the interval'
run bagdrop plot width wide.tsv
check 'width: a histogram of all rows' sh -c "
  sed -n '/^.line_1_1 /,/^END/p' '$box/stdout' | sed '1d;\$d' \
    | awk 'NR % 2 { s += \$2 } END { exit !(s > 99.99 && s < 100.01) }'"
run bagdrop plot width report/summary.tsv
grep -v '^#' report/summary.tsv | awk '
  NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
  { printf "%.9g %.9g\n", $at["width90"], 100 * $at["cover90"] }' \
  | sort -g >here
for k in 1 2; do
  block "rows_$k" "$box/stdout" | sed '1d;$d' | cut -d ' ' -f 2 >"column_$k"
done
paste -d ' ' column_1 column_2 >there
check 'width: the methods of a comparison, the narrowest first' cmp here there

# all_rows TABLE ROWS SUMMARY WHAT: with all rows the errors are those of the
# report.
all_rows ()
{
  for method in spline tree; do
    all=$(awk -v m="$method" -v n="$2" '$1 == m && $2 == n {
      printf "%.9g", $3 }' "$1")
    told=$(awk -v m="$method" '$1 == m { printf "%.9g", $3 }' "$3")
    check "learning: all rows of $4$method" near "$all" "$told"
  done
}
all_rows learn.tsv 40 report/summary.tsv ''
# Folds that differ by a row: each trains on all that it has in the end.
bagdrop compare --truth sine --rows 50 -m spline,tree --folds 3 \
  --repeats 1 --no-memory \
  --learning uneven.tsv -o uneven >/dev/null
all_rows uneven.tsv 34 uneven/summary.tsv 'uneven folds, '
check 'learning: sizes from few to all, evenly on a logarithmic scale' \
  test "$(awk '$1 == "tree" { printf "%d ", $2 }' learn.tsv)" \
  = '10 12 15 18 22 27 33 40 '
check 'learning: fewer rows are worse' \
  awk '$1 == "tree" { e[$2] = $3 } END { exit !(e[10] > e[40]) }' learn.tsv
bagdrop compare -m spline,tree,bag-tree --members 6 --folds 3 --repeats 1 \
  -t 1 --learning again.tsv -o other >/dev/null
check 'learning: the same bytes with one thread' cmp learn.tsv again.tsv
for folder in report other; do
  grep -v '^#' $folder/summary.tsv | cut -f 1-11 >$folder.errors
done
check 'learning: the report is no other' cmp report.errors other.errors
run bagdrop plot learning learn.tsv
block line_1_1 "$box/stdout" | sed '1d;$d' >there
awk '$1 == "spline" { printf "%d %.9g %.9g %.9g\n", $2, $3, $4, $5 }' \
  learn.tsv >here
check 'learning: the numbers of the table' test -s here
check 'learning: errors and limits are drawn' cmp here there
expect_stdout 'seed: 1' 'learning: the seed'
run bagdrop compare "$data" --test "$data" --learning a.tsv -o other
expect_usage_error 'learning needs splits' 'learning with --test'
run bagdrop compare --budget 1s --learning a.tsv -o other
expect_usage_error 'not go with --budget' 'learning with --budget'
cp "$data" own.csv
run bagdrop compare own.csv --learning own.csv -o other
expect_usage_error 'own.csv' 'learning over the data'

# Tables with holes.
printf 'method\tcover90\twidth90\nnet\t.9\t3\nbag\t.8\tNA\ntree\t.7\t1\n' >holes
run bagdrop plot width holes
check 'width: a method without one comes last' test "$(entry rows_1 1 2) $(
  entry rows_1 2 2) $(entry rows_1 3 2)" = '1 3 nan'
for table in 'learning method rows rmse rmse_lo rmse_hi' \
  'width method cover90 width90 rows mse'; do
  kind=${table%% *}
  echo "${table#* }" >holes
  for name in tree NA net; do echo "$name 10 1 2 3"; done >>holes
  run bagdrop plot "$kind" holes
  expect_status 1 "$kind: a row without a name"
  expect_stderr_line 'has no name in column method' \
    "$kind: a row without a name, told"
done

if have gnuplot; then
  # draw KIND FILE [OPTION]...: with every terminal, and the same SVG again.
  draw ()
  {
    for ending in svg png pdf txt tex; do
      bagdrop plot "$@" -o "new.$ending" || return 1
    done
    bagdrop plot "$@" -o new.tex --term epslatex \
      && bagdrop plot "$@" -o again.svg && cmp new.svg again.svg
  }
  check 'draw growth' draw growth new.tsv --data test.csv
  check 'draw ambiguity' draw ambiguity new.tsv --data test.csv --width 85
  check 'draw width' draw width limits.tsv
  check 'draw budget_n' draw budget_n sizes.tsv --width 85
  check 'draw learning' draw learning learn.tsv --width 85
  run bagdrop plot learning learn.tsv --show
  expect_stdout ' smoothing spline' '--show: no stroke through the names'
fi
# A long label is cut, but never the power of ten by which its axis is scaled.
long='the time that has gone by since the last time that the machine was served'
{
  printf '%s (hours),y [mg/l] as %s\n' "$long" "$long"
  sed 1d "$data" | sed 's/,/e5,/; s/$/e-6/'
} >long.csv
bagdrop bag long.csv -B 20 >long.tsv
if have gnuplot; then
  for kind in bands variance; do
    run bagdrop plot $kind long.tsv -w 85 -o long.svg
    expect_status 0 "plot $kind with long names"
    check "plot $kind with long names: cut, not the scale" \
      grep -q '… (×10' long.svg
  done
fi
finish
