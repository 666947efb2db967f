"""Attention, and a whole sequence-to-sequence model with it, in PyTorch -> pytorch-seq2seq.json.

attention-*: the three weights (dot, scaled dot, additive) over rows of different lengths, forward and every gradient.
seq2seq: embeddings, an LSTM encoder over packed rows, an LSTM decoder that begins with its whole state, dot attention,
an affine layer, cross-entropy over the valid targets; the loss and every gradient.
attention-inside: the same with additive attention that each step of the decoder asks before it, with the state before.
book: as seq2seq, but that the decoder's c begins as zeros, as in the book's AttentionSeq2seq.
bridge: an encoder of two directions, a bridge for each part of its state, and a decoder without attention.

The attentions are computed a second time in NumPy, row by row over the valid steps alone; gradients are checked
with central differences. Padding of the encoder's side is whatever was drawn: it must not matter.
"""

import numpy as np
import torch

import golden

N, Q, T, D, H, A, V = 3, 4, 5, 6, 6, 3, 7
ASKED, THERE = [4, 2, 1], [3, 5, 1]
NEVER = float("-inf")


def mask(lengths, steps):
    return torch.from_numpy(golden.valid_steps(lengths, N, steps)).bool()


def scores(kind, t):
    q, v = t["queries"], t["values"]
    if kind == "additive":
        return (torch.tanh((q @ t["wq"])[:, :, None] + (v @ t["wv"])[:, None]) @ t["v"])[..., 0]
    s = q @ v.transpose(1, 2)
    return s / H ** 0.5 if kind == "scaled" else s


def attend(s, values):
    """Past the asked steps all is 0; weights of steps that are not there are 0."""
    a = torch.softmax(s.masked_fill(~mask(THERE, T)[:, None], NEVER), dim=2)
    a = a * mask(ASKED, Q)[:, :, None]
    return a, a @ values


def by_hand(kind, t):
    """Row by row, over the valid steps alone."""
    c = np.zeros((N, Q, H))
    for n in range(N):
        values = t["values"][n, :THERE[n]]
        for i in range(ASKED[n]):
            q = t["queries"][n, i]
            if kind == "additive":
                s = (np.tanh(q @ t["wq"] + values @ t["wv"]) @ t["v"])[:, 0]
            else:
                s = values @ q / (H ** 0.5 if kind == "scaled" else 1)
            e = np.exp(s - s.max())
            c[n, i] = e / e.sum() @ values
    return c


def attention(kind, source):
    t = {"queries": golden.draw(source, 0.8, N, Q, H), "values": golden.draw(source, 0.8, N, T, H)}
    if kind == "additive":
        t.update({"wq": golden.draw(source, 0.5, H, A), "wv": golden.draw(source, 0.5, H, A),
                  "v": golden.draw(source, 0.9, A, 1)})
    weight = golden.draw(source, 1, N, Q, H)
    leaves = {name: torch.from_numpy(array).requires_grad_() for name, array in t.items()}
    a, c = attend(scores(kind, leaves), leaves["values"])
    (c * torch.from_numpy(weight)).sum().backward()
    gradients = {name: leaf.grad.numpy() for name, leaf in leaves.items()}
    golden.check_equal(kind, c.detach().numpy(), by_hand(kind, t))
    golden.check_gradients(lambda moved: float((by_hand(kind, moved) * weight).sum()), t, gradients)
    out = dict(t)
    out.update({"output_weight": weight, "weights": a.detach().numpy(), "output": c.detach().numpy()})
    out.update({f"grad.{name}": gradient for name, gradient in gradients.items()})
    return "attention-" + kind, {"H": H, "A": A, "asked": ASKED, "there": THERE}, out


def lstm(weights, name):
    cell = torch.nn.LSTM(len(weights[name + ".wx"]), H, batch_first=True).double()
    with torch.no_grad():
        cell.weight_ih_l0.copy_(torch.from_numpy(weights[name + ".wx"].T))
        cell.weight_hh_l0.copy_(torch.from_numpy(weights[name + ".wh"].T))
        cell.bias_ih_l0.copy_(torch.from_numpy(weights[name + ".b"]))
        cell.bias_hh_l0.zero_()
    return cell


def behind(decoder, written, state, values, leaves):
    """All steps of the decoder, and then what they look at."""
    queries, _ = decoder(written, state)
    a, c = attend(queries @ values.transpose(1, 2), values)
    return a, torch.cat([c, queries], dim=2)


def inside(decoder, written, state, values, leaves):
    """What is looked at before each step goes into it."""
    looks, outputs = [], []
    for t in range(Q):
        s = scores("additive", dict(leaves, queries=state[0].transpose(0, 1), values=values))
        a = torch.softmax(s.masked_fill(~mask(THERE, T)[:, None], NEVER), dim=2)
        c = a @ values
        h, state = decoder(torch.cat([c, written[:, t:t + 1]], dim=2), state)
        looks.append(a)
        outputs.append(torch.cat([c, h], dim=2))
    return torch.cat(looks, dim=1) * mask(ASKED, Q)[:, :, None], torch.cat(outputs, dim=1)


