"""An app for the baked project and its peer: work that leaves a row, and is counted."""
