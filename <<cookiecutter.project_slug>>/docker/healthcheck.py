"""Does the web server of this container answer? Asked by the image's HEALTHCHECK.

Django answers to the names in ALLOWED_HOSTS alone, so the first of them is asked for.
"""

import os
import sys
from http.client import HTTPConnection


def main() -> str | int:
    """Return 0 when it is alive, else what is wrong: the exit status."""
    host = os.environ.get("ALLOWED_HOSTS", "").split(",")[0].strip().lstrip(".")
    connection = HTTPConnection("127.0.0.1", int(os.environ["PORT"]), timeout=4)
    try:
        connection.request(
            "GET", "/health/live/", headers={"Host": host or "localhost"}
        )
        status = connection.getresponse().status
    except OSError as error:
        return f"The web does not answer: {error}"
    return 0 if status == 200 else f"The web answers {status}."


if __name__ == "__main__":
    sys.exit(main())
