"""The Merkle tree, against the definition of RFC 6962 written down naively, and values known elsewhere."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.evidence.verify import proven_root
from planner.integrity.merkle import EMPTY_ROOT, Tree, inclusion_proofs
from planner.store.journal import leaf_of

SIZES = st.integers(1, 70)
# The leaves and roots with which implementations of Certificate Transparency test themselves.
KNOWN_LEAVES = [
    bytes.fromhex(text)
    for text in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
KNOWN_ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def leaves(size: int) -> list[bytes]:
    return [leaf_of(str(number).encode()) for number in range(size)]


def naive_root(part: list[bytes]) -> bytes:
    """MTH of RFC 6962, 2.1, word for word."""
    if len(part) == 1:
        return part[0]
    split = 1
    while split * 2 < len(part):
        split *= 2
    return hashlib.sha256(b"\x01" + naive_root(part[:split]) + naive_root(part[split:])).digest()


def changed(proof: list[bytes]) -> list[list[bytes]]:
    """Proofs that are nearly this one: one hash changed, one left out, one more."""
    wrong = [[*proof[:at], leaf_of(b"x"), *proof[at + 1 :]] for at in range(len(proof))]
    short = [[*proof[:at], *proof[at + 1 :]] for at in range(len(proof))]
    return [*wrong, *short, [*proof, leaf_of(b"x")]]


def test_known_roots():
    tree = Tree()
    assert tree.root() == EMPTY_ROOT == hashlib.sha256(b"").digest()
    for leaf, root in zip(KNOWN_LEAVES, KNOWN_ROOTS, strict=True):
        tree.append(leaf_of(leaf))
        assert tree.root().hex() == root


def test_there_is_no_proof_of_a_leaf_that_is_not_there():
    assert inclusion_proofs([], []) == (EMPTY_ROOT, {})
    with pytest.raises(IndexError):
        inclusion_proofs(leaves(3), [1, 3])


@given(SIZES)
def test_a_growing_tree_has_the_root_of_the_definition(size: int):
    assert Tree(leaves(size)).root() == naive_root(leaves(size))


@given(SIZES, st.sets(st.integers(0, 69)))
def test_leaves_are_proven_to_be_in_the_tree_at_their_places_and_nowhere_else(size: int, indexes: set[int]) -> None:
    tree, wanted = leaves(size), {index for index in indexes if index < size}
    root, proofs = inclusion_proofs(iter(tree), wanted)
    assert root == naive_root(tree)
    assert proofs.keys() == wanted
    for index, proof in proofs.items():
        assert [other for other in range(-1, size + 1) if proven_root(tree[index], other, size, proof) == root] == [
            index
        ]
        assert proven_root(leaf_of(b"x"), index, size, proof) != root
        assert root not in [proven_root(tree[index], index, size, wrong) for wrong in changed(proof)]
