#!/bin/sh
# bagdrop plot: figures from tables that the other commands wrote.
# shellcheck source=tests/lib.sh
. "${srcdir:-.}/tests/lib.sh"

data=$top/data/mcycle.csv
bagdrop bag "$data" -B 30 --dump-members members.tsv --influence shares.tsv \
  --figures own >curve.tsv
bagdrop budget -m tree,bag-tree -R 4 --along along.tsv -o budget >budget.tsv
bagdrop budget -m tree,bag-tree,bag-spline -R 2 --sizes 20,40,80 -o sizes \
  >sizes.tsv
bagdrop compare -m spline,tree,bag-tree --members 6 --folds 3 --repeats 1 \
  --learning learn.tsv -o report >/dev/null
bagdrop dropout "$data" --steps 50 -T 20 >dropout.tsv

# block NAME FILE: that data block of a script.
block () { sed -n "/^\\\$$1 /,/^END_OF_DATA/p" "$2"; }

# The scripts hold the numbers of those that the commands draw themselves.
same ()
{
  run bagdrop plot "$1" "$2"
  expect_status 0 "plot $1"
  block "$3" "$4" >here
  block "$3" "$box/stdout" >there
  check "plot $1: not nothing" test "$(wc -l <here)" -gt 3
  check "plot $1: the numbers of the command's own figure" cmp here there
}
same influence shares.tsv share own/influence.gp
same budget budget.tsv part budget/figures/budget.gp
same scores report/summary.tsv score report/figures/scores.gp
same budget_n sizes.tsv size_1 sizes/figures/budget_n.gp
same budget_n sizes.tsv size_2 sizes/figures/budget_n.gp
grep '^note_' sizes/figures/budget_n.gp >here
grep '^note_' "$box/stdout" >there
check 'plot budget_n: the slopes of the own figure' cmp here there
run bagdrop plot budget sizes.tsv
expect_stderr_line 'only as budget_n' 'budget of several sizes'
run bagdrop plot budget_x along.tsv
block along_2 budget/figures/budget_x.gp >here
block along_1 "$box/stdout" >there
sed -i 1d here there
check 'plot budget_x: the numbers of the own figure' cmp here there

run bagdrop plot bands curve.tsv --data "$data" --width 85
expect_stdout '^# bands: a figure of bagdrop (bands)$' 'the script on stdout'
expect_stdout 'fitter: tree' 'the notes become the caption'
expect_stdout "ylab : 'accel'" 'the response is on the axis'
expect_stdout 'width_mm : 85$' 'the width'
check 'one row for each point and its ends' \
  test "$(block band_1 "$box/stdout" | wc -l)" -eq 102
block band_1 "$box/stdout" | sed -n 2p >here
grep -v '^[#t]' curve.tsv \
  | awk 'NR == 1 { printf "%.9g %.9g %.9g %.9g %.9g %.9g\n", $1, $2,
      $2 - 1.6448536269514722 * $4, $2 + 1.6448536269514722 * $4, $7, $8 }' \
  >there
check 'the band of the mean is 1.645 sd_mean to either side' cmp here there
run bagdrop plot members members.tsv --at curve.tsv
check 'members: x, mean and 30 members' \
  test "$(block members_1 "$box/stdout" | sed -n 2p | wc -w)" -eq 32
check 'the mean of the members is that of the table' sh -c "
  sed -n '/^.members_1/,/^END/p' '$box/stdout' | sed '1d;\$d' | cut -d' ' -f2 \
    | awk '{ printf \"%.6g\\n\", \$1 }' >a
  grep -v '^[#t]' curve.tsv | awk '{ printf \"%.6g\\n\", \$2 }' | cmp - a"
run bagdrop plot members members.tsv
expect_stdout "xlab : 'point'" 'without --at points have numbers'
run bagdrop plot members - <members.tsv
expect_status 0 'members from standard input'
run bagdrop plot variance dropout.tsv
expect_stdout "kind_1 : 'dropout'" 'dropout has its colour'

