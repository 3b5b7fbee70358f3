"""Users, roles, sessions and the tokens that speak for them."""
