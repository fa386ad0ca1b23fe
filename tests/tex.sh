#!/bin/sh
# report.tex in a plain article, whatever the names in the data.
# shellcheck source=tests/lib.sh
. "${srcdir:-.}/tests/lib.sh"

data=$top/data/mcycle.csv

# named NAME FILE: the data with this response, as CSV
named ()
{
  printf 'times,"%s"\n' "$(printf %s "$1" | sed 's/"/""/g')"
  sed 1d "$data"
}

# article FOLDER: as someone else's article takes the fragment
article ()
{
  cat >article.tex <<END
\\documentclass{article}
\\usepackage{booktabs,graphicx}
\\newcommand\\bagdropdir{$1}
\\begin{document}
See Table~\\ref{tab:bagdrop} and Figure~\\ref{fig:bagdrop-members}.
\\input{$1/report}
\\end{document}
END
  rm -f article.pdf
  run pdflatex -no-shell-escape -interaction=nonstopmode -halt-on-error \
    article.tex
}

# shown TEXT: on a page, blanks aside
shown ()
{
  pdftotext article.pdf - | tr -d ' \n\f' >words
  grep -q -F -e "$(printf %s "$1" | tr -d ' ')" words
}

# Characters and commands; what the page shows of them
cat >names <<'EOF2'
\write18{touch owned}\input{/etc/passwd}
}\end{document}%$x^2_i$ & #1 ~ {
--verbose <b>|"'`!`?` \\ ^^41
EOF2
number=0
while IFS= read -r response; do
  number=$((number + 1))
  named "$response" >'a_b%$#&{^~.csv'
  tiny 'a_b%$#&{^~.csv' -o report
  expect_status 0 "name $number"
  deny "name $number: ASCII only" \
    grep -q "[^ -~]" report/report.tex
  check "name $number: to its end" \
    test "$(tail -n 1 report/report.tex)" = '\endinput'
  if have pdflatex && kpsewhich booktabs.sty >"$box/found"; then
    article report
    expect_status 0 "name $number: an article is made"
    if have pdftotext && [ "$number" -eq 1 ]; then
      check "name $number: shown as it is" shown "$response"
      check 'the verdict' shown 'Best single fit'
      check 'the table' shown 'smoothing spline'
      check 'a caption' shown 'Members of each ensemble'
      check 'the file' shown 'b%$#&{'
    fi
  fi
done <names
check 'no command was run' test ! -e owned
rm -rf report

named 'x -5 [-2] 4-6' >signs.csv
tiny signs.csv -o report
check 'a minus is one, a hyphen stays' grep -q -F \
  'x \ensuremath{-}5 [\ensuremath{-}2] 4-{}6' report/report.tex
rm -rf report

named 'accélération (µm, α, 中)' >letters.csv
tiny letters.csv -o report
check 'letters beyond ASCII' grep -q \
  'acc.'"'"'{e}l.'"'"'{e}ration (.*mu}m, .*alpha}, .bagdropchar{4E2D})' \
  report/report.tex
rm report/figures/*.pdf 2>/dev/null
if have pdflatex && kpsewhich booktabs.sty >"$box/found"; then
  article report
  expect_status 0 'an article without the figures'
else
  echo 'no pdflatex with booktabs: compiled nothing'
fi
finish
