"""Random subnetworks of one trained network, dropout 0.5, on one thread.

mc.py torch|numpy NET TEST.csv MASKS prints CPU seconds, the errors of the mean
against the test rows and against the truth, and the root of the mean variance.
torch: passes of the network in training mode, a mask for every point.  numpy:
one mask a pass, the first layer once, then live units only, and the points
along the rows, so that live units are whole rows.
"""
import sys

import numpy

from common import Net, clock, single


def by_torch(net, P, masks):
    import torch
    from torch import nn
    torch.set_num_threads(1)
    torch.manual_seed(1)
    layers = []
    for W, b in zip(net.W, net.b):
        line = nn.Linear(*W.shape)
        with torch.no_grad():
            line.weight.copy_(torch.from_numpy(W.T.copy()))
            line.bias.copy_(torch.from_numpy(b))
        layers += [line, nn.ReLU(), nn.Dropout(.5)]
    model = nn.Sequential(*layers[:-2]).train()
    P = torch.from_numpy(P)
    start = clock()
    with torch.no_grad():
        T = torch.stack([model(P)[:, 0] for _ in range(masks)])
        mean, variance = T.mean(0), T.var(0)
    return clock() - start, mean.numpy(), variance.numpy()


def by_numpy(net, P, masks):
    draw = numpy.random.Generator(numpy.random.SFC64(1))
    (W, V, w), (b, c, end) = net.W, net.b
    # Rows: units; the inputs of the second layer are scaled beforehand.
    V, w = 2 * V.T, 2 * w[:, 0]
    T = numpy.empty((masks, len(P)), single)
    below, above = (numpy.empty((len(u), len(P)), single) for u in (b, c))
    start = clock()
    first = numpy.maximum(W.T @ P.T + b[:, None], 0)
    drawn = draw.bytes(masks * -(-(len(b) + len(c)) // 8))
    kept = numpy.unpackbits(
        numpy.frombuffer(drawn, numpy.uint8).reshape(masks, -1), 1)
    for t, mask in zip(T, kept):
        p = mask[:len(b)].nonzero()[0]
        q = mask[len(b):len(b) + len(c)].nonzero()[0]
        h = numpy.take(first, p, 0, below[:len(p)], "clip")
        g = numpy.matmul(V[q[:, None], p], h, above[:len(q)])
        numpy.add(g, c[q, None], g)
        numpy.maximum(g, 0, g)
        numpy.dot(w[q], g, t)
    T += end
    mean, variance = T.mean(0), T.var(0, ddof=1)
    return clock() - start, mean, variance


kind, path, test, count = sys.argv[1:]
trained = Net(path)
run = by_torch if kind == "torch" else by_numpy
seconds, *moments = run(trained, trained.points(test)[0], int(count))
trained.report(seconds, test, *moments)
