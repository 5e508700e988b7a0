"""How clear, small and quick our drawings are, beside those of named peers on the same boxes and arcs."""
