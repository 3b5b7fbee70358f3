"""Pictures of products: what the file holds counts, not what it is called."""

from collections.abc import Callable
from io import BytesIO

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from PIL import Image, ImageOps, UnidentifiedImageError

from apps.core.cache import generation_bump
from apps.core.errors import InvalidInput

from ..models import Product
from ..namespaces import CATALOG
from .products import product_lock

MAX_BYTES = 5 * 1024 * 1024
MAX_PIXELS = 25_000_000
EXTENSIONS = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp"}


def product_image_set(
    *, slug: str, image: UploadedFile, precondition: Callable[[], None]
) -> Product:
    """Give a product its picture; the former one is deleted.

    The picture is decoded and written anew: what hides in a file beside its pixels,
    such as where a photo was taken, does not get in.

    Raises:
        NotFound: there is no such product.
        InvalidInput: too large, broken, or neither JPEG, PNG nor WebP.
    """
    content, extension = _rewritten(image)
    with transaction.atomic():
        product = product_lock(slug=slug)
        precondition()
        former = product.image.name
        product.image.save(f"image{extension}", ContentFile(content), save=False)
        product.save(update_fields=["image", "updated_at"])
        generation_bump(CATALOG)
        if former:
            # The new one is in place, whatever becomes of the former.
            transaction.on_commit(
                lambda: product.image.storage.delete(former), robust=True
            )
    return product


def _rewritten(upload: UploadedFile) -> tuple[bytes, str]:
    if upload.size is None or upload.size > MAX_BYTES:
        raise _refused(f"At most {MAX_BYTES // 1024**2} MB.")
    try:
        with Image.open(upload, formats=list(EXTENSIONS)) as image:
            if image.width * image.height > MAX_PIXELS:
                raise _refused(f"At most {MAX_PIXELS // 1_000_000} million pixels.")
            clean = BytesIO()
            # Phones say which way is up beside the pixels, which is not kept.
            upright = ImageOps.exif_transpose(image)
            upright.save(clean, format=image.format)
            return clean.getvalue(), EXTENSIONS[str(image.format)]
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise _refused("Send a JPEG, PNG or WebP picture.") from error


def _refused(message: str) -> InvalidInput:
    return InvalidInput(code="invalid_image", fields={"image": [message]})
