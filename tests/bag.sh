#!/bin/sh
# bagdrop bag: the table it prints, for every fitter, and its refusals.
# shellcheck source=tests/lib.sh
. "${srcdir:-.}/tests/lib.sh"

data=$top/data/mcycle.csv
header=$(printf 'times\tmean\tsd_member\tsd_mean\tsd_error\tsd_pred\tlo\thi')

# numbers: every row below the header has eight finite numbers
numbers ()
{
  awk -F '\t' '/^#/ { next } !head { head = 1; next }
    { rows++; if (NF != 8) bad = 1
      for (i = 1; i <= NF; i++) if ($i !~ /^-?[0-9.]+(e[-+]?[0-9]+)?$/) bad = 1 }
    END { exit !(rows == '"$1"' && !bad) }' "$box/stdout"
}

for fitter in tree pspline bspline:knots=6,equal=1 poly:degree=5 \
  locpoly:bandwidth=0.1 loess:span=0.3 kernel:bandwidth=0.3 knn:k=9 linear \
  linear:lambda=3 robust net:steps=100,hidden=8; do
  run bagdrop bag "$data" --fitter "$fitter" -B 40 --points grid:7
  expect_status 0 "$fitter: done"
  check "$fitter: seven rows of numbers" numbers 7
  check "$fitter: header" grep -qx -e "$header" "$box/stdout"
done
run bagdrop bag "$data" -f interp -B 40 -p grid:7
expect_status 0 'interp through random halves'
check 'interp: subsampled by default' grep -qx '# resampling: subsample' \
  "$box/stdout"

if bagdrop list fitters | grep -q '^  nls '; then
  run bagdrop bag "$data" -B 20 -p grid:3 \
    -f 'nls:formula="b1+b2*x",start="b1=1,b2=1"'
  expect_status 0 'nls: a straight line'
  cp "$box/stdout" nls
  run bagdrop bag "$data" -B 20 -p grid:3 -f linear -r bayes
  grep -v '^#' nls | cut -f 2 | sed 1d >a
  grep -v '^#' "$box/stdout" | cut -f 2 | sed 1d >b
  check 'nls: the members of linear, on the same weights' \
    awk 'NR == FNR { a[FNR] = $1; next }
      { d = a[FNR] - $1; if (d * d > 1e-8 * $1 * $1) exit 1 }' a b
fi

for threads in 1 8; do
  OMP_NUM_THREADS=$threads run bagdrop bag "$data" -B 300
  cp "$box/stdout" "t$threads"
done
check 'same bytes for 1 and 8 threads' cmp t1 t8
run bagdrop bag "$data" -B 300 --seed 2
deny 'another seed, another result' cmp t1 "$box/stdout"
run bagdrop bag "$data" -B 40 --points train
check 'at the rows' numbers 133
printf 'id,times\na,10\nb,20\n' >at.csv
run bagdrop bag "$data" -B 40 --points at.csv
check 'at the points of a file' numbers 2
run bagdrop bag -B 20
expect_status 0 'the embedded sine'

# Resamplings: every one gives numbers, or says that sd_mean has none.
for resample in bootstrap bootstrap:fraction=0.5 bayes subsample:fraction=0.3 \
  poisson balanced moving:length=4 circular stationary little little:bag=2 residual wild wild:mammen=1 \
  parametric jackknife folds:k=7; do
  run bagdrop bag "$data" -f poly:degree=4 -r $resample -B 64 -p grid:5
  expect_status 0 "$resample: done"
  check "$resample: five rows of numbers" numbers 5
done
run bagdrop bag "$data" -f poly:degree=4 -r none -B 64 -p grid:5
expect_status 0 'none: done'
check 'none: says that sd_mean cannot be estimated' \
  grep -q '^# sd_mean: cannot be estimated' "$box/stdout"
run bagdrop bag "$data" -f poly:degree=4 -r little -B 64 -p grid:5 -e little
expect_status 0 'little bags'
check 'little bags: say so' grep -q 'by the bootstrap of little bags' \
  "$box/stdout"
check 'little bags: what the column is' grep -q '^# var_little: ' "$box/stdout"
run bagdrop bag "$data" -f tree -r residual -B 64 -p grid:5
check 'residuals for a fitter that is planned anew' numbers 5

# cell COLUMN: that column of the first row of numbers
cell ()
{
  awk -F '\t' -v name="$1" '/^#/ { next }
    !at { for (i = 1; i <= NF; i++) if ($i == name) at = i; next }
    { print $at; exit }' "$box/stdout"
}
# near A B RELATIVE
near ()
{
  awk -v a="$1" -v b="$2" -v r="$3" \
    'BEGIN { d = a - b; if (d < 0) d = -d; exit !(d <= r * (b < 0 ? -b : b)) }'
}

