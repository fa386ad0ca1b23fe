#!/bin/sh
# bagdrop dropout: what it prints, for every prediction and mask; networks
# written and read; the choice of a rate; its refusals.
# shellcheck source=tests/lib.sh
. "${srcdir:-.}/tests/lib.sh"

data=$top/data/mcycle.csv
header=$(printf 'times\tmean\tsd_member\tsd_mean\tsd_error\tsd_pred\tlo\thi')
quick='--hidden 8 --steps 100 --points grid:5 -T 100'

# numbers ROWS COLUMNS: so many rows of finite numbers below the header
numbers ()
{
  awk -F '\t' '/^#/ { next } !head { head = 1; next }
    { rows++; if (NF != '"$2"') bad = 1
      for (i = 1; i <= NF; i++) if ($i !~ /^-?[0-9.]+(e[-+]?[0-9]+)?$/) bad = 1 }
    END { exit !(rows == '"$1"' && !bad) }' "$box/stdout"
}
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
rows () { grep -v '^#' "$box/stdout"; }

run bagdrop dropout "$data"
expect_status 0 'all defaults'
check 'a hundred rows of numbers' numbers 100 8
check 'the columns of bag' grep -qx -e "$header" "$box/stdout"
expect_stdout '^# network: 1-50-1 tanh, 151 weights$' 'its weights'
expect_stdout '^# why closed: ' 'why closed'
check 'no chance' test "$(cell sd_error)" = 0
run bagdrop dropout
expect_status 0 'the embedded sine'

for predict in closed mc exact rao-blackwell fast; do
  run bagdrop dropout "$data" $quick --predict $predict
  expect_status 0 "$predict: done"
  check "$predict: five rows of numbers" numbers 5 \
    "$([ $predict = exact ] && echo 11 || echo 8)"
  cp "$box/stdout" "$predict"
done
for predict in exact rao-blackwell fast; do
  check "$predict is closed for one layer" awk -F '\t' '/^#|^t/ { next }
    NR == FNR { m[$1] = $2; s[$1] = $3; next }
    { a = m[$1] - $2; b = s[$1] - $3
      if (a * a > 1e-16 * $2 * $2 || b * b > 1e-16 * $3 * $3) exit 1 }' \
    closed $predict
done
run bagdrop dropout "$data" $quick --predict scaling
check 'scaling: no spread' test "$(cell sd_member)" = nan
check 'scaling: the mean of closed' near "$(cell mean)" \
  "$(awk -F '\t' '/^[#t]/ { next } { print $2; exit }' closed)" 1e-12
run bagdrop dropout "$data" $quick --hidden 8,8 --rate 0.1,0.3
expect_stdout '^# why mc: ' 'two layers: mc, and why'
expect_stdout '^# additive share: 0\.[0-9]* ' 'two layers: a share below 1'
expect_stdout '^# mask: bernoulli, rate 0.1,0.3$' 'a rate for each layer'
run bagdrop dropout "$data" $quick --hidden 8,8 --predict rao-blackwell
expect_stdout '^# worth: as many as ' 'rao-blackwell: its worth'

for mask in bernoulli:input=0.2 bernoulli:pool=4 bernoulli:when=early \
  bernoulli:share=batch gaussian block:size=2 dropconnect concrete \
  variational; do
  run bagdrop dropout "$data" $quick --mask "$mask"
  expect_status 0 "$mask: done"
  check "$mask: numbers" numbers 5 8
done
for option in '--units relu' '--units gelu' '--output gaussian' \
  '--optimiser sgd:nesterov=1' '--optimiser adamw --decay 0.01' \
  '--optimiser lbfgs --rate 0' '--schedule constant' '--epochs 50' \
  '--batch 16' '--max-norm 2' '--stop 0.2' '--learning-rate 0.001'; do
  run bagdrop dropout "$data" --hidden 8 --points grid:5 $option
  expect_status 0 "$option: done"
  check "$option: numbers" numbers 5 8
done

for threads in 1 3; do
  run bagdrop dropout "$data" $quick --rate auto --predict mc \
    --threads $threads
  cp "$box/stdout" "t$threads"
done
check 'same bytes for 1 and 3 threads' cmp t1 t3
check 'auto: a line for each rate' test \
  "$(grep -c '^# rate 0\.[0-9]* *rmse ' t1)" = 8