def seq2seq(name, decode, source):
    weights = {"read.weight": golden.draw(source, 0.7, V, D), "write.weight": golden.draw(source, 0.7, V, D)}
    for cell, width in (("encoder", D), ("decoder", D if decode is behind else H + D)):
        weights.update({cell + ".wx": golden.draw(source, 0.4, width, 4 * H), cell + ".wh": golden.draw(source, 0.3, H, 4 * H),
                        cell + ".b": golden.draw(source, 0.2, 4 * H)})
    weights.update({"output.weight": golden.draw(source, 0.4, 2 * H, V), "output.bias": golden.draw(source, 0.1, V)})
    if decode is inside:
        weights.update({"wq": golden.draw(source, 0.5, H, A), "wv": golden.draw(source, 0.5, H, A),
                        "v": golden.draw(source, 0.9, A, 1)})
    read = source.randint(0, V, (N, T)).astype(np.int64)
    write = source.randint(0, V, (N, Q)).astype(np.int64)
    wanted = source.randint(0, V, (N, Q)).astype(np.int64)

    leaves = {n: torch.from_numpy(array).requires_grad_()
              for n, array in weights.items() if n.split(".")[0] not in ("encoder", "decoder")}
    encoder, decoder = lstm(weights, "encoder"), lstm(weights, "decoder")
    packed = torch.nn.utils.rnn.pack_padded_sequence(
        leaves["read.weight"][torch.from_numpy(read)], THERE, batch_first=True, enforce_sorted=False)
    outputs, state = encoder(packed)
    if name == "book":
        state = (state[0], torch.zeros_like(state[1]))
    values, _ = torch.nn.utils.rnn.pad_packed_sequence(outputs, batch_first=True, total_length=T)
    a, seen = decode(decoder, leaves["write.weight"][torch.from_numpy(write)], state, values, leaves)
    y = seen @ leaves["output.weight"] + leaves["output.bias"]
    valid = mask(ASKED, Q)
    loss = torch.nn.functional.cross_entropy(y[valid], torch.from_numpy(wanted)[valid])
    loss.backward()
    gradients = {n: leaf.grad.numpy() for n, leaf in leaves.items()}
    for cell, module in (("encoder", encoder), ("decoder", decoder)):
        gradients[cell + ".wx"] = module.weight_ih_l0.grad.T.numpy().copy()
        gradients[cell + ".wh"] = module.weight_hh_l0.grad.T.numpy().copy()
        gradients[cell + ".b"] = module.bias_ih_l0.grad.numpy()
    golden.check_gradients(lambda moved: loss_by_hand(moved, read, write, wanted, name), weights,
                           {n: gradients[n] for n in weights})
    golden.check_equal("loss", loss_by_hand(weights, read, write, wanted, name), loss.item())
    out = {"read": read, "write": write, "wanted": wanted}
    out.update(weights)
    out["loss"] = np.array(loss.item())
    if decode is inside:
        out["weights"] = a.detach().numpy()
    out.update({"grad." + n: gradients[n] for n in weights})
    return name, {"D": D, "H": H, "V": V, "gates": ["i", "f", "g", "o"], "asked": ASKED, "there": THERE}, out


