# The variances that ranger gives with a forest's predictions, less the time of
# the predictions themselves.
# usage: infjack.R TRAIN.csv TEST.csv TREES MTRY infjack|jack
# CPU and wall seconds.
suppressMessages(library(ranger))
args <- commandArgs(TRUE)
train <- read.csv(args[1]); test <- read.csv(args[2])
names(train)[ncol(train)] <- names(test)[ncol(test)] <- "y"
f <- ranger(y ~ ., train, num.trees = as.integer(args[3]),
            mtry = as.integer(args[4]), keep.inbag = TRUE, num.threads = 1,
            seed = 1)
cpu <- function(s) s[["user.self"]] + s[["sys.self"]]
plain <- system.time(predict(f, test, predict.all = TRUE, num.threads = 1))
both <- system.time(predict(f, test, type = "se", se.method = args[5],
                            num.threads = 1))
cat(cpu(both) - cpu(plain), both[["elapsed"]] - plain[["elapsed"]], "\n")
