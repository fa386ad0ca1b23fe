# 100 bagged full regression trees by ranger on one thread.
# trees.R TRAIN.csv TEST.csv prints CPU seconds of fit and predict, and the
# error.  All columns are tried at every split; leaves of one row.
library(ranger)
path <- commandArgs(trailingOnly = TRUE)
train <- read.csv(path[1])
test <- read.csv(path[2])
p <- ncol(train) - 1
time <- system.time({
  forest <- ranger(y ~ ., train, num.trees = 100, mtry = p, min.node.size = 1,
                   num.threads = 1, seed = 1, oob.error = FALSE)
  t <- predict(forest, test, num.threads = 1)$predictions
})
cat(sprintf("%.4f %.5f\n", sum(time[c("user.self", "sys.self")]),
            sqrt(mean((t - test$y)^2))))
