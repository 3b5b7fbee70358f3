"""Does the web server of this container answer? Asked by the image's HEALTHCHECK.

`python docker/healthcheck.py ready` asks whether the parts it relies on do, too.
Django answers to the names in ALLOWED_HOSTS alone, so the first of them is asked for.
"""

import os
import sys
from http.client import HTTPConnection


def main(question: str = "live") -> str | int:
    """Return 0 when the answer is yes, else what is wrong: the exit status."""
    host = os.environ.get("ALLOWED_HOSTS", "").split(",")[0].strip().lstrip(".")
    connection = HTTPConnection("127.0.0.1", int(os.environ["PORT"]), timeout=4)
    try:
        connection.request(
            "GET", f"/health/{question}/", headers={"Host": host or "localhost"}
        )
        response = connection.getresponse()
        body = response.read().decode()
    except OSError as error:
        return f"The web does not answer: {error}"
    return 0 if response.status == 200 else f"The web answers {response.status}: {body}"


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
