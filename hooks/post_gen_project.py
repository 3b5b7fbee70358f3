"""Take away what was not asked for, and say what to run next."""

import json
import shutil
from pathlib import Path

ANSWERS = json.loads(r"""<< cookiecutter | tojson >>""")

# The whole of each optional feature that stands in folders and files of its own; what
# remains are lines between "if" and "endif" comments.
FEATURES = {
    "use_graphql": [
        "apps/accounts/graphql",
        "apps/accounts/rows.py",
        "apps/catalog/graphql",
        "apps/catalog/selectors/batches.py",
        "apps/core/artefacts/graphql.py",
        "apps/core/graphql",
        "apps/core/slices.py",
        "apps/core/static/core/graphiql.css",
        "apps/core/static/core/graphiql.js",
        "apps/core/static/graphiql",
        "apps/core/templates/core/graphiql.html",
        "apps/exports/graphql",
        "apps/orders/graphql",
        "apps/rates/graphql",
        "config/graphql.py",
        "config/settings/components/graphql.py",
        "docs/api/schema.graphql",
        "requirements/graphql.txt",
        "requirements/test-graphql.txt",
        "tests/test_both_doors.py",
        "tests/test_graphql.py",
        "tests/test_graphql_leaks.py",
        "tests/test_graphql_query_counts.py",
    ],
    "use_celery": [
        "apps/accounts/tasks.py",
        "apps/accounts/tests/test_tasks.py",
        "apps/background",
        "apps/core/broker.py",
        "apps/core/files.py",
        "apps/core/tests/test_broker.py",
        "apps/digest",
        "apps/exports",
        "apps/orders/tasks.py",
        "apps/rates",
        "config/celery.py",
        "config/settings/components/celery.py",
        "config/settings/components/rates.py",
        "deploy/kubernetes/base/beat.yaml",
        "deploy/kubernetes/base/worker.yaml",
        "deploy/kubernetes/components",
        "deploy/supervisord.conf",
        "requirements/celery.txt",
        "requirements/test-celery.txt",
        "tests/exports.py",
    ],
    "use_example": [
        "apps/catalog",
        "apps/core/files.py",
        "apps/digest/sales.py",
        "apps/exports",
        "apps/orders",
        "docs/api/openapi-v2.yaml",
        "requirements/example.txt",
        "tests/exports.py",
        "tests/shop.py",
        "tests/test_graphql_leaks.py",
        "tests/test_graphql_query_counts.py",
        "tests/test_query_counts.py",
        "tests/test_shapes.py",
    ],
}


def remove(path):
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


for feature, paths in FEATURES.items():
    if not ANSWERS[feature]:
        for path in paths:
            remove(Path(path))

print(f"\n  cd {ANSWERS['project_slug']}")
print("  make setup    # install everything, write .env with fresh secrets")
print("  make run      # serve on http://127.0.0.1:8000/api/docs")
