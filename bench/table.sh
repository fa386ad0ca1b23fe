# shellcheck shell=sh disable=SC2154
# What the parts of the benchmark share: medians and rows of the table.  Set by
# run.sh: dir, runs.

# middle FIELD COMMAND...: of $runs lines of the command the one with the
# median of that field.  Ends the subshell when the command fails.
middle ()
{
  field=$1
  shift
  : > "$dir/lines"
  i=0
  while [ "$i" -lt "$runs" ]; do
    "$@" >> "$dir/lines" || exit 1
    i=$((i + 1))
  done
  sort -g -k "$field,$field" "$dir/lines" |
    awk '{ v[NR] = $0 } END { print v[int ((NR + 1) / 2)] }'
}

# value NAME: the number of that name in a line of JSON; the first of them.
value ()
{
  sed "s/\"$1\": /&@/; s/.*@\([^,}]*\).*/\1/"
}

# head_of TITLE [COLUMN]...: the head of a part of the table, with the columns
# after the ratio.
head_of ()
{
  title=$1
  shift
  {
    printf '\n%-40s %-9s %6s' "$title" '  seconds' ratio
    [ $# -eq 0 ] || printf ' %-7s' "$@"
    echo
  } | sed 's/ *$//'
}

# row WORKLOAD PROGRAM LINE [FIELDS]: FIELDS (1 2 3 4) are the places of the
# seconds, the error, the spread and the part of the time that draws take; a
# place that LINE does not have is left blank.  A row with a workload sets what
# the ratios of the rows below it refer to.  Three digits of each number, the
# points below each other.
row ()
{
  awk -v workload="$1" -v program="$2" -v line="$3" -v fields="${4:-1 2 3 4}" \
    -v base="$base" '
    function digits (v, places, d, s)
    {
      if (v !~ /^[0-9]/)
        return sprintf ("%*s", places + 1, "")
      for (d = 5; d > 0 && v >= 10 ^ (3 - d); d--)
        continue
      s = sprintf ("%." d "f", v)
      return sprintf ("%s%*s", s, places - d + (d == 0), "")
    }
    BEGIN {
      split (line, v)
      split (fields, at)
      t = v[at[1]]
      ratio = workload == "" && base > 0 ? sprintf ("x%.1f", t / base) : ""
      draws = v[at[4]] == "" ? "" : sprintf ("%.0f %%", 100 * v[at[4]])
      out = sprintf ("%-23s %-16s %9s %6s %7s %7s %5s", workload, program,
                     digits (t, 5), ratio, digits (v[at[2]], 5),
                     digits (v[at[3]], 5), draws)
      sub (/ +$/, "", out)
      print out
    }'
  [ -z "$1" ] || base=$(echo "$3" | awk -v f="${4:-1}" '{ print $(f + 0) }')
}
