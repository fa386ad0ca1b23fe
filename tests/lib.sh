# shellcheck shell=sh disable=SC2034
# What the scripts share; each sources this file first.  A script works in
# an empty folder of its own, prints one line for each check and ends with
# `finish': 0 all good, 1 something failed; 77 means skipped.
set -u
LC_ALL=C
export LC_ALL
home=$(pwd)
top=$(cd "${srcdir:-.}" && pwd) || exit 99
name=$(basename "$0" .sh)
box=$home/scratch-$name-$$
checks=0
failed=0
status=0

clean_up ()
{
  cd "$home" && chmod -R u+w "$box" 2>/dev/null
  rm -rf "$box"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
mkdir "$box" "$box/work" && cd "$box/work" || exit 99

# have PROGRAM: it is there.
have () { command -v "$1" >/dev/null 2>&1; }

# skip REASON: leave without a verdict.
skip ()
{
  echo "skipped: $*"
  exit 77
}

good ()
{
  checks=$((checks + 1))
  echo "ok: $*"
}

# bad WHAT: a check that failed, with what the last command wrote.
bad ()
{
  checks=$((checks + 1))
  failed=$((failed + 1))
  echo "FAILED: $* (status $status)"
  sed 's/^/  | /' "$box/stderr" 2>/dev/null | cut -c 1-300 | head -n 8
}

# check WHAT COMMAND...: the command succeeds.
check ()
{
  what=$1
  shift
  if "$@" >/dev/null 2>&1; then good "$what"; else bad "$what"; fi
}

# deny WHAT COMMAND...: the command fails.
deny ()
{
  what=$1
  shift
  if "$@" >/dev/null 2>&1; then bad "$what"; else good "$what"; fi
}

# run COMMAND...: keep its status and what it writes for the checks below.
run ()
{
  "$@" >"$box/stdout" 2>"$box/stderr"
  status=$?
}

# expect_status N WHAT
expect_status ()
{
  if [ "$status" -eq "$1" ]; then good "$2"; else bad "$2"; fi
}

# expect_stderr_line PATTERN WHAT: one line, which the pattern (grep) matches.
expect_stderr_line ()
{
  if [ "$(wc -l <"$box/stderr")" -eq 1 ] \
    && grep -q -e "$1" "$box/stderr"; then
    good "$2"
  else
    bad "$2: not one line like '$1'"
  fi
}

# expect_usage_error PATTERN WHAT: status 2, a sentence, a hint.
expect_usage_error ()
{
  if [ "$status" -eq 2 ] && [ ! -s "$box/stdout" ] \
    && [ "$(wc -l <"$box/stderr")" -eq 2 ] \
    && sed 1q "$box/stderr" | grep -q -e "^bagdrop[a-z ]*: .*$1" \
    && sed 1d "$box/stderr" | grep -q "^Try 'bagdrop.* --help'\.\$"; then
    good "$2"
  else
    bad "$2: no usage error like '$1'"
  fi
}

# expect_stdout PATTERN WHAT
expect_stdout ()
{
  if grep -q -e "$1" "$box/stdout"; then good "$2"; else bad "$2"; fi
}

# expect_nothing WHAT: the working folder is empty.
expect_nothing ()
{
  if [ -z "$(ls -A)" ]; then
    good "$1"
  else
    bad "$1: left $(find . | head -n 5 | tr '\n' ' ')"
    rm -rf ./* ./.[!.]*
  fi
}

# small DATA ARGUMENT...: a comparison that takes a second.
small ()
{
  run bagdrop compare "$@" --members 6 --networks 2 --masks 6 --folds 3 \
    --repeats 1 --no-memory
}

# no_costs SUMMARY: the table of a comparison without seconds and memory, which
# differ from run to run.
no_costs () {
  sed '/^#/d' "$1" | awk -F '\t' 'BEGIN { OFS = FS }
    NR == 1 { for (k = 1; k <= NF; k++)
      cost[k] = $k == "seconds" || $k == "memory_mib" }
    { for (k = 1; k <= NF; k++) if (cost[k]) $k = "-"; print }'
}

# tiny DATA ARGUMENT...: the smallest that there is.
tiny ()
{
  run bagdrop compare "$@" --members 4 --networks 2 --masks 2 --folds 2 \
    --repeats 1 --no-memory
}

# without_gnuplot FOLDER: fill it with links to all that PATH offers but
# gnuplot.
without_gnuplot ()
{
  mkdir -p "$1"
  (
    IFS=:
    for folder in $PATH; do
      for file in "$folder"/*; do
        case $file in
          */gnuplot*) ;;
          *)
            if [ -f "$file" ] && [ -x "$file" ]; then
              ln -s "$file" "$1" 2>/dev/null
            fi
            ;;
        esac
      done
    done
  )
}

finish ()
{
  echo "$checks checks, $failed failed"
  [ "$failed" -eq 0 ]
  exit $?
}

# block NAME FILE: that data block of a script.
block () { sed -n "/^\\\$$1 /,/^END_OF_DATA/p" "$2"; }

# same_figure KIND TABLE BLOCK SCRIPT: what `bagdrop plot' makes of the table holds the
# numbers of the figure that the command drew itself.
same_figure ()
{
  run bagdrop plot "$1" "$2"
  expect_status 0 "plot $1"
  block "$3" "$4" >here
  block "$3" "$box/stdout" >there
  check "plot $1: not nothing" test "$(wc -l <here)" -gt 3
  check "plot $1: the numbers of the command's own figure" cmp here there
}
