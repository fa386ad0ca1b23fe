# Bagged full regression trees by ranger on one thread.
# trees.R TRAIN.csv TEST.csv [MEMBERS [MTRY [best|random]]] prints CPU seconds
# of fit and predict together, the error, CPU seconds of predict alone and the
# spread (the root of the trees' variance in the mean over the test rows).
# MEMBERS is 100, MTRY 0 (all columns are tried at every split); leaves of one
# row.  Random: extra-trees, on bootstrap samples.
library(ranger)
option <- commandArgs(trailingOnly = TRUE)
option <- c(option, c("", "", "100", "0", "best")[-seq_along(option)])
train <- read.csv(option[1])
test <- read.csv(option[2])
mtry <- as.integer(option[4])
if (mtry == 0) mtry <- ncol(train) - 1
rule <- if (option[5] == "best") "variance" else "extratrees"
cpu <- function(time) sum(time[c("user.self", "sys.self")])
fit <- system.time(
  forest <- ranger(y ~ ., train, num.trees = as.integer(option[3]),
                   mtry = mtry, min.node.size = 1, splitrule = rule,
                   num.threads = 1, seed = 1, oob.error = FALSE))
use <- system.time(t <- predict(forest, test, num.threads = 1)$predictions)
single <- predict(forest, test, predict.all = TRUE,
                  num.threads = 1)$predictions
centred <- single - rowMeans(single)
cat(sprintf("%.4f %.5f %.4f %.5f\n", cpu(fit) + cpu(use),
            sqrt(mean((t - test$y)^2)), cpu(use),
            sqrt(sum(centred^2) / (ncol(single) - 1) / nrow(single))))
