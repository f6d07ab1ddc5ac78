"""Sign-in through an organisation's own accounts (OpenID Connect), one provider for each OIDC_…_CLIENT_ID."""

# Key: what the person reads, what more is asked of the provider, and which claims of its token say that
# a second factor was used there. Google's token never says.
KNOWN = {
    "nhs": (
        "NHS CIS2",
        {"acr_values": "AAL2_OR_AAL3_ANY"},
        "acr=AAL2_OR_AAL3_ANY,AAL2_ANY,AAL3_ANY",
    ),
    "entra": ("Microsoft", {}, "amr=mfa"),
    "google": ("Google", {}, ""),
}
URLS = {"google": "https://accounts.google.com"}


def openid_providers(env):
    """What SOCIALACCOUNT_PROVIDERS takes; empty when the environment names no provider."""
    return [provider(env, name) for name in KNOWN if env(f"OIDC_{name.upper()}_CLIENT_ID", default="")]


def provider(env, name):
    """Of one provider: …_URL, …_CLIENT_ID and …_SECRET; …_DOMAINS for one that proves no e-mail address."""
    prefix = f"OIDC_{name.upper()}"
    called, asked, second_factor = KNOWN[name]
    return {
        "provider_id": name,
        "name": env(f"{prefix}_NAME", default=called),
        "client_id": env(f"{prefix}_CLIENT_ID"),
        "secret": env(f"{prefix}_SECRET"),
        "settings": {
            "server_url": env(f"{prefix}_URL", default=URLS.get(name, env.NOTSET)),
            "auth_params": asked,
            "verified_email": env.list(f"{prefix}_DOMAINS", default=[]),
            "second_factor": claims(env(f"{prefix}_SECOND_FACTOR", default=second_factor)),
        },
    }


def claims(text):
    """ "amr=mfa,hwk;acr=AAL3_ANY" as {"amr": ["mfa", "hwk"], "acr": ["AAL3_ANY"]}."""
    pairs = [part.partition("=") for part in text.split(";") if part]
    return {name.strip(): [value.strip() for value in values.split(",")] for name, _, values in pairs}
