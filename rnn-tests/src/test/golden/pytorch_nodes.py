"""Every kind of layer and cell in a model, in PyTorch's autograd and float64, from the published equations -> pytorch-nodes.json.

A case holds the model as RNN4J's own configuration, so that it needs no Java of its own. Plain cells are PyTorch's (torch.lstm_cell and so
on), norms are its layer_norm, and the loop over a window, whole batches with masks, is written here. Each case is computed a second time in
NumPy, row by row over the valid steps alone, and every gradient is checked by central differences of that.

Where a layer draws a mask, draws.py draws it too, from the definition of the random numbers; everything else comes from the paper.
"""

import numpy as np
import torch

import draws
import golden

N, T, D, H = 3, 5, 3, 4
LENGTHS = [5, 3, 0]
# Row 0 begins anew at step 2, row 1 at steps 0 and 2: never past its end. Later steps go on.
RESETS = [[0, 0, 1], [1, 0, 1], [0, 0, 0]]
SEED, STEP = 7, 3
NODE = "layer"
EPSILON = 1e-5
DRAWN = draws.of_node(SEED, STEP, NODE)


# Cells. A weight's name is the last part of its path. Of each there is a step for a batch in PyTorch, and one for a row in NumPy.

def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def norm(a):
    return (a - a.mean()) / np.sqrt(a.var() + EPSILON)


def th_norm(a):
    return torch.nn.functional.layer_norm(a, a.shape[-1:], eps=EPSILON)


def th_rnn(w, x, s):
    h = torch.rnn_tanh_cell(x, s["h"], w["wx"].T, w["wh"].T, w["b"])
    return h, {"h": h}


def np_rnn(w, x, s):
    h = np.tanh(x @ w["wx"] + s["h"] @ w["wh"] + w["b"])
    return h, {"h": h}


def th_lstm(w, x, s):
    h, c = torch.lstm_cell(x, (s["h"], s["c"]), w["wx"].T, w["wh"].T, w["b"], torch.zeros_like(w["b"]))
    return h, {"h": h, "c": c}


def np_lstm(w, x, s):
    i, f, g, o = np.split(x @ w["wx"] + s["h"] @ w["wh"] + w["b"], 4)
    c = sigmoid(f) * s["c"] + sigmoid(i) * np.tanh(g)
    h = sigmoid(o) * np.tanh(c)
    return h, {"h": h, "c": c}


def th_gru(w, x, s):
    zeros = torch.zeros_like(w["bn"])
    h = torch.gru_cell(x, s["h"], w["wx"].T, w["wh"].T, w["b"], torch.cat([zeros, zeros, w["bn"]]))
    return h, {"h": h}


def np_gru(w, x, s):
    r, z, n = np.split(x @ w["wx"] + w["b"], 3)
    rh, zh, nh = np.split(s["h"] @ w["wh"], 3)
    z = sigmoid(z + zh)
    n = np.tanh(n + sigmoid(r + rh) * (nh + w["bn"]))
    h = (1 - z) * n + z * s["h"]
    return h, {"h": h}


def th_gru_before(w, x, s):
    """Cho et al., 2014, with z as PyTorch has it."""
    width = s["h"].shape[-1]
    a = x @ w["wx"] + w["b"]
    r = torch.sigmoid(a[:, :width] + s["h"] @ w["wh"][:, :width])
    z = torch.sigmoid(a[:, width:2 * width] + s["h"] @ w["wh"][:, width:2 * width])
    n = torch.tanh(a[:, 2 * width:] + (r * s["h"]) @ w["wh"][:, 2 * width:])
    h = n + z * (s["h"] - n)
    return h, {"h": h}


def np_gru_before(w, x, s):
    wr, wz, wn = np.split(w["wh"], 3, axis=1)
    r, z, n = np.split(x @ w["wx"] + w["b"], 3)
    r, z = sigmoid(r + s["h"] @ wr), sigmoid(z + s["h"] @ wz)
    h = (1 - z) * np.tanh(n + (r * s["h"]) @ wn) + z * s["h"]
    return h, {"h": h}


def th_projected(w, x, s):
    """Sak, Senior and Beaufays, 2014: the LSTM, and then its output times Wr."""
    a = x @ w["wx"] + s["h"] @ w["wh"] + w["b"]
    i, f, g, o = a.chunk(4, dim=1)
    c = torch.sigmoid(f) * s["c"] + torch.sigmoid(i) * torch.tanh(g)
    h = (torch.sigmoid(o) * torch.tanh(c)) @ w["wr"]
    return h, {"h": h, "c": c}


def np_projected(w, x, s):
    h, state = np_lstm(w, x, s)
    return h @ w["wr"], {"h": h @ w["wr"], "c": state["c"]}


def th_peephole(w, x, s):
    """Graves, 2013, equations 7 to 11: input and forget gate see the memory before, the output gate the memory after."""
    i, f, g, o = (x @ w["wx"] + s["h"] @ w["wh"] + w["b"]).chunk(4, dim=1)
    pi, pf, po = w["p"].chunk(3)
    c = torch.sigmoid(f + pf * s["c"]) * s["c"] + torch.sigmoid(i + pi * s["c"]) * torch.tanh(g)
    h = torch.sigmoid(o + po * c) * torch.tanh(c)
    return h, {"h": h, "c": c}


def np_peephole(w, x, s):
    i, f, g, o = np.split(x @ w["wx"] + s["h"] @ w["wh"] + w["b"], 4)
    pi, pf, po = np.split(w["p"], 3)
    before = s["c"]
    now = sigmoid(f + pf * before) * before + sigmoid(i + pi * before) * np.tanh(g)
    h = sigmoid(o + po * now) * np.tanh(now)
    return h, {"h": h, "c": now}


def th_norm_rnn(w, x, s):
    """Ba, Kiros and Hinton, 2016, equation 4."""
    h = torch.tanh(th_norm(s["h"] @ w["wh"] + x @ w["wx"]) * w["gain"] + w["b"])
    return h, {"h": h}


def np_norm_rnn(w, x, s):
    h = np.tanh(w["gain"] * norm(s["h"] @ w["wh"] + x @ w["wx"]) + w["b"])
    return h, {"h": h}


def th_norm_lstm(w, x, s):
    """The same, equations 20 to 22."""
    a = th_norm(s["h"] @ w["wh"]) * w["gh"] + th_norm(x @ w["wx"]) * w["gx"] + w["b"]
    i, f, g, o = a.chunk(4, dim=1)
    c = torch.sigmoid(f) * s["c"] + torch.sigmoid(i) * torch.tanh(g)
    h = torch.sigmoid(o) * torch.tanh(th_norm(c) * w["gc"] + w["bc"])
    return h, {"h": h, "c": c}


