"""What crosses apps: architecture, settings, environment, tooling."""
