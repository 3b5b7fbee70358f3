"""Work promised in a transaction, done by workers once it has committed."""
