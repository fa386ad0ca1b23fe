# Bagged local lines by KernSmooth::locpoly, one call for each member.
# locpoly.R DATA.csv MEMBERS prints CPU seconds of draws, fits and sums, the
# error of the members' mean against the curve of bench/curves.c, the spread
# (the root of the members' variance in the mean over the points) and what part
# of the time the draws take.  Its kernel is normal; this bandwidth has the
# variance of our window of half-width 0.05.
suppressPackageStartupMessages(library(KernSmooth))
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
draws <- system.time(for (b in seq_len(members)) sample.int(n, n, TRUE))
cpu <- function(time) sum(time[c("user.self", "sys.self")])
truth <- sin(4 * pi * points) + points
cat(sprintf("%.5f %.5f %.5f %.2f\n", cpu(time),
            sqrt(mean((total / members - truth)^2)),
            sqrt(mean(squares - total^2 / members) / (members - 1)),
            cpu(draws) / cpu(time)))
