"""IJ and JAB of random members by matrix product, as one writes it in numpy.

usage: variance.py N M B f4|f8 WHAT [ROUNDS]

Prints the CPU seconds and the wall seconds of the fastest round; WHAT is ij or
jab.  Counts and predictions are there already; their types are converted
within the time, as a user has to.
"""
import sys
import time

import numpy as np

n, m, B = (int(v) for v in sys.argv[1:4])
dtype = np.float32 if sys.argv[4] == "f4" else np.float64
what = sys.argv[5]
rounds = int(sys.argv[6]) if len(sys.argv) > 6 else 3
rng = np.random.default_rng(1)
N = rng.multinomial(n, np.full(n, 1 / n), B).astype(np.uint8)
T = rng.standard_normal((B, m))


def ij():
    centred = (T - T.mean(0)).astype(dtype)
    cov = (N.astype(dtype) - 1).T @ centred
    cov /= B
    return np.einsum("ij,ij->j", cov, cov, dtype=np.float64)


def jab():
    centred = (T - T.mean(0)).astype(dtype)
    left_out = (N == 0).astype(dtype)
    apart = left_out.T @ centred
    apart /= left_out.sum(0)[:, None]
    return (n - 1) / n * np.einsum("ij,ij->j", apart, apart, dtype=np.float64)


best = [np.inf, np.inf]
for _ in range(rounds):
    wall, cpu = time.perf_counter(), time.process_time()
    {"ij": ij, "jab": jab}[what]()
    best[0] = min(best[0], time.process_time() - cpu)
    best[1] = min(best[1], time.perf_counter() - wall)
print("%.5f %.5f" % tuple(best))
