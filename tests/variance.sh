#!/bin/sh
# bagdrop variance: members from R, Python and bagdrop itself, in every format,
# against estimates that others computed; and its refusals.
# shellcheck source=tests/lib.sh
. "${srcdir:-.}/tests/lib.sh"

golden=$top/tests/golden
data=$top/data/mcycle.csv
names='mean sd_member sd_mean sd_error var_ij var_ij_u var_jab var_jab_u'

# columns FILE NAMES: these columns of a table, without its notes
columns ()
{
  awk -F '\t' -v want="$2" '/^#/ { next }
    !n { n = split (want, name, " "); for (i = 1; i <= NF; i++) at[$i] = i
         next }
    { for (k = 1; k <= n; k++) printf "%s%s", $(at[name[k]]), k < n ? "\t" : "\n"
    }' "$1"
}

# near A B: two tables of numbers agree to ten digits
near ()
{
  test "$(wc -l <"$1")" -gt 2 && paste "$1" "$2" | awk -F '\t' '
    { for (i = 1; i <= NF / 2; i++)
        { d = $i - $(i + NF / 2); a = $i < 0 ? -$i : $i
          if (NF % 2 || $i == "" || d > 1e-10 * a || -d > 1e-10 * a) exit 1 } }'
}

# What bag prints of its own members.
for resample in bootstrap bootstrap:fraction=0.5 bayes subsample:fraction=0.3 \
  poisson balanced residual jackknife folds:k=7; do
  run bagdrop bag "$data" -f poly:degree=3 -r $resample -B 150 -p grid:6 \
    -e ij,ij_u,jab,jab_u --dump-members members.tsv
  columns "$box/stdout" "$names" >a
  run bagdrop variance members.tsv -e ij,ij_u,jab,jab_u
  columns "$box/stdout" "$names" >b
  check "$resample: the numbers of bag" cmp a b
done
# Members of a little bag are not independent: the bags tell the error.
run bagdrop bag "$data" -r little:bag=4 -B 200 -p grid:2 \
  --dump-members members.tsv
run bagdrop variance members.tsv
columns "$box/stdout" 'mean_error sd_member_error' >a
check 'little bags: error of the mean' awk -F '\t' '
  NR == FNR { e = $1; spread = $2; next }
  /^#/ || /^member/ { next }
  { sum += $NF; if (++n % 4 == 0) { t = sum / 4; s += t; q += t * t
                                   K++; sum = 0 } }
  END { v = (q - s * s / K) / (K - 1) / K
        exit !(K == 50 && e ^ 2 > 0.999999 * v && e ^ 2 < 1.000001 * v \
               && (spread == "NA" || spread == "nan")) }' a members.tsv
run bagdrop bag "$data" -B 300 -p grid:6 --dump-members members.tsv
grep -v '^# resampling' members.tsv >plain.tsv
run bagdrop variance members.tsv
columns "$box/stdout" "$names" >a
run bagdrop variance - <plain.tsv
columns "$box/stdout" "$names" >b
expect_stdout '^# resampling: bootstrap (as the weights look' 'found out'
check 'from standard input' cmp a b
OMP_NUM_THREADS=1 run bagdrop variance members.tsv
columns "$box/stdout" "$names" >b
check 'one thread' cmp a b
# More than one piece of members.
bagdrop simulate sine -n 1500 >long.csv
run bagdrop bag long.csv -f poly:degree=3 -B 1000 -p grid:20 -r bootstrap \
  -e ij_u --dump-members pieces.tsv
columns "$box/stdout" 'mean sd_member sd_mean sd_error var_ij_u' >c
run bagdrop variance pieces.tsv -e ij_u
columns "$box/stdout" 'mean sd_member sd_mean sd_error var_ij_u' >d
check 'in pieces the numbers of bag' cmp c d
printf 'y\n1\n2\n3\n4\n5\n6\n' >six.csv
run bagdrop variance members.tsv --y six.csv
columns "$box/stdout" "$names" >b
check 'held instead of read in pieces' cmp a b
for resample in bayes subsample:fraction=0.300752 poisson; do
  bagdrop bag "$data" -f poly -r $resample -B 150 -p grid:2 \
    --dump-members members.tsv >/dev/null
  grep -v '^# resampling' members.tsv >plain.tsv
  run bagdrop variance plain.tsv
  expect_stdout "^# resampling: $resample (as the weights look" \
    "$resample: found out"
done

# What R and numpy computed of members of ranger and scikit-learn.
estimates='var_ij var_ij_u var_jab var_jab_u'
run bagdrop variance "$golden/members_ranger.csv" --transpose \
  --counts "$golden/members_inbag.csv" -e ij,ij_u,jab,jab_u
columns "$box/stdout" "mean $estimates" >a
sed 1d "$golden/members_ranger.txt" >b
check 'ranger: estimates as in R' near a b
cp "$box/stdout" ranger
run bagdrop variance "$golden/members_sklearn.csv" \
  --index "$golden/members_drawn.csv" -e ij,ij_u,jab,jab_u
