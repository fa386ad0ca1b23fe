#!/usr/bin/python3
"""Coefficients of lib/net/kernels_math.h: interpolation at Chebyshev points,
in 60 digits (python3-mpmath)."""
import struct

from mpmath import (mp, mpf, cos, pi, exp, erfc, sqrt, log, coth, matrix,
                    lu_solve, nstr)

mp.dps = 60


def single(x):
    return struct.unpack('f', struct.pack('f', float(x)))[0]


def fit(f, a, b, n):
    points = [(a + b) / 2 + (b - a) / 2 * cos(pi * (2 * k + 1) / (2 * n + 2))
              for k in range(n + 1)]
    powers = matrix(n + 1, n + 1)
    for i in range(n + 1):
        for j in range(n + 1):
            powers[i, j] = points[i] ** j
    return lu_solve(powers, matrix([f(x) for x in points]))


def error(c, f, a, b, weight):
    points = [a + (b - a) * (mpf(i) + .5) / 400 for i in range(400)]
    return max(abs((sum(c[k] * x ** k for k in range(len(c))) - f(x))
                   * weight(x)) for x in points)


def show(name, f, a, b, n, weight, to):
    c = fit(f, a, b, n)
    print(name, 'error', nstr(error(c, f, a, b, weight), 3))
    print('  ', ', '.join(float.hex(to(x)) for x in c))


def exp_rest(r):  # exp r = 1 + r + r^2 q (r)
    return ((exp(r) - 1 - r) / r ** 2 if abs(r) > mpf(10) ** -25
            else mpf(1) / 2 + r / 6)


def coth_rest(s):  # r coth r = 1 + s p (s), s = r^2
    return (sqrt(s) * coth(sqrt(s)) - 1) / s


def tail(middle):  # normal distribution of -x, times exp (x^2 / 2)
    def f(t):
        x = middle * (1 + t) / (1 - t)
        return exp(x * x / 2) * erfc(x / sqrt(2)) / 2
    return f


half = log(2) / 2
most = (log(2) / 4) ** 2 * mpf('1.001')
show('exp, float', exp_rest, -half, half, 4, lambda r: r * r, single)
show('exp, double', exp_rest, -half, half, 9, lambda r: r * r, float)
show('coth, float', coth_rest, mpf('1e-30'), most, 1,
     lambda s: 2 * s * sqrt(s), single)
for name, span, middle, n, to in (('float', 13, 3, 7, single),
                                  ('double', 38, 5, 20, float)):
    show('normal, ' + name, tail(mpf(middle)), mpf(-1),
         (mpf(span) - middle) / (mpf(span) + middle), n,
         lambda t: exp(-(middle * (1 + t) / (1 - t)) ** 2 / 2), to)
