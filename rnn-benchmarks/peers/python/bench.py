#!/usr/bin/python3
"""PyTorch in Python: the workloads W1 to W6 of RNN4J's benchmarks, on the same data, with the same lines to print.

usage: bench.py WORKLOAD [threads=1] [warm=2] [seconds=2] [warmup=N steps=N]     (see Settings.java and Measurement.java)
"""
import math
import resource
import sys
import time

import numpy as np
import torch
from torch import nn

MASK = (1 << 48) - 1
CELLS = {'rnn': nn.RNN, 'lstm': nn.LSTM, 'gru': nn.GRU}
COUNT = 100  # minibatches before they repeat


class Uniform:
    """Uniform.java"""

    def __init__(self, seed):
        self.state = (seed ^ 0x5DEECE66D) & MASK

    def next(self):
        self.state = (self.state * 0x5DEECE66D + 11) & MASK
        return (self.state >> 24) / float(1 << 24)


def minibatches(vocabulary, rows, steps):
    """Minibatches.java"""
    draw, token, frequent = Uniform(1), 0, min(vocabulary, 200)
    row = COUNT * steps + 1
    stream = np.empty(rows * row, np.int64)
    for i in range(len(stream)):
        token = (token * 5 + 3) % frequent if draw.next() < 0.7 else int(vocabulary * draw.next() ** 3)
        stream[i] = token
    stream = torch.from_numpy(stream.reshape(rows, row))
    return [(stream[:, b * steps:(b + 1) * steps].contiguous(), stream[:, b * steps + 1:(b + 1) * steps + 1].contiguous())
            for b in range(COUNT)]


def seconds_since_start():
    with open('/proc/self/stat') as file:
        ticks = int(file.read().rsplit(')', 1)[1].split()[19])
    with open('/proc/uptime') as file:
        return float(file.read().split()[0]) - ticks / 100.0


def median(numbers):
    half = len(numbers) // 2
    return numbers[half] if len(numbers) % 2 else (numbers[half - 1] + numbers[half]) / 2


class Settings:
    def __init__(self, arguments):
        self.workload = arguments[0]
        self.values = dict(argument.split('=') for argument in arguments[1:])

    def get(self, name, otherwise):
        return type(otherwise)(self.values.get(name, otherwise))


def measure(work, tokens, step, settings, calls=1):
    """Measurement.java"""
    wall, cpu, first, last, warmed, phase = [], [], None, None, 0, 0.0
    steps, warmup, seconds = settings.get('steps', 0), settings.get('warmup', 0), settings.get('seconds', 2.0)
    warm = steps > 0 and warmup == 0
    while (len(wall) < steps) if steps else (not warm or len(wall) < 5 or phase < seconds):
        cpu_began, began = time.thread_time(), time.perf_counter()
        for call in range(calls):
            last = step((warmed + len(wall)) * calls + call)
        spent, cpu_spent = time.perf_counter() - began, time.thread_time() - cpu_began
        if warmed + len(wall) == 0:
            first = last
            print(f'COLD peer=python work={work} first_step_done_s={seconds_since_start():.3f}', flush=True)
        phase += spent
        if warm:
            wall.append(spent / calls)
            cpu.append(cpu_spent / calls)
            continue
        warmed += 1
        warm = warmed >= warmup if warmup else warmed >= 3 and phase >= settings.get('warm', seconds)
        phase = 0.0 if warm else phase
    unit, scale = ('ms', 1e3) if calls == 1 else ('us', 1e6)
    wall.sort()
    cpu.sort()
    line = (f'RESULT peer=python work={work} threads={torch.get_num_threads()} n={len(wall)} unit={unit}'
            f' median={median(wall) * scale:.4f} min={wall[0] * scale:.4f} p90={wall[int(len(wall) * .9)] * scale:.4f}'
            f' cpu={median(cpu) * scale:.4f} tok_s={tokens / median(wall):.0f}'
            f' rss_mib={resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} steps={warmed + len(wall)}')
    if first is not None:
        line += f' loss_first={first:.4f} loss_last={last:.4f}'
    print(line, flush=True)


class LanguageModel(nn.Module):
    def __init__(self, vocabulary, width, hidden, cell, layers):
        super().__init__()
        self.embedding = nn.Embedding(vocabulary, width)
        self.rnn = CELLS[cell](width, hidden, layers, batch_first=True)
        self.out = nn.Linear(hidden, vocabulary)

    def forward(self, x, state):
        y, state = self.rnn(self.embedding(x), state)
        return self.out(y), state


