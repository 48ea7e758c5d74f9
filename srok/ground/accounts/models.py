"""Tables of the accounts."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class Office(models.Model):
    """An office of a ministry, of the election committee or of a commune."""

    code = models.CharField(max_length=40, primary_key=True)
    name_km = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    timezone = models.CharField(max_length=40)
    post = models.CharField(max_length=8, blank=True)

    def __str__(self) -> str:
        return self.code


class Officer(AbstractBaseUser):
    """A person who acts for one office. Leaving is `is_active = False`: acts keep their names."""

    username = models.CharField(max_length=60, unique=True)
    name_km = models.CharField(max_length=120)
    name_latin = models.CharField(max_length=120)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="officers")
    roles = models.JSONField(default=list)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "username"
    objects = BaseUserManager["Officer"]()

    def __str__(self) -> str:
        return self.username
