# IJ or JAB of random members by tcrossprod, as one writes it in R.
# usage: variance.R N M B ij|jab
# CPU and wall seconds.
args <- commandArgs(TRUE)
n <- as.integer(args[1]); m <- as.integer(args[2]); B <- as.integer(args[3])
set.seed(1)
N <- rmultinom(B, n, rep(1, n))
T <- matrix(rnorm(m * B), m)
used <- system.time({
  centred <- T - rowMeans(T)
  if (args[4] == "ij") {
    V <- colSums((tcrossprod(N - 1, centred) / B)^2)
  } else {
    out <- (N == 0) + 0
    V <- colSums((tcrossprod(out, centred) / rowSums(out))^2) * (n - 1) / n
  }
})
cat(used[["user.self"]] + used[["sys.self"]], used[["elapsed"]], "\n")
