# shellcheck shell=sh disable=SC2154
# Part of run.sh: networks, and what the moments of an ensemble cost.

# bag_cpu FITTER DATA MEMBERS [RESAMPLING [CO]]: CPU seconds on one thread.
bag_cpu ()
{
  fitter=$1 data=$2 members=$3
  shift 3
  ./bench_bag "$fitter" "$data" "$members" 1 "$@" > "$dir/line" || return 1
  awk '{ print $2 }' "$dir/line"
}

part_nets ()
{
  ./bagdrop simulate sine -n 106 > "$dir/sine.csv"
  head_of 'Networks 1-50-1, n = 106, 2000 steps'
  line=$(middle 1 bag_cpu net "$dir/sine.csv" 1 none)
  row 'one' bagdrop "$line"
  line=$(middle 1 bag_cpu net:dropout=0.1 "$dir/sine.csv" 1 none)
  row '' 'dropout 0.1' "$line"
  line=$(middle 1 bag_cpu net "$dir/sine.csv" 40)
  row '40 bagged' bagdrop "$line"
  if [ "$numpy" != no ]; then
    line=$(middle 1 "$python" "$peers/nets.py" "$dir/sine.csv" 40)
    row '' 'numpy, stacked' "$line"
  fi
  ./bagdrop simulate friedman1 -n 1000 -s 1 > "$dir/small.csv"
  head_of '100 full trees through the run, n = 1000'
  line=$(middle 1 bag_cpu tree:min_leaf=1 "$dir/small.csv" 100)
  row 'moments' bagdrop "$line"
  line=$(middle 1 bag_cpu tree:min_leaf=1 "$dir/small.csv" 100 bootstrap 1000)
  row '' 'and 1000 x 1000' "$line"
}
