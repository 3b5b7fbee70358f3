"""Tools of the project that need nothing but Python."""
