# The nested analysis of variance of check_anova.c, by R's own aov:
#   Rscript anova.R
# 4 data sets x 3 trainings x 2 members, members fastest.
f <- c(5.1, 4.7, 6.0, 6.4, 5.5, 5.2,
       7.9, 8.3, 7.1, 6.6, 8.8, 8.1,
       4.2, 4.9, 3.7, 3.1, 4.4, 5.0,
       6.6, 6.1, 7.7, 7.2, 5.9, 6.8)
d <- gl(4, 6)
s <- gl(12, 2)
three <- summary(aov(f ~ d + s))[[1]][["Mean Sq"]]
two <- summary(aov(f ~ d))[[1]][["Mean Sq"]]
w <- three[3]
u <- (three[2] - three[3]) / 2
v <- (three[1] - three[2]) / 6
cat(sprintf("%.15g\n", c(mean(f), three[1] / 24, v, u, w,
                         (two[1] - two[2]) / 6, two[2])), sep = "")
