# shellcheck shell=sh disable=SC2154
# Part of run.sh: wall seconds on one and two threads, and of whole commands.

# two WORKLOAD ONE TWO
two ()
{
  awk -v w="$1" -v a="$2" -v b="$3" 'BEGIN {
    printf "%-40s %9.3f %9.3f %6s\n", w, a, b, sprintf ("x%.2f", a / b) }'
}

# bag_wall WORKLOAD FITTER DATA MEMBERS
bag_wall ()
{
  one=$(middle 1 ./bench_bag "$2" "$3" "$4" 1)
  both=$(middle 1 ./bench_bag "$2" "$3" "$4" 2)
  two "$1" "${one%% *}" "${both%% *}"
}

part_threads ()
{
  ./bagdrop simulate friedman1 -n 10000 -s 1 > "$dir/train.csv"
  ./bagdrop simulate sine -n 106 > "$dir/sine.csv"
  printf '\n%-40s %9s %9s %6s\n' 'Wall seconds, threads' 1 2 ratio
  bag_wall '100 full trees, n = 10000' tree:min_leaf=1 "$dir/train.csv" 100
  bag_wall '128 full trees, n = 10000' tree:min_leaf=1 "$dir/train.csv" 128
  bag_wall '128 networks, n = 106' net "$dir/sine.csv" 128
  set -- ./bench_wall "$runs" ./bagdrop compare "$srcdir/data/mcycle.csv" \
    -o "$dir/report"
  one=$(OMP_NUM_THREADS=1 "$@")
  both=$(OMP_NUM_THREADS=2 "$@")
  two 'bagdrop compare data/mcycle.csv' "$one" "$both"
}

# command_of FITTER [MODEL]: what a user waits for, and numpy's MODEL of
# peers/curves.py, at other points and without standard deviations.
command_of ()
{
  data=$dir/sine2000.csv
  one=$(./bench_wall 11 ./bagdrop bag "$data" -f "$1" -B 1000 -t 1)
  both=$(./bench_wall 11 ./bagdrop bag "$data" -f "$1" -B 1000 -t 2)
  other=
  if [ $# -gt 1 ] && [ "$numpy" != no ]; then
    other=$(./bench_wall 11 "$python" "$peers/curves.py" "$data" 1000 "$2" f4)
  fi
  awk -v f="$1" -v a="$one" -v b="$both" -v c="$other" 'BEGIN {
    printf "%-40s %9.1f %9.1f %6s", f, 1e3 * a, 1e3 * b,
           sprintf ("x%.2f", a / b)
    if (c != "")
      printf " %9.1f %6s", 1e3 * c, sprintf ("x%.1f", c / a)
    print "" }'
}

part_commands ()
{
  ./bagdrop simulate sine -n 2000 -s 1 > "$dir/sine2000.csv"
  printf '\n%-40s %9s %9s %6s %9s %6s\n' \
    'Wall ms, bagdrop bag -B 1000, threads' 1 2 ratio numpy ratio
  command_of bspline:knots=20 bspline
  command_of poly:degree=9 poly
  command_of linear
  command_of locpoly
  cat << 'EOF'
2000 rows of bagdrop simulate sine, medians of 11, start and reading included;
bagdrop's with standard deviations and intervals, numpy's only means.
EOF
}
