"""A small convolutional network over the lines of a page, in plain NumPy.

Two dense layers look at each line, the page's mean and maximum are added, five residual convolutions of width 3 with
growing dilation look at up to 31 lines on either side, and the page is added once more.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

DILATIONS = (1, 2, 4, 8, 16)

# Lines that go through a layer at once: products this small are never spread over threads, which would cost more than
# they bring, and the processes that clean a corpus have no core to spare for each other's.
ROWS = 16


def logits(weights: Mapping[str, Floats], inputs: Floats, sizes: Floats) -> Floats:
    """Return the network's output for each line, in logits.

    Args:
        weights: matrices and biases by name.
        inputs: standardised features. Shape (lines, features).
        sizes: how many tokens each line has, for the page's weighted mean.
    """
    own = _relu(_dense(weights, "hid", _relu(_dense(weights, "inp", inputs))))
    weighted = sizes @ own / max(float(sizes.sum()), 1.0)
    page = np.concatenate([own.mean(axis=0), own.max(axis=0), weighted]).astype(np.float32)
    lines = own + _relu(_dense(weights, "ctx", page))
    for number, dilation in enumerate(DILATIONS):
        lines = lines + _relu(_convolve(weights, f"convs.{number}", lines, dilation))
    page = np.concatenate([lines.mean(axis=0), lines.max(axis=0)])
    lines = lines + _relu(_dense(weights, "ctx2", page))
    return _dense(weights, "out", np.concatenate([lines, own], axis=1))[:, 0]


def _dense(weights: Mapping[str, Floats], name: str, inputs: Floats) -> Floats:
    outputs: Floats = _product(inputs, weights[f"{name}.weight"])
    outputs += weights[f"{name}.bias"]
    return outputs


def _product(inputs: Floats, matrix: Floats) -> Floats:
    """Return a matrix product, a few rows at a time."""
    if inputs.ndim == 1 or len(inputs) <= ROWS:
        return inputs @ matrix
    count = len(inputs)
    whole = count - count % ROWS
    outputs = np.empty((count, matrix.shape[1]), np.float32)
    np.matmul(
        inputs[:whole].reshape(-1, ROWS, matrix.shape[0]),
        matrix,
        out=outputs[:whole].reshape(-1, ROWS, matrix.shape[1]),
    )
    if whole < count:
        np.matmul(inputs[whole:], matrix, out=outputs[whole:])
    return outputs


def _convolve(weights: Mapping[str, Floats], name: str, lines: Floats, dilation: int) -> Floats:
    """Look at the lines ``dilation`` above and below each line, and at itself; beyond the page is nothing."""
    count, width = lines.shape
    beside = np.zeros((count, 3 * width), np.float32)
    if count > dilation:
        beside[dilation:, :width] = lines[:-dilation]
        beside[:-dilation, 2 * width :] = lines[dilation:]
    beside[:, width : 2 * width] = lines
    return _dense(weights, name, beside)


def _relu(values: Floats) -> Floats:
    return np.maximum(values, 0, out=values)