# Seven numbers; all 1716 resamples of a mean.  By hand: mean 5, sum of squares
# 28, so that the member variance and the infinitesimal jackknife are 28/49.
printf 'x,y\n1,2\n2,3\n3,4\n4,5\n5,6\n6,7\n7,8\n' >seven.csv
run bagdrop bag seven.csv --exact -f poly:degree=0 -p grid:2 -e ij,ij_u,jab
expect_status 0 'exact bagging'
check 'exact: all resamples' grep -qx '# members: 1716' "$box/stdout"
check 'exact: mean' near "$(cell mean)" 5 1e-12
check 'exact: member variance' near "$(cell sd_member)" 0.7559289460184544 1e-12
check 'exact: infinitesimal jackknife' near "$(cell var_ij)" \
  0.5714285714285714 1e-12
check 'exact: no Monte Carlo bias' near "$(cell var_ij_u)" \
  0.5714285714285714 1e-12
check 'exact: jackknife after bootstrap' near "$(cell var_jab)" \
  0.6666666666666666 1e-12
check 'exact: all of it is additive' grep -q '^# additive share: 1 ' \
  "$box/stdout"
run bagdrop bag seven.csv -r jackknife -f poly:degree=0 -p grid:2
check 'jackknife of a mean: s/sqrt(n)' near "$(cell sd_mean)" \
  0.816496580927726 1e-12

# Given resamples: three members by hand.
printf '1,1,1,1,1,1,1\n7,7,7,7,7,7,7\n1,2,3,4,5,6,7\n' >index.csv
printf '7,0,0,0,0,0,0\n0,0,0,0,0,0,7\n1,1,1,1,1,1,1\n' >counts.csv
run bagdrop bag seven.csv --index index.csv -f poly:degree=0 -p grid:2
grep -v '^# resampling' "$box/stdout" >by_index
check 'index: mean of 2, 8 and 5' near "$(cell mean)" 5 1e-12
check 'index: their spread' near "$(cell sd_member)" 2.449489742783178 1e-12
run bagdrop bag seven.csv --counts counts.csv -f poly:degree=0 -p grid:2
check 'counts: as by index' test "$(grep -v '^# resampling' "$box/stdout")" = \
  "$(cat by_index)"
# What the rows left out say, each with its error.
run bagdrop bag "$data" -f tree -B 100 -p grid:2
for score in rmse mae r2 nll crps; do
  expect_stdout "^# out-of-bag $score: [0-9.]* (se [0-9.]*)\$" "$score"
done
expect_stdout '^# out-of-bag cover of the 90 % limits: 8[0-9.]* % (95 % limits' \
  'coverage'
expect_stdout '^# .632+ rmse of a single fit: 2[0-9.]* (overfitting rate 0' \
  'the .632 rule'
run bagdrop bag "$data" -f tree -B 100 -p grid:2 -r subsample
check 'no .632 rule for half of the rows' \
  test "$(grep -c '^# .632' "$box/stdout")" = 0
run bagdrop bag "$data" -f tree -B 100 -p grid:2 -r bayes
check 'no scores when no row is left out' \
  test "$(grep -c '^# out-of-bag' "$box/stdout")" = 0
run bagdrop bag "$data" -B 70 -p grid:4 --dump-members members.tsv
check 'members: one line each' test "$(grep -vc '^#' members.tsv)" = 71
cp "$box/stdout" first
run bagdrop bag "$data" -p grid:4 --counts members.tsv
check 'members read back give the same numbers' test \
  "$(grep -v '^# resampling' "$box/stdout")" = \
  "$(grep -v '^# resampling' first)"
mkdir closed && chmod a-w closed
if ! touch closed/x 2>/dev/null; then
  run bagdrop bag "$data" -B 70 --dump-members closed/m.tsv
  expect_status 1 'a folder that cannot be written'
fi

run bagdrop bag "$data" -B 70 --dump-members closed
expect_status 1 'a folder instead of a file'
check 'says that it is one' grep -q 'closed: is a folder' "$box/stderr"
printf 'x,y\n1,1\n2,2\n3,4\n' >three.csv
run bagdrop bag three.csv -f linear -p grid:2
expect_status 0 'three rows'
check 'three rows: no noise, and it is said' grep -q \
  '^# noise: cannot be estimated' "$box/stdout"
check 'three rows: a mean' awk -F '\t' '/^[13]\t/ { n += $2 > 0 && $6 == "nan" }
  END { exit n != 2 }' "$box/stdout"

# A column of labels.
awk -F, 'NR == 1 { print $0 ",part"; next }
  { print $0 "," (NR % 4 ? "a\"b" : NR % 8 ? "c" : "d") }' "$data" |
  sed 's/,a"b/,"a""b"/' >labels.csv
for option in strata groups; do
  run bagdrop bag labels.csv -y accel -f poly --$option part -B 64 -p grid:3
  expect_status 0 "--$option: done"
  check "--$option: the column is no input" grep -qx -e "$header" \
    "$box/stdout"
done
run bagdrop bag labels.csv -y accel -f tree -B 64
expect_status 0 'a column of text as an input'
check 'its levels are printed' grep -q 'c	' "$box/stdout"
run bagdrop bag labels.csv -y accel -f linear -B 64 --features 1 -p labels.csv
expect_status 0 'one input for each member'

