# shellcheck shell=sh disable=SC2154
# Part of run.sh: variances from members that are there.

# ours_variance N M B THREADS WHAT: CPU seconds, wall seconds, memory.
ours_variance ()
{
  ./bench_variance "$@" > "$dir/json" || return 1
  for name in cpu_s wall_s memory_mb; do
    value $name < "$dir/json"
  done | paste -s -d ' ' -
}

# products N M B: one thread, then two.  The base is the single-precision
# product of the same run.
products ()
{
  line=$(middle 1 ours_variance "$@" 1 sgemm)
  row "n $1, B $3" 'SGEMM alone' "$line" 1
  for what in $forms; do
    line=$(middle 1 ours_variance "$@" 1 "$what")
    row '' "bagdrop $what" "$line" 1
  done
  for what in ij jab; do
    [ "$numpy" = no ] ||
      for type in f4 f8; do
        line=$(middle 1 "$python" "$peers/variance.py" "$@" $type $what)
        row '' "numpy $type $what" "$line" 1
      done
    [ "$nnet" = no ] || [ "$1" -gt 10000 ] || {
      line=$(middle 1 Rscript "$peers/variance.R" "$@" $what)
      row '' "R $what" "$line" 1
    }
  done
}

# Wall seconds of ours.
two_threads ()
{
  for what in $forms; do
    line=$(middle 2 ours_variance "$@" 1 "$what")
    row "n $1, B $3, wall" "$what" "$line" 2
    line=$(middle 2 ours_variance "$@" 2 "$what")
    row '' '2 threads' "$line" 2
  done
}

part_variance ()
{
  head_of 'Variances of members that are there'
  forms='ij both moments'
  products 1000 1000 2000
  if [ "$ranger" != no ]; then
    all_runs=$runs
    runs=1
    friedman 1000 1 > "$dir/train.csv"
    friedman 1000 99 > "$dir/test.csv"
    for what in infjack jack; do
      line=$(middle 1 Rscript "$peers/infjack.R" "$dir/train.csv" \
        "$dir/test.csv" 2000 3 $what)
      row '' "ranger $what" "$line" 1
    done
    runs=$all_runs
  fi
  forms='gram_ij gram_both ij'
  products 100000 1000 500
  head_of 'The same with two threads'
  forms='ij both'
  two_threads 1000 1000 2000
  forms='gram_ij gram_both'
  two_threads 100000 1000 500
  head_of '10^7 members of one number, MiB' memory
  line=$(middle 1 ours_variance 0 1 10000000 1 stream)
  row 'streamed' bagdrop "$line" '1 3'
}
