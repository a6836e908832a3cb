"""The network of :mod:`cleaning.classifier.network`, as it is trained."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn
from torch.nn import functional

from cleaning.classifier.network import DILATIONS

Batch = dict[str, torch.Tensor]


@dataclass(frozen=True, slots=True)
class Config:
    """How a network is trained.

    Attributes:
        seed: of all that is random.
        channels: its width.
        dropout: share of activations left out.
        epochs: how often all pages are seen, each time in one of its texts.
        rate: the highest learning rate; it rises over the first steps and falls along a cosine.
        decay: weight decay.
        lines: how many lines a batch has, about.
    """

    seed: int
    channels: int = 64
    dropout: float = 0.2
    epochs: int = 10
    rate: float = 2e-3
    decay: float = 0.05
    lines: int = 6000


@dataclass(frozen=True, slots=True)
class Item:
    """The lines of one text, standardised.

    Attributes:
        inputs: shape (lines, features).
        sizes, share: see :class:`.samples.Sample`.
        whole: whether it has to be seen whole: text that is clean already.
    """

    inputs: NDArray[np.float16]
    sizes: NDArray[np.float32]
    share: NDArray[np.float32]
    whole: bool = False

    def __len__(self) -> int:
        return len(self.sizes)

    def cropped(self, rng: random.Random) -> Item:
        """Return the item, one time in four without some lines at its ends, as other sites have less there."""
        count = len(self)
        if self.whole or count < 30 or rng.random() > 0.25:
            return self
        first = rng.randrange(count // 4) if rng.random() < 0.6 else 0
        last = count - (rng.randrange(count // 4) if rng.random() < 0.6 else 0)
        return Item(self.inputs[first:last], self.sizes[first:last], self.share[first:last])


class Network(nn.Module):
    """The layers, by the names under which their weights ship."""

    def __init__(self, features: int, config: Config) -> None:
        super().__init__()
        width = config.channels
        self.inp, self.hid = nn.Linear(features, width), nn.Linear(width, width)
        self.ctx = nn.Linear(3 * width, width)
        self.convs = nn.ModuleList([nn.Conv1d(width, width, 3, padding=d, dilation=d) for d in DILATIONS])
        self.ctx2, self.out = nn.Linear(2 * width, width), nn.Linear(2 * width, 1)
        self.drop, self.drop_inputs = nn.Dropout(config.dropout), nn.Dropout(0.05)

    def forward(self, batch: Batch) -> torch.Tensor:
        """Return the logits of each line. Shapes: inputs (texts, lines, features), mask and sizes (texts, lines)."""
        mask = batch["mask"].unsqueeze(-1)
        count = mask.sum(1).clamp(min=1)
        sizes = batch["sizes"].unsqueeze(-1) * mask
        own = functional.relu(self.inp(self.drop_inputs(batch["inputs"])))
        own = functional.relu(self.hid(self.drop(own))) * mask
        highest = (own - (1 - mask) * 1e4).amax(1).clamp(min=0)
        page = torch.cat([own.sum(1) / count, highest, (own * sizes).sum(1) / sizes.sum(1).clamp(min=1)], -1)
        lines = (own + functional.relu(self.ctx(self.drop(page))).unsqueeze(1)) * mask
        across = lines.transpose(1, 2)
        for convolution in self.convs:
            across = (across + self.drop(functional.relu(convolution(across)))) * mask.transpose(1, 2)
        lines = across.transpose(1, 2)
        page = torch.cat([lines.sum(1) / count, (lines - (1 - mask) * 1e4).amax(1)], -1)
        lines = (lines + functional.relu(self.ctx2(self.drop(page))).unsqueeze(1)) * mask
        logits: torch.Tensor = self.out(torch.cat([lines, own], -1)).squeeze(-1)
        return logits


def fit(choices: Sequence[tuple[Sequence[Item], Sequence[float]]], config: Config) -> Network:
    """Return a network trained on one text a page and epoch, chosen by weight.

    Args:
        choices: for each page its texts, and how likely each is to be chosen.
        config: how.
    """
    torch.manual_seed(config.seed)
    torch.set_num_threads(1)  # or the sums depend on the number of cores
    torch.set_flush_denormal(True)
    rng = random.Random(config.seed)
    network = Network(choices[0][0][0].inputs.shape[1], config)
    optimizer = torch.optim.AdamW(network.parameters(), lr=config.rate, weight_decay=config.decay)
    network.train()
    for epoch in range(config.epochs):
        items = [rng.choices(texts, weights)[0].cropped(rng) for texts, weights in choices]
        batches = _batches(items, config.lines, rng)
        for number, batch in enumerate(batches):
            progress = (epoch + number / len(batches)) / config.epochs
            for group in optimizer.param_groups:
                group["lr"] = config.rate * min(1, progress / 0.08) * (0.5 * (1 + math.cos(math.pi * progress)) + 0.01)
            loss = _loss(network(batch), batch)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
        print(f"    epoch {epoch + 1} of {config.epochs}: loss {float(loss.detach()):.3f}", flush=True)
    network.eval()
    return network


def _loss(logits: torch.Tensor, batch: Batch) -> torch.Tensor:
    """Cross-entropy of the lines, each page counting as much as another, and half of 1 - F1 as expected of the page."""
    mask, share, sizes = batch["mask"], batch["share"], batch["sizes"] * batch["mask"]
    weights = sizes.clamp(min=0.5) ** 0.8 * mask
    weights = weights / weights.sum(1, keepdim=True).clamp(min=1e-6)
    entropy = functional.binary_cross_entropy_with_logits(logits, share, reduction="none")
    likely = torch.sigmoid(logits)
    hits = (likely * sizes * share).sum(1)
    f1 = 2 * hits / ((likely * sizes).sum(1) + (share * sizes).sum(1)).clamp(min=1)
    return ((entropy * weights).sum(1) + 0.5 * (1 - f1)).mean()


def _batches(items: Sequence[Item], lines: int, rng: random.Random) -> list[Batch]:
    """Return batches of texts of about the same length, in any order."""
    order = sorted(items, key=lambda item: len(item) + 40 * rng.random())
    groups: list[list[Item]] = [[]]
    for item in order:
        if groups[-1] and (len(groups[-1]) + 1) * len(item) > lines:
            groups.append([])
        groups[-1].append(item)
    rng.shuffle(groups)
    return [_padded(group) for group in groups]


def _padded(items: Sequence[Item]) -> Batch:
    longest = max(map(len, items))
    batch = {
        "inputs": np.zeros((len(items), longest, items[0].inputs.shape[1]), np.float32),
        "sizes": np.zeros((len(items), longest), np.float32),
        "share": np.zeros((len(items), longest), np.float32),
        "mask": np.zeros((len(items), longest), np.float32),
    }
    for row, item in enumerate(items):
        count = len(item)
        batch["inputs"][row, :count] = item.inputs
        batch["sizes"][row, :count], batch["share"][row, :count], batch["mask"][row, :count] = item.sizes, item.share, 1
    return {name: torch.from_numpy(array) for name, array in batch.items()}


def exported(network: Network) -> dict[str, NDArray[np.float16]]:
    """Return the weights as the package reads them: matrices from inputs to outputs, convolutions as one matrix."""
    weights = {}
    for name, tensor in network.state_dict().items():
        array = tensor.numpy()
        if array.ndim == 3:
            array = np.concatenate([array[:, :, step].T for step in range(3)])
        weights[name] = (array.T if array.ndim == 2 and tensor.ndim == 2 else array).astype(np.float16)
    return weights
