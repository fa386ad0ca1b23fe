#!/bin/sh
# make bench: our workloads, and the same ones in peers where those are
# installed.  Usage: run.sh SRCDIR, in the build folder.
#
# Times are medians of $RUNS (5) runs: CPU seconds with one thread, wall
# seconds where threads are compared (on a busy machine these say little).
# Programs' start and reading are left out, in the peers too, except where the
# whole program is meant.  The ratio is the peer's time over ours.
set -e
srcdir=${1:-.}
runs=${RUNS:-5}
peers=$srcdir/bench/peers
python=${PYTHON:-python3}
$python -c 'import numpy' 2> /dev/null || python=/usr/bin/python3
export OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 LC_ALL=C
dir=$(mktemp -d "${TMPDIR:-/tmp}/bagdrop-bench.XXXXXX")
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' HUP INT TERM

# median FIELD COMMAND...: the median of that field of the command's line.
median ()
{
  field=$1
  shift
  i=0
  while [ $i -lt "$runs" ]; do
    "$@" | awk -v f="$field" '{ print $f }'
    i=$((i + 1))
  done | sort -g | awk '{ v[NR] = $1 } END { print v[int ((NR + 1) / 2)] }'
}

# row WORKLOAD SECONDS [PEER SECONDS]...
row ()
{
  printf '%-44s %9.4f' "$1" "$2"
  ours=$2
  shift 2
  while [ $# -gt 1 ]; do
    awk -v name="$1" -v t="$2" -v o="$ours" \
      'BEGIN { printf "   %s %.3f (x%.1f)", name, t, t / o }'
    shift 2
  done
  echo
}

# wall COMMAND...: its wall seconds.
wall ()
{
  start=$(date +%s.%N)
  "$@" > /dev/null
  date +%s.%N | awk -v s="$start" '{ printf "%.3f\n", $1 - s }'
}

# The columns that matter come first in Friedman 1, and ties go to the first
# column in our trees: an order that tells nothing.
friedman ()
{
  ./bagdrop simulate friedman1 -n "$1" -s "$2" | awk -F, -v OFS=, \
    '{ print $7, $2, $9, $4, $1, $10, $5, $8, $3, $6, $11 }'
}

ours_trees ()
{
  ./bench_trees "$1" "$2" 100 min_leaf=1 |
    sed 's/.*"threads_1": {[^}]*"cpu_s": \([0-9.]*\).*/\1/; s/}.*//'
}

compare ()
{
  OMP_NUM_THREADS=$1 wall ./bagdrop compare "$srcdir/data/mcycle.csv" \
    -o "$dir/report"
}

has_sklearn=no has_numpy=no has_ranger=no
$python -c 'import sklearn' 2> /dev/null && has_sklearn=yes
$python -c 'import numpy' 2> /dev/null && has_numpy=yes
Rscript -e 'library (ranger)' > /dev/null 2>&1 && has_ranger=yes
echo "Peers: scikit-learn $has_sklearn, numpy $has_numpy, ranger $has_ranger"
printf '%-44s %9s   %s\n' workload seconds 'peer seconds (ratio)'

friedman 1000 99 > "$dir/test.csv"
for n in 1000 10000; do
  friedman $n 1 > "$dir/train.csv"
  set -- "100 bagged full trees, Friedman 1, n = $n" \
    "$(median 1 ours_trees "$dir/train.csv" "$dir/test.csv")"
  [ $has_ranger = no ] || set -- "$@" ranger \
    "$(median 1 Rscript "$peers/trees.R" "$dir/train.csv" "$dir/test.csv")"
  [ $has_sklearn = no ] || set -- "$@" scikit-learn \
    "$(median 1 $python "$peers/trees.py" "$dir/train.csv" "$dir/test.csv")"
  row "$@"
done

./bagdrop simulate sine -n 106 > "$dir/sine.csv"
row 'one network 1-50-1, n = 106, 2000 steps' \
  "$(median 2 ./bench_bag net "$dir/sine.csv" 1 1 none)"
row 'the same with dropout 0.1' \
  "$(median 2 ./bench_bag net:dropout=0.1 "$dir/sine.csv" 1 1 none)"
set -- '40 bagged networks' \
  "$(median 2 ./bench_bag net "$dir/sine.csv" 40 1)"
[ $has_numpy = no ] || set -- "$@" 'numpy, stacked' \
  "$(median 1 $python "$peers/nets.py" "$dir/sine.csv" 40)"
row "$@"

friedman 1000 1 > "$dir/small.csv"
row '100 bagged trees and moments, n = 1000' \
  "$(median 2 ./bench_bag tree:min_leaf=1 "$dir/small.csv" 100 1)"
row 'the same with 1000 x 1000 co-moments' \
  "$(median 2 ./bench_bag tree:min_leaf=1 "$dir/small.csv" 100 1 bootstrap 1000)"

printf '\n%-44s %9s %9s %6s\n' 'wall seconds, threads' 1 2 ratio
two ()
{
  awk -v w="$1" -v a="$2" -v b="$3" \
    'BEGIN { printf "%-44s %9.3f %9.3f %6.2f\n", w, a, b, a / b }'
}
two '128 bagged trees, n = 10000' \
  "$(median 1 ./bench_bag tree:min_leaf=1 "$dir/train.csv" 128 1)" \
  "$(median 1 ./bench_bag tree:min_leaf=1 "$dir/train.csv" 128 2)"
two '128 bagged networks, n = 106' \
  "$(median 1 ./bench_bag net "$dir/sine.csv" 128 1)" \
  "$(median 1 ./bench_bag net "$dir/sine.csv" 128 2)"
two 'bagdrop compare data/mcycle.csv' \
  "$(median 1 compare 1)" "$(median 1 compare 2)"
