"""The example: a catalog, small enough to read in an evening and to copy from."""
