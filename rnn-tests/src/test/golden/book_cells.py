"""The book's RNN, LSTM and GRU in NumPy, float64 -> book-rnn.json, book-lstm.json, book-gru.json.

"The book" is Saito, Deep Learning from Scratch 2 (O'Reilly Japan, 2018). Written from its equations, with
s = sigmoid and * elementwise:

    RNN    h = tanh(x Wx + h' Wh + b)
    LSTM   f, g, i, o = s, tanh, s, s of the four blocks of x Wx + h' Wh + b
           c = f * c' + g * i;  h = o * tanh(c)
    GRU    z, r = s of the first two blocks of x Wx + h' Wh + b
           h~ = tanh(x Wx_h + (r * h') Wh_h + b_h)            the reset comes before the product
           h = (1 - z) * h' + z * h~

A row past its end keeps its state and outputs zeros; that rule is RNN4J's, the book has no lengths.
The backward pass is by hand and checked against central differences before anything is written.
"""

import numpy as np

import golden

N, T, D, H = 3, 5, 4, 6
GATES = {"rnn": ["h"], "lstm": ["f", "g", "i", "o"], "gru": ["z", "r", "h"]}
LENGTHS = {"": None, "-lengths-sorted": [5, 3, 1], "-lengths-unsorted": [2, 4, 1]}


def sigmoid(a):
    return 1 / (1 + np.exp(-a))


class Rnn:
    """a = x Wx + h' Wh + b;  h = tanh(a)."""

    @staticmethod
    def forward(x, h, c, w):
        new_h = np.tanh(x @ w["wx"] + h @ w["wh"] + w["b"])
        return new_h, c, (x, h, new_h)

    @staticmethod
    def backward(dh, dc, saved, w, dw):
        x, h, new_h = saved
        da = dh * (1 - new_h ** 2)
        dw["wx"] += x.T @ da
        dw["wh"] += h.T @ da
        dw["b"] += da.sum(axis=0)
        return da @ w["wx"].T, da @ w["wh"].T, dc


class Lstm:
    """c = f * c' + g * i;  h = o * tanh(c)."""

    @staticmethod
    def forward(x, h, c, w):
        af, ag, ai, ao = np.split(x @ w["wx"] + h @ w["wh"] + w["b"], 4, axis=1)
        f, g, i, o = sigmoid(af), np.tanh(ag), sigmoid(ai), sigmoid(ao)
        new_c = f * c + g * i
        return o * np.tanh(new_c), new_c, (x, h, c, f, g, i, o, new_c)

    @staticmethod
    def backward(dh, dc, saved, w, dw):
        x, h, c, f, g, i, o, new_c = saved
        squashed = np.tanh(new_c)
        do = dh * squashed
        dc = dc + dh * o * (1 - squashed ** 2)
        df, dg, di = dc * c, dc * i, dc * g
        da = np.concatenate([df * f * (1 - f), dg * (1 - g ** 2), di * i * (1 - i), do * o * (1 - o)], axis=1)
        dw["wx"] += x.T @ da
        dw["wh"] += h.T @ da
        dw["b"] += da.sum(axis=0)
        return da @ w["wx"].T, da @ w["wh"].T, dc * f


class Gru:
    """h~ = tanh(x Wx_h + (r * h') Wh_h + b_h);  h = (1 - z) * h' + z * h~."""

    @staticmethod
    def forward(x, h, c, w):
        xz, xr, xh = np.split(x @ w["wx"] + w["b"], 3, axis=1)
        whz, whr, whh = np.split(w["wh"], 3, axis=1)
        z, r = sigmoid(xz + h @ whz), sigmoid(xr + h @ whr)
        candidate = np.tanh(xh + (r * h) @ whh)
        return (1 - z) * h + z * candidate, c, (x, h, z, r, candidate)

    @staticmethod
    def backward(dh, dc, saved, w, dw):
        x, h, z, r, candidate = saved
        whz, whr, whh = np.split(w["wh"], 3, axis=1)
        dz, dcandidate = dh * (candidate - h), dh * z
        dah = dcandidate * (1 - candidate ** 2)
        dreset = dah @ whh.T                       # with respect to r * h'
        daz, dar = dz * z * (1 - z), dreset * h * r * (1 - r)
        da = np.concatenate([daz, dar, dah], axis=1)
        dw["wx"] += x.T @ da
        dw["wh"] += np.concatenate([h.T @ daz, h.T @ dar, (r * h).T @ dah], axis=1)
        dw["b"] += da.sum(axis=0)
        return da @ w["wx"].T, dh * (1 - z) + daz @ whz.T + dar @ whr.T + dreset * r, dc


CELLS = {"rnn": Rnn, "lstm": Lstm, "gru": Gru}


def layer_weights(tensors, k):
    return {name: tensors[f"layer{k}.{name}"] for name in ("wx", "wh", "b")}


