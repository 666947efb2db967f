#!/usr/bin/python3
"""The models of config/initial-values in PyTorch, from its default initial values: reads training batches and then validation batches (PyTorch.java)
from the standard input, and prints the validation loss.

usage: initial_values.py TASK SEED OUTPUTS
"""
import sys

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

QUANTILES = 0.1, 0.5, 0.9


def batches(file):
    """Dictionaries of arrays, with the rate and the clip limit to learn with (0: to be judged), and whether a sequence begins."""
    while head := file.readline().split():
        batch = dict(zip(('rate', 'clip', 'begins'), map(float, head)))
        while words := file.readline().split():
            kind, shape = words[1].decode(), [int(dim) for dim in words[2:]]
            array = np.frombuffer(file.read(4 * int(np.prod(shape))), '<' + kind).reshape(shape)
            batch[words[0].decode()] = torch.from_numpy(array.astype(np.int64 if kind == 'i4' else np.float32))
        yield batch


def cross_entropy(y, wanted):
    return F.cross_entropy(y.flatten(0, -2), wanted.flatten())


class Adding(nn.Module):
    def __init__(self, batch, outputs):
        super().__init__()
        self.cell, self.output = nn.LSTM(2, 32, batch_first=True), nn.Linear(32, outputs)

    def forward(self, batch):
        y, _ = self.cell(batch['x'])
        return F.mse_loss(self.output(y[:, -1]), batch['wanted'])


class Traffic(nn.Module):
    def __init__(self, batch, outputs):
        super().__init__()
        self.cell = nn.GRU(batch['x'].shape[-1], 32, batch_first=True)
        self.output = nn.Linear(32, outputs)

    def forward(self, batch):
        y, _ = self.cell(batch['x'])
        parts = self.output(y).chunk(len(QUANTILES), -1)
        errors = [batch['wanted'] - part for part in parts]
        return sum(torch.maximum(q * e, (q - 1) * e).mean() for q, e in zip(QUANTILES, errors)) / len(QUANTILES)


class Dates(nn.Module):
    def __init__(self, batch, outputs):
        super().__init__()
        self.read, self.write = nn.Embedding(outputs, 16), nn.Embedding(outputs, 16)
        self.encoder, self.decoder = nn.LSTM(16, 64, batch_first=True), nn.LSTM(16, 64, batch_first=True)
        self.output = nn.Linear(128, outputs)

    def forward(self, batch):
        lengths = batch['lengths']
        packed = pack_padded_sequence(self.read(batch['source']), lengths, batch_first=True, enforce_sorted=False)
        values, state = self.encoder(packed)
        values, _ = pad_packed_sequence(values, batch_first=True)
        h, _ = self.decoder(self.write(batch['target']), state)
        scores = h @ values.transpose(1, 2)
        past = torch.arange(values.shape[1])[None, None, :] >= lengths[:, None, None]
        looked = scores.masked_fill(past, -torch.inf).softmax(-1) @ values
        return cross_entropy(self.output(torch.cat((looked, h), -1)), batch['wanted'])


class Dickens(nn.Module):
    def __init__(self, batch, outputs):
        super().__init__()
        self.embed, self.cell = nn.Embedding(outputs, 64), nn.LSTM(64, 128, batch_first=True)
        self.output, self.state = nn.Linear(128, outputs), None

    def forward(self, batch):
        y, state = self.cell(self.embed(batch['x']), None if batch['begins'] else self.state)
        self.state = tuple(part.detach() for part in state)
        return cross_entropy(self.output(y), batch['wanted'])


def main():
    torch.set_num_threads(1)
    torch.manual_seed(int(sys.argv[2]))
    model, optimizer, loss, count = None, None, 0.0, 0
    for batch in batches(sys.stdin.buffer):
        if model is None:
            model = {'adding': Adding, 'traffic': Traffic, 'dates': Dates, 'dickens': Dickens}[sys.argv[1]](batch, int(sys.argv[3]))
            optimizer = torch.optim.Adam(model.parameters())
        if batch['rate'] > 0:
            optimizer.param_groups[0]['lr'] = batch['rate']
            optimizer.zero_grad()
            model(batch).backward()
            nn.utils.clip_grad_norm_(model.parameters(), batch['clip'])
            optimizer.step()
        else:
            with torch.no_grad():
                rows = batch['wanted'].numel()
                loss, count = loss + model(batch).item() * rows, count + rows
    print(loss / count)


if __name__ == '__main__':
    main()
