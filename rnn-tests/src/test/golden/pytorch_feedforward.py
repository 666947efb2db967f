"""PyTorch's layer_norm in float64 -> pytorch-feedforward.json.

Every case is computed again in NumPy from the
stored tensors alone, and every gradient by central differences.
"""

import numpy as np
import torch

import golden

N, T, D = 3, 6, 4


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
    ])


main()
