#!/bin/sh
# The manual: its commands are run and its programs compiled, and what they
# print is what it says.  Text has to be the same.  So have whole numbers;
# others may differ by one in their last digit, as processors round differently.
# shellcheck source=tests/lib.sh
. "${srcdir:-.}/tests/lib.sh"

mkdir "$box/parts" "$box/pc"
"${AWK:-awk}" -v to="$box/parts" -f "$top/doc/examples.awk" \
  "$top/doc/bagdrop.texi"
cp "$top"/data/*.csv .

# Programs of the manual find this build by pkg-config, as they would find an
# installed one.
programs=yes
if [ ! -f "$home/.libs/libbagdrop.so" ] || ! have cc || ! have pkg-config \
  || grep -q 'fsanitize=\|--coverage' "$home/Makefile" 2>/dev/null; then
  programs=no
fi
cat >"$box/pc/bagdrop.pc" <<EOF
Name: bagdrop
Description: this build
Version: 0
Requires: gsl
Cflags: -I"$top/lib"
Libs: -L"$home/.libs" -lbagdrop
EOF
PKG_CONFIG_PATH=$box/pc:${PKG_CONFIG_PATH-}
LD_LIBRARY_PATH=$home/.libs:${LD_LIBRARY_PATH-}
export PKG_CONFIG_PATH LD_LIBRARY_PATH

# alike SAID GOT: both files are the same up to last digits and blanks.
alike ()
{
  "${AWK:-awk}" '
    # Cut TEXT into what is no number and numbers, in turn.
    function pieces(text, part,    n) {
      n = 0
      while (match (text, /[0-9]+(\.[0-9]+)?(e[-+][0-9]+)?/)) {
        part[++n] = substr (text, 1, RSTART - 1)
        part[++n] = substr (text, RSTART, RLENGTH)
        text = substr (text, RSTART + RLENGTH)
      }
      part[++n] = text
      return n
    }
    function step(number,    dot, e) {
      if (number !~ /[.e]/)
        return 0
      e = number ~ /e/ ? substr (number, index (number, "e") + 1) + 0 : 0
      sub (/e.*/, "", number)
      dot = index (number, ".")
      return 1.01 * 10 ^ (e - (dot ? length (number) - dot : 0))
    }
    { gsub (/[ \t]+/, " ") }
    NR == FNR { said[++lines] = $0; next }
    {
      n = pieces(said[FNR], a)
      if (FNR > lines || pieces($0, b) != n)
        exit bad = 1
      for (k = 1; k <= n; k++)
        if (k % 2 ? a[k] != b[k] : (d = a[k] - b[k]) > step(a[k]) \
              || -d > step(a[k]))
          exit bad = 1
    }
    END { exit bad || FNR != lines }' "$1" "$2"
}

commands=0
for part in "$box"/parts/*; do
  base=${part%.*}
  case $part in
    *.name) cp "$base.file" "$(cat "$part")" ;;
    *.sh)
      if [ $programs = no ] && grep -q 'pkg-config' "$part"; then continue; fi
      # All of an example is run in one shell.
      sh "$part" >"$box/stdout" 2>"$box/all" </dev/null
      grep -v 'gnuplot was not found' "$box/all" >"$box/stderr"
      commands=$((commands + 1))
      first=$(sed 1q "$part")
      check "nothing to complain of: $first" test ! -s "$box/stderr"
      if [ -s "$base.out" ] || [ -s "$box/stdout" ]; then
        if alike "$base.out" "$box/stdout"; then
          good "as the manual says: $first"
        else
          bad "not as the manual says: $first"
          diff "$base.out" "$box/stdout" | head -n 10
        fi
      fi
      ;;
  esac
done
check 'the manual has examples' test $commands -ge 20

check 'CITATION.cff has the version of the program' \
  test "$(sed -n 's/^version: //p' "$top/CITATION.cff")" = \
  "$(bagdrop --version | sed -n '1s/bagdrop //p')"

# Every command has its place in the manual, every chapter its failures.
for command in $(bagdrop --option-table | cut -f 1); do
  check "the manual has bagdrop $command" \
    grep -q "bagdrop $command" "$top/doc/bagdrop.texi"
done
echo 'a 1.25 b 3 [-2]' >said
for right in 'a 1.26 b 3 [-2]' 'a  1.24 b 3 [-2]'; do
  echo "$right" >got
  check "alike: $right" alike said got
done
for wrong in 'a 1.27 b 3 [-2]' 'a 1.25 b 4 [-2]' 'a 1.25 c 3 [-2]' \
  'a 1.25 b 3 [2]' 'a 1.25 b 3' ''; do
  echo "$wrong" >got
  deny "not alike: $wrong" alike said got
done
if have makeinfo; then
  run makeinfo -D 'VERSION 0' --output=manual.info "$top/doc/bagdrop.texi"
  expect_status 0 'makeinfo'
  check 'makeinfo has nothing to say' test ! -s "$box/stderr"
fi
if have texi2dvi && have pdftex; then
  run texi2dvi --pdf --texinfo='@set VERSION 0' "$top/doc/bagdrop.texi"
  expect_status 0 'the manual as PDF'
  check 'the PDF is there' test -s bagdrop.pdf
  deny 'no line sticks out of its page' grep -q Overfull bagdrop.log
fi
finish
