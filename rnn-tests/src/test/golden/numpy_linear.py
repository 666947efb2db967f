"""Least squares, ridge regression, singular values and eigenvalues by NumPy, that is LAPACK, in float64.

Solutions are computed a second time in fractions, without any rounding, and those are written; eigenvalues are checked by the characteristic polynomial,
in fractions too, and singular values as roots of the eigenvalues of AᵀA.
"""

from fractions import Fraction

import numpy as np

import golden


def fractions(matrix):
    return [[Fraction(value) for value in row] for row in matrix]


def times(a, b):
    return [[sum(x * y for x, y in zip(row, column)) for column in zip(*b)] for row in a]


def transposed(a):
    return [list(column) for column in zip(*a)]


def solution(a, b, penalty):
    """(AᵀA + penalty I) X = AᵀB by elimination in fractions."""
    a, b = fractions(a), fractions(b)
    left, right = times(transposed(a), a), times(transposed(a), b)
    n = len(left)
    rows = [[value + (Fraction(penalty) if i == j else 0) for j, value in enumerate(left[i])] + right[i] for i in range(n)]
    for k in range(n):
        pivot = next(i for i in range(k, n) if rows[i][k] != 0)
        rows[k], rows[pivot] = rows[pivot], rows[k]
        rows[k] = [value / rows[k][k] for value in rows[k]]
        for i in range(n):
            if i != k:
                rows[i] = [x - rows[i][k] * y for x, y in zip(rows[i], rows[k])]
    return np.array([[float(value) for value in row[n:]] for row in rows])


def solve(name, a, b, shape=None):
    d = a.shape[-1]
    x = np.linalg.lstsq(a.reshape(-1, d), b.reshape(-1, b.shape[-1]), rcond=None)[0]
    exact = solution(a.reshape(-1, d).tolist(), b.reshape(-1, b.shape[-1]).tolist(), 0)
    golden.check_equal(name, x, exact, 1e-9)
    return name, {"operation": "solve"}, {"a": a, "b": b, "x": exact}


def ridge(name, a, b, penalty):
    """By NumPy as least squares with sqrt(penalty) I below A, which does not square the errors of A."""
    d = a.shape[1]
    below = np.sqrt(penalty) * np.eye(d)
    x = np.linalg.lstsq(np.vstack([a, below]), np.vstack([b, np.zeros((d, b.shape[1]))]), rcond=None)[0]
    exact = solution(a.tolist(), b.tolist(), penalty)
    golden.check_equal(name, x, exact, 1e-8)
    return name, {"operation": "ridge", "lambda": penalty}, {"a": a, "b": b, "x": exact}


def ordered(values):
    """RNN4J's order: greatest modulus first, then the greater real part, then the greater imaginary part."""
    return np.array(sorted(values, key=lambda z: (-round(abs(z), 9), -round(z.real, 9), -z.imag)))


def characteristic(a):
    """The coefficients of det(z I - A), from that of z^n on, in fractions (Faddeev and LeVerrier)."""
    a = fractions(a)
    n = len(a)
    product = [[Fraction(0)] * n for _ in range(n)]
    coefficients = [Fraction(1)]
    for k in range(1, n + 1):
        product = times(a, [[value + (coefficients[-1] if i == j else 0) for j, value in enumerate(row)]
                            for i, row in enumerate(product)])
        coefficients.append(-sum(product[i][i] for i in range(n)) / k)
    return [float(value) for value in coefficients]


def spectrum(name, a):
    """Singular values, and eigenvalues where the matrix is square."""
    values = np.linalg.svd(a, compute_uv=False)
    smaller = a if a.shape[0] >= a.shape[1] else a.T
    squares = np.linalg.eigvalsh(smaller.T @ smaller)[::-1]
    golden.check_equal(f"{name}: singular values", values ** 2, squares, 1e-12 * max(1.0, squares[0]))
    tensors = {"a": a, "singular_values": values}
    if a.shape[0] == a.shape[1]:
        found = ordered(np.linalg.eigvals(a).astype(complex))
        polynomial = characteristic(a.tolist())
        golden.check_equal(f"{name}: polynomial", np.poly(found).real, np.array(polynomial), 1e-10)
        tensors["re"], tensors["im"] = found.real.copy(), found.imag.copy()
    return name, {"operation": "spectrum"}, tensors


def main():
    source = golden.random(7000)
    a, b = golden.draw(source, 1.0, 12, 5), golden.draw(source, 2.0, 12, 3)
    # Powers of numbers between 0 and 1: a condition number of 1e5, and a column that has units of its own.
    at = golden.to_grain(np.linspace(0, 1, 9))
    powers = np.stack([at ** k for k in range(6)], 1).astype(np.float32).astype(np.float64)
    near = golden.draw(source, 1.0, 20, 4)
    near[:, 3] = near[:, 2] + golden.draw(source, 1.0, 20) / 64
    square = golden.draw(source, 1.0, 7, 7)
    dependent = golden.draw(source, 1.0, 6, 2) @ golden.draw(source, 1.0, 2, 4)
    dependent = golden.to_grain(dependent)
    wide = golden.draw(source, 1.0, 3, 8)
    golden.write("numpy-linear.json", "numpy_linear.py", {"numpy": np.__version__}, [
        solve("solve", a, b),
        solve("solve-one-row-a-step", a.reshape(4, 3, 5), b.reshape(4, 3, 3)),
        solve("solve-square", square, golden.draw(source, 1.0, 7, 2)),
        solve("solve-powers", powers, golden.draw(source, 1.0, 9, 1)),
        solve("solve-units", a * np.array([4096.0, 1.0, 1.0 / 4096, 1024.0, 1.0]), b),
        ridge("ridge", a, b, 0.5),
        ridge("ridge-wide", wide, golden.draw(source, 1.0, 3, 2), 0.01),
        ridge("ridge-small", near, golden.draw(source, 1.0, 20, 2), 1e-9),
        ridge("ridge-dependent", dependent, golden.draw(source, 1.0, 6, 2), 1e-4),
        ridge("ridge-units", a * np.array([4096.0, 1.0, 1.0 / 4096, 1024.0, 1.0]), b, 2.0),
        spectrum("square", square),
        spectrum("symmetric", golden.to_grain(square + square.T)),
        spectrum("cyclic", np.roll(np.eye(5), 1, 0) * 0.75 + np.eye(5) * 0.25),
        spectrum("companion", np.vstack([np.array([[2.0, -1.5, 0.25, 3.0]]), np.eye(4)[:3]])),
        spectrum("triangle", np.triu(golden.draw(source, 1.0, 5, 5), 1) + np.diag([3.0, -2.0, 1.0, 0.5, -0.25])),
        spectrum("tall", a),
        spectrum("wide", wide),
        spectrum("dependent", np.concatenate([near, near[:, :2] * 2], 1)),
    ])


main()
