"""All subnetworks of one trained network with one hidden layer, by numpy.

enumerate.py NET TEST.csv prints CPU seconds, the errors of the mean
over all subsets of the hidden units, dropout 0.5, against the test rows and
against the truth, and the root of the mean variance.  A subset is one of the
first few units and one of the rest: two tables and an addition for each.
"""
import sys

import numpy

from common import Net, clock, single

LOW = 7  # units of the small table, which stays in the cache


def sums(part):
    """Sums of all subsets of the rows of part, empty set first."""
    table = numpy.zeros((1, part.shape[1]), single)
    for row in part:
        table = numpy.concatenate([table, table + row])
    return table


path, test = sys.argv[1:]
net = Net(path)
P = net.points(test)[0]
start = clock()
h = numpy.maximum(P @ net.W[0] + net.b[0], 0).T * (2 * net.W[1])
low, high = sums(h[:LOW]), sums(h[LOW:])
one = numpy.ones(len(low), single)
out, total = numpy.empty_like(low), numpy.empty(len(P), single)
first, second = numpy.zeros((2, len(P)))
for row in high:
    numpy.add(low, row, out)
    first += numpy.dot(one, out, total)
    numpy.multiply(out, out, out)
    second += numpy.dot(one, out, total)
seconds = clock() - start
count = len(low) * len(high)
mean = first / count
net.report(seconds, test, mean + net.b[1][0],
           second / count - mean**2)
