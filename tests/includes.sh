#!/bin/sh
# A room of lib/ includes only from itself and the rooms above it; what stands
# below the library (plots, tools, tests) is out of its sight.
# shellcheck source=tests/lib.sh
. "${srcdir:-.}/tests/lib.sh"

rooms='base data variance score fitter net ensemble study perspective'

# own FILE: what it includes in double quotes, as ROOM/NAME
own ()
{
  room=$(basename "$(dirname "$1")")
  sed -n 's/^[ \t]*#[ \t]*include[ \t]*"\([^"]*\)".*/\1/p' "$1" \
    | sed "s|^\.\./||; /\//!s|^|$room/|"
}

above=
for room in $rooms; do
  above="$above $room"
  check "lib/$room is there" test -d "$top/lib/$room"
  for file in "$top/lib/$room"/*.[ch]; do
    wrong=
    for include in $(own "$file"); do
      from=${include%%/*}
      case " $above " in
        *" $from "*)
          if [ ! -f "$top/lib/$include" ]; then wrong="$wrong $include"; fi ;;
        *) wrong="$wrong $include" ;;
      esac
    done
    short=lib/$room/$(basename "$file")
    if [ -z "$wrong" ]; then
      good "$short"
    else
      bad "$short includes$wrong"
    fi
    case $file in
      *.c)
        first=$(sed -n 's/^#include \(.*\)/\1/p' "$file" | sed 1q)
        check "$short begins with config.h" test "$first" = '<config.h>'
        ;;
      *.h) deny "$short needs no config.h" grep -q 'config\.h' "$file" ;;
    esac
  done
done
for folder in "$top"/lib/*/; do
  folder=$(basename "$folder")
  case " $rooms " in
    *" $folder "*) ;;
    *)
      if ls "$top/lib/$folder"/*.[ch] >/dev/null 2>&1; then
        bad "lib/$folder stands in no list"
      fi
      ;;
  esac
done
finish
