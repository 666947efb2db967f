"""PyTorch's ctc_loss on log_softmax and its gradient with respect to the scores, float64 -> pytorch-ctc.json.

Every loss is computed again in NumPy, with the forward variable of Graves et al. (2006) as it is, not as a logarithm,
and every gradient by central differences. The small cases are also summed over all V^T paths, which is the definition.
"""

import itertools

import numpy as np
import torch

import golden

PAD = -1


def labels_of(row):
    return [int(label) for label in row if label != PAD]


def collapse(path, blank):
    return [label for label, _ in itertools.groupby(path) if label != blank]


def softmax(z):
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def surprise(scores, labels, blank):
    """-log p(labels) of one row of scores (T,V), by equations 6 to 8."""
    p = softmax(scores)
    states = [blank]
    for label in labels:
        states += [label, blank]
    alpha = np.zeros(len(states))
    alpha[:2] = p[0, states[:2]]
    for t in range(1, len(p)):
        alpha = p[t, states] * np.array([
            alpha[s] + (alpha[s - 1] if s > 0 else 0)
            + (alpha[s - 2] if s > 1 and states[s] not in (blank, states[s - 2]) else 0)
            for s in range(len(states))])
    return -np.log(alpha[-2:].sum())


def surprise_by_paths(scores, labels, blank):
    p = softmax(scores)
    total = sum(
        np.prod(p[np.arange(len(p)), path])
        for path in itertools.product(range(p.shape[1]), repeat=len(p)) if collapse(path, blank) == labels)
    return -np.log(total)


def case(name, logits, targets, lengths=None, blank=0, per="ROW"):
    n, steps, classes = logits.shape
    used = lengths or [steps] * n
    labels = [labels_of(row) for row in targets]

    scores = torch.from_numpy(logits).requires_grad_()
    each = torch.nn.functional.ctc_loss(
        scores.log_softmax(-1).transpose(0, 1), torch.from_numpy(np.where(targets == PAD, 0, targets)),
        torch.tensor(used), torch.tensor([len(row) for row in labels]), blank=blank, reduction="none")
    if per == "LABEL":
        counts = np.array([max(1, len(row)) for row in labels])
        loss = (each / torch.from_numpy(counts)).mean()
        mean = torch.nn.functional.ctc_loss(
            scores.log_softmax(-1).transpose(0, 1), torch.from_numpy(np.where(targets == PAD, 0, targets)),
            torch.tensor(used), torch.tensor([len(row) for row in labels]), blank=blank, reduction="mean")
        golden.check_equal("PyTorch's mean", loss.item(), mean.item())
    else:
        counts = np.ones(n)
        loss = each.mean()
    loss.backward()
    loss, gradient = np.array(loss.item()), scores.grad.numpy()

    def again(moved, of_row=surprise):
        z = moved["logits"]
        return np.mean([of_row(z[i, :used[i]], labels[i], blank) / counts[i] for i in range(n)])
    golden.check_equal(name, again({"logits": logits}), loss)
    if classes ** steps <= 5000:
        golden.check_equal(f"{name} by paths", again({"logits": logits}, surprise_by_paths), loss)
    golden.check_gradients(again, {"logits": logits}, {"logits": gradient}, 1e-7 * max(1.0, float(loss) * 0.01))
    assert not gradient[golden.valid_steps(lengths, n, steps) == 0].any()

    config = {"loss": "ctc", "blank": blank, "per": per}
    if lengths:
        config["lengths"] = lengths
    return name, config, {"logits": logits, "targets": targets, "loss": loss, "grad.logits": gradient}


def main():
    torch.set_num_threads(1)
    source = golden.random(6000)
    small = golden.draw(source, 2.0, 2, 5, 4)
    logits = golden.draw(source, 2.0, 3, 8, 6)
    targets = np.array([[1, 2, 3], [5, 4, PAD], [2, PAD, PAD]])
    repeats = np.array([[1, 1, 2, 2], [3, 3, 3, PAD], [5, 1, 5, 1]])
    golden.write("pytorch-ctc.json", "pytorch_ctc.py", {"torch": golden.torch_version()}, [
        case("ctc-small", small, np.array([[1, 2], [3, PAD]])),
        case("ctc-small-repeats", small, np.array([[2, 2, 1], [3, 3, PAD]])),
        case("ctc", logits, targets),
        case("ctc-lengths", logits, targets, lengths=[5, 8, 3]),
        # Rows 0 and 1 have just the steps that they need.
        case("ctc-repeats-lengths", logits, repeats, lengths=[6, 5, 7]),
        case("ctc-per-label", logits, repeats, lengths=[8, 6, 7], per="LABEL"),
        case("ctc-no-labels", logits, np.array([[1, 2], [PAD, PAD], [3, PAD]]), per="LABEL"),
        case("ctc-last-is-blank", logits, np.array([[0, 0, 3], [1, 2, 1], [4, PAD, PAD]]), blank=5),
        case("ctc-large-logits", golden.draw(source, 30.0, 3, 8, 6), repeats),
        case("ctc-long", golden.draw(source, 3.0, 1, 60, 4), np.array([[1, 2, 2, 3, 1, 3, 3, 3, 2, 1, 1, 2]])),
    ])


main()