def np_norm_lstm(w, x, s):
    i, f, g, o = np.split(w["gx"] * norm(x @ w["wx"]) + w["gh"] * norm(s["h"] @ w["wh"]) + w["b"], 4)
    c = sigmoid(f) * s["c"] + sigmoid(i) * np.tanh(g)
    h = sigmoid(o) * np.tanh(w["gc"] * norm(c) + w["bc"])
    return h, {"h": h, "c": c}


def th_norm_gru(w, x, s):
    """The same, the supplement's equations: one norm over both gates, one over the new content."""
    width = s["h"].shape[-1]
    of_x, of_h = x @ w["wx"], s["h"] @ w["wh"]
    gates = 2 * width
    rz = torch.sigmoid(th_norm(of_x[:, :gates]) * w["gx"][:gates] + th_norm(of_h[:, :gates]) * w["gh"][:gates]
                       + w["b"][:gates])
    new_h = th_norm(of_h[:, gates:]) * w["gh"][gates:] + w["bn"]
    n = torch.tanh(th_norm(of_x[:, gates:]) * w["gx"][gates:] + w["b"][gates:] + rz[:, :width] * new_h)
    h = n + rz[:, width:] * (s["h"] - n)
    return h, {"h": h}


def np_norm_gru(w, x, s):
    width = len(s["h"])
    def both(a, gain):
        return np.concatenate([norm(a[:2 * width]), norm(a[2 * width:])]) * gain
    r, z, n = np.split(both(x @ w["wx"], w["gx"]) + w["b"], 3)
    rh, zh, nh = np.split(both(s["h"] @ w["wh"], w["gh"]), 3)
    z = sigmoid(z + zh)
    h = (1 - z) * np.tanh(n + sigmoid(r + rh) * (nh + w["bn"])) + z * s["h"]
    return h, {"h": h}


class Cell:
    """A cell's two steps, the parts of its state, and its weights: their scales and shapes by name."""

    def __init__(self, spec, torch_step, numpy_step, state, weights):
        self.spec, self.torch_step, self.numpy_step, self.state, self.weights = (
            spec, torch_step, numpy_step, state, weights)

    def draw(self, source, path):
        return {f"{path}.{name}": golden.draw(source, scale, *shape) + (1 if name in ("gain", "gx", "gh", "gc") else 0)
                for name, (scale, *shape) in self.weights.items()}


def gated(type_, gates, torch_step, numpy_step, state, d=D, h=H, more=None, **settings):
    spec = {"type": type_, "inputs": d, "hidden": h, **settings}
    weights = {"wx": (0.5, d, gates * h), "wh": (0.5, h, gates * h), "b": (0.3, gates * h)}
    weights.update(more or {})
    return Cell(spec, torch_step, numpy_step, state, weights)


def rnn(d=D, h=H):
    return gated("RNN", 1, th_rnn, np_rnn, {"h": h}, d, h)


def lstm(d=D, h=H):
    return gated("LSTM", 4, th_lstm, np_lstm, {"h": h, "c": h}, d, h)


def gru(d=D, h=H):
    return gated("GRU", 3, th_gru, np_gru, {"h": h}, d, h, {"bn": (0.3, h)})


def gru_before():
    return gated("GRU", 3, th_gru_before, np_gru_before, {"h": H}, reset="BEFORE")


def projected(p=3):
    cell = gated("ProjectedLSTM", 4, th_projected, np_projected, {"h": p, "c": H}, more={"wr": (0.5, H, p)}, projected=p)
    cell.weights["wh"] = (0.5, p, 4 * H)
    return cell


def peephole():
    return gated("PeepholeLSTM", 4, th_peephole, np_peephole, {"h": H, "c": H}, more={"p": (0.8, 3 * H)})


def norm_rnn():
    return gated("LayerNormRNN", 1, th_norm_rnn, np_norm_rnn, {"h": H}, more={"gain": (0.3, H)})


def norm_lstm():
    return gated("LayerNormLSTM", 4, th_norm_lstm, np_norm_lstm, {"h": H, "c": H},
                 more={"gx": (0.3, 4 * H), "gh": (0.3, 4 * H), "gc": (0.3, H), "bc": (0.3, H)})


def norm_gru():
    return gated("LayerNormGRU", 3, th_norm_gru, np_norm_gru, {"h": H},
                 more={"bn": (0.3, H), "gx": (0.3, 3 * H), "gh": (0.3, 3 * H)})


def below(t, path):
    """The arrays below a path, by the rest of their names."""
    return {name[len(path) + 1:]: array for name, array in t.items() if name.startswith(path + ".")}


# Loops over a window.

def begins(resets, n, t):
    """Whether a sequence begins at this step of this row."""
    return resets is not None and t < len(resets[n]) and bool(resets[n][t])


def pieces(n, lengths, resets):
    """The steps of a row's sequences, from (inclusive) to (exclusive)."""
    cuts = [t for t in range(1, lengths[n]) if begins(resets, n, t)]
    return list(zip([0] + cuts, cuts + [lengths[n]]))


def th_where(flags, a, b):
    return torch.where(torch.from_numpy(np.asarray(flags, dtype=bool))[:, None], a, b)


def th_unroll(step, x, state, lengths, resets):
    """All rows at once; step(x, state, t) is the cell's."""
    valid = golden.valid_steps(lengths, x.shape[0], x.shape[1])
    outputs = []
    for t in range(x.shape[1]):
        if resets is not None:
            anew = [begins(resets, n, t) for n in range(len(x))]
            state = {name: th_where(anew, torch.zeros_like(part), part) for name, part in state.items()}
        y, after = step(x[:, t], state, t)
        outputs.append(th_where(valid[:, t], y, torch.zeros_like(y)))
        state = {name: th_where(valid[:, t], after[name], part) for name, part in state.items()}
    return torch.stack(outputs, dim=1), state


def np_unroll(step, x, state, lengths, resets):
    """Row by row; step(x, state, n, t) is the cell's."""
    rows, steps = x.shape[:2]
    outputs, last = None, {name: part.copy() for name, part in state.items()}
    for n in range(rows):
        s = {name: part[n] for name, part in state.items()}
        for t in range(steps if lengths is None else lengths[n]):
            if begins(resets, n, t):
                s = {name: np.zeros_like(part) for name, part in s.items()}
            y, s = step(x[n, t], s, n, t)
            if outputs is None:
                outputs = np.zeros((rows, steps, len(y)))
            outputs[n, t] = y
        for name in last:
            last[name][n] = s[name]
    return outputs, last


