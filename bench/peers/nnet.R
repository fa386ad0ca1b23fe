# Networks of 50 logistic units by nnet's BFGS on the whole sample.
# nnet.R TRAIN.csv TEST.csv [ITERATIONS [STARTS]] prints CPU seconds of a
# training and the errors against the test rows and against the truth, which
# stands before the response in the test file: seconds and squares of the
# errors in the mean over STARTS (1) trainings.  ITERATIONS is 50.
library(nnet)
option <- commandArgs(trailingOnly = TRUE)
option <- c(option, c("", "", "50", "1")[-seq_along(option)])
train <- as.matrix(read.csv(option[1]))
test <- as.matrix(read.csv(option[2]))
starts <- as.integer(option[4])
d <- ncol(train) - 1
z <- scale(train)
mean_of <- attr(z, "scaled:center")
scale_of <- attr(z, "scaled:scale")
X <- z[, 1:d, drop = FALSE]
P <- scale(test[, 1:d, drop = FALSE], mean_of[1:d], scale_of[1:d])
total <- c(0, 0, 0)
for (start in seq_len(starts)) {
  set.seed(start)
  time <- system.time(
    fit <- nnet(X, z[, d + 1], size = 50, linout = TRUE,
                maxit = as.integer(option[3]), abstol = 0, reltol = 0,
                MaxNWts = 1e5, trace = FALSE))
  t <- predict(fit, P)[, 1] * scale_of[d + 1] + mean_of[d + 1]
  total <- total + c(sum(time[c("user.self", "sys.self")]),
                     mean((t - test[, d + 2])^2), mean((t - test[, d + 1])^2))
}
total <- total / starts
cat(sprintf("%.5f %.5f %.5f\n", total[1], sqrt(total[2]), sqrt(total[3])))
