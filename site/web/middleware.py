"""What a browser is told about every answer: what it may load, whom it may tell, and to keep nothing."""

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpResponseRedirect, JsonResponse

HEADER = "Content-Security-Policy"


def edits_the_library(request):
    return request.path.startswith(settings.EDITORS_ONLY)


class ContentSecurityPolicy(CSPMiddleware):
    """One policy for all our pages, and a little more for the editing pages, which are not ours."""

    def process_response(self, request, response):
        # A preview is drawn as a page of ours, header included, and shown inside an editing page.
        if edits_the_library(request) and HEADER in response:
            del response[HEADER]
        return super().process_response(request, response)

    def get_policy_parts(self, request, response, report_only=False):
        parts = super().get_policy_parts(request, response, report_only)
        if not edits_the_library(request):
            return parts
        return PolicyParts(
            parts.config, parts.update, settings.CONTENT_SECURITY_POLICY_OF_EDITORS, parts.nonce
        )


class ResponseHeaders:
    """Every page, error pages too, is kept nowhere. Static files are served before they come here."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.permissions = ", ".join(f"{name}={who}" for name, who in settings.PERMISSIONS_POLICY.items())

    def __call__(self, request):
        response = self.get_response(request)
        response["Permissions-Policy"] = self.permissions
        if "no-store" not in response.get("Cache-Control", ""):
            response["Cache-Control"] = "no-store"
        if edits_the_library(request):
            response["X-Frame-Options"] = "SAMEORIGIN"
        return response


class SaysWhere:
    """Tells the script of a page, which sent its form, where the record is: {"to": address}.

    A script cannot read where a redirect leads, and if it followed it, it would read that page, with what a
    page says once. For who is signed out a redirect stays one: it leads to the sign-in page.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        asked = request.headers.get("X-Answer") == "where" and request.user.is_authenticated
        if not asked or not isinstance(response, HttpResponseRedirect):
            return response
        answer = JsonResponse({"to": response.url})
        answer.cookies = response.cookies
        return answer
