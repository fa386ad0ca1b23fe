"""Bagged networks of 50 rectifiers by Adam on batches of 32, on one thread.

stacked.py torch|numpy TRAIN.csv TEST.csv MEMBERS EPOCHS RATE [SHARE] prints
CPU seconds and the errors of their mean against the test rows and against the
truth.  torch: the usual loop, one network after the other.  numpy: stacks of
STACK networks that go one step together.  SHARE: only that part of the epochs
is run and the seconds are scaled up; the errors are then not those of the
whole training.
"""
import sys

import numpy

from common import Rows, clock, single

HIDDEN, BATCH, STACK = 50, 32, 50


def by_torch(a, members, epochs, rate):
    import torch
    from torch import nn
    torch.set_num_threads(1)
    torch.manual_seed(1)
    X, y, P = (torch.from_numpy(v) for v in (a.X, a.y, a.P))
    loss = nn.MSELoss()
    nets = []
    start = clock()
    for _ in range(members):
        net = nn.Sequential(nn.Linear(a.d, HIDDEN), nn.ReLU(),
                            nn.Linear(HIDDEN, 1))
        adam = torch.optim.Adam(net.parameters(), lr=rate)
        drawn = torch.randint(0, a.n, (a.n,))
        for _ in range(epochs):
            order = drawn[torch.randperm(a.n)]
            for first in range(0, a.n, BATCH):
                rows = order[first:first + BATCH]
                adam.zero_grad(set_to_none=True)
                loss(net(X[rows]), y[rows]).backward()
                adam.step()
        nets.append(net)
    with torch.no_grad():
        t = torch.stack([net(P) for net in nets]).mean(0)
    return clock() - start, t.numpy()


def stack(a, members, epochs, rate, draw):
    """Train some networks together; their predictions.  A hidden unit more
    is always 1, as is the last input: biases are weights that leave them."""
    shapes = (a.d + 1, HIDDEN + 1), (HIDDEN + 1, 1)
    total = sum(i * o for i, o in shapes)
    block, slope, first, second, work = (
        numpy.zeros((members, total), single) for _ in range(5))
    at = shapes[0][0] * shapes[0][1]
    W, G = (v[:, :at].reshape(members, *shapes[0]) for v in (block, slope))
    V, g = (v[:, at:].reshape(members, *shapes[1]) for v in (block, slope))
    W[:, :, :HIDDEN] = draw.uniform(-1, 1, (members, a.d + 1, HIDDEN)
                                    ) / numpy.sqrt(a.d)
    W[:, -1, -1] = 1
    V[:] = draw.uniform(-1, 1, V.shape) / numpy.sqrt(HIDDEN)
    X = numpy.hstack([a.X, numpy.ones((a.n, 1), single)])
    P = numpy.hstack([a.P, numpy.ones((len(a.P), 1), single)])
    H, S = (numpy.empty((members, BATCH, HIDDEN + 1), single) for _ in "hs")
    U = numpy.empty(H.shape, bool)
    E = numpy.empty((members, BATCH, 1), single)
    drawn = draw.integers(0, a.n, (members, a.n))
    step = 0
    for _ in range(epochs):
        order = draw.permuted(drawn, axis=1)
        x, y = X[order], a.y[order]
        for at in range(0, a.n, BATCH):
            A, z = x[:, at:at + BATCH], y[:, at:at + BATCH]
            count = A.shape[1]
            h, e = H[:, :count], E[:, :count]
            on, slopes = U[:, :count], S[:, :count]
            numpy.matmul(A, W, h)
            numpy.maximum(h, 0, h)
            numpy.matmul(h, V, e)
            numpy.subtract(e, z, e)
            numpy.multiply(e, single(2 / count), e)
            numpy.matmul(h.transpose(0, 2, 1), e, g)
            # The output's weights go out of the sums over rows.
            numpy.greater(h, 0, on)
            numpy.copyto(slopes, on)
            numpy.matmul((A * e).transpose(0, 2, 1), slopes, G)
            numpy.multiply(G, V.transpose(0, 2, 1), G)
            G[:, :, -1] = 0
            step += 1
            first *= single(.9)
            first += slope
            numpy.multiply(slope, slope, work)
            second *= single(.999)
            second += work
            root = numpy.sqrt(.001 / (1 - .999**step))
            numpy.sqrt(second, work)
            work += single(1e-8 / root)
            numpy.divide(first, work, work)
            work *= single(rate * .1 / (1 - .9**step) / root)
            block -= work
    return (numpy.maximum(P @ W, 0) @ V).sum(0)


def by_numpy(a, members, epochs, rate):
    draw = numpy.random.Generator(numpy.random.SFC64(1))
    t = 0
    start = clock()
    for done in range(0, members, STACK):
        t = t + stack(a, min(STACK, members - done), epochs, rate, draw)
    return clock() - start, t / members


kind, train, test, members, epochs, rate, *share = sys.argv[1:]
table = Rows(train, test)
run = by_torch if kind == "torch" else by_numpy
part = max(1, round(int(epochs) * float(share[0]) if share else int(epochs)))
seconds, t = run(table, int(members), part, float(rate))
table.report((seconds * int(epochs) / part, t))
