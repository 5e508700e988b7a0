"""Writing YAML: the canonical form that keeps every comment, and new rows put where they belong.

A formatter of our own, not a round-trip library: it reads with the one parser that the loader uses, so that
there is one opinion of what a file says; it ties a comment to the field or row below it, so that comments go
with their fields when keys are put in order; and it needs nothing that is not installed already.
"""
