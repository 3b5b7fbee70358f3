"""A small OpenAPI document of a shop with books and notes about them."""

JSON = "application/json"
TEXT = {"type": "string"}
BOOK = {"$ref": "#/components/schemas/Book"}


def answer(schema=None) -> dict:
    return {"content": {JSON: {"schema": schema}}} if schema else {}


def operation(code: int, schema=None, body=None, **more) -> dict:
    spec = {"responses": {str(code): answer(schema), "400": answer(TEXT)}, **more}
    if body:
        spec["requestBody"] = {"content": {JSON: {"schema": body}}}
    return spec


def object_of(**properties) -> dict:
    return {
        "type": "object",
        "properties": properties,
        "required": sorted(properties),
    }


def document(version: str = "v1", title: dict = TEXT) -> dict:
    api = f"/api/{version}"
    tokens = object_of(access=TEXT, refresh=TEXT)
    log_in = object_of(email=TEXT, password={"type": "string", "maxLength": 9})
    many_books = object_of(results={"type": "array", "items": BOOK})
    note = object_of(text=TEXT, book=TEXT)
    return {
        "info": {"title": "Shop", "description": "Sells books."},
        "paths": {
            f"{api}/auth/login/": {
                "post": operation(200, tokens, log_in, security=[{}])
            },
            f"{api}/auth/logout/": {"post": operation(204)},
            f"{api}/auth/logout-all/": {"post": operation(204)},
            f"{api}/auth/verify/": {
                "post": operation(204, body=object_of(token=TEXT), security=[{}])
            },
            f"{api}/books/": {
                "get": operation(200, many_books),
                "post": operation(201, BOOK, object_of(title=title)),
            },
            f"{api}/books/{{slug}}/": {
                "get": operation(200, BOOK),
                "delete": operation(204),
            },
            f"{api}/books/{{book_slug}}/notes/": {
                "post": operation(201, object_of(id={"type": "integer"}), note)
            },
            f"{api}/notes/{{id}}/": {"delete": operation(204)},
            f"{api}/shelves/": {
                "get": operation(200, {"type": "array", "items": BOOK}),
            },
            f"{api}/shelves/{{slug}}/": {"get": operation(200, BOOK)},
        },
        "components": {"schemas": {"Book": object_of(slug=TEXT, title=title)}},
    }
