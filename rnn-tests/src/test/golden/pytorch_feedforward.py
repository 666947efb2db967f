"""PyTorch's layer_norm and conv1d in float64 -> pytorch-feedforward.json.

A convolution's weight is drawn, stored and differentiated in RNN4J's layout, (k·D,C) with the earliest step's rows first. PyTorch gets
(C,D,k), channels before steps, and an input that is padded with zeros here. Every case is computed again in NumPy from the
stored tensors alone, and every gradient by central differences.
"""

import numpy as np
import torch

import golden

N, T, D, C = 3, 6, 4, 5


def case(name, config, leaves, source, run, numpy_run):
    """Runs PyTorch on the leaves, with the loss sum(outputs · R), and NumPy once more."""
    t = dict(leaves)
    of = {leaf: torch.from_numpy(t[leaf]).clone().requires_grad_() for leaf in leaves}
    outputs = run(of)
    t["R"] = golden.draw(source, 1.0, *outputs.shape)
    loss = (outputs * torch.from_numpy(t["R"])).sum()
    loss.backward()
    t["outputs"], t["loss"] = outputs.detach().numpy(), np.array(loss.item())
    gradients = {leaf: of[leaf].grad.numpy() for leaf in leaves}
    golden.check_equal(name, numpy_run(t), t["outputs"])
    worst = golden.check_gradients(lambda moved: (numpy_run(moved) * t["R"]).sum(), t, gradients)
    t.update({f"grad.{leaf}": gradient for leaf, gradient in gradients.items()})
    print(f"{name}: worst gradient against central differences {worst:.1e}")
    return name, config, t


def layer_norm(name, x, epsilon, source):
    width = x.shape[-1]
    leaves = {"x": x, "gain": golden.draw(source, 0.5, width) + 1, "bias": golden.draw(source, 0.5, width)}

    def run(of):
        return torch.nn.functional.layer_norm(of["x"], (width,), of["gain"], of["bias"], epsilon)

    def numpy_run(t):
        centred = t["x"] - t["x"].mean(axis=-1, keepdims=True)
        variance = (centred ** 2).mean(axis=-1, keepdims=True)
        return centred / np.sqrt(variance + epsilon) * t["gain"] + t["bias"]
    return case(name, {"layer": "layer-norm", "D": width, "epsilon": epsilon}, leaves, source, run, numpy_run)


def convolution(name, kernel, dilation, padding, lengths, source):
    leaves = {
        "x": golden.draw(source, 1.0, N, T, D),
        "weight": golden.draw(source, 0.4, kernel * D, C),
        "bias": golden.draw(source, 0.4, C)}
    reach = (kernel - 1) * dilation
    left = reach if padding == "CAUSAL" else reach // 2
    valid = golden.valid_steps(lengths, N, T)[:, :, None]

    def run(of):
        x = torch.nn.functional.pad((of["x"] * torch.from_numpy(valid)).transpose(1, 2), (left, reach - left))
        # (k·D,C) to (C,D,k).
        weight = of["weight"].reshape(kernel, D, C).permute(2, 1, 0)
        y = torch.nn.functional.conv1d(x, weight, of["bias"], dilation=dilation)
        return y.transpose(1, 2) * torch.from_numpy(valid)

    def numpy_run(t):
        y = np.zeros((N, T, C))
        for n in range(N):
            end = T if lengths is None else lengths[n]
            for step in range(end):
                y[n, step] = t["bias"]
                for j in range(kernel):
                    seen = step + j * dilation - left
                    if 0 <= seen < end:
                        y[n, step] += t["x"][n, seen] @ t["weight"][j * D:(j + 1) * D]
        return y
    config = {"layer": "convolution", "D": D, "C": C, "kernel": kernel, "dilation": dilation, "padding": padding}
    if lengths:
        config["lengths"] = lengths
    return case(name, config, leaves, source, run, numpy_run)


def main():
    torch.set_num_threads(1)
    source = golden.random(7000)
    series = golden.draw(source, 2.0, N, T, D)
    # A position of equal numbers, whose variance is 0, and one far from 0.
    series[1, 2] = 3
    series[2, 0] += 100
    golden.write("pytorch-feedforward.json", "pytorch_feedforward.py", {"torch": golden.torch_version()}, [
        layer_norm("layer-norm", golden.draw(source, 2.0, N, T, D), 1e-5, source),
        layer_norm("layer-norm-one-axis-less", golden.draw(source, 0.05, N, 7), 1e-5, source),
        layer_norm("layer-norm-epsilon", series, 0.125, source),
        convolution("convolution-causal", 3, 1, "CAUSAL", None, source),
        convolution("convolution-causal-lengths", 2, 1, "CAUSAL", [6, 1, 4], source),
        convolution("convolution-causal-dilated", 3, 2, "CAUSAL", [4, 6, 2], source),
        convolution("convolution-one-step", 1, 1, "CAUSAL", None, source),
        convolution("convolution-centred", 3, 1, "CENTRED", None, source),
        convolution("convolution-centred-lengths", 5, 1, "CENTRED", [2, 6, 5], source),
        convolution("convolution-centred-even-dilated", 4, 2, "CENTRED", [6, 3, 5], source),
    ])


main()
