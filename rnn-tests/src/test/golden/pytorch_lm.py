"""A whole language model in PyTorch, trained for ten steps -> pytorch-language-model.json.

Embedding (V,D), an LSTM of width H, an affine layer to V scores, mean cross-entropy over all N*T positions; SGD; the
state goes from one window to the next and is detached there, which is truncated back-propagation through time.

PyTorch's LSTM has two biases and RNN4J's one. Two biases trained alike would move their sum twice as far a step, and
count twice in the norm that clipping looks at. So bias_hh is zero and frozen here: then bias_ih is b.

Every number is computed a second time from the stored tensors, with a hand-written LSTM in RNN4J's layout and plain
arithmetic for clipping and SGD, and must agree to 1e-12.
"""

import numpy as np
import torch

import golden

V, D, H, N, T, STEPS = 20, 8, 12, 4, 6, 10
LEARNING_RATE = 0.5
MAX_NORM = 0.25


def token_stream(source):
    """Ids with something to learn: the next is usually 3 * id + 1 mod V, and now and then a random one."""
    ids = [0]
    while len(ids) < N * T * STEPS + 1:
        ids.append((3 * ids[-1] + 1) % V if source.uniform() < 0.8 else int(source.randint(V)))
    return np.array(ids, dtype=np.int64)


def windows(stream):
    """(STEPS,N,T): row n of the batch reads its own N-th of the stream, and window k goes on where window k-1 ended."""
    return stream.reshape(N, STEPS, T).transpose(1, 0, 2)


class LanguageModel(torch.nn.Module):
    def __init__(self, weights, dtype):
        super().__init__()
        self.embedding = torch.nn.Embedding(V, D)
        self.lstm = torch.nn.LSTM(D, H, batch_first=True)
        self.affine = torch.nn.Linear(H, V)
        self.to(dtype)
        with torch.no_grad():
            for name, parameter in self.ours().items():
                parameter.copy_(torch.from_numpy(weights[name]))
            self.lstm.bias_hh_l0.zero_()
        self.lstm.bias_hh_l0.requires_grad_(False)

    def ours(self):
        """PyTorch's parameters as views in RNN4J's layout."""
        return {name: p.T if transposed else p for name, (p, transposed) in self.sources().items()}

    def gradients(self):
        return {name: (p.grad.T if transposed else p.grad).numpy().copy()
                for name, (p, transposed) in self.sources().items()}

    def sources(self):
        return {"embedding.weight": (self.embedding.weight, False),
                "lstm.wx": (self.lstm.weight_ih_l0, True),
                "lstm.wh": (self.lstm.weight_hh_l0, True),
                "lstm.b": (self.lstm.bias_ih_l0, False),
                "affine.weight": (self.affine.weight, True),
                "affine.bias": (self.affine.bias, False)}

    def forward(self, ids, state):
        outputs, state = self.lstm(self.embedding(ids), state)
        return self.affine(outputs), state


def train(weights, ids, targets, dtype, max_norm):
    model = LanguageModel(weights, dtype)
    trainable = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.SGD(trainable, lr=LEARNING_RATE)
    state = (torch.zeros(1, N, H, dtype=dtype), torch.zeros(1, N, H, dtype=dtype))
    losses, norms, first = [], [], None
    for k in range(STEPS):
        optimizer.zero_grad()
        scores, state = model(torch.from_numpy(ids[k]), state)
        state = tuple(part.detach() for part in state)
        loss = torch.nn.functional.cross_entropy(scores.reshape(N * T, V), torch.from_numpy(targets[k]).reshape(N * T))
        loss.backward()
        first = model.gradients() if first is None else first
        # With an endless maximum this only measures; torch.nn.utils scales by max_norm / (norm + 1e-6) when that is < 1.
        norm = torch.nn.utils.clip_grad_norm_(trainable, float("inf") if max_norm is None else max_norm)
        optimizer.step()
        losses.append(loss.item())
        norms.append(norm.item())
    return {"losses": np.array(losses), "norms": np.array(norms), "gradients": first,
            "final": {name: p.detach().numpy().copy() for name, p in model.ours().items()},
            "h": state[0][0].numpy(), "c": state[1][0].numpy()}


