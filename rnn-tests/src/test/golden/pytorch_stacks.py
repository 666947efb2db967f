"""PyTorch's nn.RNN (tanh), nn.LSTM and nn.GRU with 1 to 3 layers, in both directions, and with proj_size, in float64 -> pytorch-stacks.json.

The weights are drawn, stored and differentiated in RNN4J's layout, as in pytorch_layers.py, under the paths that a model of RNN4J has:
layer0.forward.wx, layer0.backward.wx where there are two directions, layer0.cell.wx where there is one. All states begin as zeros.

Every gradient is checked by central differences of PyTorch's own loss in float64, through RNN4J's layout: a wrong transpose cannot reach the
file.
"""

import numpy as np
import torch

import golden

N, T, D, H, P = 3, 5, 4, 5, 3
GATES = {"rnn": 1, "lstm": 4, "gru": 3}
MODULES = {"rnn": torch.nn.RNN, "lstm": torch.nn.LSTM, "gru": torch.nn.GRU}
# Not sorted, and the longest row ends before the window does.
LENGTHS = [2, 4, 1]


def directions(both):
    return [("forward", ""), ("backward", "_reverse")] if both else [("cell", "")]


def set_weights(module, cell, layers, both, tensors):
    """Puts RNN4J's tensors into the module. The sum b is the input's bias; the recurrent one is 0 but for the GRU's bn."""
    with torch.no_grad():
        for k in range(layers):
            for place, suffix in directions(both):
                path = f"layer{k}.{place}"
                recurrent = np.zeros_like(tensors[f"{path}.b"])
                if cell == "gru":
                    recurrent[2 * H:] = tensors[f"{path}.bn"]
                for name, value in [("weight_ih", tensors[f"{path}.wx"].T), ("weight_hh", tensors[f"{path}.wh"].T),
                                    ("bias_ih", tensors[f"{path}.b"]), ("bias_hh", recurrent)]:
                    getattr(module, f"{name}_l{k}{suffix}").copy_(torch.from_numpy(np.ascontiguousarray(value)))
                if f"{path}.wr" in tensors:
                    getattr(module, f"weight_hr_l{k}{suffix}").copy_(torch.from_numpy(tensors[f"{path}.wr"].T.copy()))


def run(module, cell, layers, both, lengths, tensors):
    """The loss with its graph, the outputs, the last states h, and x."""
    set_weights(module, cell, layers, both, tensors)
    x = torch.from_numpy(tensors["x"]).clone().requires_grad_()
    inputs = x
    if lengths is not None:
        inputs = torch.nn.utils.rnn.pack_padded_sequence(
            x, torch.tensor(lengths), batch_first=True, enforce_sorted=False)
    outputs, last = module(inputs)
    if lengths is not None:
        outputs, _ = torch.nn.utils.rnn.pad_packed_sequence(outputs, batch_first=True, total_length=T)
    h_n = last[0] if cell == "lstm" else last
    return (outputs * torch.from_numpy(tensors["R"])).sum(), outputs, h_n, x


def case(cell, layers, both, projected, lengths, seed):
    source = golden.random(seed)
    width = P if projected else H
    g = GATES[cell] * H
    t = {"x": golden.draw(source, 1.0, N, T, D),
         "R": golden.draw(source, 1.0, N, T, width * (2 if both else 1))}
    weights = []
    for k in range(layers):
        inputs = D if k == 0 else width * (2 if both else 1)
        for place, _ in directions(both):
            path = f"layer{k}.{place}"
            drawn = {"wx": (0.4, inputs, g), "wh": (0.4, width, g), "b": (0.3, g)}
            if cell == "gru":
                drawn["bn"] = (0.3, H)
            if projected:
                drawn["wr"] = (0.4, H, P)
            for name, (scale, *shape) in drawn.items():
                t[f"{path}.{name}"] = golden.draw(source, scale, *shape)
                weights.append(f"{path}.{name}")

    module = MODULES[cell](D, H, num_layers=layers, batch_first=True, bidirectional=both,
                           **({"proj_size": P} if projected else {})).double()
    loss, outputs, h_n, x = run(module, cell, layers, both, lengths, t)
    loss.backward()
    gradients = {"x": x.grad.numpy()}
    for k in range(layers):
        for place, suffix in directions(both):
            path = f"layer{k}.{place}"
            of = {p: getattr(module, f"{p}_l{k}{suffix}").grad.numpy() for p in
                  ("weight_ih", "weight_hh", "bias_ih", "bias_hh")}
            gradients[f"{path}.wx"], gradients[f"{path}.wh"] = of["weight_ih"].T, of["weight_hh"].T
            gradients[f"{path}.b"] = of["bias_ih"]
            if cell == "gru":
                gradients[f"{path}.bn"] = of["bias_hh"][2 * H:]
            if projected:
                gradients[f"{path}.wr"] = getattr(module, f"weight_hr_l{k}{suffix}").grad.numpy().T
    assert sorted(gradients) == sorted(["x"] + weights)
    t["outputs"], t["h_n"], t["loss"] = outputs.detach().numpy(), h_n.detach().numpy(), np.array(loss.item())

    past = golden.valid_steps(lengths, N, T) == 0
    assert not t["outputs"][past].any() and not gradients["x"][past].any()
    worst = golden.check_gradients(
        lambda moved: run(module, cell, layers, both, lengths, moved)[0].item(), t, gradients)
    t.update({f"grad.{name}": gradient for name, gradient in gradients.items()})

    config = {"cell": cell, "layers": layers, "bidirectional": both, "N": N, "T": T, "D": D, "H": H}
    name = f"{cell}-{layers}" + ("-both" if both else "") + ("-projected" if projected else "")
    if projected:
        config["P"] = P
    if lengths is not None:
        config["lengths"] = lengths
        name += "-lengths"
    print(f"{name}: worst gradient against central differences {worst:.1e}")
    return name, config, t


def main():
    torch.set_num_threads(1)
    cases = []
    for cell in GATES:
        for layers, both, lengths in [(1, True, None), (1, True, LENGTHS), (2, True, LENGTHS), (3, False, LENGTHS), (3, True, None)]:
            cases.append(case(cell, layers, both, False, lengths, 5000 + len(cases)))
    for layers, both, lengths in [(1, False, None), (2, False, LENGTHS), (2, True, LENGTHS)]:
        cases.append(case("lstm", layers, both, True, lengths, 5000 + len(cases)))
    golden.write("pytorch-stacks.json", "pytorch_stacks.py", {"torch": golden.torch_version()}, cases)


main()
