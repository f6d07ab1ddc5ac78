"""Every page of ours by its URL name, and its address."""

from django.urls import URLPattern, get_resolver, reverse

OURS = ["home", "accounts", "schools", "consultations"]


def our_patterns():
    """Every URL name of ours with its view, walked from the root."""
    for pattern in get_resolver().url_patterns:
        if getattr(pattern, "app_name", None) in OURS:
            for page in pattern.url_patterns:
                assert isinstance(page, URLPattern), "nested includes would escape this test"
                yield f"{pattern.app_name}:{page.name}", page.callback


def pattern_of(name):
    app, page_name = name.split(":")
    return next(
        page.pattern
        for namespace in get_resolver().url_patterns
        if getattr(namespace, "app_name", None) == app
        for page in namespace.url_patterns
        if page.name == page_name
    )


def address(name, arguments):
    """Reverses a name with the arguments its pattern wants; which record a reference is of, the path says."""
    pattern = pattern_of(name)
    record = str(pattern).split("/")[0].removesuffix("s")
    names = {key: record if key == "reference" else key for key in pattern.converters}
    wanted = {key: arguments.get(f"{record} {name}") or arguments[name] for key, name in names.items()}
    return reverse(name, kwargs=wanted)
