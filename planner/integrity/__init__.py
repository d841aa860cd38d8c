"""Verify that the recorded history is unchanged: hash chain, Merkle tree, checkpoints, triggers, replay of the log."""
