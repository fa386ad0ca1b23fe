# budget_x: the parts of the error along the input, one panel for each method
#
# npanel (up to 20), title_K, xlab, ylab, has_bias, xmin, xmax, ymin, ymax;
# $along_K (x bias data training member)

if (!exists('width_mm')) width_mm = 170
if (!exists('has_bias')) has_bias = 1
cols = npanel < 4 ? npanel : npanel == 4 ? 2 : npanel < 10 ? 3 : 4
cols = width_mm < 90 ? lesser(cols, 2) : cols
rows = (npanel + cols - 1) / cols
xe = unit(xmin, xmax); xs = 10.**xe
ye = unit(ymin, ymax); ys = 10.**ye
x0 = (xmin - room(xmin, xmax, .02)) / xs
x1 = (xmax + room(xmin, xmax, .02)) / xs
y0 = (ymin - room(ymin, ymax, .05)) / ys
y1 = (ymax + room(ymin, ymax, .05)) / ys
dx = step(x0, x1, cols == 1 ? 8 : cols == 4 ? 4 : 5)
dy = step(y0, y1, 5)

left = 9 + char_mm * wide(y0, y1, dy)
pw = (width_mm - left - 3 - 4. * (cols - 1)) / cols
ph = pw * (cols == 1 ? .42 : cols == 2 ? .66 : .8)
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
height_mm = body + 16.7

eval 'set terminal ' . page(width_mm, height_mm)
if (out ne '-') { set output out }
set multiplot
set xrange [x0:x1]
set yrange [y0:y1]
set xtics dx
set ytics dy
shade(k) = word('#4D4D4D #0072B2 #E69F00 #56A8D8', k)
stroke(k) = int(word('13 11 12 14', k))
title(k) = word('bias² data training member', k)
letter = 'abcdefghijklmnopqrst'
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
  set arrow 1 from graph 0, first 0 to graph 1, first 0 nohead back lw 0.4 \
    lc rgb '#BFBFBF'
  f = sprintf('$along_%d', k)
  plot for [j=2-has_bias:4] f using ($1 / xs):(column(j + 1) / ys) \
    with lines lt drawn(j) lw 1.2 dt stroke(j) lc rgb shade(j)
}

eval frame(0, 0, width_mm, height_mm)
unset tics
unset border
unset label
unset arrow
set label 1 upright(named(ylab, ye), along) noenhanced center rotate \
  at screen px(2.7), py((body + head) / 2)
set label 2 show(short(across(named(xlab, xe), named(ylab, ye)), \
  int(width_mm / char_mm) - 8)) noenhanced \
  center at screen px(left + (width_mm - left - 3) / 2.), py(body + 8.3)
y = body + 13.9
key_left = width_mm < 130 ? 2 : left
pitch = width_mm < 130 ? 21 : 27
do for [j=2-has_bias:4] {
  x = key_left + pitch * (j - 2 + has_bias)
  set arrow j from screen px(x), py(y) to screen px(x + 6), py(y) \
    nohead lw 1.2 dt stroke(j) lc rgb shade(j)
  set label 10+j show(title(j)) at screen px(x + 7), py(y)
  if (coarse) { set label 20+j stroke_of(j) at screen px(x + 4), py(y) }
}
if (coarse) { unset arrow }
plot NaN notitle
unset multiplot
unset output
