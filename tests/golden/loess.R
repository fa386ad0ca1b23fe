# Writes loess.txt: R's local regression, surface = "direct".
#   cd tests/golden && Rscript loess.R
# gagurine.csv: 314 children, GAG against Age; R package MASS, data set
# GAGurine, GPL-2 or GPL-3.  `symmetric' fits have R's four iterations, that
# is three times new weights.

show <- function (x) paste (format (x, digits = 15, trim = TRUE),
                            collapse = " ")
fit <- function (data, at, span, degree, robust = FALSE, normalize = TRUE)
{
  f <- loess (y ~ ., data, span = span, degree = degree,
              normalize = normalize,
              family = if (robust) "symmetric" else "gaussian",
              control = loess.control (surface = "direct",
                                       statistics = "approximate",
                                       iterations = if (robust) 4 else 1))
  cat ("loess", span, degree, 3 * robust, as.integer (normalize), "\n")
  cat ("fit", nrow (at), show (predict (f, at)), "\n")
}

sink ("loess.txt")
cat ("# ", R.version.string, ", written by loess.R\n", sep = "")
cat ("# grid, rows: columns of x (and y last); loess: span, degree,",
     "reweightings, normalize\n")

g <- read.csv ("gagurine.csv")
g <- data.frame (x = g$Age, y = g$GAG)
at <- data.frame (x = seq (0.2, 17.6, by = 0.3))
cat ("data gagurine\n")
cat ("grid 1", nrow (at), show (at$x), "\n")
for (degree in 0:2)
  for (span in c (0.3, 0.5, 0.75, 1, 1.7))
    fit (g, at, span, degree)
fit (g, at, 0.4, 2, TRUE)
fit (g, at, 0.6, 1, TRUE)

set.seed (1)
n <- 90
d <- data.frame (u = round (runif (n, -2, 2), 3),
                 v = round (100 * rexp (n), 1))
d$y <- round (sin (2 * d$u) + d$v / 100 + rnorm (n) / 4, 3)
d$y[c (7, 50)] <- 9
at <- expand.grid (u = c (-1.9, -0.61, 0.33, 1.52), v = c (3, 81, 177))
cat ("data two\n")
cat ("rows 3", n, show (c (d$u, d$v, d$y)), "\n")
cat ("grid 2", nrow (at), show (c (at$u, at$v)), "\n")
for (degree in 0:2)
  for (span in c (0.4, 0.75, 1, 1.7))
    fit (d, at, span, degree)
fit (d, at, 0.6, 2, normalize = FALSE)
fit (d, at, 0.75, 1, TRUE)
fit (d, at, 0.9, 2, TRUE)
sink ()
