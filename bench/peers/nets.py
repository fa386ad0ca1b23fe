"""Bagged networks 1-50-1 (tanh) in numpy, all of them at once.

nets.py DATA.csv MEMBERS prints CPU seconds of 2000 steps of Adam on all rows
with bootstrap weights.  Stacked matrix products are the fastest way known in
numpy for networks this small.
"""
import sys
import time

import numpy

data = numpy.loadtxt(sys.argv[1], delimiter=",", skiprows=1)
members, hidden, steps = int(sys.argv[2]), 50, 2000
x, y = ((v - v.mean()) / v.std() for v in (data[:, 0], data[:, -1]))
n = len(x)
draw = numpy.random.default_rng(1)
share = draw.multinomial(n, numpy.full(n, 1 / n), members)[:, :, None] / n
A = numpy.stack([x, numpy.ones(n)], 1)
start = time.process_time()
W = [draw.uniform(-2, 2, (members, 2, hidden)),
     draw.uniform(-.2, .2, (members, hidden, 1)), numpy.zeros((members, 1, 1))]
first, second = ([numpy.zeros_like(w) for w in W] for _ in range(2))
for step in range(1, steps + 1):
    h = numpy.tanh(A @ W[0])
    e = share * (h @ W[1] + W[2] - y[:, None])
    d = (e @ W[1].transpose(0, 2, 1)) * (1 - h * h)
    G = [A.T @ d, h.transpose(0, 2, 1) @ e, e.sum(1, keepdims=True)]
    phase = (step - 1) / steps
    rate = 0.0125 * (1 if phase < .5 else .5 - .5 * numpy.cos(
        2 * numpy.pi * phase))
    rate *= numpy.sqrt(1 - 0.999**step) / (1 - 0.9**step)
    for w, g, m, v in zip(W, G, first, second):
        m += 0.1 * (g - m)
        v += 0.001 * (g * g - v)
        w -= rate * m / (numpy.sqrt(v) + 1e-8)
print("%.4f" % (time.process_time() - start))
