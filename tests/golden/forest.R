# Data and random forests for check_forest: run once, R 4.2.2, ranger 0.14.1.
# forest.csv: rows 1 to 150 train, the others test.  forest.txt: mean and
# standard deviation over 20 seeds of the root mean squared error of 300 full
# trees on bootstrap samples.
library(ranger)
set.seed(1)
X <- matrix(round(runif(300 * 6), 4), ncol = 6)
y <- 10 * sin(pi * X[, 1] * X[, 2]) + 20 * (X[, 3] - 0.5)^2 + 10 * X[, 4] +
  5 * X[, 5] + rnorm(300)
data <- data.frame(X, y = round(y, 4))
names(data)[1:6] <- paste0("x", 1:6)
write.csv(data, "forest.csv", row.names = FALSE, quote = FALSE)
train <- data[1:150, ]
test <- data[151:300, ]
error <- function(seed, mtry, rule) {
  f <- ranger(y ~ ., train, num.trees = 300, mtry = mtry, min.node.size = 1,
              splitrule = rule, seed = seed, num.threads = 1)
  sqrt(mean((predict(f, test)$predictions - test$y)^2))
}
sink("forest.txt")
cat("# split mtry mean sd; by forest.R\n")
for (rule in c("variance", "extratrees"))
  for (mtry in c(1, 2, 6)) {
    e <- sapply(1:20, error, mtry, rule)
    cat(if (rule == "variance") "best" else "random", mtry,
        sprintf("%.5f %.5f", mean(e), sd(e)), "\n")
  }
sink()
