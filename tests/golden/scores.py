#!/usr/bin/env python3
"""Scores of twelve forecasts and of twenty classes, for check_scores.c.

    scores.py > scores.txt

From the definitions with numpy, scipy and scikit-learn.  The forecasts and
their ensembles (row 3 has equal members) were drawn once and rounded."""
import numpy
from scipy import integrate, stats
from sklearn import metrics

y = numpy.array([-0.61, -1.68, 0.25, -1.32, 0.32, 4.88, 0.88, 1.54, -1.59,
    -1.81, 1.58, -1.92])
mu = numpy.array([-1.73, -1.18, -0.31, -0.57, -0.76, 5.95, -1.83, 0.47, -3.21,
    -1.59, -0.23, -0.72])
sigma = numpy.array([2.32, 2.32, 0.85, 0.54, 0.79, 1.3, 2.25, 0.7, 1.98, 0.75,
    0.48, 0.69])
ensemble = numpy.array([
    [-5.94, -1.81, 1.44, -2.44, -2.75, -2.58, -0.39],
    [2.08, -5.6, 0.52, -2.46, -4.62, 1.09, -1.81],
    [-0.8, -0.36, -1.13, 0.23, -0.86, 1.36, 0.19],
    [-0.78, -0.78, -0.78, -0.78, -0.78, -0.78, -0.78],
    [-0.2, -1.05, -1.05, -1.23, -0.75, -0.15, -0.38],
    [6.31, 5.67, 4.91, 4.04, 6.52, 5.38, 6.32],
    [4.01, -4.92, 1.13, -3.77, -2.43, -3.15, -1.59],
    [0.88, 0.76, 1.79, 0.23, 1.27, 0.29, -0.01],
    [-2.91, -5.8, -0.45, -0.07, -3.6, -5.6, -1.66],
    [-1.36, -0.92, -2.05, -1.22, -0.96, 0.17, -2.02],
    [0.29, -0.35, -0.04, 0.67, -0.82, -0.83, -0.2],
    [-0.82, 0.78, -1.24, 0.76, -0.67, 0.02, -1.02],
])
label = numpy.array([1, 0, 0, 1, 1, 0, 0, 1, 0, 1, 0, 1, 1, 0, 0, 0, 1, 1, 0,
    1])
p = numpy.array([0.7, 0.01, 0.21, 0.69, 0.93, 0.7, 0.7, 0.59, 0.59, 0.11, 0.5,
    0.47, 0.81, 0.32, 0.23, 0.45, 0.91, 0.79, 0.83, 0.58])
three = numpy.array([0, 1, 2, 2, 1, 0, 0, 2])
three_p = numpy.array([
    [.7, .2, .1], [.3, .4, .3], [.1, .1, .8], [.5, .25, .25], [.2, .5, .3],
    [.3, .3, .4], [.9, .05, .05], [.2, .2, .6]])
normal = stats.norm(mu, sigma)


def line(name, values):
    values = numpy.ravel(values)
    print(name, len(values), *(repr(float(v)) for v in values))


def crps_members(y, t, fair):
    m = len(t)
    apart = sum(abs(a - b) for a in t for b in t)
    return abs(t - y).mean() - apart / (2 * (m * (m - 1) if fair else m * m))


def interval_score(lo, hi, alpha):
    return (hi - lo + 2 / alpha * numpy.maximum(lo - y, 0)
            + 2 / alpha * numpy.maximum(y - hi, 0))


def pinball(q, tau):
    return numpy.where(y < q, (1 - tau) * (q - y), tau * (y - q))


def bins(count):
    order = numpy.argsort(sigma, kind="stable")
    for part in numpy.array_split(order, count):
        sd = numpy.sqrt((sigma[part]**2).mean())
        rmse = numpy.sqrt(((y - mu)[part]**2).mean())
        yield sd, rmse


def auc(a, b):
    return numpy.mean([(u > v) + .5 * (u == v) for u in a for v in b])


def de_long():
    one, zero = p[label == 1], p[label == 0]
    v10 = [auc([u], zero) for u in one]
    v01 = [auc(one, [v]) for v in zero]
    return numpy.sqrt(numpy.var(v10, ddof=1) / len(one)
                      + numpy.var(v01, ddof=1) / len(zero))


def ece():
    which = numpy.maximum(numpy.ceil(p * 10), 1)
    return sum((which == k).mean()
               * abs(p[which == k].mean() - label[which == k].mean())
               for k in set(which))


