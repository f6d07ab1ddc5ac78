from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models

from accounts.querysets import UserQuerySet


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    use_in_migrations = True

    def create_user(self, email, password=None, **fields):
        """A person who signs in with this e-mail. What they may see comes from their role rows alone."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save()
        return user


class User(AbstractUser):
    """Somebody who signs in. Deactivated when they leave, never deleted: history names them."""

    username = None
    email = models.EmailField("e-mail address", unique=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []

    objects = UserManager()

    def __str__(self):
        return self.get_full_name() or self.email
