"""PyTorch's mean losses and their gradients, float64 -> pytorch-losses.json.

Cross-entropy: softmax over the last axis, mean over the targets that are not the ignored label. Binary cross-entropy on
logits, squared error, Huber and Gaussian likelihood: mean over all elements. Quantiles: the pinball loss written out. Where every target is ignored PyTorch's mean is 0/0 = NaN; RNN4J
defines loss 0 and gradient 0, so the file has those, and its config says that they are a definition.
"""

import numpy as np
import torch

import golden

N, T, V = 2, 4, 5
IGNORED = -1


def cross_entropy(logits, targets):
    scores = torch.from_numpy(logits).requires_grad_()
    loss = torch.nn.functional.cross_entropy(
        scores.reshape(N * T, V), torch.from_numpy(targets).reshape(N * T), ignore_index=IGNORED)
    loss.backward()
    return np.array(loss.item()), scores.grad.numpy()


def cross_entropy_case(name, logits, targets):
    loss, gradient = cross_entropy(logits, targets)
    config = {"loss": "cross-entropy", "N": N, "T": T, "V": V}
    if (targets == IGNORED).any():
        config["ignored"] = IGNORED
        assert not gradient[targets == IGNORED].any()
    if (targets == IGNORED).all():
        assert np.isnan(loss)
        loss, gradient = np.array(0.0), np.zeros_like(logits)
        config["defined"] = True
    else:
        def again(moved):
            z = moved["logits"]
            top = z.max(axis=-1, keepdims=True)
            log_p = z - top - np.log(np.exp(z - top).sum(axis=-1, keepdims=True))
            kept = targets != IGNORED
            return -log_p[kept][np.arange(kept.sum()), targets[kept]].mean()
        check(name, again, logits, loss, gradient)
    return name, config, {"logits": logits, "targets": targets, "loss": loss, "grad.logits": gradient}


def sigmoid_case(name, logits, targets):
    scores = torch.from_numpy(logits).requires_grad_()
    loss = torch.nn.functional.binary_cross_entropy_with_logits(scores, torch.from_numpy(targets))
    loss.backward()

    def again(moved):
        z = moved["logits"]
        return (np.maximum(z, 0) - z * targets + np.log1p(np.exp(-np.abs(z)))).mean()
    loss, gradient = np.array(loss.item()), scores.grad.numpy()
    check(name, again, logits, loss, gradient)
    return (name, {"loss": "sigmoid-cross-entropy"},
            {"logits": logits, "targets": targets, "loss": loss, "grad.logits": gradient})


def squared_error_case(name, outputs, targets):
    y = torch.from_numpy(outputs).requires_grad_()
    loss = torch.nn.functional.mse_loss(y, torch.from_numpy(targets))
    loss.backward()
    loss, gradient = np.array(loss.item()), y.grad.numpy()
    check(name, lambda moved: ((moved["logits"] - targets) ** 2).mean(), outputs, loss, gradient)
    return (name, {"loss": "squared-error"},
            {"logits": outputs, "targets": targets, "loss": loss, "grad.logits": gradient})


def smoothed_case(name, logits, targets, smoothing):
    scores = torch.from_numpy(logits).requires_grad_()
    loss = torch.nn.functional.cross_entropy(
        scores.reshape(N * T, V), torch.from_numpy(targets).reshape(N * T), ignore_index=IGNORED,
        label_smoothing=smoothing)
    loss.backward()
    loss, gradient = np.array(loss.item()), scores.grad.numpy()

    def again(moved):
        z = moved["logits"]
        top = z.max(axis=-1, keepdims=True)
        log_p = z - top - np.log(np.exp(z - top).sum(axis=-1, keepdims=True))
        kept = targets != IGNORED
        right = log_p[kept][np.arange(kept.sum()), targets[kept]]
        return -((1 - smoothing) * right + smoothing * log_p[kept].mean(axis=-1)).mean()
    check(name, again, logits, loss, gradient)
    return (name, {"loss": "cross-entropy", "smoothing": str(smoothing)},
            {"logits": logits, "targets": targets, "loss": loss, "grad.logits": gradient})


def huber_case(name, outputs, targets, delta):
    y = torch.from_numpy(outputs).requires_grad_()
    loss = torch.nn.functional.huber_loss(y, torch.from_numpy(targets), delta=delta)
    loss.backward()
    loss, gradient = np.array(loss.item()), y.grad.numpy()

    def again(moved):
        e = np.abs(moved["logits"] - targets)
        assert (e <= delta).any() and (e > delta).any()
        return np.where(e <= delta, e * e / 2, delta * (e - delta / 2)).mean()
    check(name, again, outputs, loss, gradient)
    return (name, {"loss": "huber", "delta": str(delta)},
            {"logits": outputs, "targets": targets, "loss": loss, "grad.logits": gradient})


def quantile_case(name, outputs, targets, quantiles):
    width = targets.shape[-1]
    y = torch.from_numpy(outputs).requires_grad_()

    def pinball(library, forecast):
        parts = []
        for i, q in enumerate(quantiles):
            e = (torch.from_numpy(targets) if library is torch else targets) - forecast[..., i * width:(i + 1) * width]
            parts.append(library.maximum(q * e, (q - 1) * e).mean())
        return sum(parts) / len(quantiles)
    loss = pinball(torch, y)
    loss.backward()
    loss, gradient = np.array(loss.item()), y.grad.numpy()
    check(name, lambda moved: pinball(np, moved["logits"]), outputs, loss, gradient)
    return (name, {"loss": "quantile", "quantiles": " ".join(map(str, quantiles))},
            {"logits": outputs, "targets": targets, "loss": loss, "grad.logits": gradient})