check 'auto: one is chosen' test "$(grep -c '<- chosen$' t1)" = 1
check 'auto: spread and error' grep -q '^# spread = error' t1
check 'auto: how far apart' grep -q 'factor [0-9.]* apart$' t1
# Every law with every prediction that it allows, on 1, 2 and 5 threads.
for mask in bernoulli bernoulli:input=0.2 bernoulli:pool=4 gaussian \
  block:size=2 dropconnect concrete variational; do
  ran= differ=
  for predict in closed mc scaling rao-blackwell fast exact; do
    for hidden in 5 4,4; do
      for threads in 1 2 5; do
        bagdrop dropout "$data" --hidden $hidden --steps 20 -T 130 \
          --points grid:40 --mask $mask --predict $predict \
          --threads $threads >"m$threads" 2>/dev/null || continue 2
      done
      ran="$ran $predict"
      cmp -s m1 m2 && cmp -s m1 m5 || differ="$differ $predict:$hidden"
    done
  done
  check "$mask: same bytes at 1, 2, 5 threads ($differ)" \
    test -n "$ran" -a -z "$differ"
done
run bagdrop dropout "$data" $quick --rate auto --predict mc --seed 2
deny 'another seed, another result' cmp t1 "$box/stdout"

# Written and read.
run bagdrop dropout "$data" $quick --save net
expect_status 0 'written'
rows | cut -f 1-5 >first
run bagdrop dropout "$data" --points grid:5 --net net --save again
expect_status 0 'read back'
check 'the same predictions' test "$(rows | cut -f 1-5)" = "$(cat first)"
check 'the same file' cmp net again
printf 'id,times\na,10\nb,20\n' >at.csv
run bagdrop dropout --net net --points at.csv
expect_status 0 'without data'
check 'without data: no noise' test "$(cell sd_pred)" = nan
expect_stdout '^# noise: not known' 'and it is said'
run bagdrop dropout --net net --points at.csv --rate 0
check 'another rate: no mask, no spread' test "$(cell sd_member)" = 0
# mean 1 + 2 tanh x, spread sqrt (q / (1 - q)) 2 tanh x = 2 tanh x
cat >hand <<'END'
bagdrop network 1
inputs 1
hidden 1
unit tanh
output real
names "x" "y"
mask bernoulli
rates 0.5
layer 1
0 1
layer 2
1 2
end
END
printf 'x\n0.5\n' >half.csv
run bagdrop dropout --net hand --points half.csv
expect_status 0 'weights by hand'
check 'by hand: mean' near "$(cell mean)" 1.9242343145200195 1e-14
check 'by hand: spread' near "$(cell sd_member)" 0.9242343145200195 1e-14

# Predictions 1 (no unit), 1 + 4 tanh x: half of the masks each.
run bagdrop dropout --net hand --points half.csv --predict exact
check 'by hand: q05' near "$(cell q05)" 1 1e-14
check 'by hand: median' near "$(cell median)" 1 1e-14
check 'by hand: q95' near "$(cell q95)" 2.848468629040039 1e-14
deny 'no response, no loss' grep -q 'by the units they keep' "$box/stdout"
printf 'x,y\n0.5,1\n0,3\n' >two_rows.csv
run bagdrop dropout two_rows.csv --net hand --predict exact --points train
# Errors 0 and 2 without the unit, 1.848 and 2 with it.
expect_stdout '^#    0          0.5      1.414      1.414      1.414$' \
  'by hand: rmse without units'
expect_stdout '^#    1          0.5      1.926      1.926      1.926$' \
  'by hand: rmse with one'
run bagdrop dropout "$data" --hidden 10,10 --predict exact --points grid:200 \
  --steps 50
expect_stdout '^# q05, median, q95: nan; ' 'quantiles that would take long'
check 'are not made' test "$(cell median)" = nan

# Networks trained apart.
for threads in 1 2 5; do
  run bagdrop dropout "$data" $quick --untied 7 --threads $threads
  cp "$box/stdout" "u$threads"
done
check 'untied: same bytes at 1, 2, 5 threads' \
  sh -c 'cmp u1 u2 && cmp u1 u5'
check 'untied: numbers' numbers 5 8
expect_stdout '^# networks: 7$' 'untied: how many'
expect_stdout '^# at equal cost: held-out rmse .* 7 untied networks of 14 steps' \
  'untied: the comparison'
run bagdrop dropout "$data" $quick --untied 7 --dry-run
expect_stdout '^networks to train: 47$' 'untied: a dry run'

run bagdrop dropout "$data" $quick --dump-members members.tsv
expect_stdout '^# why mc: --dump-members' 'dumped masks are why they are drawn'
run bagdrop dropout "$data" $quick --predict mc --dump-members members.tsv
check 'members: one line each' test "$(grep -vc '^#' members.tsv)" = 101
check 'members: their mean' near "$(cell mean)" "$(awk -F '\t' '/^[#m]/ { next }
  { s += $11; n++ } END { printf "%.17g", s / n }' members.tsv)" 1e-12

