"""What changed, by how much, over how many years."""