def th_zeros(cell, rows=N):
    return {name: torch.zeros(rows, width, dtype=torch.float64) for name, width in cell.state.items()}


def np_zeros(cell, rows=N):
    return {name: np.zeros((rows, width)) for name, width in cell.state.items()}


# A case.

class Cases:
    def __init__(self, seed):
        self.source = golden.random(seed)
        self.cases = []

    def draw(self, scale, *shape):
        return golden.draw(self.source, scale, *shape)

    def add(self, name, layer, inputs, parameters, run, again, outputs=("output",), lengths=None, resets=None,
            training=True, nodes=None, settled=()):
        """Runs PyTorch and NumPy.

        inputs and parameters: arrays by name, parameters by their paths in the model. run and again: from all of them to the outputs, by name;
        what begins with "last." is a state after the window, by path and part, and enters no loss; "penalty" is what the layer adds to the
        loss. lengths: of inputs, by name. settled: inputs that central differences cannot check, because a number more would change the choice.
        """
        inputs = {k: np.asarray(v) for k, v in inputs.items()}
        t = {**inputs, **parameters}
        leaves = [k for k, v in t.items() if v.dtype == np.float64]
        of = {k: torch.from_numpy(v).clone() for k, v in t.items()}
        for leaf in leaves:
            of[leaf].requires_grad_()
        found = {k: v for k, v in run(of).items()}
        in_loss = [k for k in found if not k.startswith("last.") and k != "penalty"]
        assert in_loss == list(outputs), (name, in_loss)
        weights = {k: golden.draw(self.source, 1.0, *found[k].shape) for k in in_loss}

        def loss(results, weight):
            total = sum((results[k] * weight[k]).sum() for k in in_loss)
            return total + results["penalty"] if "penalty" in results else total

        value = loss(found, {k: torch.from_numpy(v) for k, v in weights.items()})
        config = {"model": {
            "format": 1, "inputs": list(inputs),
            "nodes": nodes or {NODE: {"layer": layer, "inputs": list(inputs)}},
            "outputs": [NODE if i == 0 else f"{NODE}.{k}" for i, k in enumerate(in_loss)]}}
        config.update({"parameters": list(parameters), "outputs": in_loss, "training": training, "seed": SEED, "step": STEP})
        if lengths:
            config["lengths"] = lengths
        if resets:
            config["resets"] = resets
        out = dict(t)
        second = again(t)
        assert sorted(second) == sorted(found), (name, sorted(second), sorted(found))
        for k in found:
            out[k] = found[k].detach().numpy()
            golden.check_equal(f"{name}: {k}", second[k], out[k])
        worst = 0.0
        if training:
            value.backward()
            gradients = {k: of[k].grad.numpy() if of[k].grad is not None else np.zeros(of[k].shape) for k in leaves}
            worst = golden.check_gradients(lambda moved: float(loss(again(moved), weights)), t,
                                           {k: v for k, v in gradients.items() if k not in settled})
            for k, v in gradients.items():
                # A gradient of nothing would compare nothing.
                assert np.abs(v).max() > 0, (name, k)
            out.update({f"R.{k}": v for k, v in weights.items()})
            out.update({f"grad.{k}": v for k, v in gradients.items()})
        print(f"{name}: worst gradient against central differences {worst:.1e}")
        self.cases.append((name, config, out))


def cells(cases):
    """Each from a given state, through the state after it, with rows that end and begin inside the window."""
    for make in (rnn, lstm, gru, gru_before, projected, peephole, norm_rnn, norm_lstm, norm_gru):
        cell = make()
        first = {f"{part}0": cases.draw(0.8, N, width) for part, width in cell.state.items()}

        def parts(t):
            return {part: t[f"{part}0"] for part in cell.state}

        def run(t):
            w = below(t, f"{NODE}.cell")
            y, last = th_unroll(lambda x, s, i: cell.torch_step(w, x, s), t["x"], parts(t), LENGTHS, RESETS)
            return {"output": y, **last}

        def again(t):
            w = below(t, f"{NODE}.cell")
            y, last = np_unroll(lambda x, s, n, i: cell.numpy_step(w, x, s), t["x"], parts(t), LENGTHS, RESETS)
            return {"output": y, **last}

        if cell.spec["type"] == "PeepholeLSTM":
            plain = {k: torch.from_numpy(v) for k, v in below(cell.draw(golden.random(1), "w"), "w").items()}
            x, s = torch.ones(2, D).double(), {"h": torch.ones(2, H).double(), "c": torch.ones(2, H).double() * 2}
            plain["p"] = torch.zeros_like(plain["p"])
            golden.check_equal("without peepholes", th_peephole(plain, x, s)[0], th_lstm(plain, x, s)[0])
        name = "cell-" + cell.spec["type"] + ("-before" if make is gru_before else "")
        cases.add(name, {"type": "golden.unrolled", "cell": cell.spec}, {"x": cases.draw(1.0, N, T, D), **first},
                  cell.draw(cases.source, f"{NODE}.cell"), run, again, ("output", *cell.state),
                  {"x": LENGTHS}, RESETS)


def over_time(cases, name, layer, cell, path, in_torch=None, in_numpy=None, state=f"last.{NODE}", **more):
    """A layer over time that begins with zeros; in_torch(w, x, s, t) and in_numpy(w, x, s, n, t) are its steps where they are not the cell's."""
    in_torch = in_torch or (lambda w, x, s, t: cell.torch_step(w, x, s))
    in_numpy = in_numpy or (lambda w, x, s, n, t: cell.numpy_step(w, x, s))
    dropped = more.pop("dropped", lambda w, lib: w)

    def run(t):
        w = dropped(below(t, path), torch.from_numpy)
        y, last = th_unroll(lambda x, s, i: in_torch(w, x, s, i), t["x"], th_zeros(cell), LENGTHS, RESETS)
        return {"output": y, **{f"{state}.{k}": v for k, v in last.items()}}

    def again(t):
        w = dropped(below(t, path), lambda a: a)
        y, last = np_unroll(lambda x, s, n, i: in_numpy(w, x, s, n, i), t["x"], np_zeros(cell), LENGTHS, RESETS)
        return {"output": y, **{f"{state}.{k}": v for k, v in last.items()}}

    cases.add(name, layer, {"x": cases.draw(1.0, N, T, cell.spec["inputs"])}, cell.draw(cases.source, path),
              run, again, lengths={"x": LENGTHS}, resets=RESETS, **more)


def layers_over_time(cases):
    path = f"{NODE}.cell"
    over_time(cases, "Time", {"type": "Time", "cell": peephole().spec}, peephole(), path)
    for kind, cell in (("TimeRNN", rnn()), ("TimeLSTM", lstm()), ("TimeGRU", gru())):
        over_time(cases, kind, {**cell.spec, "type": kind}, cell, path)


