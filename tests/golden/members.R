# Members of a random forest of ranger, and estimates computed here from their
# formulas: Rscript members.R (in this folder; ranger 0.14 and R 4.2 were
# used).  Writes members_ranger.csv (points x members), members_inbag.csv
# (members x rows) and members_ranger.txt.
library(ranger)
set.seed(7)
train <- data.frame(a = runif(30), b = runif(30), c = runif(30))
train$y <- sin(6 * train$a) + train$b + rnorm(30) / 4
test <- data.frame(a = seq(0.05, 0.95, length.out = 8), b = 0.5, c = 0.5)
fit <- ranger(y ~ ., train, num.trees = 25, keep.inbag = TRUE, seed = 3,
              num.threads = 1)
p <- predict(fit, test, predict.all = TRUE, num.threads = 1)$predictions
N <- do.call(rbind, fit$inbag.counts)
p <- signif(p, 9)
write.csv(p, "members_ranger.csv", row.names = FALSE, quote = FALSE)
write.csv(N, "members_inbag.csv", row.names = FALSE, quote = FALSE)

B <- nrow(N)
n <- ncol(N)
divide_B <- function(x) mean((x - mean(x))^2)
rows <- lapply(seq_len(nrow(p)), function(j) {
  t <- p[j, ]
  v <- divide_B(t)
  C <- sapply(seq_len(n), function(i) mean((N[, i] - mean(N[, i])) *
                                             (t - mean(t))))
  counts <- sum(apply(N, 2, divide_B))
  out <- colSums(N == 0)
  D <- sapply(which(out > 0), function(i) mean(t[N[, i] == 0]) - mean(t))
  r <- sum(out > 0)
  bias <- sum(1 / out[out > 0] - 1 / B)
  c(mean = mean(t), var_ij = sum(C^2),
    var_ij_u = sum(C^2) - counts * v / B,
    var_jab = (r - 1) / r * sum(D^2),
    var_jab_u = (r - 1) / r * (sum(D^2) - bias * v))
})
out <- do.call(rbind, rows)
cat(colnames(out), sep = "\t", file = "members_ranger.txt")
cat("\n", file = "members_ranger.txt", append = TRUE)
write.table(format(out, digits = 15, trim = TRUE), "members_ranger.txt",
            append = TRUE, sep = "\t", quote = FALSE, row.names = FALSE,
            col.names = FALSE)
