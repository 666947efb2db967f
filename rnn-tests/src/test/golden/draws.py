"""RNN4J's random numbers in Python, from their definition: number i of a seed and a place is SplitMix64's finalizer over key + i * golden ratio.

So a script knows which mask a layer draws, and everything else about the layer is computed from the paper's equations.
"""

import numpy as np

GOLDEN = 0x9E3779B97F4A7C15
ALL = (1 << 64) - 1


def mix(bits):
    z = ((bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9) & ALL
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & ALL
    return z ^ (z >> 31)


# The first number of SplitMix64 with the state 0, as published.
assert mix(GOLDEN) == 0xE220A8397B1DCDAF


class Draws:
    def __init__(self, key):
        self.key = key & ALL

    @staticmethod
    def of(seed):
        return Draws(mix((seed + GOLDEN) & ALL))

    def at(self, place):
        """Below this place: a name, or a number such as a training step."""
        if isinstance(place, int):
            return Draws(mix(mix((self.key + GOLDEN) & ALL) ^ ((place * GOLDEN) & ALL)))
        key = self.key
        for letter in place:
            key = (mix(key ^ ord(letter)) + GOLDEN) & ALL
        return Draws(mix(key ^ len(place)))

    def uniform(self, *shape):
        """The first numbers, each of [0,1), row-major."""
        count = int(np.prod(shape))
        return np.array([(mix((self.key + i * GOLDEN) & ALL) >> 11) / 2.0 ** 53 for i in range(count)]).reshape(shape)


def of_node(seed, step, node):
    """What a node of a model draws from in a training step."""
    return Draws.of(seed).at("pass").at(step).at(node)


def factors(draws, rate, *shape):
    """m / (1 - rate), m being 0 where the number is below the rate and else 1."""
    return np.where(draws.uniform(*shape) < rate, 0.0, 1 / (1 - rate))
