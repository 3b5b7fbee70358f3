"""What STORAGE_URL says: the two buckets of an S3-compatible service.

`s3://KEY:SECRET@HOST/BUCKET` names the one that everybody may read; the other, BUCKET
with `-private` behind it, is for files that only this project may read.
"""

from dataclasses import dataclass
from typing import NoReturn
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

BACKEND = "apps.core.storage.BucketStorage"
SCHEMES = {"s3": "https", "s3+http": "http"}
PARAMETERS = {"region", "public_url"}
# What other services than Amazon's take for any region.
REGION = "us-east-1"
# No name is ever given to another file, so copies stay good.
PUBLIC = {"CacheControl": "public, max-age=31536000, immutable"}
PRIVATE = {"CacheControl": "private, no-store"}


@dataclass(frozen=True)
class Buckets:
    """What there is to know to read and write files.

    Attributes:
        endpoint: where the service answers.
        bucket: the public one.
        public_url: what a browser puts before the name of a public file.
    """

    key: str
    secret: str
    endpoint: str
    bucket: str
    region: str
    public_url: SplitResult

    @classmethod
    def from_url(cls, url: str) -> "Buckets":
        """Read a STORAGE_URL.

        Raises:
            ImproperlyConfigured: saying what is wrong with it, but not what it says.
        """
        parts, host = _split(url)
        if parts.scheme not in SCHEMES:
            _refuse("it has to begin with s3:// (or s3+http:// on your own network)")
        if not (parts.username and parts.password and host):
            _refuse("KEY, SECRET or HOST is missing; %-encode @ : / + % in KEY, SECRET")
        bucket = parts.path.strip("/")
        if not bucket or "/" in bucket:
            _refuse("after the host comes one bucket's name")
        query = parse_qs(parts.query)
        if unknown := set(query) - PARAMETERS:
            _refuse(f"nothing is known of {', '.join(sorted(unknown))}")
        endpoint = f"{SCHEMES[parts.scheme]}://{host}"
        public_url = query.get("public_url", [f"{endpoint}/{bucket}"])[-1].rstrip("/")
        return cls(
            key=unquote(parts.username),
            secret=unquote(parts.password),
            endpoint=endpoint,
            bucket=bucket,
            region=query.get("region", [REGION])[-1],
            public_url=_web_address(public_url),
        )

    @property
    def origin(self) -> str:
        """Where browsers get public files from."""
        return f"{self.public_url.scheme}://{self.public_url.netloc}"

    @property
    def storages(self) -> dict[str, dict]:
        """Entries of STORAGES."""
        address = {
            "custom_domain": f"{self.public_url.netloc}{self.public_url.path}",
            "url_protocol": f"{self.public_url.scheme}:",
        }
        return {
            "default": self._storage(self.bucket, object_parameters=PUBLIC, **address),
            "private": self._storage(
                f"{self.bucket}-private", object_parameters=PRIVATE
            ),
        }

    def _storage(self, bucket: str, **options) -> dict:
        service = {
            "access_key": self.key,
            "secret_key": self.secret,
            "endpoint_url": self.endpoint,
            "region_name": self.region,
        }
        return {
            "BACKEND": BACKEND,
            "OPTIONS": {"bucket_name": bucket, **service, **options},
        }


def _split(url: str) -> tuple[SplitResult, str]:
    """Return the parts of an address, and its host with its port."""
    try:
        parts = urlsplit(url)
        # Looked at, a port is checked.
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        _refuse("HOST is no host, or its port is no number")
    return parts, f"{parts.hostname}{port}" if parts.hostname else ""


def _web_address(url: str) -> SplitResult:
    parts, host = _split(url)
    if parts.scheme not in ("https", "http") or not host or parts.query:
        _refuse("public_url is no address of the web")
    return parts


def _refuse(reason: str) -> NoReturn:
    # `from None`: what could not be read holds the secret.
    raise ImproperlyConfigured(
        f"STORAGE_URL: {reason}. It looks like "
        "s3://KEY:SECRET@HOST/BUCKET?region=REGION&public_url=https://HOST, "
        "with both parameters optional."
    ) from None
