"""Django's settings, computed from the environment alone (config/environment.py)."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import dj_database_url

from recalldesk.config.home import prepare_home
from recalldesk.config.host_names import own_hosts
from recalldesk.config.made_up_services import read_environment
from recalldesk.config.photo_store import photo_store
from recalldesk.config.profile import Profile
from recalldesk.config.provider import firms_provider
from recalldesk.config.secrets_file import local_secrets
from recalldesk.mailing.mail_url import NOWHERE, MailUrlUnreadable, mail_way

ENVIRONMENT = read_environment()
PACKAGE = Path(__file__).resolve().parent.parent
HOME = ENVIRONMENT.home.absolute()
PROFILE = ENVIRONMENT.profile
IS_PRODUCTION = PROFILE is Profile.PRODUCTION

EMBEDDED_DATABASE = not ENVIRONMENT.database_url
if not IS_PRODUCTION:
    prepare_home(HOME, embedded_database=EMBEDDED_DATABASE)
_secrets: dict[str, Any] = {} if IS_PRODUCTION else local_secrets(HOME)
SECRET_KEY = ENVIRONMENT.secret_key or _secrets.get("secret_key", "") or "not-set"
SEALING_KEYS = ENVIRONMENT.sealing_keys or _secrets.get("sealing_keys", "")
LOOKUP_KEY = ENVIRONMENT.lookup_key or _secrets.get("lookup_key", "")
LOG_KEY = ENVIRONMENT.log_key or _secrets.get("log_key", "")
RETIRED_LOG_KEYS = ENVIRONMENT.retired_log_keys
LOG_HEADS_TO = ENVIRONMENT.log_heads_to
JOURNAL_FOLDER = ENVIRONMENT.journal_folder or HOME / "journal"
JOURNAL_APPENDS = "recalldesk.remedies.journal.append_synchronised"
LOG_HEADS_FOLDER = ENVIRONMENT.log_heads_folder or (None if IS_PRODUCTION else HOME / "heads")

DEBUG = ENVIRONMENT.debug
ALLOWED_HOSTS = own_hosts(ENVIRONMENT.hosts, ENVIRONMENT.public_address, ENVIRONMENT.desk_address)
if not IS_PRODUCTION:
    ALLOWED_HOSTS += ["127.0.0.1", "localhost", "[::1]", "testserver"]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "pgtrigger",
    "procrastinate.contrib.django",
    "recalldesk.sealing",
    "recalldesk.accounts",
    "recalldesk.audit",
    "recalldesk.jobs",
    "recalldesk.recalls",
    "recalldesk.pictures",
    "recalldesk.mailing",
    "recalldesk.evidence",
    "recalldesk.units",
    "recalldesk.remedies",
    "recalldesk.claims",
    "recalldesk.incidents",
    "recalldesk.purchasers",
    "recalldesk.disposal",
    "recalldesk.elsewhere",
    "recalldesk.checks",
    "recalldesk.outreach",
    "recalldesk.stock",
    "recalldesk.keeping",
    "recalldesk.takeover",
    "recalldesk.publicity",
    "recalldesk.inquiries",
    "recalldesk.reports",
    "recalldesk.portal",
    "recalldesk.console",
    "recalldesk.api",
    "recalldesk.config",
    "recalldesk.operating",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]
AUTH_USER_MODEL = "accounts.Staff"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The desk: its cookies go nowhere else, so that every other page stays the same for everybody.
DESK_PATH = "/desk/"
SESSION_ENGINE = "recalldesk.accounts.desk_sessions"
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "desk_session", "desk_form"
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = DESK_PATH
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_PRODUCTION
SESSION_LASTS = timedelta(hours=12)
SESSION_COOKIE_AGE = int(SESSION_LASTS.total_seconds())
CSRF_FAILURE_VIEW = "recalldesk.config.errors.form_not_ours"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL, LOGIN_REDIRECT_URL = "account_login", "console:start"
PASSWORD_RESET_TIMEOUT = 3600
ACCOUNT_ADAPTER = "recalldesk.console.signing_in.accounts.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # whoever took an invitation has proved their address
# allauth's own would keep every address a second time, as one not proved.
_TOKENS = "django.contrib.auth.tokens.PasswordResetTokenGenerator"
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = _TOKENS
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nobody has us write to strangers
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
_FORMS = "recalldesk.console.signing_in.forms"
ACCOUNT_FORMS = {
    "login": f"{_FORMS}.Login",
    "reset_password": f"{_FORMS}.ResetPassword",
    "reset_password_from_key": f"{_FORMS}.ResetPasswordKey",
    "change_password": f"{_FORMS}.ChangePassword",
    "set_password": f"{_FORMS}.SetPassword",
    "reauthenticate": f"{_FORMS}.Reauthenticate",
}
MFA_ADAPTER = "recalldesk.console.signing_in.factors.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_FORMS = {
    "authenticate": f"{_FORMS}.AuthenticateByCode",
    "reauthenticate": f"{_FORMS}.ReauthenticateByCode",
    "activate_totp": f"{_FORMS}.ActivateTotp",
    "add_webauthn": f"{_FORMS}.AddPasskey",
}
SOCIALACCOUNT_ADAPTER = "recalldesk.console.signing_in.provider.ProviderAdapter"
OIDC_NAME = ENVIRONMENT.oidc_name
OIDC_PROVES_SECOND_FACTOR = ENVIRONMENT.oidc_proves_second_factor
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {
    "openid_connect": {"APPS": firms_provider(ENVIRONMENT), "OAUTH_PKCE_ENABLED": True}
}
# Counts of tries are shared by all web processes, under names that tell of no address.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_tries",
        "KEY_FUNCTION": "recalldesk.accounts.tries.name_of",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

EMBEDDED_FOLDER = HOME / "postgres"
ARCHIVE_FOLDER = ENVIRONMENT.archive_folder.absolute() if ENVIRONMENT.archive_folder else None
BACKUP_FOLDER = ENVIRONMENT.backup_folder.absolute() if ENVIRONMENT.backup_folder else None
BACKUPS_KEPT = timedelta(days=ENVIRONMENT.backups_kept_days)
ORDER_FILES_KEPT = timedelta(days=ENVIRONMENT.order_files_kept_days)
MATCHING_ENGINE = ENVIRONMENT.matching_engine
DATABASES: dict[str, Any] = {
    "default": {"ENGINE": "recalldesk.config.embedded", "NAME": "recalldesk"}
    if EMBEDDED_DATABASE
    else dj_database_url.parse(ENVIRONMENT.database_url, conn_max_age=60, conn_health_checks=True)
}
# A database that swallows packets must not hold a thread, and the owner behind it, for minutes.
DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)
if EMBEDDED_DATABASE:
    DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}

INDEX_FOLDER = HOME / "index"
PAPERS_FOLDER = HOME / "papers"
PASSING_FOLDER = HOME / "passing"
METRICS_FOLDER = HOME / "metrics"
NOTICE_FOLDER = ENVIRONMENT.notice_folder.absolute() if ENVIRONMENT.notice_folder else None
INDEX_CONFIRM_EVERY = timedelta(seconds=1)
INDEX_STALE_AFTER = timedelta(seconds=30)
SECOND_LOOK_LASTS = timedelta(hours=1)

ROOT_URLCONF = "recalldesk.config.urls"
WSGI_APPLICATION = "recalldesk.config.wsgi.application"
MIDDLEWARE = [
    "recalldesk.config.hosts.brands_hosts",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "recalldesk.config.hits.counted_pages",
    "recalldesk.config.middleware.CompressedWhereKept",
    "recalldesk.config.middleware.GuardedConditions",
    "recalldesk.config.middleware.security_headers",
    "recalldesk.config.desk_middleware.KeptByNobody",
    "recalldesk.config.hosts.desk_at_its_own",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "recalldesk.config.middleware.bounded_bodies",
    "recalldesk.config.desk_middleware.Sessions",
    "recalldesk.config.desk_middleware.Csrf",
    "recalldesk.config.desk_middleware.Authentication",
    "recalldesk.config.desk_middleware.Messages",
    "allauth.account.middleware.AccountMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "recalldesk.portal.frame.frame",
                "recalldesk.console.frame.desk",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]

FORM_RENDERER = "recalldesk.portal.claiming.forms.Renderer"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español")]
if ENVIRONMENT.pseudo_languages:
    LANGUAGES += [("en-xa", "[Ƥşḗŭḓǿ]"), ("ar-xb", "[Right to left]")]
LANGUAGES_BIDI = ["he", "ar", "fa", "ur", "ar-xb"]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

PHOTOS_FOLDER = HOME / "photos"
MOST_WAITING_PHOTOS = ENVIRONMENT.most_waiting_photos
CLAMD = ENVIRONMENT.clamd
MAIL_FOLDER = HOME / "mail"
MAIL_FROM = ENVIRONMENT.mail_from or ("" if IS_PRODUCTION else "desk@recalldesk.example")
try:
    _mail = mail_way(
        ENVIRONMENT.email_url or ("" if IS_PRODUCTION else "file:"), folder=MAIL_FOLDER
    )
except MailUrlUnreadable:
    _mail = NOWHERE  # the system checks say why, before anything starts
EMAIL_BACKEND, MAIL_OPTIONS, MAIL_PROVIDER = _mail.backend, _mail.options, _mail.provider
ANYMAIL = {
    **_mail.anymail,
    "IGNORE_UNSUPPORTED_FEATURES": True,  # not every provider can be told to leave links alone
    "WEBHOOK_SECRET": ENVIRONMENT.mail_webhook_secret,
}
TREMENDOUS_ADDRESS = ENVIRONMENT.tremendous_address
TREMENDOUS_KEY = ENVIRONMENT.tremendous_key
TREMENDOUS_FUNDING = ENVIRONMENT.tremendous_funding
TREMENDOUS_WEBHOOK_KEY = ENVIRONMENT.tremendous_webhook_key
EASYPOST_ADDRESS = ENVIRONMENT.easypost_address
EASYPOST_KEY = ENVIRONMENT.easypost_key
EASYPOST_SENDER = ENVIRONMENT.easypost_sender
EASYPOST_WEBHOOK_SECRET = ENVIRONMENT.easypost_webhook_secret
SMS = ENVIRONMENT.sms or ("none" if IS_PRODUCTION else "local")
SMS_FOLDER = HOME / "sms"

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "photos": photo_store(ENVIRONMENT, PHOTOS_FOLDER),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
if ENVIRONMENT.behind_tls_proxy:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000 if IS_PRODUCTION else 0
DATA_UPLOAD_MAX_MEMORY_SIZE = 64 * 1024
SILENCED_SYSTEM_CHECKS: list[str] = []
LOGGING_CONFIG = None
