"""Tests of the template: its answers, its bakes, and the projects baked from it."""
