from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject

from accounts.access import role_in_use, usable_roles
from accounts.services import GROUPS, keep_groups_in_step
from web.errors import is_our_own_form, resend_fields


class RoleInUseMiddleware:
    """Puts `request.role` on every request and keeps the library's editing pages to editors and reviewers."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.role = SimpleLazyObject(lambda: role_in_use(request))
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        edits = request.path.startswith(settings.EDITORS_ONLY) and request.user.is_authenticated
        # A lazy None is not None, but it is false.
        if not edits:
            return None
        if not (request.role and request.role.kind in GROUPS):
            raise Http404
        keep_groups_in_step(request.user, {row.kind for row in usable_roles(request)})
        return None


class SignInFirst(LoginRequiredMiddleware):
    """Asks for sign-in on every page, and keeps what somebody sent after their session ended.

    A library that is public asks nobody. What of it may be read the page's own gate says.
    """

    def process_view(self, request, view_func, view_args, view_kwargs):
        name = request.resolver_match.view_name
        if settings.LIBRARY_PUBLIC and name in settings.PUBLIC_WITH_THE_LIBRARY:
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(self, request, view_func):
        if request.headers.get("X-Requested-With") == "fetch":
            return HttpResponse(status=401)
        if request.method != "POST" or not is_our_own_form(request):
            return super().handle_no_permission(request, view_func)
        kept = {"resend_fields": resend_fields(request), "resend_url": request.get_full_path()}
        response = render(request, "accounts/signed_out.html", kept, status=403)
        response["Cache-Control"] = "no-store"
        return response
