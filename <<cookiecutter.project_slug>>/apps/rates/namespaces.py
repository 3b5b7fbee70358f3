"""Whose generation cached answers carry; the sync bumps it when it writes."""

RATES = "rates"