# Planning.
run bagdrop bag "$data" --dry-run -B 5000
expect_status 0 'a dry run'
check 'a dry run says how many' grep -qx 'members: 5000' "$box/stdout"
for threads in 1 2; do
  run bagdrop bag "$data" -f poly:degree=4 -p grid:3 --target-mc-error 8% \
    --threads $threads
  cp "$box/stdout" "target$threads"
done
check 'a target gives the same members on any threads' cmp target1 target2
check 'and is met' awk '/^# Monte Carlo error/ { met = $7 <= 8 }
  END { exit !met }' target1
run bagdrop bag "$data" -e none -B 20 -p grid:2
check 'no estimators: no sd_mean' test "$(cell sd_mean)" = nan

refuse ()
{
  status=$1 said=$2
  shift 2
  run bagdrop bag "$@"
  if [ "$status" = 2 ]; then
    expect_usage_error "$said" "$said"
  else
    expect_status "$status" "status: $said"
    check "says: $said" grep -q -e "$said" "$box/stderr"
    expect_stderr_line '^bagdrop bag: ' "one line: $said"
  fi
}
refuse 2 'do not go together' seven.csv --exact --counts counts.csv
refuse 2 "asks for the resampling 'exact'" seven.csv --exact -r bayes
refuse 1 '12 rows at most' "$data" --exact
refuse 2 'name the column with --groups' "$data" -r groups
refuse 2 "no estimator 'ij_uu'; did you mean 'ij_u'?" "$data" -e ij_uu
refuse 2 "little: only with --resample little" "$data" -e little
refuse 2 "ij: not with --resample little" "$data" -r little -e ij
refuse 1 "the members of a bag must be 2, 4, 8" "$data" -r little:bag=3
cp "$data" own.csv
refuse 2 'influence: this run reads ./own.csv' own.csv --influence ./own.csv
refuse 2 'part: this run reads own.csv' "$data" -p own.csv --part own.csv
refuse 2 'influence name the same file' "$data" --influence new --dump-members \
  ./new
check 'the data are as they were' cmp own.csv "$data"
run bagdrop bag "$data" -B 2
expect_stdout '^# additive share: nan (too few' 'two members tell no share'
expect_stdout '^# Monte Carlo error of sd_mean: 2402 % (it is mostly chance' \
  'two members: mostly chance'
refuse 2 'little bags do not tell single rows apart' "$data" -r little \
  --influence new
refuse 2 'stands there twice' "$data" -e ij,ij
refuse 2 'a share from' "$data" --target-mc-error 0
refuse 2 'cannot be estimated with' "$data" --target-mc-error 5% -r none
refuse 1 'takes every row' "$data" -r subsample:fraction=1
refuse 1 'as long as the data' "$data" -r moving:length=133
refuse 1 'the data have 1' "$data" --features 2
printf '1,2,9\n' >bad.csv
refuse 1 'bad.csv:1:1: 9 in column 3 is no row number' seven.csv --index bad.csv
printf '1,2\n' >bad.csv
refuse 1 'bad.csv:1:1: 2 columns of weights; the data have 7 rows' seven.csv \
  --counts bad.csv
printf '1,1,1,1,1,1,1\n1,1,-2,1,1,1,1\n' >bad.csv
refuse 1 'bad.csv:2:1: the weight of row 3 is -2' seven.csv --counts bad.csv
printf '1,1,1,1,1,1,1\n0,0,0,0,0,0,0\n' >bad.csv
refuse 1 'bad.csv:2:1: all weights are 0' seven.csv --counts bad.csv
printf '1,1,1,,1,1,1\n' >bad.csv
refuse 1 "bad.csv:1:7: no value in column 'V4'" seven.csv --counts bad.csv
printf 'x,y,g\n1,2,a\n2,3,a\n3,5,a\n' >one.csv
refuse 1 "column 'g' has one level only" one.csv -y y --groups g

run bagdrop bag "$data" -f tre
expect_usage_error "no fitter 'tre'; did you mean 'tree'?" 'unknown fitter'
run bagdrop bag "$data" -f tree:min_lef=3
expect_usage_error "did you mean 'min_leaf'?" 'unknown knob'
run bagdrop bag "$data" -f poly:degree=99
expect_usage_error 'whole number from 0 to 30' 'a knob out of range'
run bagdrop bag "$data" -r boot
expect_usage_error "no resampling 'boot'" 'unknown resampling'
run bagdrop bag "$data" -p grid:1
expect_status 1 'a grid of one point'
run bagdrop bag "$top/data/diabetes.csv" -p grid:9
expect_status 1 'a grid of ten inputs'
run bagdrop bag "$top/data/diabetes.csv" -f poly
expect_status 1 'a polynomial of ten inputs'
expect_stderr_line '^bagdrop bag: ' 'says so in one line'
run bagdrop bag "$data" -p none.csv
expect_status 1 'no such file of points'
finish