def train_by_hand(weights, ids, targets, max_norm):
    """The same in RNN4J's layout: the LSTM from its equations, clipping and SGD as arithmetic."""
    w = {name: torch.from_numpy(array).clone() for name, array in weights.items()}
    h, c = torch.zeros(N, H).double(), torch.zeros(N, H).double()
    losses, norms = [], []
    for k in range(STEPS):
        w = {name: p.detach().requires_grad_() for name, p in w.items()}
        h, c = h.detach(), c.detach()
        total = torch.zeros(()).double()
        for t in range(T):
            x = w["embedding.weight"][torch.from_numpy(ids[k][:, t])]
            i, f, g, o = (x @ w["lstm.wx"] + h @ w["lstm.wh"] + w["lstm.b"]).chunk(4, dim=1)
            c = f.sigmoid() * c + i.sigmoid() * g.tanh()
            h = o.sigmoid() * c.tanh()
            scores = h @ w["affine.weight"] + w["affine.bias"]
            chosen = scores[torch.arange(N), torch.from_numpy(targets[k][:, t])]
            total = total + (scores.logsumexp(dim=1) - chosen).sum()
        loss = total / (N * T)
        loss.backward()
        norm = sum((p.grad ** 2).sum() for p in w.values()).sqrt().item()
        scale = 1.0 if max_norm is None else min(1.0, max_norm / (norm + 1e-6))
        w = {name: p.detach() - LEARNING_RATE * scale * p.grad for name, p in w.items()}
        losses.append(loss.item())
        norms.append(norm)
    return losses, norms, w, h, c


def case(name, weights, stream, max_norm):
    ids, targets = windows(stream[:-1]), windows(stream[1:])
    run = train(weights, ids, targets, torch.float64, max_norm)
    run32 = train(weights, ids, targets, torch.float32, max_norm)

    losses, norms, final, h, c = train_by_hand(weights, ids, targets, max_norm)
    golden.check_equal("losses", losses, run["losses"])
    golden.check_equal("norms", norms, run["norms"])
    golden.check_equal("final h", h.detach().numpy(), run["h"])
    golden.check_equal("final c", c.detach().numpy(), run["c"])
    for key in weights:
        golden.check_equal(key, final[key].numpy(), run["final"][key])
    golden.check_equal("float32 losses", run32["losses"], run["losses"], 1e-5)
    assert run["losses"][-1] < run["losses"][0]
    if max_norm is not None:
        assert min(run["norms"]) < max_norm < max(run["norms"]), "the ten steps should see clipping and no clipping"

    t = {"stream": stream, "ids": ids, "targets": targets}
    t.update(weights)
    t["losses"], t["losses.float32"], t["norms"] = run["losses"], run32["losses"], run["norms"]
    if max_norm is None:
        t.update({f"grad.{key}": gradient for key, gradient in run["gradients"].items()})
    t.update({f"final.{key}": array for key, array in run["final"].items()})
    t["final.h"], t["final.c"] = run["h"], run["c"]
    config = {"V": V, "D": D, "H": H, "N": N, "T": T, "steps": STEPS, "gates": ["i", "f", "g", "o"],
              "learning_rate": LEARNING_RATE}
    if max_norm is not None:
        config["max_norm"] = max_norm
    print(name, "losses", run["losses"].round(4).tolist(), "norms", run["norms"].round(3).tolist(),
          f"float32 differs by {np.abs(run32['losses'] - run['losses']).max():.1e}")
    return name, config, t


def main():
    torch.set_num_threads(1)
    source = golden.random(3000)
    stream = token_stream(source)
    weights = {"embedding.weight": golden.draw(source, 0.7, V, D),
               "lstm.wx": golden.draw(source, 0.4, D, 4 * H),
               "lstm.wh": golden.draw(source, 0.3, H, 4 * H),
               "lstm.b": golden.draw(source, 0.2, 4 * H),
               "affine.weight": golden.draw(source, 0.15, H, V),
               "affine.bias": golden.draw(source, 0.1, V)}
    golden.write("pytorch-language-model.json", "pytorch_lm.py", {"torch": golden.torch_version()},
                 [case("sgd", weights, stream, None), case("sgd-clipped", weights, stream, MAX_NORM)])


main()
