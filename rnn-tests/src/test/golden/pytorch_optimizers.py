"""Ten steps of PyTorch's optimizers on given gradients, float64 -> pytorch-optimizers.json.

The gradients do not depend on where an optimizer has got to: they are those of a small quadratic along plain descent,
with noise, and they are in the file. One element never gets a gradient, one alternates its sign, one is small.

Each case also runs the update as written below (PyTorch's documentation, in plain arithmetic) and must agree to 1e-12.
"""

import numpy as np
import torch

import golden

STEPS = 10
SHAPE = (2, 4)
CASES = {
    "sgd": (torch.optim.SGD, {"learning_rate": 0.1}),
    "momentum": (torch.optim.SGD, {"learning_rate": 0.1, "momentum": 0.9}),
    "nesterov": (torch.optim.SGD, {"learning_rate": 0.1, "momentum": 0.9, "nesterov": True}),
    "adagrad": (torch.optim.Adagrad, {"learning_rate": 0.1, "epsilon": 1e-10}),
    "rmsprop": (torch.optim.RMSprop, {"learning_rate": 0.01, "alpha": 0.99, "epsilon": 1e-8}),
    "adam": (torch.optim.Adam, {"learning_rate": 0.01, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8}),
    "adamw": (torch.optim.AdamW,
              {"learning_rate": 0.01, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8, "weight_decay": 0.01}),
}


def problem():
    source = golden.random(4000)
    start, target = golden.draw(source, 1.0, *SHAPE), golden.draw(source, 1.0, *SHAPE)
    curvature = np.array([[1.0, 4.0, 0.25, 0.0], [2.0, 1.0, 0.5, 0.01]])
    noise = golden.draw(source, 0.2, STEPS, *SHAPE) * (curvature > 0)
    noise[:, 1, 1] += np.where(np.arange(STEPS) % 2 == 0, 1.0, -1.0)
    noise[:, 1, 3] *= 0.05
    p, gradients = start.copy(), []
    for k in range(STEPS):
        gradients.append(golden.to_grain(curvature * (p - target) + noise[k]))
        p = p - 0.1 * gradients[-1]
    return start, np.stack(gradients)


def torch_arguments(config):
    arguments = {"lr": config["learning_rate"]}
    for ours, theirs in (("momentum", "momentum"), ("nesterov", "nesterov"), ("alpha", "alpha"), ("epsilon", "eps"),
                         ("weight_decay", "weight_decay")):
        if ours in config:
            arguments[theirs] = config[ours]
    if "beta1" in config:
        arguments["betas"] = (config["beta1"], config["beta2"])
    return arguments


def by_hand(name, config, start, gradients):
    p, rate, after = start.copy(), config["learning_rate"], []
    v, s = np.zeros(SHAPE), np.zeros(SHAPE)
    for t, g in enumerate(gradients, start=1):
        if name == "sgd":
            p = p - rate * g
        elif name == "momentum":
            v = config["momentum"] * v + g
            p = p - rate * v
        elif name == "nesterov":
            v = config["momentum"] * v + g
            p = p - rate * (g + config["momentum"] * v)
        elif name == "adagrad":
            s = s + g * g
            p = p - rate * g / (np.sqrt(s) + config["epsilon"])
        elif name == "rmsprop":
            s = config["alpha"] * s + (1 - config["alpha"]) * g * g
            p = p - rate * g / (np.sqrt(s) + config["epsilon"])
        else:
            p = p * (1 - rate * config.get("weight_decay", 0.0))
            v = config["beta1"] * v + (1 - config["beta1"]) * g
            s = config["beta2"] * s + (1 - config["beta2"]) * g * g
            unbiased_v, unbiased_s = v / (1 - config["beta1"] ** t), s / (1 - config["beta2"] ** t)
            p = p - rate * unbiased_v / (np.sqrt(unbiased_s) + config["epsilon"])
        after.append(p)
    return np.stack(after)


def case(name, start, gradients):
    optimizer_type, config = CASES[name]
    parameter = torch.nn.Parameter(torch.from_numpy(start.copy()))
    optimizer = optimizer_type([parameter], **torch_arguments(config))
    after = []
    for gradient in gradients:
        parameter.grad = torch.from_numpy(gradient.copy())
        optimizer.step()
        after.append(parameter.detach().numpy().copy())
    after = np.stack(after)
    golden.check_equal(name, by_hand(name, config, start, gradients), after)
    return name, {"optimizer": name, "steps": STEPS, **config}, {"start": start, "gradients": gradients, "after": after}


def main():
    torch.set_num_threads(1)
    start, gradients = problem()
    golden.write("pytorch-optimizers.json", "pytorch_optimizers.py", {"torch": golden.torch_version()},
                 [case(name, start, gradients) for name in CASES])


main()
