# Bagged local lines by KernSmooth::locpoly, one call for each member.
# locpoly.R DATA.csv MEMBERS prints CPU seconds of draws, fits and sums, and
# the error of the members' mean against the curve of bench/curves.c.  Its
# kernel is normal; this bandwidth has the variance of our window of half-width 0.05.
library(KernSmooth)
argument <- commandArgs(trailingOnly = TRUE)
data <- read.csv(argument[1])
members <- as.integer(argument[2])
n <- nrow(data)
points <- (seq_len(1000) - 0.5) / 1000
range <- range(points)
set.seed(1)
total <- squares <- numeric(1000)
time <- system.time(for (b in seq_len(members)) {
  i <- sample.int(n, n, TRUE)
  t <- locpoly(data$x[i], data$y[i], degree = 1, bandwidth = 0.05 / sqrt(5),
               gridsize = 1000, range.x = range)$y
  total <- total + t
  squares <- squares + t * t
})
truth <- sin(4 * pi * points) + points
cat(sprintf("%.5f %.5f\n", sum(time[c("user.self", "sys.self")]),
            sqrt(mean((total / members - truth)^2))))
