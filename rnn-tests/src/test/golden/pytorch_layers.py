"""PyTorch's nn.RNN (tanh), nn.LSTM and nn.GRU in float64 -> pytorch-rnn.json, pytorch-lstm.json, pytorch-gru.json.

The weights are drawn, stored and differentiated in RNN4J's layout: wx (D,G), wh (H,G) and one bias b (G). PyTorch gets
the transposes and two biases whose sum is b. The GRU resets after the product, so its candidate keeps two biases: the
last H of b belong to the input, and bn (H) to the recurrent product that r multiplies.

Every case is recomputed here in NumPy from the stored tensors alone: outputs and states to 1e-12, every gradient by
central differences. So a wrong transpose, gate order or bias cannot reach the file.
"""

import numpy as np
import torch

import golden

N, T, D, H = 3, 5, 4, 6
GATES = {"rnn": ["h"], "lstm": ["i", "f", "g", "o"], "gru": ["r", "z", "n"]}
MODULES = {"rnn": torch.nn.RNN, "lstm": torch.nn.LSTM, "gru": torch.nn.GRU}
# [2,4,1]: not sorted, and the longest row ends before the window does.
LENGTHS = {"": None, "-lengths-sorted": [5, 3, 1], "-lengths-unsorted": [2, 4, 1]}


def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def numpy_step(cell, x, h, c, w):
    """One step from RNN4J's tensors, as the equations say it."""
    if cell == "rnn":
        return np.tanh(x @ w["wx"] + h @ w["wh"] + w["b"]), c
    if cell == "lstm":
        i, f, g, o = np.split(x @ w["wx"] + h @ w["wh"] + w["b"], 4, axis=1)
        c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
        return sigmoid(o) * np.tanh(c), c
    xr, xz, xn = np.split(x @ w["wx"] + w["b"], 3, axis=1)
    hr, hz, hn = np.split(h @ w["wh"], 3, axis=1)
    r, z = sigmoid(xr + hr), sigmoid(xz + hz)
    n = np.tanh(xn + r * (hn + w["bn"]))
    return (1 - z) * n + z * h, c


def numpy_run(cell, layers, lengths, tensors):
    valid = golden.valid_steps(lengths, N, T)
    inputs, h_n, c_n = tensors["x"], [], []
    for k in range(layers):
        w = {name: tensors[f"layer{k}.{name}"] for name in ("wx", "wh", "b", "bn") if f"layer{k}.{name}" in tensors}
        h = tensors["h0"][k]
        c = tensors["c0"][k] if cell == "lstm" else np.zeros((N, H))
        outputs = []
        for t in range(T):
            m = valid[:, t:t + 1]
            new_h, new_c = numpy_step(cell, inputs[:, t], h, c, w)
            h, c = m * new_h + (1 - m) * h, m * new_c + (1 - m) * c
            outputs.append(m * new_h)
        inputs = np.stack(outputs, axis=1)
        h_n.append(h)
        c_n.append(c)
    return inputs, np.stack(h_n), np.stack(c_n)


def numpy_loss(cell, layers, lengths, tensors):
    outputs, h_n, c_n = numpy_run(cell, layers, lengths, tensors)
    loss = (outputs * tensors["R"]).sum() + (h_n * tensors["S"]).sum()
    return loss + (c_n * tensors["Q"]).sum() if cell == "lstm" else loss


