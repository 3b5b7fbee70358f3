"""GraphQL's door: what comes in, how much of it, and what goes out when it fails.

The schema is the apps' and `config/graphql.py`'s; nothing here knows a type of theirs.
"""
