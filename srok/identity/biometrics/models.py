"""Tables of the biometrics: faces without names."""

from django.db import models


class Portrait(models.Model):
    """One portrait, sealed. The key says nothing about whose it is; `sha256` is of the JPEG before sealing."""

    key = models.UUIDField(primary_key=True)
    sealed = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    kept_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.key)
