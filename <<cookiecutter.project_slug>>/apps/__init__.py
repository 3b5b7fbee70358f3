"""The project's own Django applications."""
