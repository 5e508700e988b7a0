"""Names as people write them: folding `σ1`, `Sigma-1` and `sigma 1` to one key, and nearest names."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

_GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta", "η": "eta",
    "θ": "theta", "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi",
    "ο": "omicron", "π": "pi", "ρ": "rho", "σ": "sigma", "ς": "sigma", "τ": "tau", "υ": "upsilon",
    "φ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega",
}  # fmt: skip

_ROTATION = {"(-)": "(minus)", "(−)": "(minus)", "(±)": "(plusminus)", "(+/-)": "(plusminus)"}


def fold(name: str) -> str:
    """Return the key under which a name is looked up: letter case, Greek letters and hyphens do not count.

    Signs of rotation count, so that (+)-igmesine is not taken for its mirror image or for igmesine.

    >>> fold("σ₁ receptor") == fold("Sigma-1 Receptor")
    True
    """
    text = unicodedata.normalize("NFKC", name).casefold()
    for sign, word in _ROTATION.items():
        text = text.replace(sign, word)
    spelled = "".join(_GREEK.get(letter, letter) for letter in text)
    return "".join(letter for letter in spelled if letter.isalnum() or letter == "+")


def nearest(name: str, known: Iterable[str], count: int = 3) -> tuple[str, ...]:
    """Return up to `count` known names that look like `name`, best first.

    >>> nearest("inhibts", ["inhibits", "increases", "produces"])
    ('inhibits',)
    """
    from difflib import get_close_matches

    by_key = {fold(other): other for other in sorted(set(known), reverse=True)}
    hits = get_close_matches(fold(name[:200]), list(by_key), n=count, cutoff=0.6)
    return tuple(by_key[hit] for hit in hits)


def meant(name: str, known: Iterable[str]) -> str | None:
    """Return a hint naming the nearest known names, or None when nothing is near."""
    names = nearest(name, known)
    return f"did you mean {' or '.join(f'`{other}`' for other in names)}?" if names else None