run bagdrop plot members members.tsv --at dropout.tsv
expect_status 0 'points of another run, as many'
run bagdrop plot bands members.tsv
expect_stderr_line 'cannot be drawn as bands, only as members, growth, ambiguity$' 'the wrong kind'
expect_status 1 'the wrong kind: status'
run bagdrop plot scores curve.tsv
expect_stderr_line 'only as bands, variance, ' 'the wrong kind of a curve'
run bagdrop plot bands "$data"
expect_stderr_line 'no table that a command of bagdrop wrote' 'another table'
run bagdrop plot bands none.tsv
expect_stderr_line 'none.tsv: ' 'no such file'
run bagdrop plot bands along.tsv -o along.tsv
expect_usage_error 'names end in' 'a name that says nothing'
run bagdrop plot band curve.tsv
expect_usage_error "did you mean 'bands'" 'a misspelt kind'
run bagdrop plot zzzzzzzzzz curve.tsv
expect_usage_error 'there are bands, ' 'no such kind'
run bagdrop plot
expect_usage_error 'which figure?  There are bands, ' 'no kind'
run bagdrop plot bands
expect_usage_error 'which file' 'no file'
run bagdrop plot bands curve.tsv --term x11
expect_usage_error "no terminal 'x11'" 'no such terminal'
run bagdrop plot bands curve.tsv --term svg -o a.pdf
expect_usage_error 'svg writes no such file' 'the terminal of another ending'
run bagdrop plot bands curve.tsv --width 100
expect_usage_error '85' 'another width'
bagdrop bag "$top/data/diabetes.csv" -B 20 >wide.tsv
run bagdrop plot bands wide.tsv
expect_stderr_line 'needs one input, not 10' 'bands of several inputs'
run bagdrop plot variance wide.tsv
expect_stdout 'curve : 0$' 'variance of several inputs against the prediction'

# Forecasts beside rows that the bag has not seen.
awk 'NR == 1 || NR % 2' "$data" >train.csv
awk 'NR == 1 || NR % 2 == 0' "$data" >test.csv
bagdrop bag train.csv -B 20 -p test.csv -e none --dump-members new.tsv \
  >test.tsv