line("y", y)
line("mu", mu)
line("sigma", sigma)
line("members", ensemble.T)
line("crps", (y - mu) * (2 * normal.cdf(y) - 1)
     + 2 * sigma**2 * normal.pdf(y) - sigma / numpy.sqrt(numpy.pi))
line("crps_members", [crps_members(a, t, False) for a, t in zip(y, ensemble)])
line("crps_fair", [crps_members(a, t, True) for a, t in zip(y, ensemble)])
line("nll", -normal.logpdf(y))
line("pit", normal.cdf(y))
for level in (.5, .8, .9, .95):
    lo, hi = normal.interval(level)
    line("cover_%g" % level, (lo <= y) & (y <= hi))
    line("interval_%g" % level, interval_score(lo, hi, 1 - level))
    line("width_%g" % level, hi - lo)
    lo, hi = numpy.quantile(ensemble, [(1 - level) / 2, (1 + level) / 2],
                            axis=1)
    line("lo_%g" % level, lo)
    line("hi_%g" % level, hi)
    line("members_cover_%g" % level, (lo <= y) & (y <= hi))
    line("members_interval_%g" % level, interval_score(lo, hi, 1 - level))
for tau in (.05, .25, .5, .9):
    q = numpy.quantile(ensemble, tau, axis=1)
    line("quantile_%g" % tau, q)
    line("pinball_%g" % tau, pinball(q, tau))
line("deciles", numpy.mean([pinball(normal.ppf(k / 10), k / 10)
                            for k in range(1, 10)], axis=0))
tau = 1.7
line("nll_mixture", [numpy.log(len(t)) - numpy.log(tau / 2 / numpy.pi) / 2
                     - numpy.logaddexp.reduce(-tau / 2 * (a - t)**2)
                     for a, t in zip(y, ensemble)])
line("nll_mixture_far",
     [numpy.log(len(t)) - numpy.log(tau / 2 / numpy.pi) / 2
      - numpy.logaddexp.reduce(-tau / 2 * (1000 - t)**2)
      for t in ensemble[:3]])
mean = ensemble.mean(axis=1)
line("mean", mean)
line("rmse", numpy.sqrt(metrics.mean_squared_error(y, mean)))
line("mae", metrics.mean_absolute_error(y, mean))
line("median_ae", metrics.median_absolute_error(y, mean))
line("bias", (y - mean).mean())
line("r2", metrics.r2_score(y, mean))
line("correlation", stats.pearsonr(y, mean)[0])
line("rank_correlation", stats.spearmanr(y, mean)[0])
line("member_mse", ((ensemble.T - y)**2).mean())
line("ambiguity", ensemble.var(axis=1).mean())
line("spread_skill", numpy.sqrt(
    (1 + 1 / 7) * ensemble.var(axis=1, ddof=1).mean()
    / ((y - mean)**2).mean()))
levels = [.1, .3, .5, .7, .9, .95]
line("curve", [(abs(2 * normal.cdf(y) - 1) <= level).mean()
               for level in levels])
line("pit_ks", stats.kstest(normal.cdf(y), "uniform").statistic)
least = numpy.sort(abs(2 * normal.cdf(y) - 1))
ends = [0, *least, 1]
line("miscalibration", sum(
    integrate.quad(lambda q: abs(k / 12 - q), a, b, epsabs=1e-14,
                   points=[min(max(k / 12, a), b)])[0]
    for k, (a, b) in enumerate(zip(ends, ends[1:]))))
line("sharpness", numpy.sqrt((sigma**2).mean()))
line("z_rms", numpy.sqrt((((y - mu) / sigma)**2).mean()))
line("ence", numpy.mean([abs(sd - rmse) / sd for sd, rmse in bins(1)]))
line("bins", [list(b) for b in bins(3)])
line("label", label)
line("p", p)
line("accuracy", metrics.accuracy_score(label, p >= .5))
line("brier", metrics.brier_score_loss(label, p))
line("log_loss", metrics.log_loss(label, p))
line("auc", metrics.roc_auc_score(label, p))
line("auc_se", de_long())
line("average_precision", metrics.average_precision_score(label, p))
line("ece", ece())
line("three", three)
line("three_p", three_p)
line("three_log_loss", metrics.log_loss(three, three_p))
line("three_brier", ((three_p - numpy.eye(3)[three])**2).sum(axis=1).mean())
line("three_accuracy", metrics.accuracy_score(three, three_p.argmax(axis=1)))
