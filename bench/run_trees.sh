# shellcheck shell=sh disable=SC2154
# Part of run.sh: bagged trees on Friedman 1.

# ours_trees MEMBERS KNOBS: seconds, error, seconds of prediction and spread,
# as the peers print them.
ours_trees ()
{
  ./bench_trees "$dir/train.csv" "$dir/test.csv" "$1" "min_leaf=1,$2" \
    > "$dir/json" || return 1
  for name in cpu_s test_rmse predict_cpu_s spread; do
    value $name < "$dir/json"
  done | paste -s -d ' ' -
}

# forest WORKLOAD MEMBERS MTRY SPLIT [FIELDS]: a workload on the training and
# test rows in $dir, ours and the peers'.
forest ()
{
  fields=${5:-1 2 4}
  first=${fields%% *}
  line=$(middle "$first" ours_trees "$2" "mtry=$3,split=$4")
  row "$1" bagdrop "$line" "$fields"
  set -- "$dir/train.csv" "$dir/test.csv" "$2" "$3" "$4"
  if [ "$ranger" != no ]; then
    line=$(middle "$first" Rscript "$peers/trees.R" "$@")
    row '' ranger "$line" "$fields"
  fi
  if [ "$sklearn" != no ]; then
    line=$(middle "$first" "$python" "$peers/trees.py" "$@")
    row '' scikit-learn "$line" "$fields"
  fi
}

# binned BINS: a row below those of a forest.
binned ()
{
  line=$(middle 1 ours_trees 100 "bins=$1")
  row '' "ours, $1 bins" "$line" '1 2 4'
}

friedman ()
{
  ./bagdrop simulate friedman1 -n "$1" -s "$2"
}

# The largest size once: the peers take a minute.
large_trees ()
{
  all_runs=$runs
  runs=1
  friedman 100000 1 > "$dir/train.csv"
  head_of '20 full trees, one run' error spread
  forest 'n = 100000, mtry 10' 20 0 best
  forest 'n = 100000, mtry 3' 20 3 best
  runs=$all_runs
}

part_trees ()
{
  friedman 1000 99 > "$dir/test.csv"
  head_of '100 full trees, Friedman 1' error spread
  for n in 1000 10000; do
    friedman $n 1 > "$dir/train.csv"
    forest "n = $n, mtry 10" 100 0 best
    if [ $n = 10000 ]; then
      binned 64
      binned 256
    fi
    forest "n = $n, mtry 3" 100 3 best
  done
  head_of '100 extra-trees, bootstrapped' error spread
  for n in 1000 10000; do
    friedman $n 1 > "$dir/train.csv"
    forest "n = $n, mtry 3" 100 3 random
  done
  large_trees
  head_of 'Prediction, 100 full trees of n = 10000' error spread
  friedman 10000 1 > "$dir/train.csv"
  friedman 10000 99 > "$dir/test.csv"
  forest '10000 rows' 100 0 best '3 2 4'
}