def zoneouts(cases):
    """Krueger et al., 2017, equation 4: each part of the state keeps some of its numbers; the new h comes from the new c, kept or not."""
    for training in (True, False):
        for cell, rates in ((lstm(), {"h": 0.25, "c": 0.5}), (gru(), {"h": 0.375})):
            def new(before, after, t, part, rates=rates):
                """1 where the part is new; in inference the share of masks in which it is."""
                rate = rates[part]
                return np.where(DRAWN.at(t).at(part).uniform(*before) < rate, 0.0, 1.0) if training else 1 - rate

            def in_torch(w, x, s, t, cell=cell, new=new):
                _, after = cell.torch_step(w, x, s)
                state = {}
                for part in s:
                    m = torch.as_tensor(new(s[part].shape, None, t, part))
                    state[part] = m * after[part] + (1 - m) * s[part]
                return state["h"], state

            def in_numpy(w, x, s, n, t, cell=cell, new=new):
                _, after = cell.numpy_step(w, x, s)
                state = {}
                for part in s:
                    m = new((N, H), None, t, part)
                    m = m[n] if training else m
                    state[part] = after[part] - (1 - m) * (after[part] - s[part])
                return state["h"], state

            name = f"Zoneout-{cell.spec['type']}" + ("" if training else "-inference")
            over_time(cases, name, {"type": "Zoneout", "cell": cell.spec, "rates": rates}, cell, f"{NODE}.cell",
                      in_torch, in_numpy, training=training)


def recurrent_dropouts(cases):
    """Gal and Ghahramani, 2016, section 4: one mask a row for all steps of the window, on the h that goes into the products alone."""
    cell = lstm()
    m = draws.factors(DRAWN, 0.25, N, H)
    layer = {"type": "RecurrentDropout", "cell": cell.spec, "rate": 0.25}
    assert 0 < (m == 0).sum() < m.size

    def in_torch(w, x, s, t):
        return cell.torch_step(w, x, {"h": s["h"] * torch.from_numpy(m), "c": s["c"]})

    def in_numpy(w, x, s, n, t):
        return cell.numpy_step(w, x, {"h": s["h"] * m[n], "c": s["c"]})

    over_time(cases, "RecurrentDropout", layer, cell, f"{NODE}.cell", in_torch, in_numpy)
    over_time(cases, "RecurrentDropout-inference", layer, cell, f"{NODE}.cell", training=False)


def weight_drops(cases):
    """Wan et al., 2013: one mask a window on the weights themselves."""
    for name, weights, rate in (("WeightDrop", None, 0.25), ("WeightDrop-two", ["cell.wx", "cell.wh"], 0.5)):
        cell = lstm() if weights is None else gru()
        layer = {"type": "WeightDrop", "layer": {**cell.spec, "type": "Time" + cell.spec["type"]}, "rate": rate}
        if weights:
            layer["weights"] = weights
        of = {path: draws.factors(DRAWN.at(path), rate, *cell.weights[path[5:]][1:]) for path in weights or ["cell.wh"]}

        def dropped(w, lib, of=of):
            return {**w, **{path[5:]: w[path[5:]] * lib(m) for path, m in of.items()}}
        path = f"{NODE}.layer.cell"
        over_time(cases, name, layer, cell, path, state=f"last.{NODE}.layer", dropped=dropped)
        if weights is None:
            over_time(cases, name + "-inference", layer, cell, path, state=f"last.{NODE}.layer", training=False)


def two_ways(t, cell):
    """The outputs of both directions, and the last states by direction and part."""
    x = t["x"]
    both, last = [], {}
    for place in ("forward", "backward"):
        w = below(t, f"{NODE}.{place}")
        rows, ends = [], {part: [] for part in cell.state}
        for n in range(N):
            row = [torch.zeros(1, H, dtype=torch.float64)] * T
            s = th_zeros(cell, 1)
            for begin, end in pieces(n, LENGTHS, RESETS)[::1 if place == "forward" else -1]:
                s = th_zeros(cell, 1)
                for i in range(begin, end) if place == "forward" else reversed(range(begin, end)):
                    row[i], s = cell.torch_step(w, x[n:n + 1, i], s)
            rows.append(torch.stack(row, dim=1))
            for part in s:
                ends[part].append(s[part])
        both.append(torch.cat(rows))
        last.update({f"{place}.{part}": torch.cat(v) for part, v in ends.items()})
    return both, last


def two_ways_again(t, cell):
    w = below(t, f"{NODE}.forward")
    f, f_last = np_unroll(lambda x, s, n, i: cell.numpy_step(w, x, s), t["x"], np_zeros(cell), LENGTHS, RESETS)
    v = below(t, f"{NODE}.backward")
    b, b_last = np.zeros((N, T, H)), np_zeros(cell)
    for n in range(N):
        s = {part: np.zeros(H) for part in cell.state}
        for i in range(LENGTHS[n] - 1, -1, -1):
            if i + 1 < LENGTHS[n] and begins(RESETS, n, i + 1):
                s = {part: np.zeros(H) for part in cell.state}
            b[n, i], s = cell.numpy_step(v, t["x"][n, i], s)
        for part in s:
            b_last[part][n] = s[part]
    return (f, b), {**{f"forward.{k}": v for k, v in f_last.items()}, **{f"backward.{k}": v for k, v in b_last.items()}}


def bidirectional(cases):
    """Schuster and Paliwal, 1997: the backward run begins at a row's last valid step, and anew where, looking back, a sequence ends."""
    for merge, cell, kind in (("CONCATENATE", gru(), "GRU"), ("SUM", rnn(), "RNN"), ("MEAN", lstm(), "LSTM"),
                              ("PRODUCT", gru(), "GRU"), (None, lstm(), "TimeBiLSTM")):
        def joined(lib, f, b, merge=merge):
            if merge == "SUM":
                return f + b
            if merge == "MEAN":
                return (f + b) / 2
            if merge == "PRODUCT":
                return f * b
            return lib.cat([f, b], dim=2) if lib is torch else np.concatenate([f, b], axis=2)

        def run(t, cell=cell, joined=joined):
            both, last = two_ways(t, cell)
            return {"output": joined(torch, *both), **{f"last.{NODE}.{k}": v for k, v in last.items()}}

        def again(t, cell=cell, joined=joined):
            both, last = two_ways_again(t, cell)
            return {"output": joined(np, *both), **{f"last.{NODE}.{k}": v for k, v in last.items()}}

        layer = ({"type": "Bidirectional", "cell": cell.spec, "merge": merge} if merge
                 else {**cell.spec, "type": "TimeBiLSTM"})
        weights = {**cell.draw(cases.source, f"{NODE}.forward"), **cell.draw(cases.source, f"{NODE}.backward")}
        cases.add(f"Bidirectional-{merge}" if merge else kind, layer, {"x": cases.draw(1.0, N, T, D)}, weights,
                  run, again, lengths={"x": LENGTHS}, resets=RESETS)


