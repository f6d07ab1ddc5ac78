"""The header of every page: the service, who is signed in, and where they can go."""

from .rows import lines, part

ACCOUNT = ("name", "role", "ways_url", "sessions_url", "switch_url", "signout_url")


def header(context):
    """Drawn from what accounts.context.role_and_navigation says, or a page in its place."""
    account = context.get("account") or {}
    cells = {name: account.get(name) for name in ACCOUNT}
    # Asking for the token has a cookie sent with the page: only where there is a button.
    cells["csrf_token"] = str(context.get("csrf_token", "")) if account else None
    cells["home_url"] = context.get("home_url") or "/"
    cells["navigation"] = navigation(context)
    return part("web/header.html", cells)


def navigation(context):
    request = context.get("request")
    items = [
        {
            "text": item["text"],
            "href": item["href"],
            "current": item["current"],
            # The page itself, and not one that lies under it.
            "here": item["current"] and request is not None and item["href"] == request.path,
        }
        for item in context.get("navigation") or ()
    ]
    return lines("web/navigation_item.html", items)
