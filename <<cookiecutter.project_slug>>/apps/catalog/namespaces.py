"""Whose generation cached answers carry; services bump them when they write."""

CATALOG = "catalog"
# Apart, because the tree changes rarely and the stock with every order.
CATEGORIES = "categories"
