#!/bin/sh
# Print the file that teaches a shell to complete bagdrop's command line, made
# from the program's tables:    completion.sh PROGRAM bash|zsh|fish >FILE
set -eu
LC_ALL=C
export LC_ALL
program=$1
shell=$2
here=$(dirname "$0")

# The names that `bagdrop list KIND' gives, with spaces between them.
names ()
{
  "$program" list "$1" | sed -n 's/:$//; t
    s/^  \([a-z0-9][^ ]*\) .*/\1/p' | tr '\n' ' ' | sed 's/ $//'
}

# Which kind of `bagdrop list' holds the values of an option: its name, as one
# of them or many.  Options of that name whose argument is a file are no such.
kind_of ()
{
  case $2 in FILE | DIR) return ;; esac
  case $1 in
    methods | estimators | units) echo "$1" ;;
    fitter | resample | interval | output | optimiser | schedule | mask \
      | predict | scenario)
      for kind in $("$program" list kinds | awk '{ print $1 }'); do
        case $kind in "${1%e}"*) echo "$kind"; break ;; esac
      done
      ;;
  esac
}

# How an argument is completed: words, list (words with commas), files, dirs,
# none (a value that nobody knows) or flag (there is no argument).
how_of ()
{
  case $1 in
    -) echo flag ;;
    FILE) echo files ;;
    DIR) echo dirs ;;
    WHERE) echo files ;;
    LIST | NAMES) echo "${2:+list}" ;;
    *) echo "${2:+words}" ;;
  esac
}

# One line for each command (C), what it works on (A) and its options (O).
tables ()
{
  "$program" --option-table | while IFS='	' read -r command help; do
    printf 'C\t%s\t%s\n' "$command" "$help"
    case $command in
      list) printf 'A\t%s\twords\t%s\n' "$command" "$(names kinds)" ;;
      simulate) printf 'A\t%s\twords\t%s\n' "$command" "$(names scenarios)" ;;
      perspectives)
        printf 'A\t%s\tfiles\t%s all\n' "$command" "$(names perspectives)" ;;
      *) printf 'A\t%s\tfiles\t\n' "$command" ;;
    esac
    "$program" "$command" --option-table \
      | while IFS='	' read -r name letter argument help; do
        kind=$(kind_of "$name" "$argument")
        words=${kind:+$(names "$kind")}
        if [ "$kind" = methods ]; then words="$words all"; fi
        how=$(how_of "$argument" "$kind")
        printf 'O\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n' "$command" "$name" "$letter" \
          "$argument" "${how:-none}" "$words" "$help"
      done
  done
}

tables | awk -F '\t' -f "$here/completion.$shell.awk"
