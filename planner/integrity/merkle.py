"""The Merkle tree over the leaves of the log, with its proofs of inclusion (RFC 6962, section 2.1).

Leaves are leaf hashes, made from an event's bytes by `planner.store.journal.leaf_of`. All hashes have 32 bytes.
"""

import hashlib
from collections.abc import Collection, Iterable

NODE_PREFIX = b"\x01"
EMPTY_ROOT = hashlib.sha256(b"").digest()


def node_of(left: bytes, right: bytes) -> bytes:
    """Return the hash of a node, given the hashes of its two children."""
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

    def append(self, node: bytes, level: int = 0) -> None:
        """Add a leaf, or the root of a complete subtree of `2 ** level` leaves.

        The size of this tree must be a multiple of the subtree's. Two complete subtrees of the same size are joined
        into one.
        """
        size, complete = self.size >> level, self._complete
        while size & 1:
            node = node_of(complete.pop(), node)
            size >>= 1
        complete.append(node)
        self.size += 1 << level

    def extend(self, following: "Tree") -> None:
        """Add the leaves of another tree, without reading them again.

        Raises ValueError if complete subtrees of the two would not meet: the size of this tree must be a multiple of
        the size of the largest complete subtree of the other.
        """
        levels = [level for level in range(following.size.bit_length()) if following.size >> level & 1]
        if levels and self.size % (1 << levels[-1]):
            raise ValueError(f"a tree of {following.size} leaves cannot follow one of {self.size}")
        for level, node in zip(reversed(levels), following._complete, strict=True):
            self.append(node, level)

    def copy(self) -> "Tree":
        """Return a tree of the same leaves, which does not change if this one grows."""
        copied = Tree()
        copied.extend(self)
        return copied

    def root(self) -> bytes:
        """Return the root over all leaves added so far."""
        if not self._complete:
            return EMPTY_ROOT
        *higher, root = self._complete
        for left in reversed(higher):
            root = node_of(left, root)
        return root


def inclusion_proofs(leaves: Iterable[bytes], indexes: Collection[int]) -> tuple[bytes, dict[int, list[bytes]]]:
    """Return the root over all leaves and the inclusion proofs of several leaves, in one pass.

    A proof is the list of sibling hashes on the path from the leaf to the root. Memory use grows with the number of
    proofs, not of leaves. Raises IndexError if a leaf does not exist.
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
