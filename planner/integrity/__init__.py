"""Whether the history still is what was recorded: the chain, the Merkle tree, checkpoints, guards, the replay."""