def case(cell, layers, suffix, seed):
    lengths = LENGTHS[suffix]
    source = golden.random(seed)
    g = len(GATES[cell]) * H
    state_names = ["h0", "c0"] if cell == "lstm" else ["h0"]

    t = {"x": golden.draw(source, 1.0, N, T, D)}
    for name in state_names:
        t[name] = golden.draw(source, 0.7, layers, N, H)
    t["R"] = golden.draw(source, 1.0, N, T, H)
    t["S"] = golden.draw(source, 1.0, layers, N, H)
    if cell == "lstm":
        t["Q"] = golden.draw(source, 1.0, layers, N, H)

    module = MODULES[cell](D, H, num_layers=layers, batch_first=True).double()
    weights = []
    with torch.no_grad():
        for k in range(layers):
            width = D if k == 0 else H
            wx, wh = golden.draw(source, 0.4, width, g), golden.draw(source, 0.4, H, g)
            b_ih, b_hh = golden.draw(source, 0.3, g), golden.draw(source, 0.3, g)
            getattr(module, f"weight_ih_l{k}").copy_(torch.from_numpy(wx.T))
            getattr(module, f"weight_hh_l{k}").copy_(torch.from_numpy(wh.T))
            getattr(module, f"bias_ih_l{k}").copy_(torch.from_numpy(b_ih))
            getattr(module, f"bias_hh_l{k}").copy_(torch.from_numpy(b_hh))
            b = b_ih + b_hh
            if cell == "gru":
                b[2 * H:] = b_ih[2 * H:]
            t[f"layer{k}.wx"], t[f"layer{k}.wh"], t[f"layer{k}.b"] = wx, wh, b
            weights += [f"layer{k}.wx", f"layer{k}.wh", f"layer{k}.b"]
            if cell == "gru":
                t[f"layer{k}.bn"] = b_hh[2 * H:]
                weights.append(f"layer{k}.bn")

    leaves = {name: torch.from_numpy(t[name]).clone().requires_grad_() for name in ["x"] + state_names}
    state = (leaves["h0"], leaves["c0"]) if cell == "lstm" else leaves["h0"]
    if lengths is None:
        outputs, last = module(leaves["x"], state)
    else:
        ordered = lengths == sorted(lengths, reverse=True)
        packed = torch.nn.utils.rnn.pack_padded_sequence(
            leaves["x"], torch.tensor(lengths), batch_first=True, enforce_sorted=ordered)
        outputs, last = module(packed, state)
        outputs, _ = torch.nn.utils.rnn.pad_packed_sequence(outputs, batch_first=True, total_length=T)
    h_n, c_n = last if cell == "lstm" else (last, None)
    loss = (outputs * torch.from_numpy(t["R"])).sum() + (h_n * torch.from_numpy(t["S"])).sum()
    if cell == "lstm":
        loss = loss + (c_n * torch.from_numpy(t["Q"])).sum()
    loss.backward()

    t["outputs"], t["h_n"] = outputs.detach().numpy(), h_n.detach().numpy()
    if cell == "lstm":
        t["c_n"] = c_n.detach().numpy()
    t["loss"] = np.array(loss.item())

    gradients = {name: leaf.grad.numpy() for name, leaf in leaves.items()}
    for k in range(layers):
        of = {p: getattr(module, f"{p}_l{k}").grad.numpy() for p in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")}
        gradients[f"layer{k}.wx"], gradients[f"layer{k}.wh"] = of["weight_ih"].T, of["weight_hh"].T
        # The gradient of a sum is the gradient of either term.
        gradients[f"layer{k}.b"] = of["bias_ih"]
        merged = slice(0, 2 * H) if cell == "gru" else slice(None)
        golden.check_equal("the two biases' gradients", of["bias_ih"][merged], of["bias_hh"][merged])
        if cell == "gru":
            gradients[f"layer{k}.bn"] = of["bias_hh"][2 * H:]
    assert sorted(gradients) == sorted(["x"] + state_names + weights)

    past = golden.valid_steps(lengths, N, T) == 0
    assert not t["outputs"][past].any() and not gradients["x"][past].any()
    again = numpy_run(cell, layers, lengths, t)
    golden.check_equal("outputs", again[0], t["outputs"])
    golden.check_equal("h_n", again[1], t["h_n"])
    if cell == "lstm":
        golden.check_equal("c_n", again[2], t["c_n"])
    worst = golden.check_gradients(lambda moved: numpy_loss(cell, layers, lengths, moved), t, gradients)

    t.update({f"grad.{name}": gradient for name, gradient in gradients.items()})
    config = {"cell": cell, "form": "pytorch", "layers": layers, "N": N, "T": T, "D": D, "H": H, "gates": GATES[cell]}
    if cell == "gru":
        config["reset"] = "after"
    if lengths is not None:
        config["lengths"] = lengths
    name = f"{layers}-layer{suffix}"
    print(f"{cell} {name}: worst gradient against central differences {worst:.1e}")
    return name, config, t


def main():
    torch.set_num_threads(1)
    for order, cell in enumerate(GATES):
        cases = []
        for layers in (1, 2):
            for suffix in LENGTHS:
                cases.append(case(cell, layers, suffix, 1000 + 100 * order + len(cases)))
        golden.write(f"pytorch-{cell}.json", "pytorch_layers.py", {"torch": golden.torch_version()}, cases)


main()
