"""Entities and relations of the project's own models, for whatever draws them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from django.apps import apps
from django.db.models import Field, ForeignKey, Model

OWN_APPS = "apps."
_LENGTH_COUNTS = ("char", "slug")


class End(Enum):
    """How many rows of one side belong to one row of the other."""

    ONE = "exactly one"
    OPTIONAL = "none or one"
    MANY = "any number"


@dataclass(frozen=True)
class Column:
    name: str
    type: str
    keys: tuple[str, ...]
    nullable: bool


@dataclass(frozen=True)
class Entity:
    name: str
    columns: tuple[Column, ...] = ()


@dataclass(frozen=True)
class Relation:
    """`source` holds the key, and `target` is what it points to."""

    source: str
    source_end: End
    target: str
    target_end: End
    name: str


def own_models() -> list[type[Model]]:
    """Return the models of the project's apps, in the order of INSTALLED_APPS."""
    return [
        model
        for config in apps.get_app_configs()
        if config.name.startswith(OWN_APPS)
        for model in config.get_models()
        if not model._meta.proxy
    ]


def entities(models: Iterable[type[Model]]) -> list[Entity]:
    """Return the tables; one of another's that is pointed to comes without columns."""
    own = [Entity(model._meta.label, _columns(model)) for model in models]
    known = {entity.name for entity in own}
    pointed_to = {relation.target for relation in relations(models)}
    return own + [Entity(name) for name in sorted(pointed_to - known)]


def relations(models: Iterable[type[Model]]) -> list[Relation]:
    """Return the foreign keys, and the tables that Django makes for many to many."""
    return [relation for model in models for relation in _relations(model)]


def _columns(model: type[Model]) -> tuple[Column, ...]:
    """The primary key first, then the others as they stand in the model."""
    columns = [
        Column(field.attname, _type(field), _keys(field), field.null)
        for field in model._meta.local_concrete_fields
    ]
    return tuple(sorted(columns, key=lambda column: "PK" not in column.keys))


def _type(field: Field) -> str:
    while isinstance(field, ForeignKey):
        field = field.target_field
    kind = field.get_internal_type().removesuffix("Field").replace("Auto", "Integer")
    kind = kind.lower()
    return f"{kind}({field.max_length})" if kind in _LENGTH_COUNTS else kind


def _keys(field: Field) -> tuple[str, ...]:
    marks = {
        "PK": field.primary_key,
        "FK": field.remote_field,
        "UK": _unique(field) and not field.primary_key,
    }
    return tuple(mark for mark, holds in marks.items() if holds)


def _unique(field: Field) -> bool:
    alone = (field.name,)
    constraints = field.model._meta.total_unique_constraints
    return field.unique or any(one.fields == alone for one in constraints)


def _relations(model: type[Model]) -> Iterator[Relation]:
    for field in model._meta.local_concrete_fields:
        if field.remote_field:
            yield Relation(
                model._meta.label,
                End.OPTIONAL if _unique(field) else End.MANY,
                field.remote_field.model._meta.label,
                End.OPTIONAL if field.null else End.ONE,
                field.name,
            )
    for field in model._meta.local_many_to_many:
        # One that has a model of its own is drawn as that model.
        through = field.remote_field.through
        if through and through._meta.auto_created:
            target = field.remote_field.model._meta.label
            yield Relation(model._meta.label, End.MANY, target, End.MANY, field.name)
