#!/bin/sh
# The man pages: one for each command, without a warning, saying what --help
# says.
# shellcheck source=tests/lib.sh
. "${srcdir:-.}/tests/lib.sh"

[ -f "$home/doc/bagdrop.1" ] || [ -f "$top/doc/bagdrop.1" ] \
  || skip 'built without help2man'
commands=$(bagdrop --option-table | cut -f 1)
check 'the program names its commands' test -n "$commands"

page_of () # page_of NAME: the file
{
  if [ -f "$home/doc/$1.1" ]; then
    echo "$home/doc/$1.1"
  else
    echo "$top/doc/$1.1"
  fi
}

for name in bagdrop $(printf 'bagdrop-%s\n' $commands); do
  page=$(page_of "$name")
  check "$name.1 is there" test -s "$page"
  [ -s "$page" ] || continue
  check "$name.1 has name, synopsis, description, exit status, see also" \
    awk '/^\.SH (NAME|SYNOPSIS|DESCRIPTION|"SEE ALSO")$/ ||
      /^\.SH "EXIT STATUS"$/ { good++ } END { exit good != 5 }' "$page"
  check "$name.1 says one line about what it is for" \
    grep -q "^$name "'\\- [a-z].*[a-z]$' "$page"
  deny "$name.1 says nothing about the machine that it was made on" \
    grep -q '^GSL [0-9]' "$page"
  if have groff; then
    groff -man -ww -Tascii "$page" >text 2>warnings
    check "$name.1: groff has nothing to say" test ! -s warnings
  fi
  if have mandoc; then
    run mandoc -Tlint -W warning "$page"
    expect_status 0 "$name.1: mandoc has nothing to say"
  fi
done

# Every option of the table is in its page, and every command in the first.
for command in $commands; do
  sed 's/\\f[A-Z]//g; s/\\[,\/]//g; s/\\//g' "$(page_of "bagdrop-$command")" \
    >plain
  bagdrop "$command" --option-table | cut -f 1 >options
  while read -r option; do
    grep -q -e "--$option\$" -e "--$option=" plain || echo "$option"
  done <options >missing
  check "bagdrop-$command.1 has all of its $(($(wc -l <options))) options" \
    test -s options -a ! -s missing
  check "bagdrop.1 points at bagdrop-$command" \
    grep -q "^\\.BR bagdrop-$command (1)" "$(page_of bagdrop)"
done
finish
