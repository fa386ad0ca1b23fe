#!/usr/bin/env python3
"""Least pivot ratios, for check_pivot.c.

    pivot.py > pivot.txt

The normal equations of 24 weighted rows and of the same rows counted once, in
the basis that each fitter uses, and the smallest ratio of the squared diagonal
elements of their Cholesky factors, by numpy and scipy."""
import numpy
from scipy.interpolate import BSpline

N = 24
i = numpy.arange(N)
x = numpy.sort((i * 0.6180339887) % 1 * 3 - 1)
X = numpy.stack([x, numpy.sin(5 * x), (i * i) % 7], axis=1)
w = numpy.array([0, 1, 2, 1, 0, 3, 1, .5] * 3)


def line(name, values):
    print(name, len(values), *(repr(float(v)) for v in values))


def least(gram):
    one = numpy.ones(N)
    pivots = [numpy.diag(numpy.linalg.cholesky(gram(v)))**2 for v in (w, one)]
    return min(pivots[0] / pivots[1])


def ordinary(M):
    return least(lambda v: M.T @ (v[:, None] * M))


def ridge(M, penalty):
    def gram(v):
        centred = M - (v @ M) / v.sum()
        square = numpy.diag(centred.T @ (v[:, None] * centred))
        A = numpy.column_stack([numpy.ones(N), M])
        G = A.T @ (v[:, None] * A)
        return G + numpy.diag(numpy.r_[0, penalty * square / v.sum()])
    return least(gram)


lo, hi = x.min(), x.max()
z = 2 * (x - lo) / (hi - lo) - 1
knots = numpy.r_[[lo] * 4, numpy.linspace(lo, hi, 5)[1:-1], [hi] * 4]
Z = (X - X.mean(axis=0)) / X.std(axis=0)
U = numpy.linalg.svd(Z, full_matrices=False)[0] * N**.5

line("x", x)
line("inputs", X.ravel())
line("weights", w)
print("poly degree=4")
line("least", [ordinary(numpy.polynomial.chebyshev.chebvander(z, 4))])
print("bspline knots=3,equal=1")
line("least", [ordinary(BSpline.design_matrix(x, knots, 3).toarray())])
print("linear intercept=1")
line("least", [ordinary(numpy.column_stack([numpy.ones(N), U]))])
print("linear intercept=0")
line("least", [ordinary(
    numpy.linalg.svd(X / (X**2).mean(axis=0)**.5, full_matrices=False)[0])])
print("linear lambda=2")
line("least", [ridge(Z, 2)])
