# members: the data, the single members, their mean and, where it is known, the
# truth, one panel for each ensemble
#
# npanel (1 to 9), title_K, kind_K, nmember_K, xlab, ylab, has_truth, has_points
# (1 unless set), xmin, xmax, ymin, ymax; $points (x y), $truth (x f), $members_K (x mean t1 t2 ..)

if (!exists('width_mm')) width_mm = 170
if (!exists('has_points')) has_points = 1
cols = npanel < 4 ? npanel : npanel == 4 ? 2 : 3
cols = width_mm < 90 ? lesser(cols, 2) : cols
rows = (npanel + cols - 1) / cols
xe = unit(xmin, xmax); xs = 10.**xe
ye = unit(ymin, ymax); ys = 10.**ye
x0 = (xmin - room(xmin, xmax, .02)) / xs
x1 = (xmax + room(xmin, xmax, .02)) / xs
y0 = (ymin - room(ymin, ymax, .05)) / ys
y1 = (ymax + room(ymin, ymax, .05)) / ys
dx = step(x0, x1, cols == 1 ? 8 : 5)
dy = step(y0, y1, 5)

# The y label runs along all rows and folds; long panel titles fold too.
ph_of(pw) = pw * (cols == 1 ? .42 : cols == 2 ? .66 : .8)
left = 9 + char_mm * wide(y0, y1, dy)
pw = (width_mm - left - 3 - 4. * (cols - 1)) / cols
ph = ph_of(pw)
along = int((rows * ph + rows * 4) / char_mm)
deep = line2(named(ylab, ye), along) eq '' ? 0 : fold_mm
left = left + deep
pw = pw - deep / cols
letters = int(pw / char_mm) - 3
head = 5.6
do for [k=1:npanel] {
  if (line2(value(sprintf('title_%d', k)), letters) ne '') { head = 9.2 }
}
body = rows * (ph + head) + 3. * (rows - 1)
narrow = width_mm < 130
height_mm = body + 16.7 + 4.4 * narrow

eval 'set terminal ' . page(width_mm, height_mm)
if (out ne '-') { set output out }
set multiplot
set xrange [x0:x1]
set yrange [y0:y1]
set xtics dx
set ytics dy
beyond = 0
letter = 'abcdefghi'
big = |$points| > 2000 ? .2 : |$points| > 300 ? .3 : .45
do for [k=1:npanel] {
  c = (k - 1) % cols
  r = (k - 1) / cols
  x = left + c * (pw + 4.)
  y = head + r * (ph + head + 3)
  eval frame(x, y, pw, ph)
  set format x (k + cols > npanel ? decimals(dx) : '')
  set format y (c == 0 ? decimals(dy) : '')
  if (npanel > 1) {
    set label 1 bold(letter[k:k]) \
      at screen px(x), py(y - head + 2.5)
  }
  set label 2 fold(value(sprintf('title_%d', k)), letters) noenhanced \
    at screen px(x + (npanel > 1 ? 3.8 : 0)), py(y - head + 2.5)
  method = kind(k)
  n = value(sprintf('nmember_%d', k))
  f = sprintf('$members_%d', k)
  thin = veil(method, larger(.08, lesser(.6, 12. / larger(n, 1))))
  plot for [j=3:n+2] f using ($1 / xs):(column(j) / ys) with lines \
      lt drawn(0) lw 0.5 dt solid lc rgb thin, \
    '$points' using ($1 / xs):($2 / ys) with points \
      pt ring ps big lw 0.5 lc rgb '#4D4D4D', \
    '$points' using ($1 / xs):($2 / ys > y1 ? (beyond = 1, y1) : NaN) \
      with points pt 9 ps .7 lw 0.6 lc rgb '#4D4D4D', \
    '$points' using ($1 / xs):($2 / ys < y0 ? (beyond = 1, y0) : NaN) \
      with points pt 11 ps .7 lw 0.6 lc rgb '#4D4D4D', \
    f using ($1 / xs):($2 / ys) with lines lt drawn(1) lw 2.6 lc rgb 'white', \
    f using ($1 / xs):($2 / ys) with lines lt drawn(1) lw 1.5 lc rgb hue(method), \
    for [i=1:has_truth] '$truth' using ($1 / xs):($2 / ys) with lines \
      lt drawn(2) lw 0.9 dt (10,6) lc rgb 'black'
}

eval frame(0, 0, width_mm, height_mm)
unset tics
unset border
unset label
set label 1 upright(named(ylab, ye), along) noenhanced center rotate \
  at screen px(2.7), py((body + head) / 2)
set label 2 show(short(across(named(xlab, xe), named(ylab, ye)), \
  int(width_mm / char_mm) - 8)) noenhanced \
  center at screen px(left + (width_mm - left - 3) / 2.), py(body + 8.3)

# The key, each line in the colours of all kinds that are drawn.
y = body + 13.9
at = narrow ? 2 : left
kinds = ''
do for [k=1:npanel] {
  method = kind(k)
  if (strstrt(kinds, method) == 0) { kinds = kinds . method . ' ' }
}
if (has_points) {
  set label 3 '' at screen px(at + 1), py(y) point pt ring ps .45 lw 0.5 \
    lc rgb '#4D4D4D'
  set label 4 'data' at screen px(at + 3), py(y)
  at = at + 15
}
piece = narrow && words(kinds) > 3 ? 2.5 : 4.
do for [i=1:words(kinds)] {
  method = word(kinds, i)
  x = at + piece * (i - 1)
  set arrow 2*i from screen px(x), py(y) to screen px(x + piece - .8), py(y) \
    nohead lw 0.5 lc rgb veil(method, .6)
  x = x + piece * words(kinds) + 19
  set arrow 2*i+1 from screen px(x), py(y) to screen px(x + piece - .8), py(y) \
    nohead lw 1.5 lc rgb hue(method)
}
swatch = piece * words(kinds)
set label 5 'members' at screen px(at + swatch + .5), py(y)
at = at + swatch + 19
set label 6 'their mean' at screen px(at + swatch + .5), py(y)
at = narrow ? 2 : at + swatch + 22
y = y + 4.4 * narrow
if (has_truth) {
  set arrow 20 from screen px(at), py(y) to screen px(at + 6), py(y) \
    nohead lw 0.9 dt (10,6) lc rgb 'black'
  set label 7 'truth' at screen px(at + 7), py(y)
  at = at + 19
}
if (beyond) {
  set label 8 '' at screen px(at + 1), py(y) point pt 9 ps .7 lw 0.6 \
    lc rgb '#4D4D4D'
  set label 9 'data outside the frame' at screen px(at + 3), py(y)
}
if (coarse) {
  unset arrow
  set label 11 stroke_of(0) at screen px(4 + 15 * has_points), \
    py(y - 4.4 * narrow)
  set label 12 stroke_of(1) at screen px(21 + swatch + 15 * has_points), \
    py(y - 4.4 * narrow)
  if (has_truth) {
    set label 13 stroke_of(2) at screen px(at - 19 + 3), py(y)
  }
}
plot NaN notitle
unset multiplot
unset output