def dropouts(cases):
    for name, layer, m in (
            ("Dropout", {"type": "Dropout", "rate": 0.25}, draws.factors(DRAWN, 0.25, N, D)[:, None]),
            ("Dropout-ELEMENT", {"type": "Dropout", "rate": 0.5, "mask": "ELEMENT"}, draws.factors(DRAWN, 0.5, N, T, D)),
            ("TimeDropout", {"type": "TimeDropout", "rate": 0.375}, draws.factors(DRAWN, 0.375, N, T, D))):
        x = {"x": cases.draw(1.0, N, T, D)}
        cases.add(name, layer, x, {}, lambda t, m=m: {"output": t["x"] * torch.from_numpy(m)},
                  lambda t, m=m: {"output": t["x"] * m})
        cases.add(name + "-inference", layer, x, {}, lambda t: {"output": t["x"]}, lambda t: {"output": t["x"]},
                  training=False)


def feedforward(cases):
    v = 6
    ids = cases.source.randint(v - 1, size=(N, T)).astype(np.int64)
    ids[0, 0] = v - 1
    m = draws.factors(DRAWN, 0.5, v)
    assert 0 < (m[ids] == 0).sum() < ids.size
    table = {f"{NODE}.weight": cases.draw(1.0, v, D)}
    for name, layer, factor in (
            ("Embedding", {"type": "Embedding", "ids": v, "width": D}, np.ones(v)),
            ("Embedding-dropout", {"type": "Embedding", "ids": v, "width": D, "dropout": 0.5}, m),
            ("TimeEmbedding", {"type": "TimeEmbedding", "ids": v, "width": D}, np.ones(v))):
        cases.add(name, layer, {"ids": ids}, table,
                  lambda t, factor=factor: {"output": torch.nn.functional.embedding(t["ids"], t[f"{NODE}.weight"])
                                            * torch.from_numpy(factor[ids])[:, :, None]},
                  lambda t, factor=factor: {"output": (t[f"{NODE}.weight"] * factor[:, None])[t["ids"]]})

    weights = {f"{NODE}.weight": cases.draw(0.5, D, H), f"{NODE}.bias": cases.draw(0.5, H)}
    for name, x in (("Affine", cases.draw(1.0, N, D)), ("TimeAffine", cases.draw(1.0, N, T, D))):
        cases.add(name, {"type": name, "inputs": D, "outputs": H}, {"x": x}, weights,
                  lambda t: {"output": torch.nn.functional.linear(t["x"], t[f"{NODE}.weight"].T, t[f"{NODE}.bias"])},
                  lambda t: {"output": t["x"] @ t[f"{NODE}.weight"] + t[f"{NODE}.bias"]})

    cases.add("Affine-sameAs", None, {"ids": ids},
              {"embed.weight": cases.draw(1.0, v, D), f"{NODE}.bias": cases.draw(0.5, v)},
              lambda t: {"output": torch.nn.functional.linear(
                  torch.nn.functional.embedding(t["ids"], t["embed.weight"]), t["embed.weight"], t[f"{NODE}.bias"])},
              lambda t: {"output": t["embed.weight"][t["ids"]] @ t["embed.weight"].T + t[f"{NODE}.bias"]},
              nodes={"embed": {"layer": {"type": "Embedding", "ids": v, "width": D}, "inputs": ["ids"]},
                     NODE: {"layer": {"type": "Affine", "inputs": D, "outputs": v, "weight": {"sameAs": "embed.weight"}},
                            "inputs": ["embed"]}})

    cases.add("Concat", {"type": "Concat"},
              {"a": cases.draw(1.0, N, T, 2), "b": cases.draw(1.0, N, 3), "c": cases.draw(1.0, N, T, 1)}, {},
              lambda t: {"output": torch.cat([t["a"], t["b"][:, None].expand(N, T, 3), t["c"]], dim=2)},
              lambda t: {"output": np.array([[[*t["a"][n, i], *t["b"][n], *t["c"][n, i]] for i in range(T)]
                                             for n in range(N)])})

    def normed(t):
        return {"output": torch.nn.functional.layer_norm(
            t["x"], (D,), t[f"{NODE}.gain"], t[f"{NODE}.bias"], EPSILON)}

    def normed_again(t):
        return {"output": np.apply_along_axis(norm, 2, t["x"]) * t[f"{NODE}.gain"] + t[f"{NODE}.bias"]}
    cases.add("LayerNorm", {"type": "LayerNorm", "width": D}, {"x": cases.draw(1.0, N, T, D)},
              {f"{NODE}.gain": cases.draw(0.5, D) + 1, f"{NODE}.bias": cases.draw(0.5, D)}, normed, normed_again)

    for padding, k, left in (("CAUSAL", 2, 1), ("CENTRED", 3, 1)):
        def convolved(t, k=k, left=left):
            """Each sequence alone, between zeros."""
            kernel = t[f"{NODE}.weight"].reshape(k, D, H).permute(2, 1, 0)
            rows = []
            for n in range(N):
                row = [torch.zeros(T - LENGTHS[n], H, dtype=torch.float64)]
                for begin, end in reversed(pieces(n, LENGTHS, RESETS)):
                    x = torch.nn.functional.pad(t["x"][n:n + 1, begin:end].transpose(1, 2), (left, k - 1 - left))
                    if end > begin:
                        row.insert(0, torch.nn.functional.conv1d(x, kernel, t[f"{NODE}.bias"])[0].T)
                rows.append(torch.cat(row))
            return {"output": torch.stack(rows)}

        def convolved_again(t, k=k, left=left):
            y = np.zeros((N, T, H))
            for n in range(N):
                for i in range(LENGTHS[n]):
                    y[n, i] = t[f"{NODE}.bias"]
                    for j in range(k):
                        u = i + j - left
                        between = range(min(i, u) + 1, max(i, u) + 1)
                        if 0 <= u < LENGTHS[n] and not any(begins(RESETS, n, v) for v in between):
                            y[n, i] += t["x"][n, u] @ t[f"{NODE}.weight"][j * D:(j + 1) * D]
            return {"output": y}
        cases.add(f"Convolution-{padding}",
                  {"type": "Convolution", "inputs": D, "outputs": H, "kernel": k, "padding": padding},
                  {"x": cases.draw(1.0, N, T, D)},
                  {f"{NODE}.weight": cases.draw(0.5, k * D, H), f"{NODE}.bias": cases.draw(0.5, H)},
                  convolved, convolved_again, lengths={"x": LENGTHS}, resets=RESETS)