# Classes.
awk -F, 'NR == 1 { print "times,sign"; next }
  { print $1 "," ($2 > 0 ? "up" : $2 < -40 ? "far" : "down") }' "$data" >three.csv
run bagdrop dropout three.csv $quick
expect_status 0 'three classes'
check 'three classes: three rows a point' test "$(rows | sed 1d | wc -l)" = 15
check 'probabilities add up to 1' awk -F '\t' '/^[#t]/ { next } { s += $3 }
  END { exit !(s > 5 - 1e-9 && s < 5 + 1e-9) }' "$box/stdout"
expect_stdout '^# sd_pred, lo, hi: nan' 'no intervals of classes'
expect_stdout '^# held-out log loss: ' 'log loss'
expect_stdout '^# held-out brier: [0-9.]* (se [0-9.]*)$' 'Brier score'
run bagdrop dropout three.csv $quick --rate auto
expect_stdout '^# rate 0.5   Brier score ' 'auto for classes'
sed 's/far/down/' three.csv >two.csv
run bagdrop dropout two.csv $quick --predict geometric --save two.net
expect_stdout '^# mean: probability that the response is up$' 'two classes'
check 'two classes: a row a point' test "$(rows | sed 1d | wc -l)" = 5
rows | cut -f 1-5 >first
run bagdrop dropout two.csv --net two.net --points grid:5 -T 100 \
  --predict geometric
check 'classes read back' test "$(rows | cut -f 1-5)" = "$(cat first)"
expect_stdout '^# mean: probability that the response is up$' 'with their names'
sed 's/up/1/; s/down/0/' two.csv >bits.csv
run bagdrop dropout bits.csv $quick --output logistic --predict geometric
run bagdrop dropout two.csv --net two.net --points grid:5 --save two_again.net
check 'classes written again' cmp two.net two_again.net
sed 's/up/a=b/; s/down/c\\d/' two.csv >signs.csv
run bagdrop dropout signs.csv $quick --predict geometric --save signs.net
check 'names are shielded' grep -q '^names .*=a\\*=b=' signs.net
run bagdrop dropout signs.csv --net signs.net --points grid:5 -T 100 \
  --predict geometric
expect_stdout '^# mean: probability that the response is c\\d$' \
  "names of classes with '=' and a backslash"
expect_stdout '^# log loss: ' 'are found again in the data'
run bagdrop dropout bits.csv $quick
expect_stdout '^# response: 0 and 1 only; --output logistic' 'advice for 0 and 1'
run bagdrop dropout bits.csv $quick --output logistic --predict geometric
check 'numbers as classes' test "$(rows | cut -f 2-5)" = "$(cut -f 2-5 first)"

# Categories.
awk -F, 'NR == 1 { print "times,part,accel"; next }
  { print $1 "," (NR % 3 ? "a" : NR % 2 ? "b" : "c") "," $2 }' "$data" >parts.csv
run bagdrop dropout parts.csv --hidden 8 --steps 100 --save parts.net
check 'levels are printed' grep -q '	b	' "$box/stdout"
rows | sed 1d | cut -f 3-5 >first
run bagdrop dropout parts.csv --net parts.net
check 'levels read back' test "$(rows | sed 1d | cut -f 4-6)" = "$(cat first)"

# Few rows, a constant response.
printf 'x,y\n1,2\n' >one.csv
run bagdrop dropout one.csv --steps 50
expect_status 0 'one row'
expect_stdout '^# noise: cannot be estimated' 'one row: no noise'
run bagdrop dropout "$data" $quick --predict mc -T 2
# 1 / sqrt (2 (T - 1)) of it.
check 'two masks: the spread is not sure' near "$(cell sd_error)" \
  "$(awk -v s="$(cell sd_member)" 'BEGIN { printf "%.17g", s / sqrt (2) }')" \
  1e-12
printf 'x,y\n1,2\n2,2\n3,2\n4,2\n' >flat.csv
run bagdrop dropout flat.csv --steps 50
expect_status 0 'a constant response'
expect_stdout '^# response: constant, 2 in every row' 'and it is said'
expect_stdout '50 steps of all 4 rows' 'fewer rows than a batch'
run bagdrop dropout "$data" --dry-run --rate auto
expect_stdout '^networks to train: 30$' 'a dry run'