def bridged(source):
    """An encoder of two directions, whose last states begin a decoder of one by way of a bridge each."""
    cells = {"forward": D, "backward": D, "decoder": D}
    weights = {"read.weight": golden.draw(source, 0.7, V, D), "write.weight": golden.draw(source, 0.7, V, D)}
    for cell, width in cells.items():
        weights.update({cell + ".wx": golden.draw(source, 0.4, width, 4 * H), cell + ".wh": golden.draw(source, 0.3, H, 4 * H),
                        cell + ".b": golden.draw(source, 0.2, 4 * H)})
    for part in ("h", "c"):
        weights.update({f"bridge.{part}.weight": golden.draw(source, 0.4, 2 * H, H), f"bridge.{part}.bias": golden.draw(source, 0.2, H)})
    weights.update({"output.weight": golden.draw(source, 0.4, H, V), "output.bias": golden.draw(source, 0.1, V)})
    read = source.randint(0, V, (N, T)).astype(np.int64)
    write = source.randint(0, V, (N, Q)).astype(np.int64)
    wanted = source.randint(0, V, (N, Q)).astype(np.int64)

    leaves = {n: torch.from_numpy(array).requires_grad_() for n, array in weights.items() if n.split(".")[0] not in cells}
    encoder = torch.nn.LSTM(D, H, batch_first=True, bidirectional=True).double()
    decoder = lstm(weights, "decoder")
    ends = {"forward": "_l0", "backward": "_l0_reverse"}
    with torch.no_grad():
        for cell, end in ends.items():
            getattr(encoder, "weight_ih" + end).copy_(torch.from_numpy(weights[cell + ".wx"].T))
            getattr(encoder, "weight_hh" + end).copy_(torch.from_numpy(weights[cell + ".wh"].T))
            getattr(encoder, "bias_ih" + end).copy_(torch.from_numpy(weights[cell + ".b"]))
            getattr(encoder, "bias_hh" + end).zero_()
    packed = torch.nn.utils.rnn.pack_padded_sequence(
        leaves["read.weight"][torch.from_numpy(read)], THERE, batch_first=True, enforce_sorted=False)
    _, states = encoder(packed)
    first = [torch.tanh(torch.cat([s[0], s[1]], dim=1) @ leaves[f"bridge.{part}.weight"] + leaves[f"bridge.{part}.bias"])
             for part, s in zip(("h", "c"), states)]
    outputs, _ = decoder(leaves["write.weight"][torch.from_numpy(write)], tuple(s[None] for s in first))
    y = outputs @ leaves["output.weight"] + leaves["output.bias"]
    valid = mask(ASKED, Q)
    loss = torch.nn.functional.cross_entropy(y[valid], torch.from_numpy(wanted)[valid])
    loss.backward()
    gradients = {n: leaf.grad.numpy() for n, leaf in leaves.items()}
    for cell, (module, end) in {"forward": (encoder, "_l0"), "backward": (encoder, "_l0_reverse"), "decoder": (decoder, "_l0")}.items():
        gradients[cell + ".wx"] = getattr(module, "weight_ih" + end).grad.T.numpy().copy()
        gradients[cell + ".wh"] = getattr(module, "weight_hh" + end).grad.T.numpy().copy()
        gradients[cell + ".b"] = getattr(module, "bias_ih" + end).grad.numpy()
    golden.check_gradients(lambda moved: bridged_by_hand(moved, read, write, wanted), weights, {n: gradients[n] for n in weights})
    golden.check_equal("loss", bridged_by_hand(weights, read, write, wanted), loss.item())
    out = {"read": read, "write": write, "wanted": wanted}
    out.update(weights)
    out["loss"] = np.array(loss.item())
    out.update({"grad." + n: gradients[n] for n in weights})
    return "bridge", {"D": D, "H": H, "V": V, "gates": ["i", "f", "g", "o"], "asked": ASKED, "there": THERE}, out


def step_by_hand(w, name, x, h, c):
    i, f, g, o = np.split(x @ w[name + ".wx"] + h @ w[name + ".wh"] + w[name + ".b"], 4)
    c = c / (1 + np.exp(-f)) + np.tanh(g) / (1 + np.exp(-i))
    return np.tanh(c) / (1 + np.exp(-o)), c


def bridged_by_hand(w, read, write, wanted):
    """Row by row in NumPy, over the valid steps alone."""
    total = 0.0
    for n in range(N):
        ends = []
        for cell, order in (("forward", range(THERE[n])), ("backward", reversed(range(THERE[n])))):
            state = np.zeros(H), np.zeros(H)
            for t in order:
                state = step_by_hand(w, cell, w["read.weight"][read[n, t]], *state)
            ends.append(state)
        h, c = (np.tanh(np.concatenate([ends[0][i], ends[1][i]]) @ w[f"bridge.{part}.weight"] + w[f"bridge.{part}.bias"])
                for i, part in enumerate(("h", "c")))
        for t in range(ASKED[n]):
            h, c = step_by_hand(w, "decoder", w["write.weight"][write[n, t]], h, c)
            y = h @ w["output.weight"] + w["output.bias"]
            total += np.log(np.exp(y).sum()) - y[wanted[n, t]]
    return total / sum(ASKED)


def loss_by_hand(w, read, write, wanted, case):
    """Row by row in NumPy, over the valid steps alone; attention is inside where there are weights of it."""
    def look(s, values):
        e = np.exp(s - s.max())
        return e / e.sum() @ values

    def step(name, x, h, c):
        return step_by_hand(w, name, x, h, c)

    total = 0.0
    for n in range(N):
        h, c = np.zeros(H), np.zeros(H)
        values = []
        for t in range(THERE[n]):
            h, c = step("encoder", w["read.weight"][read[n, t]], h, c)
            values.append(h)
        values = np.array(values)
        if case == "book":
            c = np.zeros(H)
        for t in range(ASKED[n]):
            x = w["write.weight"][write[n, t]]
            if "v" in w:
                seen = look((np.tanh(h @ w["wq"] + values @ w["wv"]) @ w["v"])[:, 0], values)
                h, c = step("decoder", np.concatenate([seen, x]), h, c)
            else:
                h, c = step("decoder", x, h, c)
                seen = look(values @ h, values)
            y = np.concatenate([seen, h]) @ w["output.weight"] + w["output.bias"]
            total += np.log(np.exp(y).sum()) - y[wanted[n, t]]
    return total / sum(ASKED)


def main():
    torch.set_num_threads(1)
    source = golden.random(8000)
    cases = [attention(kind, source) for kind in ("dot", "scaled", "additive")]
    golden.write("pytorch-seq2seq.json", "pytorch_seq2seq.py", {"torch": golden.torch_version()},
                 cases + [seq2seq("seq2seq", behind, source), seq2seq("attention-inside", inside, source),
                          seq2seq("book", behind, source), bridged(source)])


main()
