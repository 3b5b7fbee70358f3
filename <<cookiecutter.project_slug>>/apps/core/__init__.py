"""What every app shares: base model, errors, permissions, pagination, logging."""
