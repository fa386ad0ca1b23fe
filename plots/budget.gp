# budget: the parts of each method's error, stacked; parts below zero stand
# left of zero
#
# nrow (up to 20), name_K, xlab, nkind (4, or 5 with a part of noise), part_K
# (what it is); $part (row kind from to se)

if (!exists('width_mm')) width_mm = 85
if (!exists('nkind')) nkind = 4
a0 = 0; a1 = 0
take(v) = v == v && abs(v) < 1e300 ? (a0 = lesser(a0, v), \
  a1 = larger(a1, v)) : 0
set xrange [-1:1]
set yrange [-1:1]
set table $scratch
plot '$part' using (take($3), take($4), take($4 < 0 ? $4 - $5 : $4 + $5), \
  0):(0)
unset table
if (a1 <= a0) { a1 = 1 }
xe = unit(a0, a1); xs = 10.**xe
x0 = (a0 < 0 ? a0 - .03 * (a1 - a0) : 0) / xs
x1 = (a1 + .03 * (a1 - a0)) / xs

name(k) = value(sprintf('name_%d', k))
part(k) = exists(sprintf('part_%d', k)) ? value(sprintf('part_%d', k)) : ''
shade(k) = word('#4D4D4D #0072B2 #E69F00 #8CCBEE #E4E4E4', k)
letters = int((.45 * width_mm - 4) / char_mm)
longest = 4; row_mm = 5.4
do for [k=1:nrow] {
  longest = larger(longest, larger(strlen(line1(name(k), letters)), \
    strlen(line2(name(k), letters))))
  if (line2(name(k), letters) ne '') { row_mm = 8 }
}
left = 4 + 1.12 * char_mm * longest
pw = width_mm - left - 4
ph = row_mm * nrow
named_parts = sum [k=1:nkind] (part(k) ne '')
height_mm = 2 + ph + 12 + 3.9 * named_parts
eval 'set terminal ' . page(width_mm, height_mm)
if (out ne '-') { set output out }
eval frame(left, 2, pw, ph)
set xrange [x0:x1]
set yrange [nrow+.5:.5]
set border 1
set errorbars 0
unset ytics
dx = step(x0, x1, larger(2, int(pw / 13)))
set xtics dx
set format x decimals(dx)
do for [k=1:nrow] {
  y = 2 + row_mm * (k - .5)
  two = line2(name(k), letters) ne ''
  set label 2*k show(line1(name(k), letters)) noenhanced right \
    at screen px(left - 2), py(y - .5 * two * line_mm)
  if (two) {
    set label 2*k+1 show(line2(name(k), letters)) noenhanced right \
      at screen px(left - 2), py(y + .5 * line_mm)
  }
}
set arrow 100 from first 0, graph 0 to first 0, graph 1 nohead lw 0.8
under = short(named(xlab, xe), int((width_mm - 4) / char_mm))
set label 100 show(under) noenhanced center \
  at screen px(beneath(under, left + pw / 2)), py(2 + ph + 8.3)
y = 2 + ph + 9.2
do for [k=1:nkind] {
  if (part(k) eq '') { continue }
  y = y + 3.9
  set object k rectangle from screen px(2), py(y - 1.25) \
    to screen px(6), py(y + 1.25) fs solid 1 noborder fc rgb shade(k)
  set label 100+k show(short(part(k), int((width_mm - 11) / char_mm))) noenhanced \
    at screen px(7.5), py(y)
  if (coarse) { set label 200+k stroke_of(k) at screen px(4), py(y) }
}

# Whiskers of neighbours stand one above the other.
is(k) = int($2) == k
up(k) = .11 * (k - 2.5)
plot for [k=1:nkind] '$part' using (is(k) ? ($3 + $4) / 2 / xs : NaN):1: \
    ($3 / xs):($4 / xs):($1 - .34):($1 + .34) with boxxyerror \
    fs solid 1 noborder fc rgb shade(k), \
  for [k=1:nkind] '$part' using (is(k) && $5 > 0 ? $4 / xs : NaN): \
    ($1 + up(k)):(($4 - $5) / xs):(($4 + $5) / xs) with xerrorbars \
    pt 0 lw 1.8 lc rgb 'white', \
  for [k=1:nkind] '$part' using (is(k) && $5 > 0 ? $4 / xs : NaN): \
    ($1 + up(k)):(($4 - $5) / xs):(($4 + $5) / xs) with xerrorbars \
    pt 0 lw .7 lc rgb 'black'
unset output
