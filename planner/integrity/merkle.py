"""The Merkle tree over the leaves of the log, with its proofs (RFC 6962, section 2.1; checks as in RFC 9162, 2.1).

Leaves are leaf hashes, made from an event's bytes by `planner.store.journal.leaf_of`. All hashes have 32 bytes.
"""

import hashlib
from collections.abc import Collection, Iterable, Sequence

NODE_PREFIX = b"\x01"
EMPTY_ROOT = hashlib.sha256(b"").digest()


def node_of(left: bytes, right: bytes) -> bytes:
    """Return the hash of a node from the hashes of its two children."""
    return hashlib.sha256(NODE_PREFIX + left + right).digest()


class Tree:
    """A Merkle tree to which leaves are appended.

    It stores only the roots of its complete subtrees, one for each bit set in its size.
    """

    def __init__(self, leaves: Iterable[bytes] = ()) -> None:
        self.size = 0
        self._complete: list[bytes] = []
        for leaf in leaves:
            self.append(leaf)

    def append(self, leaf: bytes) -> None:
        """Add a leaf. Two complete subtrees of the same size are joined into one."""
        size, node = self.size, leaf
        while size & 1:
            node = node_of(self._complete.pop(), node)
            size >>= 1
        self._complete.append(node)
        self.size += 1

    def root(self) -> bytes:
        """Return the root over all leaves added so far."""
        if not self._complete:
            return EMPTY_ROOT
        *higher, root = self._complete
        for left in reversed(higher):
            root = node_of(left, root)
        return root


def root_of(leaves: Iterable[bytes]) -> bytes:
    """Return the root over the leaves."""
    return Tree(leaves).root()


def inclusion_proof(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """Return the proof that the tree of all leaves contains the leaf at an index, counted from 0.

    The proof is the list of sibling hashes on the path from the leaf to the root. Raises IndexError if there is no such
    leaf.
    """
    if not 0 <= index < len(leaves):
        raise IndexError(index)
    siblings: list[bytes] = []
    start, end = 0, len(leaves)
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            siblings.append(root_of(leaves[middle:end]))
            end = middle
        else:
            siblings.append(root_of(leaves[start:middle]))
            start = middle
    return siblings[::-1]


def inclusion_proofs(leaves: Iterable[bytes], indexes: Collection[int]) -> tuple[bytes, dict[int, list[bytes]]]:
    """Return the root over all leaves and the inclusion proofs of several leaves, in one pass.

    Memory use grows with the number of proofs, not of leaves. Raises IndexError if a leaf does not exist.
    """
    wanted = frozenset(indexes)
    proofs: dict[int, list[bytes]] = {}
    # The complete subtrees from left to right, no two of the same size: size, hash, and the requested indexes inside.
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
    """Whether a proof shows that a leaf is at an index of the tree with this size and root."""
    if not 0 <= index < size:
        return False
    place, last, node = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            node = node_of(sibling, node)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            node = node_of(node, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and node == root


def consistency_proof(leaves: Sequence[bytes], size: int) -> list[bytes]:
    """Return the proof that the tree of the first `size` leaves is the beginning of the tree of all leaves.

    The proof is empty if `size` is 0 or the number of all leaves. Raises IndexError if there are fewer leaves than
    `size`.
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
    # If the old tree is itself a complete subtree, the verifier already knows its root.
    if start:
        proof.append(root_of(leaves[start:end]))
    return proof[::-1]


def verify_consistency(size: int, root: bytes, new_size: int, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether a proof shows that the tree with the old size and root is the beginning of the new tree."""
    if not 0 <= size <= new_size:
        return False
    if size == 0:
        return not proof and root == EMPTY_ROOT
    if size == new_size:
        return not proof and root == new_root
    return _proves_both_roots(size, root, new_size, new_root, proof)


def _proves_both_roots(size: int, root: bytes, new_size: int, new_root: bytes, proof: Sequence[bytes]) -> bool:
    # If the old tree is complete, it is a subtree of the new one, so the path to the new root begins at its root.
    path = [root, *proof] if size & (size - 1) == 0 else list(proof)
    if not path:
        return False
    place, last = size - 1, new_size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    old = new = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            old, new = node_of(sibling, old), node_of(sibling, new)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            new = node_of(new, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and old == root and new == new_root


def _split(size: int) -> int:
    """Return the number of leaves of the left subtree: the largest power of two below the size."""
    return 1 << (size - 1).bit_length() - 1
