"""A Postman collection that runs from top to bottom, made from the OpenAPI documents.

The schema says nearly all of it. What it cannot say is a convention: which request logs
in, which ones end a session, and that `password` or `refresh` is a secret. A request
whose body needs more than its types tell gets an example on its serializer.
"""

from .collection import collection, environment

__all__ = ["collection", "environment"]
