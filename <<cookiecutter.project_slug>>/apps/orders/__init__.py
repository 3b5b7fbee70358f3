"""The example's second half: orders, where transactions, locks and money meet."""