columns "$box/stdout" "mean $estimates" >a
sed 1d "$golden/members_sklearn.txt" >b
check 'scikit-learn: estimates as in numpy' near a b
expect_stdout '^# resampling: subsample (as' 'scikit-learn: half of the rows'

# The same members in other formats.
awk -F , 'NR == 1 { next } { m = NF; for (b = 1; b <= NF; b++) t[NR, b] = $b }
  END { for (b = 1; b <= m; b++) for (j = 2; j <= NR; j++)
          printf "%s%s", t[j, b], j < NR ? " " : "\n" }' \
  "$golden/members_ranger.csv" >wide.txt
awk 'BEGIN { print "x;prediction;member" }
  { for (j = 1; j <= NF; j++) print j / 4 ";" $j ";tree " NR }' wide.txt >long
awk -F , '{ for (i = 1; i <= NF; i++) w[NR, i] = $i; n = NF }
  END { for (i = 1; i <= n; i++) { for (b = 2; b <= NR; b++)
          printf "%s%s", w[b, i], b < NR ? "," : "\n" } }' \
  "$golden/members_inbag.csv" >turned.csv
columns ranger "$names" >a
run bagdrop variance wide.txt --counts turned.csv
columns "$box/stdout" "$names" >b
check 'wide, weights with a line for each row' cmp a b
expect_stdout '^# weights from: .*(a line for each row)' 'says how it took them'
run bagdrop variance long --counts "$golden/members_inbag.csv"
columns "$box/stdout" "$names" >b
check 'long' cmp a b
columns "$box/stdout" x >places
check 'long: where the points are' grep -qx 0.25 places
sed 's/prediction/value/; s/member/tree/' long >other
run bagdrop variance other -m tree -x x --prediction value \
  --counts "$golden/members_inbag.csv"
columns "$box/stdout" "$names" >b
check 'long with other names' cmp a b

# Scores: by hand, over all pairs of members.
awk 'BEGIN { print "y" } END { for (j = 1; j <= NF; j++) print j / 5 }' \
  wide.txt >y.csv
run bagdrop variance wide.txt --y y.csv
cp "$box/stdout" scored
awk '{ for (j = 1; j <= NF; j++) t[NR, j] = $j; m = NF }
  END { for (j = 1; j <= m; j++) { mean = 0
      for (b = 1; b <= NR; b++) mean += t[b, j] / NR
      se += (mean - j / 5) ^ 2 / m
      for (b = 1; b <= NR; b++) { d = t[b, j] - j / 5
        one += d * d / NR / m; crps += (d < 0 ? -d : d) / NR / m
        for (c = 1; c <= NR; c++) { e = t[b, j] - t[c, j]
          crps -= (e < 0 ? -e : e) / 2 / NR / (NR - 1) / m } } }
    printf "# rmse of the mean: %.6g\n# rmse of a member: %.6g\n", sqrt (se),
      sqrt (one)
    printf "# crps of the members (fair): %.6g\n", crps }' wide.txt >wanted
grep -e '^# rmse' -e '^# crps' scored | sed 's/ (\(se\|MC error\) [^)]*)//g' >got
check 'rmse and crps' cmp got wanted

# Members without row i, at row i.
awk -F , '{ print $1 + 0, $2 + 0, $3 + !($1 + $2 + $3) }' \
  "$golden/members_inbag.csv" | sed 1d >three.txt
awk '{ print NR % 7, NR % 5, NR % 3 }' three.txt >at.txt
printf 'y\n2\n2\n2\n' >y.csv
run bagdrop variance at.txt --counts three.txt --y y.csv --points-are-rows \
  -r given
paste -d ' ' at.txt three.txt | awk '
  { for (i = 1; i <= 3; i++) if ($(3 + i) == 0)
      { k[i]++; s[i] += $i; q[i] += $i * $i } }
  END { for (i = 1; i <= 3; i++) { m = s[i] / k[i]
      sum += (2 - m) ^ 2 - (q[i] - k[i] * m * m) / k[i] / (k[i] - 1) }
    printf "# out-of-bag rmse: %.6g\n", sqrt (sum / 3) }' >wanted
sed -n '/^# out-of-bag rmse/s/ (se.*//p' "$box/stdout" >got
check 'out-of-bag error' cmp got wanted

# Nothing that looks like a number where there is none.
columns_are_nan ()
{
  columns "$box/stdout" "$1" >rows
  test -s rows && ! grep -qv nan rows
}
printf '1,2,3\n' >one.csv
run bagdrop variance one.csv
check 'one member: nothing but its values' \
  columns_are_nan 'sd_member sd_mean mean_error sd_member_error'
expect_stdout '^# one member has no spread' 'one member: says so'
printf '1,2\n3,nan\n2,NA\n4,3\n' >bad.csv
run bagdrop variance bad.csv
expect_stdout '^# members left out: 2' 'two members are not finite'
expect_stdout '^# member 2 has 1 value .* first at point 2; left out; so are' \
  'and the first of them is named'
