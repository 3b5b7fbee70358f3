"""A daily e-mail to those who run the place: what happened yesterday."""
