"""Bagged curves in numpy, all members at once.

curves.py DATA.csv MEMBERS bspline|poly [f4|f8] prints CPU seconds, the
error of the members' mean against the curve of bench/curves.c, the spread (the
root of the members' variance in the mean over the points) and what part of the
time the draws take.

Bootstrap counts W (members x rows) times columns that all members share are
sums for everybody's normal equations: T_0 ... T_2d and y T_0 ... y T_d for a
polynomial, since T_i T_j is the mean of T_i+j and T_|i-j|; for a cubic
B-spline, in each cell between two knots, the ten products of its four
functions and four times y, over the rows of the cell, which lie together.
Then all systems are solved at once.
"""
import sys
import time

import numpy
from numpy.polynomial import chebyshev

DEGREE, KNOTS, POINTS = 9, 20, 1000
path, members, model = sys.argv[1], int(sys.argv[2]), sys.argv[3]
kind = numpy.float32 if sys.argv[4:] == ["f4"] else numpy.float64
data = numpy.loadtxt(path, delimiter=",", skiprows=1)
points = (numpy.arange(POINTS) + 0.5) / POINTS
random = numpy.random.default_rng(1)


def counts(some, n):
    """Counts of n draws for each of some members, n small enough to stay in
    the cache or one member at a time."""
    W = numpy.empty((some, n), kind)
    step = max(1, 20000 // n)
    for b in range(0, some, step):
        k = min(step, some - b)
        row = random.integers(0, n, (k, n))
        if k > 1:
            row += n * numpy.arange(k)[:, None]
        W[b:b + k] = numpy.bincount(row.ravel(), minlength=k * n).reshape(k, n)
    return W


def polynomial(x, y):
    """What a product with W takes, what makes systems of it, the points."""
    low, high = x.min(), x.max()
    scale = 2 / (high - low)
    V = chebyshev.chebvander(scale * (x - low) - 1, 2 * DEGREE)
    p = DEGREE + 1
    Z = numpy.hstack([V, V[:, :p] * y[:, None]]).astype(kind)
    i, j = numpy.indices((p, p))

    def sums(W):
        return (W @ Z).astype(float)

    def systems(S):
        return (S[:, i + j] + S[:, abs(i - j)]) / 2, S[:, 2 * DEGREE + 1:]
    return sums, systems, chebyshev.chebvander(scale * (points - low) - 1,
                                               DEGREE)


def functions(u, cell):
    """Four cubic B-splines of equal knots that do not vanish in a cell, with
    the knots of its ends fourfold: de Boor's recurrence."""
    knot = numpy.clip(numpy.arange(-3., KNOTS + 3), 0, KNOTS - 1)
    N = numpy.zeros((len(u), 4))
    N[:, 0] = 1
    for d in range(1, 4):
        saved = numpy.zeros(len(u))
        for r in range(d):
            right, left = knot[cell + 4 + r], knot[cell + 4 + r - d]
            t = N[:, r] / (right - left)
            N[:, r] = saved + (right - u) * t
            saved = (u - left) * t
        N[:, d] = saved
    return N


def spline(x, y):
    low, high = x.min(), x.max()
    p, cells = KNOTS + 2, KNOTS - 1

    def place(z):
        u = numpy.clip((z - low) / (high - low), 0, 1) * cells
        cell = numpy.minimum(u.astype(int), cells - 1)
        return functions(u, cell), cell
    N, cell = place(x)
    i, j = numpy.triu_indices(4)
    Z = numpy.hstack([N[:, i] * N[:, j], N * y[:, None]]).astype(kind)
    first = numpy.searchsorted(cell, numpy.arange(cells + 1))

    def sums(W):
        S = numpy.empty((cells, len(W), 14))
        for c in range(cells):
            rows = slice(first[c], first[c + 1])
            S[c] = W[:, rows] @ Z[rows]
        return S

    def systems(S):
        G, g = numpy.zeros((S.shape[1], p, p)), numpy.zeros((S.shape[1], p))
        for c in range(cells):
            G[:, c + i, c + j] += S[c, :, :10]
            g[:, c:c + 4] += S[c, :, 10:]
        r = numpy.arange(p)
        for k in range(1, 4):
            G[:, r[k:], r[:-k]] = G[:, r[:-k], r[k:]]
        # A member may have no rows where a function does not vanish; a smaller
        # ridge leaves large waves there.
        G[:, r, r] += 1e-6 * len(x) / p
        return G, g
    M, at = place(points)
    D = numpy.zeros((POINTS, p))
    for k in range(4):
        D[numpy.arange(POINTS), at + k] = M[:, k]
    return sums, systems, D


drawing = 0
start = time.process_time()
order = numpy.argsort(data[:, 0])
x, y = data[order, 0], data[order, 1]
sums, systems, D = (polynomial if model == "poly" else spline)(x, y)
total, squares = numpy.zeros(POINTS), numpy.zeros(POINTS)
chunk = max(1, min(members, 8000000 // len(x)))
for b in range(0, members, chunk):
    drawing -= time.process_time()
    W = counts(min(chunk, members - b), len(x))
    drawing += time.process_time()
    S = sums(W)
    del W
    G, g = systems(S)
    t = numpy.linalg.solve(G, g[:, :, None])[:, :, 0] @ D.T
    total += t.sum(0)
    squares += numpy.einsum("ij,ij->j", t, t)
seconds = time.process_time() - start
truth = numpy.sin(4 * numpy.pi * points) + points
error = numpy.sqrt(numpy.mean((total / members - truth)**2))
spread = numpy.sqrt(numpy.mean(squares - total**2 / members) / (members - 1))
print("%.5f %.5f %.5f %.2f" % (seconds, error, spread, drawing / seconds))
