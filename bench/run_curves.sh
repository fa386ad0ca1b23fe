# shellcheck shell=sh disable=SC2154
# Part of run.sh: curves by many members.

# ours_curve NAME: seconds, error, spread and part of the draws of that fitter
# in $dir/json, as the peers print them.
ours_curve ()
{
  grep "\"$1:" "$dir/json" > "$dir/line"
  for name in all_s rmse spread draw_share; do
    value $name < "$dir/line"
  done | paste -s -d ' ' -
}

# in_numpy MODEL DATA: rows of the better of single and double precision.
in_numpy ()
{
  [ "$numpy" != no ] || return 0
  four=$(middle 1 "$python" "$peers/curves.py" "$2" 1000 "$1" f4)
  eight=$(middle 1 "$python" "$peers/curves.py" "$2" 1000 "$1" f8)
  if [ "$(printf '%s f4\n%s f8\n' "$four" "$eight" | sort -g |
    sed -n '1s/.* //p')" = f4 ]; then
    row '' 'numpy, single' "$four"
  else
    row '' 'numpy, double' "$eight"
  fi
}

# in_r DATA MEMBERS: seconds as of 1000 members.
in_r ()
{
  [ "$kernsmooth" != no ] || return 0
  line=$(middle 1 Rscript "$peers/locpoly.R" "$1" "$2")
  line=$(echo "$line" | awk -v m="$2" '{ $1 *= 1000 / m; print }')
  name=KernSmooth
  [ "$2" = 1000 ] || name="$name ($2)"
  row '' "$name" "$line"
}

# bench_curves takes the medians itself, of five.
curves_of ()
{
  data=$dir/curve$1.csv
  ./bench_curves csv "$1" > "$data"
  ./bench_curves 1000 "$1" > "$dir/json"
  row "B-spline, n = $1" bagdrop "$(ours_curve bspline)"
  in_numpy bspline "$data"
  row "polynomial, n = $1" bagdrop "$(ours_curve poly)"
  in_numpy poly "$data"
  row "local line, n = $1" bagdrop "$(ours_curve locpoly)"
  if [ "$1" -lt 100000 ]; then
    in_r "$data" 1000
  else
    in_r "$data" 100
  fi
}

part_curves ()
{
  head_of '1000 curves at 1000 points' error spread draws
  curves_of 200
  curves_of 2000
  curves_of 100000
  cat << 'EOF'
B-splines of 22 functions, polynomials of degree 9, half-width 0.05.
KernSmooth (100): ten times the seconds of 100 members.
EOF
}

# The medians are the program's own, of nine.
part_draws ()
{
  ./bench_draws 200 1000 2000 100000 > "$dir/json"
  printf '\n%-23s %9s %9s %6s %9s %9s %6s\n' 'Million draws a second' \
    counts GSL ratio exponent. libm ratio
  while read -r line; do
    for name in n counts counts_gsl exponential exponential_libm; do
      echo "$line" | value $name
    done | paste -s -d ' ' -
  done < "$dir/json" | awk '{
    printf "%-23s %9.0f %9.0f %6s %9.0f %9.0f %6s\n", "n = " $1, $2, $3,
           sprintf ("x%.1f", $2 / $3), $4, $5, sprintf ("x%.1f", $4 / $5) }'
}
