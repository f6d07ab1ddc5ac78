from django.conf import settings
from django.http import Http404
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from accounts.models import RoleRow

SESSION_KEY = "role"


def role_in_use(request):
    """The role row this request works in, or None when there is none or the person has yet to choose."""
    if not request.user.is_authenticated:
        return None
    usable = list(RoleRow.objects.usable(request.user, timezone.localdate()))
    chosen = request.session.get(SESSION_KEY)
    return next((row for row in usable if row.pk == chosen), usable[0] if len(usable) == 1 else None)


class RoleInUseMiddleware:
    """Puts `request.role` on every request and keeps the library's editing pages to editors."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.role = SimpleLazyObject(lambda: role_in_use(request))
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if request.path.startswith(settings.EDITORS_ONLY) and request.user.is_authenticated:
            # A lazy None is not None, but it is false.
            if not request.role or request.role.kind != RoleRow.Kind.EDITOR:
                raise Http404
        return None
