"""What the schema says of reads that are cached and writes that depend on them."""

import pytest
from drf_spectacular.generators import SchemaGenerator

PRODUCT = "/api/v1/products/{slug}/"
PRODUCTS = "/api/v1/products/"


@pytest.fixture(scope="module")
def paths() -> dict[str, dict]:
    schema = SchemaGenerator(api_version="v1").get_schema(request=None, public=True)
    return schema["paths"]


def parameters(operation: dict) -> set[str]:
    return {parameter["name"] for parameter in operation["parameters"]}


def test_conditional_requests(paths):
    for path in (PRODUCTS, PRODUCT, "/api/v1/tags/", "/api/v1/categories/{slug}/"):
        assert {"If-None-Match", "fields"} <= parameters(paths[path]["get"])
        assert paths[path]["get"]["responses"]["304"] == {"description": "Not Modified"}
    for method in ("put", "patch", "delete"):
        assert "If-Match" in parameters(paths[PRODUCT][method])
        assert "412" in paths[PRODUCT][method]["responses"]
    assert "If-Match" not in parameters(paths[PRODUCTS]["get"])
    assert "fields" not in parameters(paths["/api/v1/categories/"]["get"])


def test_strangers_read_and_managers_write(paths):
    assert {} in paths[PRODUCTS]["get"]["security"]
    assert {} not in paths[PRODUCTS]["post"]["security"]
