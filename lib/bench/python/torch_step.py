"""A training step of ComiRec-SA with REMI's objective in PyTorch, as well as one would write it.

What makes it fast: the table is an nn.Embedding with sparse gradients under SparseAdam, all rows of
a step are looked up at once, batches are drawn by indexing whole arrays, the dense parameters have
a fused Adam, and optionally everything between the rows and the loss is compiled.
SparseAdam leaves rows without gradient alone, so it does less than the exact lazy Adam beside it.

Argument: a JSON object with the file of behaviours (see lib/bench/behaviours.ts), how many users
and items it has, the sizes B, L, K, S and d, beta, lambda, threads, and whether to compile. Prints
a line when it is ready. For every number of steps that comes in as a line, takes as many steps and
prints {"wall", "processor"}: the median milliseconds a step.
"""

import json
import sys
import time
from statistics import median

import numpy
import torch
from torch import nn
from torch.nn.functional import logsigmoid

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


class Attention(nn.Module):
    """Routing weights, interests, the hard readout and the loss, from gathered rows."""

    def __init__(self):
        super().__init__()
        self.W1 = nn.Parameter(torch.randn(d, 4 * d) * (2 / d) ** 0.5)
        self.W2 = nn.Parameter(torch.randn(4 * d, K) * (2 / (4 * d)) ** 0.5)
        self.P = nn.Parameter(torch.randn(L, d) * (2 / (L * d)) ** 0.5)

    def forward(self, rows, mask):
        history, target, negatives = rows.split([B * L, B, S])
        history = history.view(B, L, d)
        logits = torch.tanh((history + self.P) @ self.W1) @ self.W2  # [B, L, K]
        routing = logits.transpose(1, 2).masked_fill(~mask[:, None], -1e9).softmax(-1)  # [B, K, L]
        interests = routing @ history  # [B, K, d]
        selected = (interests @ target[:, :, None]).argmax(1)  # [B, 1]
        readout = interests.gather(1, selected[:, :, None].expand(B, 1, d))[:, 0]  # [B, d]
        positive = (readout * target).sum(-1)  # [B]
        scores = readout @ negatives.T  # [B, S]
        negative = torch.logsumexp((1 + beta) * scores, -1) - torch.logsumexp(beta * scores, -1)
        softmax_loss = -logsigmoid(positive - negative - numpy.log(S)).mean()
        variance = ((routing - 1 / L) ** 2).sum(-1) / d  # [B, K]
        return softmax_loss + penalty_weight * (variance**2).sum()


table = nn.Embedding(item_count + 1, d, sparse=True)
with torch.no_grad():
    table.weight.normal_(0, (2 / d) ** 0.5)
attention = Attention()
row_optimizer = torch.optim.SparseAdam(table.parameters(), lr=1e-3)
dense_optimizer = torch.optim.Adam(attention.parameters(), lr=1e-3, fused=True)
loss_of = torch.compile(attention) if setup["compile"] else attention


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
    walls, processors = [], []
    for _ in range(int(line)):
        wall, processor = time.perf_counter(), time.process_time()
        step()
        walls.append(1000 * (time.perf_counter() - wall))
        processors.append(1000 * (time.process_time() - processor))
    print(json.dumps({"wall": median(walls), "processor": median(processors)}), flush=True)
