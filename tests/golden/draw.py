#!/usr/bin/env python3
"""Bits of random weights, for check_draw.c.

Exponential and Dirichlet weights of the stream (seed 1, lane 3, index n) by
numpy, which rounds each product and each sum by itself: the first number of
each and a hash of all their bits."""
import numpy

P = [float.fromhex(c) for c in
     ("0x1.9111be742b305p-3", "0x1.c62b594d6ad6ap-3", "0x1.249411193a3c7p-2",
      "0x1.999996ab52ef6p-2", "0x1.555555561d7d6p-1")]


def words(count, seed, lane, index):
    """Philox 4x32-10."""
    mask = numpy.uint64(0xffffffff)
    half = numpy.uint64(32)
    x = numpy.empty((4, (count + 3) // 4), numpy.uint64)
    x[0] = numpy.arange(x.shape[1])
    x[1], x[2], x[3] = lane, index & 0xffffffff, index >> 32
    k = [seed & 0xffffffff, seed >> 32]
    for _ in range(10):
        a = numpy.uint64(0xD2511F53) * x[0]
        b = numpy.uint64(0xCD9E8D57) * x[2]
        x = numpy.stack([b >> half ^ x[1] ^ numpy.uint64(k[0]), b & mask,
                         a >> half ^ x[3] ^ numpy.uint64(k[1]), a & mask])
        k = [(k[0] + 0x9E3779B9) % 2**32, (k[1] + 0xBB67AE85) % 2**32]
    return x.T.ravel()[:count]


def exponentials(word):
    m, e = numpy.frexp(word.astype(float) + 0.5)
    small = m < float.fromhex("0x1.6a09e667f3bcdp-1")
    m = numpy.where(small, 2 * m, m)
    k = 32 - (e - small)
    s = (m - 1) / (m + 1)
    t = s * s
    p = P[0]
    for c in P[1:]:
        p = p * t + c
    return k * float.fromhex("0x1.62e42fefa39efp-1") - s * (2 + t * p)


def dirichlet(w):
    s = numpy.zeros(8)
    for i in range(0, len(w), 8):
        s[:len(w[i:i + 8])] += w[i:i + 8]
    return w * (len(w) / (((s[0] + s[4]) + (s[2] + s[6]))
                          + ((s[1] + s[5]) + (s[3] + s[7]))))


def line(w):
    h = 14695981039346656037
    for bits in w.view(numpy.uint64):
        h = (h ^ int(bits)) * 1099511628211 % 2**64
        h ^= h >> 29
    return "%s, UINT64_C (0x%016x)" % (float(w[0]).hex(), h)


for n in (1, 13, 1000, 20011):
    w = exponentials(words(n, 1, 3, n))
    print("{ %d, %s,\n  %s }," % (n, line(w), line(dirichlet(w))))