def language_model(sizes, cell, layers, rule, clip, settings):
    vocabulary, width, hidden, rows, steps = sizes
    stateful = settings.workload == 'W1'
    model = LanguageModel(vocabulary, width, hidden, cell, layers)
    optimizer = rule(model.parameters())
    data = minibatches(vocabulary, rows, steps)
    cross_entropy, state = nn.CrossEntropyLoss(), [None]

    def step(i):
        x, target = data[i % COUNT]
        optimizer.zero_grad()
        y, end = model(x, state[0])
        loss = cross_entropy(y.reshape(-1, vocabulary), target.reshape(-1))
        loss.backward()
        if clip:
            nn.utils.clip_grad_norm_(model.parameters(), clip)
        optimizer.step()
        if stateful:
            state[0] = end.detach()
        return loss.item()

    measure(settings.workload, rows * steps, step, settings)


def sines(rows, steps):
    """Sines.java"""
    draw, batches = Uniform(7), []
    for _ in range(20):
        x, y = np.empty((rows, steps, 1), np.float32), np.empty((rows, 1), np.float32)
        for n in range(rows):
            phase, frequency = draw.next() * 6.28, 0.05 + 0.1 * draw.next()
            for t in range(steps):
                x[n, t, 0] = math.sin(phase + frequency * t)
            y[n, 0] = math.sin(phase + frequency * steps)
        batches.append((torch.from_numpy(x), torch.from_numpy(y)))
    return batches


def forecast(settings):
    rows, steps, hidden = 32, 100, 64
    rnn, out = nn.GRU(1, hidden, batch_first=True), nn.Linear(hidden, 1)
    optimizer = torch.optim.Adam(list(rnn.parameters()) + list(out.parameters()), 0.003)
    data = sines(rows, steps)

    def step(i):
        x, y = data[i % len(data)]
        optimizer.zero_grad()
        h, _ = rnn(x)
        loss = ((out(h[:, -1]) - y) ** 2).mean()
        loss.backward()
        optimizer.step()
        return loss.item()

    measure('W4', rows * steps, step, settings)


def layer_alone(settings):
    _, cell, sizes = settings.workload.split('-')
    rows, steps, inputs, hidden = map(int, sizes.split('x'))
    layer = CELLS[cell](inputs, hidden, batch_first=True)
    x, g = torch.randn(rows, steps, inputs, requires_grad=True), torch.randn(rows, steps, hidden)

    def step(i):
        layer.zero_grad()
        x.grad = None
        y, _ = layer(x)
        y.backward(g)

    measure(settings.workload, rows * steps, step, settings)


@torch.no_grad()
def streaming(settings):
    inputs, hidden = 128, 256
    lstm = nn.LSTM(inputs, hidden, batch_first=True).eval()
    x, sequence = torch.randn(1, 1, inputs), torch.randn(1, 100, inputs)
    state = [(torch.zeros(1, 1, hidden), torch.zeros(1, 1, hidden))]

    def step(i):
        _, state[0] = lstm(x, state[0])

    def whole(i):
        lstm(sequence)

    measure('W6-step', 1, step, settings, calls=200)
    measure('W6-seq100', 100, whole, settings, calls=2)


def main():
    settings = Settings(sys.argv[1:])
    torch.set_num_threads(settings.get('threads', 1))
    torch.manual_seed(1)
    sgd, adam = torch.optim.SGD, torch.optim.Adam
    if settings.workload == 'W1':
        language_model((418, 100, 100, 10, 5), 'rnn', 1, lambda p: sgd(p, 0.1), 0, settings)
    elif settings.workload == 'W2':
        language_model((65, 128, 128, 50, 50), 'lstm', 2, lambda p: adam(p, 0.002), 5.0, settings)
    elif settings.workload == 'W3':
        language_model((10000, 650, 650, 20, 35), 'lstm', 2, lambda p: sgd(p, 20.0), 0.25, settings)
    elif settings.workload == 'W4':
        forecast(settings)
    elif settings.workload == 'W6':
        streaming(settings)
    else:
        layer_alone(settings)


if __name__ == '__main__':
    main()
