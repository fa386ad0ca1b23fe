"""What the peers of networks share: rows, the clock, errors.

The training file has a header, numbers and the response last; in the test file
the true curve stands before the response.
"""
import time

import numpy

single = numpy.float32


class Rows:
    """Standardised by the training rows: X, y (n x 1), the test rows' P."""

    def __init__(self, train, test):
        a, b = (numpy.loadtxt(path, delimiter=",", skiprows=1)
                for path in (train, test))
        mean, scale = a.mean(0), a.std(0)
        z = ((a - mean) / scale).astype(single)
        self.X, self.y = z[:, :-1].copy(), z[:, -1:].copy()
        self.n, self.d = self.X.shape
        self.P = ((b[:, :-2] - mean[:-1]) / scale[:-1]).astype(single)
        self.mean, self.scale = mean[-1], scale[-1]
        self.truth, self.response = b[:, -2], b[:, -1]

    def report(self, *trainings):
        """Seconds and the errors against the test rows and the truth of pairs
        (seconds, standardised predictions): means, of errors root means."""
        number = numpy.mean([
            [seconds, *(numpy.mean((t - f)**2)
                        for f in (self.response, self.truth))]
            for seconds, t in trainings
            for t in [numpy.ravel(t) * self.scale + self.mean]], axis=0)
        print("%.6f %.5f %.5f" % (number[0], *numpy.sqrt(number[1:])))


def half_widths(inputs, last):
    """The library's start of rectifiers: weights and biases are uniform on -+
    these."""
    wide = 1 / numpy.sqrt(inputs)
    return wide * (1 if last else numpy.sqrt(6)), wide


class Net:
    """A trained network of rectifiers, as bench_dropout writes it: the widths;
    means and scales of the inputs, then of the response; layer by layer the
    weights, a row for each input, and the biases."""

    def __init__(self, path):
        with open(path) as text:
            self.width = [int(v) for v in text.readline().split()]
            value = numpy.array(text.read().split(), float)
        d, at = self.width[0], 0

        def take(*shape):
            nonlocal at
            at += numpy.prod(shape)
            return value[at - numpy.prod(shape):at].reshape(shape)
        self.x_mean, self.x_scale = take(d), take(d)
        self.mean, self.scale = take(2)
        self.W, self.b = [], []
        for i, o in zip(self.width, self.width[1:]):
            self.W.append(take(i, o).astype(single))
            self.b.append(take(o).astype(single))

    def points(self, path):
        """Standardised inputs, true curve and response of a test file."""
        b = numpy.loadtxt(path, delimiter=",", skiprows=1)
        return (((b[:, :-2] - self.x_mean) / self.x_scale).astype(single),
                b[:, -2], b[:, -1])

    def report(self, seconds, path, mean, variance):
        """As of Rows, and the root of the mean variance."""
        _, truth, response = self.points(path)
        t = mean * self.scale + self.mean
        print("%.6f" % seconds, *("%.5f" % numpy.sqrt(numpy.mean(v)) for v in (
            (t - response)**2, (t - truth)**2, variance * self.scale**2)))


clock = time.process_time
