"""The Merkle tree over the leaves of the log, and its proofs (RFC 6962, section 2.1; checked as in RFC 9162, 2.1).

Leaves are leaf hashes already, as `planner.journal.leaf_of` makes them of an event's bytes. All hashes are 32 bytes.
"""

import hashlib
from collections.abc import Collection, Iterable, Sequence

NODE_PREFIX = b"\x01"
EMPTY_ROOT = hashlib.sha256(b"").digest()


def node_of(left: bytes, right: bytes) -> bytes:
    """The hash of a node above two others."""
    return hashlib.sha256(NODE_PREFIX + left + right).digest()


class Tree:
    """A tree that grows at its end. It holds only the roots of its complete subtrees: one per bit of its size."""

    def __init__(self, leaves: Iterable[bytes] = ()) -> None:
        self.size = 0
        self._complete: list[bytes] = []
        for leaf in leaves:
            self.append(leaf)

    def append(self, leaf: bytes) -> None:
        """Add a leaf; subtrees of one size become one of twice that."""
        size, node = self.size, leaf
        while size & 1:
            node = node_of(self._complete.pop(), node)
            size >>= 1
        self._complete.append(node)
        self.size += 1

    def root(self) -> bytes:
        """The root over all leaves so far."""
        if not self._complete:
            return EMPTY_ROOT
        *higher, root = self._complete
        for left in reversed(higher):
            root = node_of(left, root)
        return root


def root_of(leaves: Iterable[bytes]) -> bytes:
    """The root over some leaves."""
    return Tree(leaves).root()


def inclusion_proof(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """What proves that the leaf at an index (from 0) is in the tree of all these leaves: the hashes beside its way up.

    Raises IndexError where there is no such leaf.
    """
    if not 0 <= index < len(leaves):
        raise IndexError(index)
    beside: list[bytes] = []
    start, end = 0, len(leaves)
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            beside.append(root_of(leaves[middle:end]))
            end = middle
        else:
            beside.append(root_of(leaves[start:middle]))
            start = middle
    return beside[::-1]


def inclusion_proofs(leaves: Iterable[bytes], indexes: Collection[int]) -> tuple[bytes, dict[int, list[bytes]]]:
    """The root over all leaves, and the inclusion proofs of those at some indexes, in one pass.

    What is held does not grow with the leaves, but with the proofs. Raises IndexError where there is no such leaf.
    """
    wanted = frozenset(indexes)
    proofs: dict[int, list[bytes]] = {}
    # Complete subtrees from left to right, each of another power of two: its size, its node, the indexes wanted in it.
    subtrees: list[tuple[int, bytes, list[int]]] = []

    def joined(left: tuple[int, bytes, list[int]], right: tuple[int, bytes, list[int]]) -> tuple[int, bytes, list[int]]:
        for index in left[2]:
            proofs[index].append(right[1])
        for index in right[2]:
            proofs[index].append(left[1])
        return left[0] + right[0], node_of(left[1], right[1]), left[2] + right[2]

    for index, leaf in enumerate(leaves):
        subtree = (1, leaf, [index] if index in wanted else [])
        if index in wanted:
            proofs[index] = []
        while subtrees and subtrees[-1][0] == subtree[0]:
            subtree = joined(subtrees.pop(), subtree)
        subtrees.append(subtree)
    missing = wanted - proofs.keys()
    if missing:
        raise IndexError(min(missing))
    while len(subtrees) > 1:
        right = subtrees.pop()
        subtrees.append(joined(subtrees.pop(), right))
    return (subtrees[0][1] if subtrees else EMPTY_ROOT), proofs


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether a proof shows that a leaf is the one at an index of the tree of that size and root."""
    if not 0 <= index < size:
        return False
    place, last, node = index, size - 1, leaf
    for beside in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            node = node_of(beside, node)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            node = node_of(node, beside)
        place, last = place >> 1, last >> 1
    return last == 0 and node == root


def consistency_proof(leaves: Sequence[bytes], size: int) -> list[bytes]:
    """What proves that the tree of the first `size` leaves is the beginning of the tree of all of them.

    Raises IndexError where there are not so many; the empty tree is the beginning of every tree without a proof.
    """
    if not 0 <= size <= len(leaves):
        raise IndexError(size)
    if size in (0, len(leaves)):
        return []
    proof: list[bytes] = []
    start, end, end_of_old = 0, len(leaves), size
    while end != end_of_old:
        middle = start + _split(end - start)
        if end_of_old <= middle:
            proof.append(root_of(leaves[middle:end]))
            end = middle
        else:
            proof.append(root_of(leaves[start:middle]))
            start = middle
    # The old tree's own root needs no telling where it is a subtree as a whole.
    if start:
        proof.append(root_of(leaves[start:end]))
    return proof[::-1]


def verify_consistency(size: int, root: bytes, new_size: int, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether a proof shows that the tree of a size and root is the beginning of the tree of a new size and root."""
    if not 0 <= size <= new_size:
        return False
    if size == 0:
        return not proof and root == EMPTY_ROOT
    if size == new_size:
        return not proof and root == new_root
    return _leads_to_both(size, root, new_size, new_root, proof)


def _leads_to_both(size: int, root: bytes, new_size: int, new_root: bytes, proof: Sequence[bytes]) -> bool:
    # A complete old tree stands in the new one as it is, so its root is where the way up begins.
    path = [root, *proof] if size & (size - 1) == 0 else list(proof)
    if not path:
        return False
    place, last = size - 1, new_size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    old = new = path[0]
    for beside in path[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            old, new = node_of(beside, old), node_of(beside, new)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            new = node_of(new, beside)
        place, last = place >> 1, last >> 1
    return last == 0 and old == root and new == new_root


def _split(size: int) -> int:
    """How many leaves the left of two subtrees has: the largest power of two below the size."""
    return 1 << (size - 1).bit_length() - 1
