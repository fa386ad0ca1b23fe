#!/bin/sh
# bagdrop variance: scores, errors by the jackknife, influence, bands and
# intervals of members made elsewhere, against numpy and scikit-learn
# (golden/variance.py) and against bag on its own members.
# shellcheck source=tests/lib.sh
. "${srcdir:-.}/tests/lib.sh"

golden=$top/tests/golden
data=$top/data/mcycle.csv
members=$golden/variance_members.csv
counts=$golden/variance_counts.csv
y=$golden/variance_y.csv

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
        { d = $i - $(i + NF / 2); if (NF % 2 || $i == "" || d * d > 1e-20) exit 1
        } }'
}

# said NAME: the note of this name has the numbers that golden has
said ()
{
  want=$(sed -n "s/^$1: //p" "$golden/variance.txt")
  got=$(sed -n "s/^# $1\( ([^)]*)\)\{0,1\}: //p" "$box/stdout" \
    | sed 's/ (se / /; s/ (MC error / /; s/)//g' | cut -d ' ' -f \
      "1-$(echo "$want" | wc -w)")
  test -n "$want" && test "$got" = "$want" && return
  printf '%s: %s, not %s\n' "$1" "$got" "$want" >&2
  return 1
}

run bagdrop variance "$members" --counts "$counts" --y "$y" -y y \
  --points-are-rows -r bootstrap -i jab+ --influence rows.tsv --figures figures
for name in 'additive share' 'rmse of the mean' 'rmse of a member' \
  'crps of the members' 'spread over skill' mae 'out-of-bag rmse' \
  'out-of-bag mae'; do
  case $name in crps*) name='crps of the members (fair)' ;; esac
  check "$name: as in numpy" said "$(echo "$name" | sed 's/[()]/[&]/g')"
done
ranks=$(sed -n 's/^ranks: //p' "$golden/variance.txt")
chi2=$(sed -n 's/^chi-square: //p' "$golden/variance.txt")
expect_stdout "ranks of y .*: $ranks (chi-square $chi2," 'ranks as in numpy'
columns "$box/stdout" 'int_lo int_hi' >a
columns rows.tsv share | paste a - >b
grep "$(printf '\t')" "$golden/variance.txt" >c
check 'jab+ and influence: as in numpy' near b c
columns rows.tsv y >a
sed '1d; s/,.*//' "$y" >b
check 'influence: the responses of the rows' near a b
check 'a figure' test -s figures/influence.gp
run bagdrop variance "$members" --y "$y" -y label --binary
for name in log_loss brier auc; do
  check "$name: as in scikit-learn" said $name
done
sed '3s/.*/nan/; 3s/$/'"$(printf ',nan%.0s' $(seq 49))"'/' "$members" >tmp
sed '3d' "$members" >without
run bagdrop variance without --y "$y" -y y
grep -v '^# members' "$box/stdout" >a
run bagdrop variance tmp --y "$y" -y y
grep -v -e '^# member' "$box/stdout" >b
check 'a member that is not finite has no part in scores' cmp a b

# What bag makes of its own members.
run bagdrop bag "$data" -B 200 -p train -r bootstrap --dump-members m.tsv \
  -i jab+ --influence bag.tsv --simultaneous
columns "$box/stdout" 'band_lo band_hi int_lo int_hi' >a
grep '^# out-of-bag' "$box/stdout" >notes
options="m.tsv --y $data --points-are-rows -i jab+ --influence rows.tsv
  --simultaneous"
# shellcheck disable=SC2086
run bagdrop variance $options -t 1
columns "$box/stdout" 'band_lo band_hi int_lo int_hi' >b
check 'bands and intervals: those of bag' cmp a b
columns bag.tsv 'share share_error rank' >a
columns rows.tsv 'share share_error rank' >b
check 'influence: that of bag' cmp a b
grep '^# out-of-bag' "$box/stdout" >a
check 'out-of-bag scores: those of bag' cmp a notes
cp "$box/stdout" one
# shellcheck disable=SC2086
run bagdrop variance $options -t 3
check 'the same bytes on three threads' cmp one "$box/stdout"

# refuse PATTERN ARGUMENT...: one sentence, and no numbers
refuse ()
{
  pattern=$1
  shift
  run bagdrop variance "$@"
  expect_status 1 "$*: refused"
  expect_stderr_line "^bagdrop variance: $pattern" "$*: says why"
}
refuse '.*without the weights of the rows' "$members" --influence none.tsv
check 'and no file' test ! -e none.tsv
refuse '.*without the weights of the rows' "$members" --simultaneous
refuse 'response 1 is 0.[0-9]*; a binary one is 0 or 1' "$members" --y "$y" \
  -y y --binary
sed 's/^0/7/' "$members" >seven.csv
refuse 'seven.csv: the mean at point 1 is .*, which is no probability' \
  seven.csv --y "$y" --binary
refuse "interval 'cv+' takes fits of its own" "$members" --counts "$counts" \
  --y "$y" --points-are-rows -r bootstrap -i cv+
run bagdrop variance "$members" -i jab+
expect_usage_error 'needs --y and --points-are-rows' 'an interval without y'
run bagdrop variance "$members" --binary
expect_usage_error '--binary needs the responses' 'classes without y'
printf '1,2\n' >m1.csv
printf '3,0,0\n' >w1.csv
printf 'y\n1\n2\n' >y1.csv
run bagdrop variance m1.csv --counts w1.csv --y y1.csv -r bootstrap \
  -e jab,jab_u,ij
check 'one member has no variance' sh -c "
  grep -v '^#' '$box/stdout' | sed 1d | cut -f 3- | grep -q '[0-9]'; test \$? = 1"
finish
