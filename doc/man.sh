#!/bin/sh
# Print the man page of the program, or of one of its commands, as help2man
# makes it:      man.sh HELP2MAN PROGRAM INCLUDE [COMMAND] >PAGE
#
# help2man runs this script in the program's place (man.sh --say PROGRAM
# COMMAND OPTION), as --help is laid out for readers: examples get the prompt
# that keeps their lines apart, and names of commands are followed by two
# spaces.  --version gets the page's name and loses what the machine that it
# was built on has installed.
set -eu
LC_ALL=C
export LC_ALL

# A word that the shell reads back, whatever is in it.
quote () { printf "'%s' " "$(printf '%s' "$1" | sed "s/'/'\\\\''/g")"; }

if [ "$1" = --say ]; then
  program=$2
  command=$3
  case $4 in
    --help)
      # shellcheck disable=SC2086
      "$program" $command --help | sed '
        s/^Example:$/Examples:/
        /^Examples:$/,$s/^  \(bagdrop .*\)$/  $ \1/
        s/^  \([a-z]\{12\}\) \([^ ]\)/  \1  \2/'
      ;;
    *)
      page=bagdrop${command:+-}$command
      "$program" --version | sed "1s/bagdrop/$page (bagdrop)/; 2s/.*//"
      ;;
  esac
  exit
fi

help2man=$1
program=$2
include=$3
command=${4-}
if [ -n "$command" ]; then
  name=$("$program" --option-table | sed -n "s/^$command	//p")
  [ -n "$name" ] || { echo "man.sh: no command '$command'" >&2; exit 1; }
else
  name='compare bagging and dropout on your data'
fi
# help2man writes the month; readers of the page's date want ISO 8601.
day=$(date -u -d "@${SOURCE_DATE_EPOCH:-$(date +%s)}" +%Y-%m-%d 2>/dev/null \
  || date -u -r "${SOURCE_DATE_EPOCH:-$(date +%s)}" +%Y-%m-%d)
page=$("$help2man" --no-info --name="$name" --include="$include" \
  "sh $(quote "$0")--say $(quote "$program")$(quote "$command")")
printf '%s\n' "$page" | sed "/^\\.TH/s/\"[A-Z][a-z]* [0-9]\\{4\\}\"/\"$day\"/"
