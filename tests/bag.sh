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