refuse ()
{
  status=$1 said=$2
  shift 2
  run bagdrop dropout "$@"
  if [ "$status" = 2 ]; then
    expect_usage_error "$said" "$said"
  else
    expect_status "$status" "status: $said"
    expect_stderr_line "^bagdrop dropout: .*$said" "one line: $said"
  fi
}
refuse 2 'at least 0 and below 1' "$data" --rate 1
refuse 2 'at least 0 and below 1' "$data" --rate=-0.1
refuse 2 'at least 0 and below 1' "$data" --rate some
refuse 2 '2 rates for 3 hidden layers' "$data" --hidden 5,5,5 --rate 0.1,0.2
refuse 2 'at most 24 units.* there are 50; use closed' "$data" --predict exact
refuse 2 'there are 26; use mc' three.csv --hidden 26 --predict exact
refuse 2 'closed is for one hidden layer' "$data" --hidden 5,5 --predict closed
refuse 2 'not for classes' three.csv --predict closed
refuse 2 'use closed or mc' "$data" --predict geometric
refuse 2 "did you mean 'scaling'?" "$data" --predict scalin
refuse 2 "did you mean 'bernoulli'?" "$data" --mask bernouli
refuse 2 "did you mean 'relu'?" "$data" --units rel
refuse 2 "did you mean 'adam'?" "$data" --optimiser adm
refuse 2 "did you mean 'constant'?" "$data" --schedule constan
refuse 2 "did you mean 'softmax'?" "$data" --output softmx
refuse 2 '101 untied networks cannot share the 100 steps' "$data" $quick \
  --untied 101
refuse 2 'learnt from many' "$data" --mask concrete --untied 5
refuse 2 'predict is for one dropout network' "$data" --predict mc --untied 5
refuse 2 'save is for one dropout network' "$data" --save n --untied 5
refuse 2 'belongs to training' --net net "$data" --untied 5
refuse 2 'without masks' "$data" --optimiser lbfgs
refuse 2 'do not go together' "$data" --steps 5 --epochs 5
refuse 2 'units from 1 to' "$data" --hidden 0
refuse 2 'learn their rates' "$data" --mask concrete --rate auto
refuse 2 'masks that are drawn' "$data" --predict closed --dump-members m
refuse 2 'belongs to training' --net net "$data" --hidden 5
refuse 2 'choose columns of DATA' -y accel
run bagdrop dropout "$data" -x foo
expect_status 2 'no such column'
refuse 1 'not finite in epoch [0-9]* at learning rate' "$data" --units relu \
  --optimiser sgd --learning-rate 10
refuse 1 'too few to choose a rate' flat.csv --rate auto
refuse 1 "use --output softmax" three.csv --output logistic
refuse 1 '69 different values' "$data" --output softmax
refuse 1 'needs a response of classes' --output softmax
refuse 1 'none.net: cannot be read' --net none.net "$data"
refuse 1 'needs a file of points' --net net
refuse 1 "no column 'times', which the network has" --net net flat.csv
sed 's/^names .*//' net >nameless
refuse 1 'nameless:' --net nameless "$data"
sed '/^names /d; /^end/s/.*/end/' net >nameless
run bagdrop dropout --net nameless "$top/data/diabetes.csv"
expect_stderr_line 'has 1 input and no names' 'the wrong number of inputs'
sed 's/network 1/network 9/' net >newer
refuse 1 'newer:1: was written by a newer' --net newer "$data"
head -n 20 net >short
refuse 1 'short:' --net short "$data"
sed 's/,c,/,d,/; s/,a,/,e,/' parts.csv >other.csv
refuse 1 'that the network does not know' --net parts.net other.csv
refuse 1 'is a folder' "$data" --save .
refuse 1 'is empty' "$data" --save ''
mkfifo pipe
refuse 1 'pipe: is a device or a pipe' "$data" --save pipe
refuse 1 'pipe: is a device or a pipe' "$data" --predict mc --dump-members pipe
check 'the pipe is still one' test -p pipe
refuse 2 'learn their rates from one above 0' "$data" --mask concrete --rate 0
refuse 2 'learning-rate does nothing with lbfgs' "$data" --optimiser lbfgs \
  --rate 0 --learning-rate 0.1
refuse 2 'more rates than hidden layers' "$data" --rate 0.1,0.2
refuse 2 "hidden layers '5,,5'" "$data" --hidden 5,,5
refuse 2 'fast knows no more than two classes' three.csv --predict fast
run bagdrop dropout "$data" --optimiser sgd --units relu --learning-rate 0.3
expect_stdout 'not finite in epoch [0-9]* at learning rate 0.3; started again' \
  'a second try is told'
if [ -c /dev/full ]; then
  run sh -c "exec bagdrop dropout '$data' $quick >/dev/full"
  check 'a full disk' test "$status" = 1
fi
finish
