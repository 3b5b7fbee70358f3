"""The database engine `apps.core.postgresql`: Django looks for its `base`."""
