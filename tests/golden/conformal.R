# Intervals of Barber et al. (2021), Kim et al. (2020) and of out-of-bag
# residuals, straight from their definitions, for lines fitted by lm ().
# Written once:  Rscript conformal.R > conformal.txt   (R 4).
# A line of numbers behind each name.
set.seed (11)
n <- 19; B <- 30; m <- 4
x <- round (runif (n, 0, 4), 3)
y <- round (1 + 2 * x + (0.3 + 0.5 * x) * rnorm (n), 3)
at <- c (-0.5, 0.7, 2.1, 4.4)
put <- function (name, v) cat (name, sprintf ("%.17g", v), "\n")
fit <- function (w) unname (coef (lm (y ~ x, weights = w)))
lower <- function (v, a)
  { k <- floor (a * (length (v) + 1) + 1e-9); if (k < 1) -Inf else sort (v)[k] }
upper <- function (v, a)
  { k <- ceiling ((1 - a) * (length (v) + 1) - 1e-9)
    if (k > length (v)) Inf else sort (v)[k] }

put ("x", x); put ("y", y); put ("at", at)

# Jackknife+.
loo <- sapply (1:n, function (i) fit (as.numeric (1:n != i)))
R <- abs (y - (loo[1, ] + loo[2, ] * x))
for (level in c (0.9, 0.8))
  {
    a <- 1 - level
    put (paste0 ("jackknife_lo", 100 * level),
         sapply (at, function (z) lower (loo[1, ] + loo[2, ] * z - R, a)))
    put (paste0 ("jackknife_hi", 100 * level),
         sapply (at, function (z) upper (loo[1, ] + loo[2, ] * z + R, a)))
  }

# Counts of a bootstrap; the last row is in every member.
N <- t (sapply (1:B, function (b) tabulate (sample (n, n, TRUE), n)))
N[, n] <- pmax (N[, n], 1)
put ("counts", as.vector (t (N)))
member <- apply (N, 1, fit)
pred <- function (z) member[1, ] + member[2, ] * z
out <- which (colSums (N == 0) >= 2)
mu <- function (i, z) mean (pred (z)[N[, i] == 0])
E <- sapply (out, function (i) y[i] - mu (i, x[i]))
put ("used", length (out))
a <- 0.2
put ("jab_lo", sapply (at, function (z)
  lower (sapply (out, function (i) mu (i, z)) - abs (E), a)))
put ("jab_hi", sapply (at, function (z)
  upper (sapply (out, function (i) mu (i, z)) + abs (E), a)))
put ("oob_lo", sapply (at, function (z) mean (pred (z)) + lower (E, a / 2)))
put ("oob_hi", sapply (at, function (z) mean (pred (z)) + upper (E, a / 2)))
sd0 <- function (v) sqrt (mean ((v - mean (v))^2))
S <- sapply (out, function (i) sd0 (pred (x[i])[N[, i] == 0]))
E <- E / (S + 0.1 * mean (S))
put ("scaled_lo", sapply (at, function (z)
  mean (pred (z)) + (sd0 (pred (z)) + 0.1 * mean (S)) * lower (E, a / 2)))
put ("scaled_hi", sapply (at, function (z)
  mean (pred (z)) + (sd0 (pred (z)) + 0.1 * mean (S)) * upper (E, a / 2)))

# CV+ over three parts, residuals in units of a spread 0.2 + x^2 / 9 (and a
# tenth of its mean at the rows fitted), and the same with one part: split.
part <- (1:n) %% 3
spread <- function (z) 0.2 + z^2 / 9
cv <- lapply (0:2, function (k) fit (as.numeric (part != k)))
usual <- sapply (0:2, function (k) mean (spread (x[part != k])))
line <- function (k, z) cv[[k + 1]][1] + cv[[k + 1]][2] * z
scale <- function (k, z) spread (z) + 0.1 * usual[k + 1]
put ("cv_mean", as.vector (sapply (0:2, function (k) line (k, at))))
put ("cv_usual", usual)
r <- sapply (1:n, function (i) y[i] - line (part[i], x[i]))
put ("cv_r", r)
sc <- abs (r) / sapply (1:n, function (i) scale (part[i], x[i]))
put ("cv_lo", sapply (at, function (z) lower (sapply (1:n, function (i)
  line (part[i], z) - sc[i] * scale (part[i], z)), a)))
put ("cv_hi", sapply (at, function (z) upper (sapply (1:n, function (i)
  line (part[i], z) + sc[i] * scale (part[i], z)), a)))
q <- upper (sc[part == 0], 0.3)
put ("split_lo", line (0, at) - q * scale (0, at))
put ("split_hi", line (0, at) + q * scale (0, at))

# Exact binomial limits.
for (k in c (0, 7, 12))
  put (paste0 ("binomial", k), binom.test (k, 12)$conf.int)
