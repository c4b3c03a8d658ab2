"""What recurs in a workspace, and what became of each of its dates."""
