# Exact limits of binomial shares, for check_coverage.c:
#   Rscript binomial.R > binomial.txt
cases <- rbind(c(0, 1, .95), c(1, 1, .95), c(0, 20, .95), c(20, 20, .95),
               c(10, 12, .95), c(90, 100, .95), c(90, 100, .5),
               c(1, 1000, .99), c(450, 500, .95), c(89871, 100000, .95),
               c(3, 1000000, .95))
for (k in seq_len(nrow(cases))) {
  limits <- binom.test(cases[k, 1], cases[k, 2], conf.level = cases[k, 3])
  cat(sprintf("%.0f %.0f %.2f %.17g %.17g\n", cases[k, 1], cases[k, 2],
              cases[k, 3], limits$conf.int[1], limits$conf.int[2]))
}
