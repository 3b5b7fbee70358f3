"""The ER diagram as Graphviz text, and the SVG that `dot` makes of it.

https://graphviz.org/doc/info/shapes.html#html
"""

import subprocess
from hashlib import blake2b

from .erd import Column, End, Entity, Relation

# Crow's feet: https://graphviz.org/doc/info/arrows.html
_ARROWS = {End.ONE: "teetee", End.OPTIONAL: "teeodot", End.MANY: "crowodot"}

_GRAPH = """\
digraph {name} {{
  rankdir=LR; nodesep=0.4; ranksep=1.2;
  node [shape=plain, fontname=Helvetica, fontsize=11];
  edge [dir=both, fontname=Helvetica, fontsize=9, arrowsize=0.8];
{body}
}}
"""
_ENTITY = """\
  "{name}" [label=< <table border="0" cellborder="1" cellspacing="0" cellpadding="4">
    <tr><td colspan="3" bgcolor="#e3ecf7"><b>{name}</b></td></tr>{rows}
  </table> >];"""
_COLUMN = """
    <tr><td>{keys}</td><td align="left">{name}</td><td align="left">{type}</td></tr>"""
_RELATION = """\
  "{one.source}" -> "{one.target}"
    [arrowtail={tail}, arrowhead={head}, label="{one.name}"];"""


def svg(entities: list[Entity], relations: list[Relation]) -> str:
    """Draw the diagram.

    Raises:
        FileNotFoundError: Graphviz is not installed.
    """
    text = _GRAPH.format(
        name=mark(entities, relations), body=_body(entities, relations)
    )
    drawn = subprocess.run(
        ["dot", "-Tsvg"], input=text, capture_output=True, check=True, text=True
    )
    return drawn.stdout


def mark(entities: list[Entity], relations: list[Relation]) -> str:
    """Return the title of an SVG of exactly this diagram.

    The drawing itself differs with fonts and versions of Graphviz.
    """
    body = _body(entities, relations).encode()
    return f"erd_{blake2b(body, digest_size=8).hexdigest()}"


def _body(entities: list[Entity], relations: list[Relation]) -> str:
    return "\n".join([*map(_entity, entities), *map(_relation, relations)])


def _entity(entity: Entity) -> str:
    rows = "".join(map(_column, entity.columns))
    return _ENTITY.format(name=entity.name, rows=rows)


def _column(column: Column) -> str:
    kind = f"{column.type}, null" if column.nullable else column.type
    return _COLUMN.format(name=column.name, keys=" ".join(column.keys), type=kind)


def _relation(relation: Relation) -> str:
    tail, head = _ARROWS[relation.source_end], _ARROWS[relation.target_end]
    return _RELATION.format(one=relation, tail=tail, head=head)
