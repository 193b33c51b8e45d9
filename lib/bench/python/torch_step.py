"""A training step in PyTorch, as well as one would write it: any model of torch_models.py.

What makes it fast: the table is an nn.Embedding with sparse gradients under SparseAdam, all rows of
a step are looked up at once, batches are drawn by indexing whole arrays, the dense parameters have
a fused Adam, and optionally everything between the rows and the loss is compiled.
SparseAdam leaves rows without gradient alone, so it does less than the exact lazy Adam beside it.

Argument: a JSON object with the model's name, the file of behaviours (see lib/bench/behaviours.ts),
how many users and items it has, the sizes B, L, K, S and d, beta, lambda, whether every item meets
its own nearest interest, threads, and whether to compile. Prints a line when it is ready. For every
number of steps that comes in as a line, takes as many steps and prints {"wall", "processor"}: the
median milliseconds a step.
"""

import json
import sys
import time
from statistics import median

import numpy
import torch
from torch import nn
from torch.nn.functional import logsigmoid

from torch_models import models

FIRST_TARGET = 4  # a history has at least 4 items

setup = json.loads(sys.argv[1])
B, L, K, S, d = (setup[name] for name in "BLKSd")
beta, penalty_weight, item_count = setup["beta"], setup["lambda"], setup["itemCount"]
torch.set_num_threads(setup["threads"])
torch.manual_seed(1)

behaviours = torch.from_numpy(numpy.fromfile(setup["file"], dtype=numpy.int32)).long()
offsets, items = behaviours[: setup["users"] + 1], behaviours[setup["users"] + 1 :]
starts, counts = offsets[:-1], offsets[1:] - offsets[:-1]
places = torch.arange(L)


def batch():
    """Ids of history [B, L], target [B] and negatives [S] in one array, and the mask [B, L]."""
    users = torch.randint(len(starts), (B,))
    choices = counts[users] - FIRST_TARGET
    positions = FIRST_TARGET + (torch.rand(B) * choices).long()  # [B]
    kept = positions.clamp(max=L)
    last = starts[users] + positions
    mask = places < kept[:, None]  # [B, L]
    at = ((last - kept)[:, None] + places).clamp(max=len(items) - 1)
    history = torch.where(mask, items[at], 0)
    negatives = torch.randint(1, item_count + 1, (S,))
    return torch.cat([history.flatten(), items[last], negatives]), mask


UNCOUNTED = 2  # as mid_training.ts has it


class Loss(nn.Module):
    """The model, the selection of its interests, and the objective, from gathered rows."""

    def __init__(self):
        super().__init__()
        self.model = models[setup["model"]](B, L, K, d)

    def forward(self, rows, mask):
        history, target, negatives = rows.split([B * L, B, S])
        interests, routing, further = self.model(history.view(B, L, d), mask)  # [B, K, d]
        affinities = (interests @ target[:, :, None])[..., 0]  # [B, K]
        positive, selected = affinities.max(1)
        if setup["perItem"]:
            scores = (interests.reshape(B * K, d) @ negatives.T).view(B, K, S).amax(1)
        else:
            chosen = selected[:, None, None].expand(B, 1, d)
            scores = interests.gather(1, chosen)[:, 0] @ negatives.T  # [B, S]
        if beta > 0:
            weighted, weights = torch.logsumexp((1 + beta) * scores, -1), beta * scores
            negative = weighted - torch.logsumexp(weights, -1) + numpy.log(S)
        else:
            negative = torch.logsumexp(scores, -1)
        loss = further - logsigmoid(positive - negative).mean()
        if penalty_weight > 0:
            variance = ((routing - 1 / L) ** 2).sum(-1) / d  # [B, K]
            loss = loss + penalty_weight * (variance**2).sum()
        return loss


table = nn.Embedding(item_count + 1, d, sparse=True)
with torch.no_grad():
    table.weight.normal_(0, (2 / d) ** 0.5)
loss_module = Loss()
row_optimizer = torch.optim.SparseAdam(table.parameters(), lr=1e-3)
dense_optimizer = torch.optim.Adam(loss_module.parameters(), lr=1e-3, fused=True)
loss_of = torch.compile(loss_module) if setup["compile"] else loss_module


def step():
    """One step; returns its loss."""
    ids, mask = batch()
    row_optimizer.zero_grad(set_to_none=True)
    dense_optimizer.zero_grad(set_to_none=True)
    loss = loss_of(table(ids), mask)
    loss.backward()
    row_optimizer.step()
    dense_optimizer.step()
    return loss.item()


step()
print(json.dumps({"version": f"PyTorch {torch.__version__}"}), flush=True)
for line in sys.stdin:
    steps = int(line)
    for _ in range(min(UNCOUNTED, steps)):  # the caches hold another contestant's data
        step()
    walls, processors = [], []
    for _ in range(steps):
        wall, processor = time.perf_counter(), time.process_time()
        step()
        walls.append(1000 * (time.perf_counter() - wall))
        processors.append(1000 * (time.process_time() - processor))
    print(json.dumps({"wall": median(walls), "processor": median(processors)}), flush=True)
