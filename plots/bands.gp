# bands: the mean of each ensemble with the 90 % band of the mean (dark) and of
# a new observation (light), bagging beside dropout
#
# npanel (1 or 2), title_K, kind_K, xlab, ylab, has_truth, has_points (1 unless
# set), xmin, xmax, ymin, ymax; $points (x y), $truth (x f),
# $band_K (x mean mean_lo mean_hi pred_lo pred_hi)

if (!exists('width_mm')) width_mm = 170
if (!exists('has_points')) has_points = 1
xe = unit(xmin, xmax); xs = 10.**xe
ye = unit(ymin, ymax); ys = 10.**ye
x0 = (xmin - room(xmin, xmax, .02)) / xs
x1 = (xmax + room(xmin, xmax, .02)) / xs
y0 = (ymin - room(ymin, ymax, .05)) / ys
y1 = (ymax + room(ymin, ymax, .05)) / ys
dx = step(x0, x1, npanel == 1 ? 8 : 5)
dy = step(y0, y1, 5)

left = 9 + char_mm * wide(y0, y1, dy)
pw = (width_mm - left - 3 - 5. * (npanel - 1)) / npanel
ph = pw * (npanel == 1 ? .42 : .66)
along = int((ph + 6) / char_mm)
deep = line2(named(ylab, ye), along) eq '' ? 0 : fold_mm
left = left + deep
pw = pw - deep / npanel
letters = int(pw / char_mm) - 3
head = line2(title_1, letters) ne '' ? 8.1 : 5
if (npanel > 1) { if (line2(title_2, letters) ne '') { head = 9.2 } }

# A key under each panel, or, where they are narrow, one under the other.  Only
# the key of a single wide panel has room for a second column.
narrow = coarse || width_mm < 130
stacked = narrow || npanel > 1
first_rows = stacked ? 4 + has_points + has_truth : 3
key_lines = first_rows + 3 * narrow * (npanel - 1)
foot = 14.5 + line_mm * key_lines
height_mm = head + ph + foot

eval 'set terminal ' . page(width_mm, height_mm)
if (out ne '-') { set output out }
set multiplot
set xrange [x0:x1]
set yrange [y0:y1]
set xtics dx
set ytics dy
set format x decimals(dx)
set key left top Left reverse samplen 2 width 1 noenhanced
beyond = 0
big = |$points| > 2000 ? .2 : |$points| > 300 ? .3 : .45
letter = 'ab'
do for [k=1:npanel] {
  x = left + (k - 1) * (pw + 5.)
  eval frame(x, head, pw, ph)
  set format y (k == 1 ? decimals(dy) : '')
  if (npanel > 1) {
    set label 1 bold(letter[k:k]) at screen px(x), py(2.5)
  }
  set label 2 fold(value(sprintf('title_%d', k)), letters) noenhanced \
    at screen px(x + (npanel > 1 ? 3.8 : 0)), py(2.5)
  method = kind(k)
  f = sprintf('$band_%d', k)
  set key at screen px(narrow ? left : x), \
    py(head + ph + 12.8 + narrow * (k - 1) * first_rows * line_mm) vertical \
    maxrows (stacked ? 6 : 3) # gnuplot counts all six entries
  if (coarse) {
    plot for [j=5:6] f using ($1 / xs):(column(j) / ys) with lines lt 0 \
        notitle, \
      for [j=3:4] f using ($1 / xs):(column(j) / ys) with lines lt 2 notitle
  }
  plot f using ($1 / xs):(coarse ? NaN : $5 / ys):($6 / ys) \
      with filledcurves \
      fc rgb veil(method, .22) notitle, \
    f using ($1 / xs):(coarse ? NaN : $3 / ys):($4 / ys) \
      with filledcurves \
      fc rgb veil(method, .40) notitle, \
    '$points' using ($1 / xs):($2 / ys) with points \
      pt ring ps big lw 0.5 lc rgb '#4D4D4D' notitle, \
    '$points' using ($1 / xs):($2 / ys > y1 ? (beyond = 1, y1) : NaN) \
      with points pt 9 ps .7 lw 0.6 lc rgb '#4D4D4D' notitle, \
    '$points' using ($1 / xs):($2 / ys < y0 ? (beyond = 1, y0) : NaN) \
      with points pt 11 ps .7 lw 0.6 lc rgb '#4D4D4D' notitle, \
    f using ($1 / xs):($2 / ys) with lines lt drawn(1) lw 2.6 lc rgb 'white' notitle, \
    f using ($1 / xs):($2 / ys) with lines lt drawn(1) lw 1.5 lc rgb hue(method) notitle, \
    for [i=1:has_truth] '$truth' using ($1 / xs):($2 / ys) with lines \
      lt drawn(3) lw 0.9 dt (10,6) lc rgb 'black' notitle, \
    keyentry with lines lt drawn(1) lw 1.5 lc rgb hue(method) title 'mean', \
    keyentry with boxes lt drawn(2) fs solid 1 noborder fc rgb veil(method, .53) \
      title show('90 % for the mean'), \
    keyentry with boxes lt drawn(0) fs solid 1 noborder fc rgb veil(method, .22) \
      title show('90 % for a new observation'), \
    for [i=k:has_points] keyentry with points pt ring ps .45 lw 0.5 lc rgb '#4D4D4D' \
      title 'data', \
    for [i=k:has_truth] keyentry with lines lt drawn(3) lw 0.9 dt (10,6) lc rgb 'black' \
      title 'truth', \
    for [i=k:beyond] keyentry with points pt 9 ps .7 lw 0.6 \
      lc rgb '#4D4D4D' title 'data outside'
}

eval frame(0, 0, width_mm, height_mm)
unset tics
unset border
unset label
unset key
set label 1 upright(named(ylab, ye), along) noenhanced center rotate \
  at screen px(2.7), py(head + ph / 2)
set label 2 show(short(across(named(xlab, xe), named(ylab, ye)), \
  int(width_mm / char_mm) - 8)) noenhanced \
  center at screen px(left + (width_mm - left - 3) / 2.), py(head + ph + 9)
plot NaN notitle
unset multiplot
unset output
