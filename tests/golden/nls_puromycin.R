# Michaelis-Menten fits to R's Puromycin data, treated cells: the golden file
# nls_puromycin.txt.   Rscript nls_puromycin.R > nls_puromycin.txt
d <- subset(Puromycin, state == "treated")
fit <- function(w) {
  m <- nls(rate ~ Vm * conc / (K + conc), d, start = list(Vm = 200, K = 0.05),
           weights = w, control = nls.control(tol = 1e-8, maxiter = 200))
  sprintf("%.10g %.10g", coef(m)[1], coef(m)[2])
}
cat("# conc rate weight; then Vm and K without and with the weights\n")
w <- c(2, 0, 1, 1, 0.25, 3, 1, 0, 2.5, 1, 1, 0.5)
cat(nrow(d), "\n")
cat(sprintf("%g %g %g", d$conc, d$rate, w), sep = "\n")
cat("", fit(rep(1, nrow(d))), fit(w), "", sep = "\n")
