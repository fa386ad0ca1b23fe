# A network of 50 logistic units by nnet's BFGS on the whole sample.
# nnet.R TRAIN.csv TEST.csv [ITERATIONS [DECAY]] prints CPU seconds of the
# training and the errors against the test rows and against the truth, which
# stands before the response in the test file.  ITERATIONS is 50, DECAY 0.
library(nnet)
option <- commandArgs(trailingOnly = TRUE)
option <- c(option, c("", "", "50", "0")[-seq_along(option)])
train <- as.matrix(read.csv(option[1]))
test <- as.matrix(read.csv(option[2]))
d <- ncol(train) - 1
z <- scale(train)
mean <- attr(z, "scaled:center")
size <- attr(z, "scaled:scale")
P <- scale(test[, 1:d, drop = FALSE], mean[1:d], size[1:d])
set.seed(1)
time <- system.time(
  fit <- nnet(z[, 1:d, drop = FALSE], z[, d + 1], size = 50, linout = TRUE,
              maxit = as.integer(option[3]), decay = as.numeric(option[4]),
              abstol = 0, reltol = 0, MaxNWts = 1e5, trace = FALSE))
t <- predict(fit, P)[, 1] * size[d + 1] + mean[d + 1]
cat(sprintf("%.4f %.5f %.5f\n", sum(time[c("user.self", "sys.self")]),
            sqrt(mean((t - test[, d + 2])^2)),
            sqrt(mean((t - test[, d + 1])^2))))
