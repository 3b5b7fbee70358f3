"""An app for baked projects whose work fails on purpose: copied to apps/chaos."""