def gaussian_case(name, outputs, targets):
    width = targets.shape[-1]
    y = torch.from_numpy(outputs).requires_grad_()
    loss = torch.nn.functional.gaussian_nll_loss(
        y[..., :width], torch.from_numpy(targets), y[..., width:].exp(), full=True, eps=1e-12)
    loss.backward()
    loss, gradient = np.array(loss.item()), y.grad.numpy()

    def again(moved):
        mean, s = moved["logits"][..., :width], moved["logits"][..., width:]
        return (0.5 * (s + (targets - mean) ** 2 * np.exp(-s) + np.log(2 * np.pi))).mean()
    check(name, again, outputs, loss, gradient)
    return (name, {"loss": "gaussian"},
            {"logits": outputs, "targets": targets, "loss": loss, "grad.logits": gradient})


def check(name, again, logits, loss, gradient):
    golden.check_equal(name, again({"logits": logits}), loss)
    # Losses in the hundreds leave fewer digits to the difference.
    tolerance = 1e-7 * max(1.0, float(loss) * 0.01)
    golden.check_gradients(again, {"logits": logits}, {"logits": gradient}, tolerance)


def of_lengths(case, lengths, outputs, targets, *more):
    """The loss of the valid positions alone, put side by side as one row each; the gradient past a row's end is 0."""
    valid = golden.valid_steps(lengths, N, T) == 1
    kind = case.__name__.removesuffix("_case").replace("_", "-")
    if targets.ndim == 2:
        # The scripts' own N and T stand in the reshapes of cross-entropy, so padding is ignored labels there.
        kept = np.where(valid, targets, IGNORED)
        _, config, t = case(f"{kind}-lengths", outputs, kept, *more)
        config.pop("ignored", None)
        loss, gradient = t["loss"], t["grad.logits"]
    else:
        _, config, t = case(f"{kind}-lengths", outputs[valid], targets[valid], *more)
        loss, gradient = t["loss"], np.zeros_like(outputs)
        gradient[valid] = t["grad.logits"]
    assert not gradient[~valid].any()
    return (f"{kind}-lengths", {**config, "lengths": lengths},
            {"logits": outputs, "targets": targets, "loss": loss, "grad.logits": gradient})


def main():
    torch.set_num_threads(1)
    source = golden.random(5000)
    logits = golden.draw(source, 2.0, N, T, V)
    targets = source.randint(V, size=(N, T)).astype(np.int64)
    some = targets.copy()
    some[0, 3] = some[1, 0] = some[1, 2] = IGNORED
    large = golden.draw(source, 300.0, N, T, V)
    two = golden.draw(source, 2.0, 4, 3)
    hard = source.randint(2, size=(4, 3)).astype(np.float64)
    soft = golden.to_grain(source.uniform(size=(4, 3)))
    large_two = golden.draw(source, 200.0, 4, 3)
    series = golden.draw(source, 1.0, N, T, 3)
    other = golden.draw(source, 1.0, N, T, 3)
    three = golden.draw(source, 1.0, N, T, 6)
    both = golden.draw(source, 1.0, N, T, 2)
    lengths = [3, 1]
    spread = golden.draw(source, 1.0, N, T, 4)
    cases = [
        cross_entropy_case("cross-entropy", logits, targets),
        cross_entropy_case("cross-entropy-ignored", logits, some),
        cross_entropy_case("cross-entropy-all-ignored", logits, np.full((N, T), IGNORED, dtype=np.int64)),
        cross_entropy_case("cross-entropy-large-logits", large, targets),
        sigmoid_case("sigmoid-cross-entropy", two, hard),
        sigmoid_case("sigmoid-cross-entropy-soft-targets", two, soft),
        sigmoid_case("sigmoid-cross-entropy-large-logits", large_two, hard),
        squared_error_case("squared-error", two, soft),
        squared_error_case("squared-error-series", series, other),
        smoothed_case("cross-entropy-smoothed", logits, targets, 0.1),
        smoothed_case("cross-entropy-smoothed-ignored", logits, some, 0.25),
        huber_case("huber", series, other, 0.75),
        quantile_case("quantile", three, both, [0.1, 0.5, 0.9]),
        gaussian_case("gaussian-likelihood", series[..., :2], other[..., :1]),
        gaussian_case("gaussian-likelihood-of-two", spread, both),
    ]
    # The book's names for two of them.
    cases += [(f"time-{name}", {**config, "loss": f"time-{config['loss']}"}, tensors) for name, config, tensors in (
        cross_entropy_case("cross-entropy-ignored", golden.draw(source, 2.0, N, T, V), some),
        sigmoid_case("sigmoid-cross-entropy", golden.draw(source, 2.0, N, T, 3),
                     source.randint(2, size=(N, T, 3)).astype(np.float64)))]
    cases += [
        of_lengths(cross_entropy_case, lengths, logits, some),
        of_lengths(smoothed_case, lengths, logits, targets, 0.25),
        of_lengths(sigmoid_case, lengths, series, golden.to_grain(source.uniform(size=(N, T, 3)))),
        of_lengths(squared_error_case, lengths, series, other),
        of_lengths(huber_case, lengths, series, other, 0.75),
        of_lengths(quantile_case, lengths, three, both, [0.1, 0.5, 0.9]),
        of_lengths(gaussian_case, lengths, spread, both),
    ]
    golden.write("pytorch-losses.json", "pytorch_losses.py", {"torch": golden.torch_version()}, cases)


main()