run bagdrop plot calibration test.tsv --data test.csv
expect_status 0 'calibration'
grep -v '^#' test.tsv >table
inside=$(awk -F '[\t,]' 'NR == FNR { y[FNR] = $2; next }
  FNR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
  { z = (y[FNR] - $at["mean"]) / $at["sd_pred"]
    n++; in_ += (z < 0 ? -z : z) <= 1.6448536269514722 }
  END { printf "90 %.9g", 100 * in_ / n }' test.csv table)
check 'calibration: the rows inside 90 %' sh -c "
  sed -n '/^.line_1_1/,/^END/p' '$box/stdout' | grep -q '^$inside '"
block line_2_1 "$box/stdout" | sed '1d;$d' \
  | awk '{ s += $2 } END { exit !(s > 9.999 && s < 10.001) }'
status=$?
expect_status 0 'calibration: the PIT histogram holds every row'

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

run bagdrop plot calibration test.tsv
expect_stderr_line 'data names the file' 'calibration without responses'
run bagdrop plot calibration test.tsv --data train.csv
expect_stderr_line 'row for row' 'calibration with other rows'

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
  block "rows_$k" "$box/stdout" | sed '1d;$d' | cut -d ' ' -f 2 >"rows_$k"
done
paste -d ' ' rows_1 rows_2 >there
check 'width: the methods of a comparison, the narrowest first' cmp here there

# Learning curves: with all rows the errors are those of the report.
for method in spline tree; do
  all=$(awk -v m="$method" '$1 == m && $2 == 40 { printf "%.9g", $3 }' \
    learn.tsv)
  same=$(awk -v m="$method" '$1 == m { printf "%.9g", $3 }' \
    report/summary.tsv)
  check "learning: all rows of $method" near "$all" "$same"
done
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

bagdrop dropout "$data" --steps 30 -T 10 --rate auto -p grid:5 >auto.tsv
run bagdrop plot rate auto.tsv
block line_1_1 "$box/stdout" | sed '1d;$d' | cut -d ' ' -f 1,2 >there
sed -n 's/^# rate \([0-9.]*\)  *rmse .*likelihood \([0-9.]*\),.*/\1 \2/p' \
  auto.tsv >here
check 'rate: what was tried' test "$(wc -l <here)" -ge 5
check 'rate: the likelihoods of the notes' cmp here there
bagdrop dropout "$data" --steps 30 --hidden 5 --predict exact -p grid:5 \
  >exact.tsv
run bagdrop plot masks exact.tsv
block line_1_1 "$box/stdout" | sed '1d;$d' \
  | awk '{ s += $2; n++ } END { exit !(n == 6 && s > .999 && s < 1.001) }'
status=$?
expect_status 0 'masks: the probabilities add to 1'
run bagdrop plot masks auto.tsv
expect_stderr_line 'only as bands, variance, .*rate' 'masks without their list'
run bagdrop list figures
for kind in calibration rate masks bands growth ambiguity \
  width budget_n learning; do
  expect_stdout "^  $kind  *[a-z]" "list figures: $kind"
done
sed "s/^times	/\`touch MARK\`'	/; s/: accel/: \\\\input{a} % \$x/" \
  curve.tsv >hostile.tsv
if have gnuplot; then
  for ending in svg pdf png tex txt; do
    run bagdrop plot bands curve.tsv -o "a.$ending"
    expect_status 0 "draw a.$ending"
    check "a.$ending is there" test -s "a.$ending"
    run bagdrop plot bands hostile.tsv -o "h.$ending"
    expect_status 0 "draw hostile names to h.$ending"
  done
  check 'nothing was run' test ! -e MARK
  deny 'TeX gets no command' grep -q 'input{a}' h.tex
  bagdrop plot bands curve.tsv -o b.svg
  check 'the same bytes again' cmp a.svg b.svg
  # 8 pt are 32 / 3 px of 1/96 inch; 170 mm are 643.
  check 'SVG: 170 mm wide' grep -q '^ width="643"' a.svg
  check 'SVG: text of 8 pt' grep -q 'font-size="10.67"' a.svg
  deny 'SVG: no other text' sh -c \
    "grep -o 'font-size=\"[^\"]*\"' a.svg | grep -v '\"10.67\"'"
  check 'TeX: text of 8 pt' grep -q 'fontsize{8}{9.6}' a.tex
  if have pdftotext; then
    # A line of DejaVu Sans is 1.164 times its size high.
    bagdrop plot bands curve.tsv -o size.pdf
    pdftotext -bbox size.pdf - | sed -n \
      's/.*yMin="\([0-9.]*\)".*yMax="\([0-9.]*\)">times<.*/\1 \2/p' >high
    check 'PDF: text of 8 pt' awk '
      { s = ($2 - $1) / 1.164 }
      END { exit !(s > 7.9 && s < 8.1) }' high
  fi
  bagdrop plot bands curve.tsv -o e.tex --term epslatex
  check 'epslatex: the lines beside the text' test -s e.eps
  run sh -c 'bagdrop plot bands - --show <curve.tsv'
  expect_stdout '90 % for the mean' '--show, from standard input'
  mkdir alone
  bagdrop plot bands curve.tsv -o alone/bands.gp
  (cd alone && gnuplot -d bands.gp)
  check 'the script needs no other file' test -s alone/bands.svg
  run bagdrop plot bands curve.tsv -o none/a.svg
  expect_status 1 'no such folder'
  check 'no temporary files are left' test -z "$(find . -name '*.tmp')"
fi
without_gnuplot "$box/bin"
PATH=$box/bin run bagdrop plot bands curve.tsv --show
expect_stderr_line 'gnuplot was not found' 'without gnuplot'
expect_status 1 'without gnuplot: status'
if [ -c /dev/full ]; then
  run sh -c 'exec bagdrop plot bands curve.tsv >/dev/full'
  expect_status 1 'full disk'
fi
finish
