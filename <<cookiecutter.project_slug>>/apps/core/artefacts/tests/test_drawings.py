"""The same entities as Mermaid and as Graphviz."""

import shutil
import xml.etree.ElementTree as ElementTree

import pytest

from ..erd import Column, End, Entity, Relation
from ..graphviz import mark, svg
from ..mermaid import diagram, page

ENTITIES = [
    Entity(
        "a.Shelf",
        (
            Column("id", "biginteger", ("PK",), False),
            Column("room_id", "uuid", ("FK", "UK"), True),
        ),
    ),
    Entity("b.Room"),
]
RELATIONS = [
    Relation("a.Shelf", End.OPTIONAL, "b.Room", End.ONE, "room"),
    Relation("a.Shelf", End.MANY, "a.Shelf", End.OPTIONAL, "above"),
    Relation("a.Shelf", End.MANY, "b.Room", End.MANY, "keys"),
]
DIAGRAM = """\
erDiagram
    "a.Shelf" {
        biginteger id PK
        uuid room_id FK, UK "null"
    }
    "b.Room" {
    }
    "b.Room" ||--o| "a.Shelf" : room
    "a.Shelf" |o--o{ "a.Shelf" : above
    "b.Room" }o--o{ "a.Shelf" : keys"""


def test_mermaid_shows_keys_types_and_cardinality():
    assert diagram(ENTITIES, RELATIONS) == DIAGRAM
    assert f"\n```mermaid\n{DIAGRAM}\n```\n" in page(ENTITIES, RELATIONS)


def test_the_mark_changes_with_every_change():
    other = [ENTITIES[0], Entity("b.Hall")]

    assert mark(ENTITIES, RELATIONS) == mark(list(ENTITIES), list(RELATIONS))
    assert mark(ENTITIES, RELATIONS) != mark(other, RELATIONS)
    assert mark(ENTITIES, RELATIONS) != mark(ENTITIES, RELATIONS[:2])


@pytest.mark.skipif(not shutil.which("dot"), reason="Graphviz is not installed")
def test_graphviz_shows_the_same():
    drawn = svg(ENTITIES, RELATIONS)

    texts = {
        element.text.strip()
        for element in ElementTree.fromstring(drawn).iter()
        if element.tag.endswith("}text")
    }
    assert mark(ENTITIES, RELATIONS) in drawn
    assert {"a.Shelf", "b.Room", "id", "biginteger", "PK", "FK UK"} <= texts
    assert {"uuid, null", "room", "above", "keys"} <= texts
    assert drawn.count('class="edge"') == len(RELATIONS)
