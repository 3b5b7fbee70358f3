"""What the models say: keys, types and how many belong to how many."""

from django.db import models
from django.test.utils import isolate_apps

from ..erd import Column, End, Relation, entities, own_models, relations


@isolate_apps("apps.core")
def shelf_and_book():
    class Shelf(models.Model):
        code = models.SlugField(max_length=9, unique=True)
        room = models.CharField(max_length=5)

        class Meta:
            app_label = "core"
            constraints = [models.UniqueConstraint(fields=["room"], name="one_a_room")]

    class Book(models.Model):
        isbn = models.UUIDField(primary_key=True)
        note = models.TextField(null=True)
        shelf = models.ForeignKey(Shelf, models.CASCADE)
        sequel = models.OneToOneField("self", models.SET_NULL, null=True)
        places = models.ManyToManyField(Shelf, related_name="+")

        class Meta:
            app_label = "core"

    return Shelf, Book


def test_columns_have_types_keys_and_tell_what_may_be_missing():
    shelf, book = entities(shelf_and_book())

    assert shelf.name == "core.Shelf"
    assert shelf.columns == (
        Column("id", "biginteger", ("PK",), False),
        Column("code", "slug(9)", ("UK",), False),
        Column("room", "char(5)", ("UK",), False),
    )
    assert book.columns == (
        Column("isbn", "uuid", ("PK",), False),
        Column("note", "text", (), True),
        Column("shelf_id", "biginteger", ("FK",), False),
        Column("sequel_id", "uuid", ("FK", "UK"), True),
    )


def test_relations_tell_how_many_belong_to_how_many():
    assert relations(shelf_and_book()) == [
        Relation("core.Book", End.MANY, "core.Shelf", End.ONE, "shelf"),
        Relation("core.Book", End.OPTIONAL, "core.Book", End.OPTIONAL, "sequel"),
        Relation("core.Book", End.MANY, "core.Shelf", End.MANY, "places"),
    ]


def test_the_primary_key_stands_first():
    for entity in entities(own_models()):
        assert not entity.columns or entity.columns[0].keys == ("PK",)


def test_tables_of_others_come_without_columns():
    found = {entity.name: entity.columns for entity in entities(own_models())}

    assert found["accounts.User"]
    assert found["auth.Group"] == ()
    assert "admin.LogEntry" not in found


def test_a_table_between_two_is_drawn_once():
    """As the entity it is, or as a line between the two; never both."""
    names = {entity.name for entity in entities(own_models())}

    assert "accounts.User_groups" not in names
    # % if cookiecutter.use_example
    ends = {(one.source, one.target) for one in relations(own_models())}
    assert "catalog.ProductTag" in names
    assert ("catalog.Product", "catalog.Tag") not in ends
    # % endif
    assert len(names) == len(entities(own_models()))
