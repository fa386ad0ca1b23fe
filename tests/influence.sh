#!/bin/sh
# --influence, --figures and --simultaneous of bagdrop bag and dropout.
# shellcheck source=tests/lib.sh
. "${srcdir:-.}/tests/lib.sh"

data=$top/data/mcycle.csv

# column FILE NAME: its values
column ()
{
  awk -F '\t' -v name="$2" '/^#/ { next }
    !at { for (i = 1; i <= NF; i++) if ($i == name) at = i; next }
    { print $at }' "$1"
}

# whole FILE ROWS: so many rows, shares that sum to 1, ranks that are ranks
whole ()
{
  column "$1" share | awk -v n="$2" '{ sum += $1 }
    END { exit !(NR == n && sum > 1 - 1e-9 && sum < 1 + 1e-9) }' || return 1
  column "$1" rank | sort -n | awk '$1 != NR { bad = 1 } END { exit bad }'
}

# Two units are few enough for a division of whole numbers to be 0.
awk -F , -v OFS=, 'NR == 1 { print $0, "g"; next } { print $0, NR % 2 }' \
  "$data" >two.csv
run bagdrop bag two.csv -x times -y accel --groups g --influence two.tsv \
  --figures two
expect_status 0 'bag: two groups'
check 'bag: shares of 2 groups' whole two.tsv 2
expect_stdout ', 1 carries half of it' 'bag: one carries half'
check 'bag: a figure of two groups draws' test ! -s "$box/stderr"

run bagdrop bag "$data" -B 300 --influence rows.tsv --figures figures
expect_status 0 'bag: influence of rows'
check 'bag: shares of 133 rows' whole rows.tsv 133
check 'bag: rows by number' awk -F '\t' '/^#/ || !n { n += !/^#/; next }
  $1 != n { bad = 1 } { n++ } END { exit bad || n != 134 }' rows.tsv
check 'bag: their inputs and responses' sh -c "
  grep -v '^#' rows.tsv | sed 1d | cut -f 2,3 | tr '\t' , >a
  sed 1d '$data' >b
  cmp a b"
check 'bag: a note' grep -q '^# influence: 5 of 133 rows carry [0-9.]* %' \
  "$box/stdout"
check 'bag: a script' test -s figures/influence.gp
if have gnuplot; then
  check 'bag: pictures' test -s figures/influence.svg -a \
    -s figures/influence.pdf
fi
cp rows.tsv first.tsv
run bagdrop bag "$data" -B 300 --influence rows.tsv -t 3
check 'bag: the same bytes with three threads' cmp rows.tsv first.tsv

run bagdrop bag "$data" -B 300 --simultaneous -t 1
cp "$box/stdout" one.out
run bagdrop bag "$data" -B 300 --simultaneous -t 3
check 'bag: the same band with three threads' cmp one.out "$box/stdout"

# The parts of a mean (a tree without a split) are known: (y - mean)^2.
awk 'BEGIN { print "x,y"
  for (i = 1; i <= 7; i++) print i "," (i == 6 ? 20 : i % 4) }' >mean.csv
run bagdrop bag mean.csv -f tree:min_leaf=1000 --exact -p train \
  --influence few.tsv --simultaneous
expect_status 0 'all resamples of a mean'
check 'its parts are the squares' awk -F '\t' '/^#/ || !n { n += !/^#/; next }
  { y[n] = $3; share[n] = $4; error[n] = $5; sum += $3; n++ }
  END { n--; for (i = 1; i <= n; i++) all += (y[i] - sum / n) ^ 2
    for (i = 1; i <= n; i++)
      { d = share[i] - (y[i] - sum / n) ^ 2 / all
        if (d * d > 1e-20 || error[i] != 0) exit 1 }
    exit n != 7 }' few.tsv
check 'one point or seven of a mean: the same band' awk -F '\t' '/^#/ { next }
  !head { head = 1; next }
  { c = ($10 - $9) / 2 / $4; if (c < 1.60 || c > 1.69) bad = 1 }
  END { exit bad }' "$box/stdout"

