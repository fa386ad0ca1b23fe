"""A network of rectifiers trained with dropout 0.5 and Adam on one thread.

dropout.py torch|numpy TRAIN.csv TEST.csv WIDTHS BATCH EPOCHS RATE STARTS
prints CPU seconds of a training and the errors against the test rows and
against the truth, in the mean over some starts.  WIDTHS are those of the
hidden layers, as in 100,100.  torch: the usual loop.  numpy: by hand, one
block of weights, masks and shuffled rows once an epoch, next to nothing
allocated in a step.
"""
import sys

import numpy

from common import Rows, clock, half_widths, single


def by_torch(a, widths, batch, epochs, rate, start):
    import torch
    from torch import nn
    torch.set_num_threads(1)
    torch.manual_seed(start)
    layers, d = [], a.d
    for width in widths:
        layers += [nn.Linear(d, width), nn.ReLU(), nn.Dropout(.5)]
        d = width
    net = nn.Sequential(*layers, nn.Linear(d, 1))
    lines = [part for part in net if isinstance(part, nn.Linear)]
    for line in lines:
        weights, biases = half_widths(line.in_features,
                                      line is lines[-1])
        nn.init.uniform_(line.weight, -weights, weights)
        nn.init.uniform_(line.bias, -biases, biases)
    X, y = torch.from_numpy(a.X), torch.from_numpy(a.y)
    loss = nn.MSELoss()
    begin = clock()
    adam = torch.optim.Adam(net.parameters(), lr=rate)
    for _ in range(epochs):
        order = torch.randperm(a.n)
        for first in range(0, a.n, batch):
            rows = order[first:first + batch]
            adam.zero_grad(set_to_none=True)
            loss(net(X[rows]), y[rows]).backward()
            adam.step()
    seconds = clock() - begin
    net.eval()
    with torch.no_grad():
        return seconds, net(torch.from_numpy(a.P)).numpy()


class Hand:
    """The network, its gradient, and work space for one batch.

    Hidden layers have one unit more, which is always 1: the biases are the
    weights that leave it.
    """

    def __init__(self, d, widths, batch, draw):
        size = [d, *widths]
        shapes = [(i + 1, o + 1) for i, o in zip(size, widths)]
        shapes.append((size[-1] + 1, 1))
        total = sum(i * o for i, o in shapes)
        self.block, self.slope = (numpy.zeros(total, single) for _ in "wg")
        self.W, self.G, at = [], [], 0
        for (i, o), width in zip(shapes, [*widths, 1]):
            self.W.append(self.block[at:at + i * o].reshape(i, o))
            self.G.append(self.slope[at:at + i * o].reshape(i, o))
            weights, biases = half_widths(i - 1, o == 1)
            W = self.W[-1]
            W[:-1, :width] = draw.uniform(-weights, weights, (i - 1, width))
            W[-1, :width] = draw.uniform(-biases, biases, width)
            W[-1, width:] = 1
            at += i * o
        self.H, self.D = ([numpy.empty((batch, width + 1), single)
                           for width in widths] for _ in "hd")
        self.e = numpy.empty((batch, 1), single)
        self.first, self.second, self.work = (
            numpy.zeros(total, single) for _ in range(3))

    def gradient(self, x, y, masks):
        """Of the mean squared error of rows x (with a column of ones)."""
        count = len(x)
        h = [x]
        for H, W, mask in zip(self.H, self.W, masks):
            H = H[:count]
            numpy.matmul(h[-1], W, H)
            numpy.maximum(H, 0, H)
            numpy.multiply(H, mask, H)
            h.append(H)
        e = numpy.matmul(h[-1], self.W[-1], self.e[:count])
        numpy.subtract(e, y, e)
        numpy.multiply(e, single(2 / count), e)
        numpy.matmul(h[-1].T, e, self.G[-1])
        above = e
        for k in range(len(self.D) - 1, -1, -1):
            D, W = self.D[k][:count], self.W[k + 1]
            if k == len(self.D) - 1:
                numpy.multiply(above, W.T, D)
            else:
                numpy.matmul(above, W.T, D)
            numpy.multiply(D, masks[k], D)
            numpy.multiply(D, h[k + 1] > 0, D)
            D[:, -1] = 0
            numpy.matmul(h[k].T, D, self.G[k])
            above = D

    def adam(self, step, rate):
        """The constants of the moments' averages are moved into the rate."""
        first, second, work = self.first, self.second, self.work
        first *= single(.9)
        first += self.slope
        numpy.multiply(self.slope, self.slope, out=work)
        second *= single(.999)
        second += work
        root = numpy.sqrt(.001 / (1 - .999**step))
        numpy.sqrt(second, out=work)
        work += single(1e-8 / root)
        numpy.divide(first, work, out=work)
        work *= single(rate * .1 / (1 - .9**step) / root)
        self.block -= work


def by_numpy(a, widths, batch, epochs, rate, start):
    draw = numpy.random.Generator(numpy.random.SFC64(start))
    net = Hand(a.d, widths, batch, draw)
    ones = numpy.ones((a.n, 1), single)
    X = numpy.hstack([a.X, ones])
    masks = [numpy.ones((a.n, width + 1), single) for width in widths]
    step = 0
    begin = clock()
    for _ in range(epochs):
        order = draw.permutation(a.n)
        x, y = X[order], a.y[order]
        for mask, width in zip(masks, widths):
            bits = numpy.frombuffer(draw.bytes(a.n * -(-width // 8)),
                                    numpy.uint8).reshape(a.n, -1)
            numpy.multiply(numpy.unpackbits(bits, 1, width), single(2),
                           mask[:, :-1])
        for at in range(0, a.n, batch):
            rows = slice(at, at + batch)
            net.gradient(x[rows], y[rows], [mask[rows] for mask in masks])
            step += 1
            net.adam(step, rate)
    seconds = clock() - begin
    t = a.P
    for W in net.W[:-1]:
        t = numpy.maximum(t @ W[:-1, :-1] + W[-1, :-1], 0)
    return seconds, t @ net.W[-1][:-1] + net.W[-1][-1]


kind, train, test, widths, batch, epochs, rate, starts = sys.argv[1:]
table = Rows(train, test)
run = by_torch if kind == "torch" else by_numpy
table.report(*(run(table, [int(v) for v in widths.split(",")], int(batch),
                   int(epochs), float(rate), start)
               for start in range(int(starts))))
