"""The models of the contest as modules of PyTorch, as well as one would write them.

Each gets the rows of the histories [B, L, d] and their mask [B, L], and answers with the interests
[B, K, d], the routing [B, K, L] or None, and the sum of its further losses. Nothing is computed for
padding where that costs PyTorch less than to leave it out.
"""

import torch
from torch import nn
from torch.nn.functional import dropout, embedding_bag, normalize, pad

FAR = -1e9
HEADS, BLOCKS, SPAN = 4, 3, 64  # of PIMI
TEMPERATURE = 0.02  # of Re4's contrast


def weight(*shape):
    """A parameter with Kaiming's start."""
    return nn.Parameter(torch.randn(*shape) * (2 / shape[-2]) ** 0.5)


def over_real(scores, mask):
    """The softmax over real positions of [B, K, L]."""
    return scores.masked_fill(~mask[:, None], FAR).softmax(-1)


def squash(s):
    square = s.square().sum(-1, keepdim=True)
    return square / ((1 + square) * (square + 1e-9).sqrt()) * s


class YoutubeDnn(nn.Module):
    def __init__(self, B, L, K, d):
        super().__init__()
        self.W = weight(d, d)

    def forward(self, history, mask):
        mean = history.sum(1) / mask.sum(1, keepdim=True)  # [B, d]
        return (mean @ self.W)[:, None], None, 0


class Gru4Rec(nn.Module):
    def __init__(self, B, L, K, d):
        super().__init__()
        self.gru = nn.GRU(d, 2 * d, bias=False, batch_first=True)
        self.last = nn.Linear(2 * d, d)

    def forward(self, history, mask):
        packed = nn.utils.rnn.pack_padded_sequence(
            dropout(history, 0.2), mask.sum(1), batch_first=True, enforce_sorted=False
        )
        _, state = self.gru(packed)  # [1, B, 2 d]
        return self.last(state[0])[:, None], None, 0


class Mind(nn.Module):
    """Three rounds of routing; all but the last are no part of the gradient."""

    def __init__(self, B, L, K, d):
        super().__init__()
        self.K = K
        self.W = weight(d, d)

    def forward(self, history, mask):
        B, L, d = history.shape
        real = mask[:, None]
        votes = (history @ self.W) * mask[..., None]  # [B, L, d], the same for all interests
        constant = votes.detach()
        logits = torch.randn(B, self.K, L)
        with torch.no_grad():
            for _ in range(2):
                v = squash((logits.softmax(-1) * real) @ constant)  # [B, K, d]
                logits = logits + v @ constant.transpose(1, 2)
            C = logits.softmax(-1) * real
        return squash(C @ votes), C, 0


class ComirecDr(nn.Module):
    """MIND's routing, with votes [B, K, L, d] of every interest's own."""

    def __init__(self, B, L, K, d):
        super().__init__()
        self.K = K
        self.W = weight(L, d, K * d)

    def forward(self, history, mask):
        B, L, d = history.shape
        real = mask[:, None]
        by_position = torch.bmm(history.transpose(0, 1), self.W)  # [L, B, K d]
        votes = by_position.view(L, B, self.K, d).permute(1, 2, 0, 3)  # [B, K, L, d]
        constant = votes.detach()
        logits = torch.zeros(B, self.K, L)
        with torch.no_grad():
            for _ in range(2):
                C = logits.softmax(-1) * real
                v = squash((C[:, :, None] @ constant)[:, :, 0])  # [B, K, d]
                logits = logits + (constant @ v[..., None])[..., 0]
            C = logits.softmax(-1) * real
        return squash((C[:, :, None] @ votes)[:, :, 0]), C, 0


class ComirecSa(nn.Module):
    def __init__(self, B, L, K, d):
        super().__init__()
        self.W1 = weight(d, 4 * d)
        self.W2 = weight(4 * d, K)
        self.P = weight(L, d)

    def forward(self, history, mask):
        logits = torch.tanh((history + self.P) @ self.W1) @ self.W2  # [B, L, K]
        routing = over_real(logits.transpose(1, 2), mask)  # [B, K, L]
        return routing @ history, routing, 0