printf 'x\tplot\ty\n' >groups.tsv
awk 'BEGIN { for (i = 1; i <= 40; i++)
  print i "\tplot " (i % 5) "\t" (i * i) % 17 }' >>groups.tsv
run bagdrop bag groups.tsv --groups plot -x x -B 100 --influence groups.out
expect_status 0 'groups'
check 'groups by their labels' test "$(column groups.out group | tr '\n' ,)" \
  = 'plot 0,plot 1,plot 2,plot 3,plot 4,'
check 'groups: shares' whole groups.out 5
run bagdrop bag groups.tsv -x x -B 100 --resample moving --influence moving.out
expect_status 0 'places of blocks'

run bagdrop bag "$data" --influence a.tsv --resample none
expect_usage_error "none" 'a resampling that has no sd_mean'
run bagdrop bag "$data" --simultaneous --estimators none
expect_usage_error 'estimators none' 'no sd_mean asked for'
run bagdrop bag "$data" --influence no/such/folder/a.tsv
expect_status 1 'a folder that is not there'
expect_stderr_line 'no/such/folder' 'and a sentence'
check 'nothing printed' test ! -s "$box/stdout"

# Dropout: the closed form, and the same from masks; two layers with inputs.
run bagdrop dropout "$data" --hidden 12 --steps 500 --save a.net \
  --influence closed.tsv --simultaneous
expect_status 0 'dropout: influence of units'
check 'dropout: shares of 12 units' whole closed.tsv 12
check 'dropout: nothing left to chance' test \
  "$(column closed.tsv share_error | sort -u)" = 0
expect_stdout '^# band_lo, band_hi: .* spread between masks and no confidence' \
  'dropout: what the band is'
awk -F '\t' '/^#/ { next } !head { head = 1; next }
  { print ($10 - $9) / 2 / $3 }' "$box/stdout" | sort -u >widths
check 'dropout: one factor for all points' awk 'NR == 1 { c = $1 }
  ($1 - c) ^ 2 > 1e-8 || c < 1.645 { bad = 1 } END { exit bad }' widths
grep -v '^#' "$box/stdout" | cut -f 1 >at.tsv
run bagdrop dropout --net a.net --points at.tsv --influence given.tsv
expect_status 0 'dropout: a network from a file'
grep -v '^#' closed.tsv >a
grep -v '^#' given.tsv >b
check 'dropout: the same parts' cmp a b
run bagdrop dropout "$data" --hidden 6,4 --mask bernoulli:input=0.2 \
  --steps 200 -T 500 --influence deep.tsv --figures deep
expect_status 0 'dropout: two layers and inputs'
check 'dropout: 11 units' whole deep.tsv 11
check 'dropout: inputs by name, last' test \
  "$(column deep.tsv name | tail -n 1)" = times
check 'dropout: a script' test -s deep/influence.gp
run bagdrop dropout "$data" --hidden 6,4 --predict rao-blackwell \
  --influence a.tsv
expect_usage_error 'rao-blackwell does not tell the units apart' \
  'a prediction that does not follow units'
run bagdrop dropout "$data" --mask dropconnect --influence a.tsv
expect_usage_error 'weights' 'masks of weights'
run bagdrop dropout "$data" --untied 3 --influence a.tsv
expect_usage_error 'trained apart' 'untied networks'
run bagdrop dropout "$data" --rate 0 --simultaneous
expect_usage_error 'no unit is left out' 'rate 0'

# What cannot be written is told before the work, and nothing is left.
printf 'x\n' >no-folder
for command in bag dropout; do
  rm -f late.tsv
  run bagdrop $command "$data" --influence late.tsv --figures no-folder
  expect_status 1 "$command: figures into a file"
  expect_stderr_line 'no-folder' "$command: which one"
  deny "$command: no table either" test -e late.tsv
done
finish
