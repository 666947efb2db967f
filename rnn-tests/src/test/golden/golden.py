"""What the golden scripts share: drawing inputs, checking gradients, writing the JSON files."""

import json
import pathlib
import subprocess

import numpy as np

RESOURCES = pathlib.Path(__file__).resolve().parent.parent / "resources" / "golden"

# Inputs are multiples of this: float32 holds them and their small sums exactly, so a float32 program that reads a
# file starts from the very numbers that the float64 reference started from.
GRAIN = 1.0 / 4096


def random(seed):
    """RandomState, whose streams NumPy keeps the same in every version."""
    return np.random.RandomState(seed)


def draw(source, scale, *shape):
    """Normal numbers times scale, rounded to the grain."""
    return to_grain(source.standard_normal(shape) * scale)


def to_grain(values):
    return np.round(np.asarray(values) / GRAIN) * GRAIN


def valid_steps(lengths, n, steps):
    """(N,T) of 1 where a row still has input and 0 past its end; lengths None means that every row is full."""
    if lengths is None:
        return np.ones((n, steps))
    return (np.arange(steps)[None, :] < np.asarray(lengths)[:, None]).astype(float)


def check_gradients(loss, tensors, gradients, tolerance=1e-7, width=1e-5):
    """Fails unless every gradient agrees with central differences of loss(tensors): abs(a-n) <= tolerance * max(1,|a|,|n|)."""
    worst = 0.0
    for name, gradient in gradients.items():
        assert gradient.shape == tensors[name].shape, name
        for at in np.ndindex(gradient.shape):
            moved = dict(tensors)
            sides = []
            for sign in (1, -1):
                moved[name] = tensors[name].copy()
                moved[name][at] += sign * width
                sides.append(loss(moved))
            numeric = (sides[0] - sides[1]) / (2 * width)
            error = abs(gradient[at] - numeric) / max(1.0, abs(gradient[at]), abs(numeric))
            assert error <= tolerance, f"{name}{list(at)}: gradient {gradient[at]!r}, central difference {numeric!r}"
            worst = max(worst, error)
    return worst


def check_equal(what, a, b, tolerance=1e-12):
    """Fails unless the arrays agree: abs(a-b) <= tolerance * max(1,|b|)."""
    a, b = np.asarray(a), np.asarray(b)
    assert a.shape == b.shape, f"{what}: {a.shape} and {b.shape}"
    worst = np.max(np.abs(a - b) / np.maximum(1.0, np.abs(b)))
    assert worst <= tolerance, f"{what}: differs by {worst}"


def torch_version():
    """The version of Debian's package: its torch.__version__ still says 1.13.0a0."""
    import torch

    try:
        upstream = subprocess.run(
            ["dpkg-query", "-W", "-f", "${source:Upstream-Version}", "python3-torch"],
            check=True, capture_output=True, text=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return torch.__version__
    return upstream.split("+")[0]


def write(file, generator, versions, cases):
    """Writes a golden file, one tensor a line. A case is (name, config, {tensor name: array})."""
    lines = ["{", f'"generator": {json.dumps(generator)},']
    lines += [f"{json.dumps(key)}: {json.dumps(value)}," for key, value in versions.items()]
    lines.append('"cases": [')
    for i, (name, config, tensors) in enumerate(cases):
        lines += ["{", f'"name": {json.dumps(name)},', f'"config": {json.dumps(config)},', '"tensors": {']
        last = len(tensors) - 1
        for j, (key, array) in enumerate(tensors.items()):
            array = np.asarray(array)
            assert array.dtype in (np.float64, np.int64), f"{key}: {array.dtype}"
            array = array + 0  # -0.0 becomes 0.0: nobody should compare the sign of a zero
            # json prints a float as repr does: the shortest text that reads back as the same float64.
            tensor = json.dumps({"shape": list(array.shape), "values": array.ravel().tolist()}, allow_nan=False)
            lines.append(f"{json.dumps(key)}: {tensor}" + ("," if j < last else ""))
        lines += ["}", "}" + ("," if i < len(cases) - 1 else "")]
    lines += ["]", "}", ""]
    RESOURCES.mkdir(parents=True, exist_ok=True)
    data = "\n".join(lines).encode("ascii")
    (RESOURCES / file).write_bytes(data)
    print(f"{file}: {len(cases)} cases, {len(data)} bytes")
