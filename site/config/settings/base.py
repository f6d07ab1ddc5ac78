"""Settings every environment shares. What differs stands in dev, test and production."""

from pathlib import Path

import environ
from csp.constants import NONE, SELF

from .databases import cache, databases
from .providers import openid_providers

BASE_DIR = Path(__file__).resolve().parents[3]
DATA_DIR = BASE_DIR / ".data"
env = environ.Env()

INSTALLED_APPS = [
    "home",
    "consultations",
    "schools",
    "resources",
    "accounts",
    "web",
    "wagtail.users",
    "wagtail.images",
    "wagtail.documents",
    "wagtail.snippets",
    "wagtail.search",
    # Wagtail's admin without its e-mails.
    "resources.quiet_admin.QuietAdmin",
    "wagtail",
    "modelcluster",
    "taggit",
    "crispy_forms",
    "simple_history",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
]

MIDDLEWARE = [
    "web.health.HealthPages",
    "django.middleware.security.SecurityMiddleware",
    "web.middleware.ContentSecurityPolicy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Behind the static files, which have no line.
    "web.request_log.RequestLog",
    "web.middleware.ResponseHeaders",
    "web.behind.RemembersWriting",
    # With random bytes in front, so that the length of a page tells nothing of it (docs/adr/0041).
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.idle.IdleLimit",
    "accounts.middleware.SignInFirst",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.second_factor.SecondFactorFirst",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "accounts.middleware.RoleInUseMiddleware",
    "web.middleware.SaysWhere",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "NAME": "django",
        "BACKEND": "web.templates_let_go.Templates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "accounts.context.role_and_navigation",
                "accounts.context.how_signed_in",
            ],
        },
    },
]
CRISPY_ALLOWED_TEMPLATE_PACKS = ["nhs"]
CRISPY_TEMPLATE_PACK = "nhs"
CRISPY_FAIL_SILENTLY = False

DATABASES = databases(env, f"sqlite:///{DATA_DIR / 'fortnight.sqlite3'}")
# Pages that say so read from the replica, where there is one. Of these apps alone: who somebody is, what they
# may and what is written down of them is asked of the primary, always. docs/adr/0046
DATABASE_ROUTERS = ["web.behind.Router"]
MAY_BE_BEHIND = {"consultations", "resources", "schools", "taggit", "wagtailcore", "wagtailsearch"}
# Seconds. A replica that is further behind is not read, and whether it is gets asked this often.
REPLICA_BEHIND_AT_MOST = env.int("REPLICA_BEHIND_AT_MOST", default=10)
REPLICA_LOOK_EVERY = 2
# Not secrets: they open and sign the demo's invented cases alone. `manage.py doctor` knows them.
DEMO_NOTE_KEY = "Zm9ydG5pZ2h0LWRlbW8tb25seS1ub3QtYS1zZWNyZXQ="
DEMO_HISTORY_KEY = "Zm9ydG5pZ2h0LWRlbW8taGlzdG9yeS1ub3Qtc2VjcmU="
# Of the database itself, where everything else goes through a pooler (docs/backups.md).
BACKUP_DATABASE = env.db_url("BACKUP_DATABASE_URL") if env("BACKUP_DATABASE_URL", default="") else None
# Where backups go that are given no place, and where is noted when the last good one was made, and when the
# history was last checked.
BACKUP_DIR = Path(env("BACKUP_DIR", default=str(DATA_DIR / "backups")))
BACKUP_KEY = env("BACKUP_KEY", default="")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backend.PersonBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
EDITORS_ONLY = "/cms/"
# Whether everybody may read the library: docs/adr/0029.
LIBRARY_PUBLIC = env.bool("LIBRARY_PUBLIC", default=False)
PUBLIC_WITH_THE_LIBRARY = {"wagtail_serve"}
INVITATION_DAYS = env.int("INVITATION_DAYS", default=7)
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home:start"
ACCOUNT_ADAPTER = "accounts.adapter.InvitedOnlyAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = False
# Five wrong passwords close an address, known or not, for 15 minutes. A school shares one IP address.
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "30/m/ip,5/15m/key"}
ACCOUNT_FORMS = {
    "login": "accounts.sign_in_forms.SignInForm",
    "reset_password": "accounts.sign_in_forms.ResetForm",
    "change_password": "accounts.sign_in_forms.ChangePasswordForm",
    "set_password": "accounts.sign_in_forms.SetPasswordForm",
    "reset_password_from_key": "accounts.sign_in_forms.ResetKeyForm",
    "reauthenticate": "accounts.sign_in_forms.ConfirmPasswordForm",
}

