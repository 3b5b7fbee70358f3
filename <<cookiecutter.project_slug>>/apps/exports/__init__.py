"""Exports: long work in the background, to be watched, called off and fetched."""