def compositions(cases):
    cell = gru(D, D)
    weights = cell.draw(cases.source, f"{NODE}.layer.cell")

    def run(t):
        w = below(t, f"{NODE}.layer.cell")
        y, _ = th_unroll(lambda x, s, i: cell.torch_step(w, x, s), t["x"], th_zeros(cell), LENGTHS, None)
        return {"output": y + t["x"] * torch.from_numpy(golden.valid_steps(LENGTHS, N, T))[:, :, None]}

    def again(t):
        w = below(t, f"{NODE}.layer.cell")
        y, _ = np_unroll(lambda x, s, n, i: cell.numpy_step(w, x, s), t["x"], np_zeros(cell), LENGTHS, None)
        for n in range(N):
            y[n, :LENGTHS[n]] += t["x"][n, :LENGTHS[n]]
        return {"output": y}
    cases.add("Residual", {"type": "Residual", "layer": {**cell.spec, "type": "TimeGRU"}}, {"x": cases.draw(1.0, N, T, D)},
              weights, run, again, lengths={"x": LENGTHS})
    cases.add("Residual-of-a-row", {"type": "Residual", "layer": {"type": "Affine", "inputs": D, "outputs": D}},
              {"x": cases.draw(1.0, N, D)},
              {f"{NODE}.layer.weight": cases.draw(0.5, D, D), f"{NODE}.layer.bias": cases.draw(0.5, D)},
              lambda t: {"output": torch.nn.functional.linear(
                  t["x"], t[f"{NODE}.layer.weight"].T, t[f"{NODE}.layer.bias"]) + t["x"]},
              lambda t: {"output": t["x"] @ (np.eye(D) + t[f"{NODE}.layer.weight"]) + t[f"{NODE}.layer.bias"]})

    simple = rnn(2, H)
    weights = {f"{NODE}.first.weight": cases.draw(0.5, D, 2), f"{NODE}.first.bias": cases.draw(0.5, 2),
               **simple.draw(cases.source, f"{NODE}.second.cell")}

    def run_two(t):
        x = torch.nn.functional.linear(t["x"], t[f"{NODE}.first.weight"].T, t[f"{NODE}.first.bias"])
        w = below(t, f"{NODE}.second.cell")
        y, last = th_unroll(lambda x, s, i: simple.torch_step(w, x, s), x, th_zeros(simple), LENGTHS, None)
        return {"output": y, f"last.{NODE}.second.h": last["h"]}

    def again_two(t):
        x = t["x"] @ t[f"{NODE}.first.weight"] + t[f"{NODE}.first.bias"]
        w = below(t, f"{NODE}.second.cell")
        y, last = np_unroll(lambda x, s, n, i: simple.numpy_step(w, x, s), x, np_zeros(simple), LENGTHS, None)
        return {"output": y, f"last.{NODE}.second.h": last["h"]}
    cases.add("Sequential", {"type": "Sequential", "layers": {
        "first": {"type": "Affine", "inputs": D, "outputs": 2}, "second": {**simple.spec, "type": "TimeRNN"}}},
        {"x": cases.draw(1.0, N, T, D)}, weights, run_two, again_two, lengths={"x": LENGTHS})

    def penalties(t, lib):
        """Merity, McCann and Socher, 2017: 2 * mean square, and 3 * mean square of the changes within a sequence."""
        x, squares, changes = t["x"], [], []
        for n in range(N):
            for i in range(LENGTHS[n]):
                squares.append((x[n, i] ** 2).sum())
                if i > 0 and not begins(RESETS, n, i):
                    changes.append(((x[n, i] - x[n, i - 1]) ** 2).sum())
        return {"output": x, "penalty": 2 * sum(squares) / (D * len(squares)) + 3 * sum(changes) / (D * len(changes))}
    cases.add("ActivationPenalty", {"type": "ActivationPenalty", "activation": 2, "change": 3},
              {"x": cases.draw(1.0, N, T, D)}, {}, lambda t: penalties(t, torch),
              lambda t: {k: np.asarray(v) for k, v in penalties(t, np).items()}, lengths={"x": LENGTHS}, resets=RESETS)


def pooling(cases):
    """Rows of 5, 3 and 0 steps; what stands in the padding is large, and must not count."""
    x = cases.draw(1.0, N, T, D)
    # Below 0 throughout in one column: padding or a state of zeros must not be the greatest.
    x[0, :, 0] = -1 - np.abs(x[0, :, 0])
    # The greatest twice: the first step gets the gradient.
    x[1, 0, 1] = x[1, 2, 1] = 3
    x[1, 1, 1] = 1
    for n in range(N):
        x[n, LENGTHS[n]:] = 50 + n
    rows = range(N)

    def greatest(t):
        picks = []
        for n in rows:
            if LENGTHS[n] == 0:
                picks.append(0 * t["x"][n, 0])
            else:
                first = np.argmax(x[n, :LENGTHS[n]], axis=0)
                picks.append(t["x"][n].gather(0, torch.from_numpy(first)[None])[0])
        return {"output": torch.stack(picks)}

    def mean(t):
        valid = torch.from_numpy(golden.valid_steps(LENGTHS, N, T))[:, :, None]
        return {"output": (t["x"] * valid).sum(dim=1) / valid.sum(dim=1).clamp(min=1)}

    def each(of):
        return lambda t: {"output": np.array([of(t["x"][n, :LENGTHS[n]]) if LENGTHS[n] else np.zeros(D) for n in rows])}

    def last_valid(t):
        return {"output": torch.stack([t["x"][n, LENGTHS[n] - 1] if LENGTHS[n] else 0 * t["x"][n, 0] for n in rows])}

    for kind, run, again in (("Max", greatest, each(lambda row: row.max(axis=0))), ("Mean", mean, each(lambda row: row.mean(axis=0))),
                             ("LastValid", last_valid, each(lambda row: row[-1]))):
        cases.add(kind, {"type": kind}, {"x": x}, {}, run, again, lengths={"x": LENGTHS}, settled=("x",) if kind == "Max" else ())
    full = {"x": cases.draw(1.0, N, T, D)}
    cases.add("Mean-full", {"type": "Mean"}, full, {}, lambda t: {"output": t["x"].mean(dim=1)},
              lambda t: {"output": t["x"].sum(axis=1) / T})
    cases.add("Max-full", {"type": "Max"}, full, {}, lambda t: {"output": t["x"].amax(dim=1)},
              lambda t: {"output": t["x"].max(axis=1)})
    cases.add("Last", {"type": "Last"}, {"x": x}, {},
              lambda t: {"output": torch.stack([t["x"][n, T - 1] * (LENGTHS[n] == T) for n in rows])},
              lambda t: {"output": np.array([t["x"][n, -1] if LENGTHS[n] == T else np.zeros(D) for n in rows])},
              lengths={"x": LENGTHS})


