#!/bin/sh
# bagdrop plot: figures from tables that the other commands wrote.
# shellcheck source=tests/lib.sh
. "${srcdir:-.}/tests/lib.sh"

data=$top/data/mcycle.csv
bagdrop bag "$data" -B 30 --dump-members members.tsv --influence shares.tsv \
  --figures own >curve.tsv
bagdrop budget -m tree,bag-tree -R 4 --along along.tsv -o budget >budget.tsv
bagdrop compare -m spline,tree,bag-tree --members 6 --folds 3 --repeats 1 \
  -o report >/dev/null
bagdrop dropout "$data" --steps 50 -T 20 >dropout.tsv

same_figure influence shares.tsv share own/influence.gp
same_figure budget budget.tsv part budget/figures/budget.gp
same_figure scores report/summary.tsv score report/figures/scores.gp
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
bagdrop bag train.csv -B 20 -p test.csv -e none >test.tsv
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
run bagdrop plot calibration test.tsv
expect_stderr_line 'data names the file' 'calibration without responses'
run bagdrop plot calibration test.tsv --data train.csv
expect_stderr_line 'row for row' 'calibration with other rows'

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
for kind in calibration rate masks bands growth ambiguity width budget_n \
  learning; do
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