def run(cell, layers, lengths, tensors):
    """Outputs, h_n and c_n (zeros where the cell has no c), and what the backward pass needs: saved[layer][t]."""
    valid = golden.valid_steps(lengths, N, T)
    inputs, h_n, c_n, saved = tensors["x"], [], [], []
    for k in range(layers):
        w = layer_weights(tensors, k)
        h = tensors["h0"][k]
        c = tensors["c0"][k] if cell == "lstm" else np.zeros((N, H))
        outputs, saved_steps = [], []
        for t in range(T):
            m = valid[:, t:t + 1]
            new_h, new_c, saved_step = CELLS[cell].forward(inputs[:, t], h, c, w)
            h, c = m * new_h + (1 - m) * h, m * new_c + (1 - m) * c
            outputs.append(m * new_h)
            saved_steps.append(saved_step)
        inputs = np.stack(outputs, axis=1)
        h_n.append(h)
        c_n.append(c)
        saved.append(saved_steps)
    return inputs, np.stack(h_n), np.stack(c_n), saved


def loss_of(cell, tensors, outputs, h_n, c_n):
    loss = (outputs * tensors["R"]).sum() + (h_n * tensors["S"]).sum()
    return loss + (c_n * tensors["Q"]).sum() if cell == "lstm" else loss


def back(cell, layers, lengths, tensors, saved):
    """The gradient of the loss with respect to x, the initial states and every weight."""
    valid = golden.valid_steps(lengths, N, T)
    gradients = {"x": None, "h0": np.zeros((layers, N, H))}
    if cell == "lstm":
        gradients["c0"] = np.zeros((layers, N, H))
    for k in range(layers):
        gradients.update({f"layer{k}.{name}": np.zeros_like(a) for name, a in layer_weights(tensors, k).items()})
    doutputs = tensors["R"]
    for k in reversed(range(layers)):
        w = layer_weights(tensors, k)
        dw = {name: gradients[f"layer{k}.{name}"] for name in w}
        dh = tensors["S"][k]
        dc = tensors["Q"][k] if cell == "lstm" else np.zeros((N, H))
        dinputs = [None] * T
        for t in reversed(range(T)):
            # Past a row's end the state passes through, and the output is a constant zero.
            m = valid[:, t:t + 1]
            dx, dh_before, dc_before = CELLS[cell].backward(
                m * (dh + doutputs[:, t]), m * dc, saved[k][t], w, dw)
            dh, dc = dh_before + (1 - m) * dh, dc_before + (1 - m) * dc
            dinputs[t] = dx
        gradients["h0"][k] = dh
        if cell == "lstm":
            gradients["c0"][k] = dc
        doutputs = np.stack(dinputs, axis=1)
    gradients["x"] = doutputs
    return gradients


def case(cell, layers, suffix, seed):
    lengths = LENGTHS[suffix]
    source = golden.random(seed)
    g = len(GATES[cell]) * H
    t = {"x": golden.draw(source, 1.0, N, T, D), "h0": golden.draw(source, 0.7, layers, N, H)}
    if cell == "lstm":
        t["c0"] = golden.draw(source, 0.7, layers, N, H)
    t["R"] = golden.draw(source, 1.0, N, T, H)
    t["S"] = golden.draw(source, 1.0, layers, N, H)
    if cell == "lstm":
        t["Q"] = golden.draw(source, 1.0, layers, N, H)
    for k in range(layers):
        t[f"layer{k}.wx"] = golden.draw(source, 0.4, D if k == 0 else H, g)
        t[f"layer{k}.wh"] = golden.draw(source, 0.4, H, g)
        t[f"layer{k}.b"] = golden.draw(source, 0.4, g)

    outputs, h_n, c_n, saved = run(cell, layers, lengths, t)
    gradients = back(cell, layers, lengths, t, saved)

    def loss(moved):
        return loss_of(cell, moved, *run(cell, layers, lengths, moved)[:3])

    worst = golden.check_gradients(loss, t, gradients)
    past = golden.valid_steps(lengths, N, T) == 0
    assert not outputs[past].any() and not gradients["x"][past].any()

    t["outputs"], t["h_n"] = outputs, h_n
    if cell == "lstm":
        t["c_n"] = c_n
    t["loss"] = np.array(loss_of(cell, t, outputs, h_n, c_n))
    t.update({f"grad.{name}": gradient for name, gradient in gradients.items()})
    config = {"cell": cell, "form": "book", "layers": layers, "N": N, "T": T, "D": D, "H": H, "gates": GATES[cell]}
    if cell == "gru":
        config["reset"] = "before"
    if lengths is not None:
        config["lengths"] = lengths
    name = f"{layers}-layer{suffix}"
    print(f"{cell} {name}: worst gradient against central differences {worst:.1e}")
    return name, config, t


def main():
    for order, cell in enumerate(GATES):
        cases = []
        for layers in (1, 2):
            for suffix in LENGTHS:
                cases.append(case(cell, layers, suffix, 2000 + 100 * order + len(cases)))
        golden.write(f"book-{cell}.json", "book_cells.py", {"numpy": np.__version__}, cases)


main()