class Pimi(nn.Module):
    """The order stands in as the clock; items and centre of a block share its four layers."""

    def __init__(self, B, L, K, d):
        super().__init__()
        self.P = weight(L, d)
        self.Tau = weight(SPAN + 1, d)
        self.w = weight(d, 1)
        self.query = nn.ModuleList(nn.Linear(d, d) for _ in range(BLOCKS))
        self.key_value = nn.ModuleList(nn.Linear(d, 2 * d) for _ in range(BLOCKS))
        self.output = nn.ModuleList(nn.Linear(d, d) for _ in range(BLOCKS))
        self.W1 = weight(d, 4 * d)
        self.b1 = nn.Parameter(torch.zeros(4 * d))
        self.W2 = weight(4 * d, K)

    def intervals(self, mask):
        """What the intervals of each click say, [B, L, d]."""
        B, L = mask.shape
        clock = torch.arange(L).expand(B, L)
        T = (clock[:, :, None] - clock[:, None]).abs().clamp(max=SPAN)  # [B, L, L]
        T = T * (mask[:, :, None] & mask[:, None])
        scores = (self.Tau @ self.w)[:, 0][T]
        a = over_real(scores, mask)
        shares = a.view(B * L, L)
        return embedding_bag(T.view(B * L, L), self.Tau, per_sample_weights=shares, mode="sum")

    def mixed(self, i, query, keys, values):
        """Attention of queries [..., d] to vectors [..., M, d] of their own."""
        *many, M, d = keys.shape
        q = self.query[i](query).view(*many, 1, HEADS, d // HEADS)
        scores = (q * keys.view(*many, M, HEADS, -1)).sum(-1) / (d // HEADS) ** 0.5
        weights = dropout(scores.softmax(-2), 0.1)  # [..., M, HEADS]
        summed = (weights[..., None] * values.view(*many, M, HEADS, -1)).sum(-3)
        return self.output[i](summed.flatten(-2)).relu()

    def forward(self, history, mask):
        B, L, d = history.shape
        real = mask[..., None]
        p = (history + self.P) * real
        nodes = (p + self.intervals(mask).view(B, L, d)) * real
        centre = nodes.sum(1) / mask.sum(1, keepdim=True)  # [B, d]
        for i in range(BLOCKS):
            both = self.key_value[i]
            of_nodes, of_p, of_centre = both(nodes), both(p), both(centre)
            nobody = both.bias.expand(B, 1, 2 * d)  # what a zero vector is mapped to
            before = torch.cat([nobody, of_nodes[:, :-1]], 1)
            around = torch.stack(
                [before, of_nodes, of_centre[:, None].expand(B, L, 2 * d), of_p], 2
            )  # [B, L, 4, 2 d]
            nodes = self.mixed(i, nodes, *around.split(d, -1)) * real
            if i < BLOCKS - 1:
                all_of_it = torch.cat([of_centre[:, None], both(nodes)], 1)  # [B, L + 1, 2 d]
                centre = self.mixed(i, centre, *all_of_it.split(d, -1))
        logits = torch.tanh(nodes @ self.W1 + self.b1) @ self.W2
        routing = over_real(logits.transpose(1, 2), mask)
        return routing @ (history * real), routing, 0


class Re4(nn.Module):
    def __init__(self, B, L, K, d):
        super().__init__()
        self.W1, self.W2, self.W = weight(d, 4 * d), weight(4 * d, K), weight(d, d)
        self.last = nn.Linear(d, d)
        self.construct = nn.Linear(d, L * d)
        self.W3, self.W4, self.W5 = weight(d, d), weight(d, L), weight(d, d)

    def forward(self, history, mask):
        B, L, d = history.shape
        history = history * mask[..., None]  # item 0 is the zero vector
        scores = (torch.tanh(history @ self.W1) @ self.W2).transpose(1, 2)
        logits = scores.masked_fill(~mask[:, None], FAR)  # [B, K, L]
        routing = logits.softmax(-1)
        raw = routing @ (history @ self.W)  # [B, K, d]
        K = raw.shape[1]
        made = (routing > 1 / mask.sum(1)[:, None, None]) & mask[:, None]  # [B, K, L]
        again = over_real(raw @ history.transpose(1, 2), mask)
        attend = -(again * logits.log_softmax(-1)).sum() / (B * K)
        return (
            torch.tanh(self.last(raw)),
            routing,
            0.001 * attend
            + 0.1 * self.contrasted(raw, made, history, mask)
            + 0.1 * self.constructed(raw, made, history, mask),
        )

    def contrasted(self, raw, made, history, mask):
        B, K, L = made.shape
        interests, items = normalize(raw, dim=-1), normalize(history, dim=-1)
        own = interests @ items.transpose(1, 2) / TEMPERATURE  # [B, K, L]
        others = interests @ interests.transpose(1, 2) / TEMPERATURE  # [B, K, K]
        before = interests @ items.roll(1, 0).transpose(1, 2) / TEMPERATURE
        scores = [
            own.masked_fill(~mask[:, None], FAR),
            others.masked_fill(torch.eye(K, dtype=torch.bool), FAR),
            before.masked_fill(~mask.roll(1, 0)[:, None], FAR),
        ]
        total = torch.cat(scores, -1).logsumexp(-1, keepdim=True)  # [B, K, 1]
        return ((total - own) * made).sum() / (B * K * L)

    def constructed(self, raw, made, history, mask):
        B, K, L = made.shape
        d = history.shape[-1]
        Y = self.construct(raw).view(B, K, L, d)
        scores = (torch.tanh(Y @ self.W3) @ self.W4).transpose(2, 3)  # [B, K, L, L]
        M = scores.masked_fill(~mask[:, None, None], FAR).softmax(-1)
        built = M @ (Y @ self.W5)  # [B, K, L, d]
        squares = (built - history[:, None]).square().sum(-1)
        return (squares * made).sum() / (B * K * L * d)


models = {
    "youtube-dnn": YoutubeDnn,
    "gru4rec": Gru4Rec,
    "mind": Mind,
    "comirec-dr": ComirecDr,
    "comirec-sa": ComirecSa,
    "pimi": Pimi,
    "re4": Re4,
    "umi-hn": ComirecSa,
}