def encoders(cases):
    """Cho et al., 2014; the state goes from one to the other whole."""
    cell = lstm()
    w = cell.draw(cases.source, f"{NODE}.cell")

    def steps(t, lib):
        weights = below(t, f"{NODE}.cell")
        return ((lambda x, s, i: cell.torch_step(weights, x, s)) if lib is torch
                else (lambda x, s, n, i: cell.numpy_step(weights, x, s)))

    def encode(t, lib):
        unroll, zeros = (th_unroll, th_zeros) if lib is torch else (np_unroll, np_zeros)
        y, last = unroll(steps(t, lib), t["x"], zeros(cell), LENGTHS, None)
        return {"output": y, **last}
    cases.add("Encoder", {"type": "Encoder", "cell": cell.spec}, {"x": cases.draw(1.0, N, T, D)}, w,
              lambda t: encode(t, torch), lambda t: encode(t, np), ("output", "h", "c"), {"x": LENGTHS})

    first = {"h": cases.draw(0.8, N, H), "c": cases.draw(0.8, N, H)}

    def decode(t, lib):
        unroll = th_unroll if lib is torch else np_unroll
        y, last = unroll(steps(t, lib), t["x"], {"h": t["h"], "c": t["c"]}, LENGTHS, None)
        return {"output": y, f"last.{NODE}.h": last["h"], f"last.{NODE}.c": last["c"]}
    cases.add("Decoder", {"type": "Decoder", "cell": cell.spec}, {"x": cases.draw(1.0, N, T, D), **first}, w,
              lambda t: decode(t, torch), lambda t: decode(t, np), lengths={"x": LENGTHS})

    wide = lstm(H + D, H)

    def peek(t):
        weights = below(t, f"{NODE}.cell")
        valid = torch.from_numpy(golden.valid_steps(LENGTHS, N, T))[:, :, None]
        h = t["h"][:, None].expand(N, T, H)
        y, _ = th_unroll(lambda x, s, i: wide.torch_step(weights, x, s), torch.cat([h, t["x"]], dim=2),
                         {"h": t["h"], "c": t["c"]}, LENGTHS, None)
        return {"output": torch.cat([h * valid, y], dim=2)}

    def peek_again(t):
        weights = below(t, f"{NODE}.cell")
        y = np.zeros((N, T, 2 * H))
        for n in range(N):
            s = {"h": t["h"][n], "c": t["c"][n]}
            for i in range(LENGTHS[n]):
                hs, s = wide.numpy_step(weights, np.concatenate([t["h"][n], t["x"][n, i]]), s)
                y[n, i] = np.concatenate([t["h"][n], hs])
        return {"output": y}
    cases.add("PeekyDecoder", {"type": "PeekyDecoder", "cell": wide.spec, "inputs": D},
              {"x": cases.draw(1.0, N, T, D), **first}, wide.draw(cases.source, f"{NODE}.cell"), peek, peek_again,
              lengths={"x": LENGTHS})


