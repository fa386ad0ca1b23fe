#!/bin/sh
# report.html in a browser: no sideways scrolling of the page on a phone or a
# desk, and the whole table on paper, in light and dark.
# shellcheck source=tests/lib.sh
. "${srcdir:-.}/tests/lib.sh"

browser=
for name_of in chromium chromium-browser google-chrome; do
  if have $name_of; then browser=$name_of && break; fi
done
[ "$browser" ] || skip 'no Chromium'
have timeout || skip 'no timeout'

# browse ARGUMENT...: what the browser prints, in found
browse ()
{
  timeout 60 $browser --headless --no-sandbox --disable-gpu --disable-quic \
    --no-first-run --disable-background-networking \
    --disable-component-update --disable-sync --hide-scrollbars \
    --user-data-dir="$box/profile" "$@" >"$box/found" 2>/dev/null
}

tiny "$top/data/mcycle.csv" -o report
expect_status 0 'a report'
page=$box/work/report/report.html
echo '<p>it runs</p>' >"$box/try.html"
browse --dump-dom "file://$box/try.html"
grep -q 'it runs' "$box/found" || skip 'Chromium does not run here'

# The page tells the one around it how wide its contents are.
sed 's|</body>|<script>parent.postMessage (document.documentElement\
.scrollWidth, "*")</script></body>|' "$page" >told.html
for width in 390 1280; do
  cat >frame.html <<END
<script>onmessage = (e) => { document.title = "wide " + e.data; }</script>
<iframe src="told.html" style="border:0;width:${width}px;height:900px">
</iframe>
END
  browse --window-size=1400,1000 --virtual-time-budget=5000 --dump-dom \
    "file://$box/work/frame.html"
  cp "$box/found" "$box/stderr"
  check "$width pixels: nothing sticks out" \
    grep -q "<title>wide $width</title>" "$box/found"
done

have pdftotext || finish
for mode in '' --force-dark-mode; do
  rm -f page.pdf
  # shellcheck disable=SC2086
  browse $mode --print-to-pdf="$box/work/page.pdf" "file://$page"
  check "printed $mode" test -s page.pdf
  pdftotext -layout page.pdf words
  check 'the first column of the table' grep -q '^ *smoothing spline ' words
  check 'the last column' grep -q 'setting that won' words
  check 'the last word' grep -q 'each script holds its data' words
done
finish