# Off only where there is nothing to protect. Every page says so then, and check --deploy refuses it.
SECOND_FACTOR_REQUIRED = True
MFA_ADAPTER = "accounts.adapter.SecondFactorAdapter"
# Nobody signs up here: accounts are given to an address. allauth would refuse a second step to whoever was
# sent a link to set a password, because it notes their address then, as one that was never confirmed.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "Fortnight"
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}
MFA_FORMS = {
    "authenticate": "accounts.second_factor_forms.CodeForm",
    "reauthenticate": "accounts.second_factor_forms.ConfirmCodeForm",
    "activate_totp": "accounts.second_factor_forms.SetUpAppForm",
    "deactivate_totp": "accounts.second_factor_forms.RemoveAppForm",
    "generate_recovery_codes": "accounts.second_factor_forms.NewRecoveryCodesForm",
    "add_webauthn": "accounts.second_factor_forms.AddPasskeyForm",
    "authenticate_webauthn": "accounts.second_factor_forms.PasskeyForm",
    "reauthenticate_webauthn": "accounts.second_factor_forms.ConfirmPasskeyForm",
    "login_webauthn": "accounts.second_factor_forms.PasskeySignInForm",
}

SOCIALACCOUNT_ADAPTER = "accounts.provider_sign_in.KnownPeopleOnly"
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": openid_providers(env), "OAUTH_PKCE_ENABLED": True}}

# Seconds without anything done by a person. The warning comes before the end.
IDLE_LIMIT = 30 * 60
IDLE_WARNING = 25 * 60
# Whatever was done, nobody stays signed in longer than this.
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_ENGINE = "accounts.session_store"
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "web.errors.csrf_failure"
# Asked by the page that says something went wrong, which lies on a floor below.
DRAFT_SAVED_AT = "consultations.services.draft_saved_at"
# Messages name records, and a cookie would outlive the person who read them.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
PERMISSIONS_POLICY = {
    **dict.fromkeys(["accelerometer", "camera", "display-capture", "geolocation", "gyroscope"], "()"),
    **dict.fromkeys(["magnetometer", "microphone", "midi", "payment", "usb"], "()"),
    **dict.fromkeys(["publickey-credentials-create", "publickey-credentials-get"], "(self)"),
}
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        **dict.fromkeys(["default-src", "base-uri", "object-src", "frame-ancestors"], [NONE]),
        **dict.fromkeys(["script-src", "style-src", "img-src", "connect-src", "form-action"], [SELF]),
    }
}
# What the editing pages need besides, and why: docs/adr/0009.
CONTENT_SECURITY_POLICY_OF_EDITORS = {
    "img-src": [SELF, "data:", "blob:"],
    "font-src": [SELF],
    "frame-src": [SELF],
    "frame-ancestors": [SELF],
}

CACHES = {"default": cache(env)}

LOGS_AS_JSON = False
# At DEBUG the template engine logs whole contexts, and so the words of a record.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "loggers": {"django.template": {"level": "INFO"}},
}

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = Path(env("STATIC_ROOT", default=str(DATA_DIR / "static")))
# The one thing that is kept in files: uploads of the library. Several machines share this folder.
MEDIA_ROOT = Path(env("MEDIA_ROOT", default=str(DATA_DIR / "media")))
MEDIA_URL = "/media/"
# Django's own limit, written out: the longest form with every box full stays far below it.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440

BASE_URL = env("BASE_URL", default="http://127.0.0.1:8000")
# Somebody who opens more cases than this within an hour is on the lead's list of unusual readings.
MANY_CASES_IN_AN_HOUR = env.int("MANY_CASES_IN_AN_HOUR", default=20)

DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="Fortnight <no-reply@localhost>")
# Seconds for each answer of the mail server. The next try comes a minute later at the earliest.
EMAIL_TIMEOUT = 10

TASKS = {
    # Wagtail's own jobs run at once: queued, a new page of the library is not found until the worker runs.
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
    "mail": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["mail"]},
}

WAGTAIL_SITE_NAME = "Fortnight library"
WAGTAILADMIN_BASE_URL = BASE_URL
# Addresses of our own in what the read-only API hands out, and how much of it at once.
WAGTAILAPI_BASE_URL = BASE_URL
WAGTAILAPI_LIMIT_MAX = 50
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_PASSWORD_RESET_ENABLED = False
# Nothing is published but by a clinician's review: docs/adr/0028.
WAGTAIL_WORKFLOW_ENABLED = True
WAGTAIL_FINISH_WORKFLOW_ACTION = "resources.reviewed.publish_reviewed"
# After this many months a strategy is due for review again.
LIBRARY_REVIEW_MONTHS = env.int("LIBRARY_REVIEW_MONTHS", default=12)
# They send e-mails of their own, past our one sending layer.
WAGTAILADMIN_COMMENTS_ENABLED = False
# Passwords and addresses are changed on our own pages alone.
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
# Both of these call out to a third party by default.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
# The only uploads there are. A document is always saved, never shown inside a page of ours.
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx", "pptx", "odt", "txt"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILDOCS_DOCUMENT_FORM_BASE = "resources.document_form.CheckedDocumentForm"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_INLINE_CONTENT_TYPES = []
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 5 * 1024 * 1024
# A small file can hold a picture that fills the memory of the server.
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 24_000_000
WAGTAILIMAGES_IMAGE_FORM_BASE = "resources.image_form.CheckedImageForm"
# Texts are in British English, whatever the language of the database.
WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "wagtail.search.backends.database", "SEARCH_CONFIG": "english"}
}

SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = False
# Whether each question put together once is compared with what would be asked without: docs/adr/0048.
CHECK_PREPARED = False