def attentions(cases):
    """Weights and sums over rows of 4, 2 and 1 queries and 2, 5 and 0 values; padding is large."""
    q, a = 4, 2
    asked, there = [4, 2, 1], [2, 5, 0]
    lengths = {"queries": asked, "values": there}
    values = cases.draw(0.8, N, T, H)
    for n in range(N):
        values[n, there[n]:] = 9 + n
    asks = torch.from_numpy(golden.valid_steps(asked, N, q))[:, :, None]
    looks = torch.from_numpy(golden.valid_steps(there, N, T))[:, None]

    def softmax(scores):
        """Over the values that are there; 0 elsewhere and in rows without any."""
        scores = scores.masked_fill(looks.expand_as(scores) == 0, -1e4)
        return torch.softmax(scores, dim=2) * looks

    def weigh(score):
        """Query by query: score(query, values of the row)."""
        def again(t):
            many = t["queries"].ndim == 3
            out = np.zeros((N, q, T) if many else (N, T))
            for n in range(N):
                for i in range(asked[n] if many else 1):
                    if there[n]:
                        s = score(t, t["queries"][n, i] if many else t["queries"][n], t["values"][n, :there[n]])
                        e = np.exp(s - s.max())
                        (out[n, i] if many else out[n])[:there[n]] = e / e.sum()
            return out
        return again

    dot = weigh(lambda t, query, rows: rows @ query)
    scaled = weigh(lambda t, query, rows: 0.75 * (rows @ query))
    series = {"queries": cases.draw(0.8, N, q, H), "values": values}
    one = {"queries": cases.draw(0.8, N, H), "values": values}
    for name, layer, factor, again in (("AttentionWeight", {"type": "AttentionWeight", "width": H}, 1, dot),
                                       ("AttentionWeight-scaled", {"type": "AttentionWeight", "width": H, "scale": 0.75}, 0.75, scaled)):
        cases.add(name, layer, series, {},
                  lambda t, factor=factor: {"output": softmax(factor * (t["queries"] @ t["values"].transpose(1, 2))) * asks},
                  lambda t, again=again: {"output": again(t)}, lengths=lengths)
    cases.add("AttentionWeight-of-one-step", {"type": "AttentionWeight", "width": H}, one, {},
              lambda t: {"output": softmax(t["queries"][:, None] @ t["values"].transpose(1, 2))[:, 0]},
              lambda t: {"output": dot(t)}, lengths={"values": there})

    def small(path):
        return {f"{path}.wq": cases.draw(0.7, H, a), f"{path}.wv": cases.draw(0.7, H, a), f"{path}.v": cases.draw(0.9, a, 1)}

    def additive(path):
        def score(t):
            queries = t["queries"] if t["queries"].dim() == 3 else t["queries"][:, None]
            return (torch.tanh((queries @ t[f"{path}.wq"])[:, :, None] + (t["values"] @ t[f"{path}.wv"])[:, None])
                    @ t[f"{path}.v"])[..., 0]
        return score, weigh(lambda t, query, rows: (np.tanh(query @ t[f"{path}.wq"] + rows @ t[f"{path}.wv"])
                                                    @ t[f"{path}.v"])[:, 0])
    spec = {"type": "AdditiveWeight", "queryWidth": H, "valueWidth": H, "hidden": a}
    score, again = additive(NODE)
    cases.add("AdditiveWeight", spec, series, small(NODE), lambda t: {"output": softmax(score(t)) * asks},
              lambda t: {"output": again(t)}, lengths=lengths)

    inner, inner_again = additive(f"{NODE}.weight")

    def attend(t):
        weights = softmax(inner(t))
        return {"output": (weights @ t["values"])[:, 0], "weights": weights[:, 0]}

    def attend_again(t):
        weights = inner_again(t)
        return {"output": np.array([weights[n, :there[n]] @ t["values"][n, :there[n]] for n in range(N)]), "weights": weights}
    cases.add("Attention", {"type": "Attention", "weight": spec, "width": H}, one, small(f"{NODE}.weight"),
              attend, attend_again, ("output", "weights"), {"values": there})

    def look(t):
        weights = softmax(t["queries"] @ t["values"].transpose(1, 2)) * asks
        return {"output": weights @ t["values"], "weights": weights}

    def look_again(t):
        weights = dot(t)
        return {"output": np.array([weights[n, :, :there[n]] @ t["values"][n, :there[n]] for n in range(N)]), "weights": weights}
    cases.add("TimeAttention", {"type": "TimeAttention", "weight": {"type": "AttentionWeight", "width": H}, "width": H},
              series, {}, look, look_again, ("output", "weights"), lengths)

    # Any weights, which add up to nothing in particular.
    weights = {"weights": cases.draw(1.0, N, q, T), "values": values}
    cases.add("WeightSum", {"type": "WeightSum", "width": H}, weights, {},
              lambda t: {"output": (t["weights"] * looks * asks) @ (t["values"] * looks.transpose(1, 2))},
              lambda t: {"output": np.array([[t["weights"][n, i, :there[n]] @ t["values"][n, :there[n]] if i < asked[n]
                                              else np.zeros(H) for i in range(q)] for n in range(N)])},
              lengths={"weights": asked, "values": there})
    cases.add("WeightSum-of-one-step", {"type": "WeightSum", "width": H},
              {"weights": cases.draw(1.0, N, T), "values": values}, {},
              lambda t: {"output": ((t["weights"][:, None] * looks) @ t["values"])[:, 0]},
              lambda t: {"output": np.array([t["weights"][n, :there[n]] @ t["values"][n, :there[n]] for n in range(N)])},
              lengths={"values": there})

    # The first look is from the first state, and each later one from the state before.
    cell = lstm(H + D, H)
    decoder = {"type": "AttentionDecoder", "cell": cell.spec, "weight": spec, "inputs": D, "width": H}
    states = {"h": cases.draw(0.8, N, H), "c": cases.draw(0.8, N, H)}

    def decode(t):
        w = below(t, f"{NODE}.cell")

        def step(x, s, i):
            found = softmax(inner({**t, "queries": s["h"]}))
            context = (found @ t["values"])[:, 0]
            h, after = cell.torch_step(w, torch.cat([context, x], dim=1), s)
            return torch.cat([context, h, found[:, 0]], dim=1), after
        y, last = th_unroll(step, t["x"], {"h": t["h"], "c": t["c"]}, LENGTHS, None)
        return {"output": y[:, :, :2 * H], "weights": y[:, :, 2 * H:], f"last.{NODE}.h": last["h"], f"last.{NODE}.c": last["c"]}

    def decode_again(t):
        w = below(t, f"{NODE}.cell")
        out = {"output": np.zeros((N, T, 2 * H)), "weights": np.zeros((N, T, T)),
               f"last.{NODE}.h": t["h"].copy(), f"last.{NODE}.c": t["c"].copy()}
        for n in range(N):
            s = {"h": t["h"][n], "c": t["c"][n]}
            rows = t["values"][n, :there[n]]
            for i in range(LENGTHS[n]):
                scores = np.tanh(s["h"] @ t[f"{NODE}.weight.wq"] + rows @ t[f"{NODE}.weight.wv"]) @ t[f"{NODE}.weight.v"]
                e = np.exp(scores[:, 0])
                context = e / e.sum() @ rows
                h, s = cell.numpy_step(w, np.concatenate([context, t["x"][n, i]]), s)
                out["output"][n, i] = np.concatenate([context, h])
                out["weights"][n, i, :there[n]] = e / e.sum()
            out[f"last.{NODE}.h"][n], out[f"last.{NODE}.c"][n] = s["h"], s["c"]
        return out
    cases.add("AttentionDecoder", decoder, {"x": cases.draw(1.0, N, T, D), "values": values, **states},
              {**cell.draw(cases.source, f"{NODE}.cell"), **small(f"{NODE}.weight")}, decode, decode_again,
              ("output", "weights"), {"x": LENGTHS, "values": there})


def bridges(cases):
    cell = lstm()
    weights = {**cell.draw(cases.source, f"{NODE}.forward"), **cell.draw(cases.source, f"{NODE}.backward")}

    def encode(t, ways):
        both, last = ways(t, cell)
        return {"output": both[0] + both[1], **last}
    cases.add("BidirectionalEncoder", {"type": "BidirectionalEncoder", "cell": cell.spec, "merge": "SUM"},
              {"x": cases.draw(1.0, N, T, D)}, weights, lambda t: encode(t, two_ways), lambda t: encode(t, two_ways_again),
              ("output", "forward.h", "forward.c", "backward.h", "backward.c"), lengths={"x": LENGTHS}, resets=RESETS)

    cases.add("Bridge", {"type": "Bridge", "inputs": D + 2, "outputs": H},
              {"a": cases.draw(1.0, N, D), "b": cases.draw(1.0, N, 2)},
              {f"{NODE}.weight": cases.draw(0.5, D + 2, H), f"{NODE}.bias": cases.draw(0.5, H)},
              lambda t: {"output": torch.tanh(torch.cat([t["a"], t["b"]], dim=1) @ t[f"{NODE}.weight"] + t[f"{NODE}.bias"])},
              lambda t: {"output": np.array([np.tanh([*t["a"][n], *t["b"][n]] @ t[f"{NODE}.weight"] + t[f"{NODE}.bias"])
                                             for n in range(N)])})


def main():
    torch.set_num_threads(1)
    cases = Cases(9000)
    for part in (cells, layers_over_time, zoneouts, recurrent_dropouts, weight_drops, bidirectional, dropouts, feedforward,
                 compositions, pooling, encoders, attentions, bridges):
        part(cases)
    golden.write("pytorch-nodes.json", "pytorch_nodes.py", {"torch": golden.torch_version()}, cases.cases)


main()