printf '1,2\n1,2\n1,2\n' >equal.csv
run bagdrop variance equal.csv
expect_stdout '^# points where all members are equal: 2 (all' 'equal members'
printf '1,2\n3,4\n5,7\n' >m.csv
printf '1,1,1\n2,1,0\n1,1,0\n' >w.csv
run bagdrop variance m.csv --counts w.csv
expect_stdout 'weights of member 1 sum to 3, those of member 3 to 2' \
  'weights of no scheme'
check 'weights of no scheme: no variance' columns_are_nan 'sd_mean sd_error'
printf '1,2,1\n2,1,1\n3,0,1\n' >w1.csv
run bagdrop variance m.csv --counts w1.csv -r given
expect_stdout '^# rows that no member left out: 2' 'rows never left out'

# refuse PATTERN ARGUMENT...: one sentence, and no numbers
refuse ()
{
  pattern=$1
  shift
  run bagdrop variance "$@"
  expect_status 1 "$*: refused"
  expect_stderr_line "^bagdrop variance: $pattern" "$*: says why"
}
printf '1,2\n3\n' >ragged.csv
printf 'a,b\n1,2\n3,x\n' >text.csv
printf '1,2\n3;4,5\n' >comma.csv
: >empty.csv
printf 'a,b\n' >header.csv
printf 'V1,V2\n1,1,2\n' >names.csv
printf 'member,x,prediction\na,1,1\na,1,2\n' >twice.csv
printf '1,1\n2,0\n1,1\n1,1\n0,2\n' >w5.csv
printf '1,1,1\n2,1,0\n1,-1,0\n' >minus.csv
printf '1,1,1\n2,1,0\n0,0,0\n' >zero.csv
printf '1,1,1\n2,1,0\n1.5,1.5,0\n' >parts.csv
printf '1,2\n1,2\n2,0\n' >from0.csv
printf 'y\n1\nNA\n' >ya.csv
printf 'y\n1\n2\n3\n' >y3.csv
refuse 'ragged.csv:2:2: 1 field, but the first line has 2' ragged.csv
refuse "text.csv:3:3: not a number: 'x'" text.csv
refuse "comma.csv:.*" comma.csv
refuse 'empty.csv:1:1: no numbers' empty.csv
refuse 'header.csv:1:1: no members below' header.csv
refuse 'names.csv:2:.*row.names = FALSE' names.csv
refuse 'twice.csv:3:1: a second value' twice.csv
refuse 'none.csv: No such file' none.csv
refuse 'w5.csv has 5 lines of 2 numbers, but m.csv has 3 members' m.csv \
  --counts w5.csv
refuse "w.csv:3:1: member 3: the weights sum to 2, but 'bootstrap' .* 3 for 3" \
  m.csv --counts w.csv -r bootstrap
refuse "parts.csv:3:1: member 3: .* row 1 is 1.5, but 'poisson' draws whole" \
  m.csv --counts parts.csv -r poisson
refuse 'minus.csv:3:1: member 3: the weight of row 2 is -1' m.csv \
  --counts minus.csv
refuse 'zero.csv:3:1: member 3: all weights are 0' m.csv --counts zero.csv
refuse 'from0.csv: 0, number 2 of member 3, .*Python counts from 0' m.csv \
  --index from0.csv
refuse 'ya.csv:3:1: a response is missing' m.csv --y ya.csv
refuse 'y3.csv has 3 rows, but m.csv has 2 points' m.csv --y y3.csv
refuse 'm.csv: no weights tell which rows a member left out' m.csv \
  --points-are-rows
printf '1,2\n3,4\n' >pair.csv
run bagdrop variance pair.csv
check 'two members: the error of their spread is not known' awk -F '\t' '
  /^#/ { next } NR > 1 && $1 == 1 { seen = $7 == "nan" } END { exit !seen }' \
  "$box/stdout"
printf '1,1,1,1\n1,2,1,0\n' >w24.csv
refuse 'w24.csv .* 3 members (one for each line; is --transpose missing' \
  m.csv --counts w24.csv
refuse 'm.csv: the points cannot be the rows: 2 points, weights of 3 rows' \
  m.csv --counts w1.csv --points-are-rows
refuse "m.csv: there is no column 'q'" m.csv -m q
run bagdrop variance
expect_usage_error 'name the file of the members' 'no file'
run bagdrop variance m.csv --counts w.csv --index w.csv
expect_usage_error 'do not go together' 'two files of weights'
run bagdrop variance m.csv -e ijj
expect_usage_error "did you mean 'ij'" 'no such estimator'

# A long file of one number each.
awk 'BEGIN { for (b = 1; b <= 100000; b++) print b % 1000 }' >column.txt
run bagdrop variance column.txt
columns "$box/stdout" 'mean sd_member' >a
awk 'BEGIN { printf "%.9f\t%.9f\n", 499.5, sqrt ((1000 * 1000 - 1) / 12) }' >b
check 'a hundred thousand members in pieces' awk -F '\t' '
  NR == FNR { m = $1; s = $2; next }
  { exit !((m - $1) ^ 2 < 1e-16 && (s - $2) ^ 2 < 1e-16) }' a b
finish
