"""The two places files live: private (masters, previews, originals) and public (derivatives, renditions).

The default storage of the project is the private one, so a field that forgets to choose cannot leak.
"""

from typing import Any

from boto3.exceptions import Boto3Error
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.core.files.storage import FileSystemStorage
from storages.backends.s3 import S3Storage

#: Longest time, in seconds, that any copy of a public file may outlive its removal.
PUBLIC_CACHE_CONTROL = "public, max-age=30, stale-while-revalidate=30"

#: Of folders and files on disk, private and public: for the site's user, and for nginx, which is in its group. The
#: world sees neither; a picture that is not hung yet lies in the public folder, too.
DISK_MODES: dict[str, Any] = {"directory_permissions_mode": 0o750, "file_permissions_mode": 0o640}

#: What storages raise when they cannot do their work, on disk and on S3.
STORAGE_PROBLEMS = (OSError, Boto3Error, BotoCoreError, ClientError)
#: Of these, those that say that nobody answered. Asking again at once would only mean to wait again.
NO_ANSWER = BotoCoreError


class NoPublicAddress(ValueError):
    """A private file was asked for its address. It has none; templates show nothing in its place."""

    silent_variable_failure = True


class NoAddressMixin:
    def url(self, name: str | None, *args: object, **kwargs: object) -> str:
        raise NoPublicAddress("Private files have no address; send them through a view that checks permission.")


class PrivateDiskStorage(NoAddressMixin, FileSystemStorage):
    """Files under ``PRIVATE_ROOT``, which a web server sends only when a view has asked for permission."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(location=settings.PRIVATE_ROOT, base_url=None, **DISK_MODES)


class PublicDiskStorage(FileSystemStorage):
    """Files under ``MEDIA_ROOT``, at ``MEDIA_URL``."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(location=settings.MEDIA_ROOT, base_url=settings.MEDIA_URL, **DISK_MODES)


class PatientS3Storage(S3Storage):
    """Gives up on a server that does not answer: once, and within ten seconds, where visitors wait. The worker may
    wait longer. Whoever asked tries again later."""

    def get_default_settings(self) -> dict:
        given = super().get_default_settings()
        patience = Config(
            connect_timeout=2 if settings.SERVING else 5,
            read_timeout=7 if settings.SERVING else 20,
            retries={"mode": "standard", "total_max_attempts": 1 if settings.SERVING else 2},
            signature_version=given["signature_version"] or "s3v4",
            s3={"addressing_style": given["addressing_style"]},
            proxies=given["proxies"],
        )
        return given | {"client_config": given["client_config"] or patience, "default_acl": None}


class PrivateS3Storage(NoAddressMixin, PatientS3Storage):
    """A bucket whose policy opens it to nobody. Credentials come from the environment or the role only."""

    def get_default_settings(self) -> dict:
        return super().get_default_settings() | {
            "bucket_name": settings.AWS_STORAGE_PRIVATE_BUCKET,
            "querystring_auth": True,
            "querystring_expire": 60,
            "file_overwrite": False,
        }


class PublicS3Storage(PatientS3Storage):
    """A bucket opened for reading by its policy; no object ACLs, plain addresses under ``PUBLIC_MEDIA_URL``."""

    def get_default_settings(self) -> dict:
        return super().get_default_settings() | {
            "bucket_name": settings.AWS_STORAGE_PUBLIC_BUCKET,
            "querystring_auth": False,
            "file_overwrite": True,
            "object_parameters": {"CacheControl": PUBLIC_CACHE_CONTROL},
        }

    def url(self, name: str | None, *args: object, **kwargs: object) -> str:
        return f"{settings.MEDIA_URL}{name}"
