# shellcheck shell=sh disable=SC2154
# Part of run.sh: networks with dropout, bagged networks, all subnetworks.

# peer PROGRAM LINE [FIELDS]: a row below one of ours, $ours.  Where we err
# more by over 2 % the ratio is no fair one, and the next line says so.
peer ()
{
  row '' "$1" "$2" "${3:-1 2 3}"
  printf '%s\n%s\n' "$ours" "$2" | awk '
    NR == 1 { error = $2 }
    NR == 2 && error > 1.02 * $2 {
      printf "%23s error %.1f %% below ours\n", "", 100 * (1 - $2 / error) }'
}

# net KIND ARGUMENT...: bench_dropout on $train and $test.
net ()
{
  kind=$1
  shift
  ./bench_dropout "$kind" "$train" "$test" "$@"
}

# script NAME KIND ARGUMENT...: a peer on the same files.
script ()
{
  name=$1 kind=$2
  shift 2
  "$python" "$peers/$name.py" "$kind" "$train" "$test" "$@"
}

# training NAME WIDTHS BATCH RATE FLOP: 100 epochs with dropout, 5 starts; FLOP
# are those of a row in a step, to be compared with the peak.
training ()
{
  knobs=units=relu,dropout=0.5,schedule=constant,epochs=100
  knobs=$knobs,batch=$3,rate=$4,hidden=$(echo "$2" | tr , x)
  ours=$(middle 1 net train "$knobs" 5)
  row "$1, batch $3" bagdrop "$ours" '1 2 3'
  if [ "$numpy" != no ]; then
    line=$(middle 1 script dropout numpy "$2" "$3" 100 "$4" 5)
    peer 'numpy, by hand' "$line"
  fi
  if [ "$torch" != no ]; then
    line=$(middle 1 script dropout torch "$2" "$3" 100 "$4" 5)
    peer 'torch, eager' "$line"
  fi
  [ -z "$5" ] || echo "$ours $peak" | awk -v flop="$5" '$4 > 0 {
    printf "%23s %.0f %% of the peak of one core, %.0f GFLOP/s\n", "",
           100 * flop * 1e5 / $1 / $4 / 1e9, $4 }'
}

sine_files ()
{
  train=$dir/net.csv test=$dir/net_test.csv
  ./bagdrop simulate sine -n 1000 -s 1 > "$train"
  ./bagdrop simulate sine -n 1000 -s 2 --truth > "$test"
}

part_dropout ()
{
  # Prints GFLOP/s; without it no share of the peak is given.
  peak=$(./bench_kernels peak 2> /dev/null || :)
  head_of 'Dropout 0.5, Adam, 100 epochs' error truth
  sine_files
  training 1-100-100-1 100,100 32 0.003 61200
  training 1-100-100-1 100,100 128 0.003 61200
  train=$dir/friedman.csv test=$dir/friedman_test.csv
  ./bagdrop simulate friedman1 -n 1000 -s 1 > "$train"
  ./bagdrop simulate friedman1 -n 1000 -s 2 --truth > "$test"
  training 10-50-1 50 32 0.003 ''
  sine_files
  part_masks
  part_stacks
  part_whole
  cat << 'EOF'
n = 1000, single precision, rectifiers; peers with the same epochs, batches,
law of the masks and of the start, and constant learning rates.  The errors are against 1000 test
rows and against the true curve there; in training the mean over five starts.
EOF
}

# Random masks, and all of them.  The peers predict with our network.
part_masks ()
{
  knobs=units=relu,dropout=0.5,schedule=constant,epochs=100,batch=32,rate=0.003
  head_of '1000 masks at 1000 points' error spread
  ./bench_dropout write "$train" "$knobs,hidden=100x100" > "$dir/trained"
  ours=$(middle 1 net pass "$knobs,hidden=100x100" 1000)
  row 'a mask for a pass' bagdrop "$ours" '1 2 4'
  masks numpy 'numpy, live'
  ours=$(middle 1 net each "$knobs,hidden=100x100" 1000)
  row 'one for each point' bagdrop "$ours" '1 2 4'
  masks torch 'torch, loop'
  head_of 'All subnetworks at 1000 points' error spread
  subnetworks 16
  subnetworks 20
  ours=$(middle 1 net closed "$knobs,hidden=20")
  row 'closed form, 1-20-1' bagdrop "$ours" '1 2 4'
}

# masks PEER PROGRAM
masks ()
{
  eval "version=\$$1"
  [ "$version" != no ] || return 0
  line=$(middle 1 "$python" "$peers/mc.py" "$1" "$dir/trained" "$test" 1000)
  peer "$2" "$line" '1 2 4'
}

# subnetworks UNITS
subnetworks ()
{
  ./bench_dropout write "$train" "$knobs,hidden=$1" > "$dir/trained"
  ours=$(middle 1 net all "$knobs,hidden=$1")
  row "1-$1-1" bagdrop "$ours" '1 2 4'
  [ "$numpy" != no ] || return 0
  line=$(middle 1 "$python" "$peers/enumerate.py" "$dir/trained" "$test")
  peer 'numpy, two tables' "$line" '1 2 4'
}

# A bag's steps are those of 50 epochs of all its rows.
stacks ()
{
  knobs=hidden=50,units=relu,schedule=constant,steps=1600,batch=32,rate=0.01
  ours=$(middle 1 net bag "$knobs" "$1")
  row "$1 networks" bagdrop "$ours" '1 2 3'
  if [ "$numpy" != no ]; then
    line=$(middle 1 script stacked numpy "$1" 50 0.01)
    peer 'numpy, stacked' "$line"
  fi
  # Errors of so short a training say nothing.
  if [ "$torch" != no ]; then
    line=$(middle 1 script stacked torch 20 50 0.01 0.04)
    line=$(echo "$line" | awk -v m="$1" '{ print $1 * m / 20 }')
    row '' 'torch, loop (*)' "$line" 1
  fi
}

part_stacks ()
{
  head_of 'Bagged 1-50-1, Adam, batches of 32' error truth
  stacks 20
  stacks 100
  one=$(middle 1 ./bench_bag "net:$knobs" "$train" 100 1)
  both=$(middle 1 ./bench_bag "net:$knobs" "$train" 100 2)
  echo "${one%% *} ${both%% *}" |
    awk '{ printf "100 networks, wall on 1 and 2 threads: %.3f, %.3f, x%.2f\n",
           $1, $2, $1 / $2 }'
  echo '(*) 2 of the 50 epochs of 20 networks, scaled up.'
}

# Methods of the whole sample: ours until its error against the truth is that
# of nnet.
part_whole ()
{
  head_of '1-50-1 without masks, iterations' error truth
  line=
  [ "$nnet" = no ] ||
    line=$(middle 1 Rscript "$peers/nnet.R" "$train" "$test" 50 10)
  knobs=hidden=50,units=tanh,optimiser=lbfgs
  for steps in 20 30 40 50 60 70 80 90 100 120 140 160 180 200; do
    ours=$(middle 1 net train "$knobs,steps=$steps" 10)
    row "L-BFGS, $steps" bagdrop "$ours" '1 2 3'
    if [ -n "$line" ] && echo "$ours $line" | awk '{ exit !($3 <= $6) }'; then
      break
    fi
  done
  [ -z "$line" ] || peer 'nnet, BFGS, 50' "$line"
  echo 'The mean over 10 starts.'
}
