"""The ER diagram as Mermaid text, which GitHub draws by itself.

https://mermaid.js.org/syntax/entityRelationshipDiagram.html
"""

from collections.abc import Iterator

from .erd import Column, End, Entity, Relation

_LEFT = {End.ONE: "||", End.OPTIONAL: "|o", End.MANY: "}o"}
_RIGHT = {End.ONE: "||", End.OPTIONAL: "o|", End.MANY: "o{"}

_PAGE = """\
# The tables and how they hang together

Drawn from the models by `make erd`; change the models, not this file. PK is the primary
key, FK points to another table, UK is unique. `||` is exactly one, `o|` none or one and
`o{{` any number.

```mermaid
{diagram}
```
"""


def page(entities: list[Entity], relations: list[Relation]) -> str:
    """Return a Markdown page with the diagram."""
    return _PAGE.format(diagram=diagram(entities, relations))


def diagram(entities: list[Entity], relations: list[Relation]) -> str:
    lines = ["erDiagram"]
    for entity in entities:
        lines += _entity(entity)
    lines += [_relation(relation) for relation in relations]
    return "\n".join(lines)


def _entity(entity: Entity) -> Iterator[str]:
    yield f'    "{entity.name}" {{'
    yield from (f"        {_column(column)}" for column in entity.columns)
    yield "    }"


def _column(column: Column) -> str:
    parts = [column.type, column.name, ", ".join(column.keys)]
    parts.append('"null"' if column.nullable else "")
    return " ".join(part for part in parts if part)


def _relation(relation: Relation) -> str:
    ends = f"{_LEFT[relation.target_end]}--{_RIGHT[relation.source_end]}"
    return f'    "{relation.target}" {ends} "{relation.source}" : {relation.name}'
