"""A slow connection, as Chromium emulates one."""

# The preset "Slow 3G" of its developer tools: milliseconds, and bytes a second.
SLOW_3G = {"latency": 2000, "downloadThroughput": 50_000, "uploadThroughput": 50_000}


def throttle(page, **changes):
    """Slow 3G from here on, for one page; `changes` are other values of it."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", {"offline": False, **SLOW_3G, **changes})
