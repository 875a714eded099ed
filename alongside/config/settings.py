"""Django's settings. What a server keeper may set stands in `environment.py`."""

from pathlib import Path

from alongside.config import environment

HERE = Path(__file__).resolve().parent.parent
ENVIRONMENT = environment.read()

SECRET_KEY = ENVIRONMENT.secret_key
MASTER_KEYS = ENVIRONMENT.master_keys
AUDIT_KEY_FILE = ENVIRONMENT.audit_key_file
DATA_DIR = ENVIRONMENT.data
BACKUP_DAYS = ENVIRONMENT.backup_days
DEBUG = ENVIRONMENT.debug
DEMO = ENVIRONMENT.demo
PUBLIC_ADDRESS = ENVIRONMENT.address
ALLOWED_HOSTS = ENVIRONMENT.hosts
DATABASES = {"default": ENVIRONMENT.database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "alongside.ui",
    "alongside.access",
    "alongside.audit",
    "alongside.privacy",
    "alongside.organizations",
    "alongside.people",
    "alongside.listening",
    "alongside.findings",
    "alongside.changes",
    "alongside.keeping",
    "alongside.outside.mail",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "alongside.config.middleware.Neutral",
    "alongside.config.middleware.RespondentsDoor",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "alongside.people.middleware.ActorMiddleware",
    "alongside.access.middleware.DoorMiddleware",
    "alongside.access.rows.RowsMiddleware",
    "alongside.people.again.AgainMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "alongside.config.urls"
ANSWERING_URLCONF = "alongside.config.urls_answering"
WSGI_APPLICATION = "alongside.config.wsgi.application"

TEMPLATES = [{
    "BACKEND": "django.template.backends.django.DjangoTemplates",
    "DIRS": [],
    "OPTIONS": {
        "context_processors": [
            "django.template.context_processors.request",
            "django.contrib.messages.context_processors.messages",
            "alongside.people.context.frame",
        ],
        "loaders": [("django.template.loaders.cached.Loader", ["django.template.loaders.app_directories.Loader"])],
        "builtins": ["django.templatetags.i18n", "alongside.ui.templatetags.ui"],
    },
}]

# -- Accounts of staff -------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_REDIRECT_URL = "/"
LOGIN_URL = "account_login"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # an address is proved by the invitation link that was handed over
ACCOUNT_ADAPTER = "alongside.people.adapters.StaffOnly"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
# We count ourselves (people/limits.py): by account, never by network address, and right over several processes.
ACCOUNT_RATE_LIMITS = MFA_RATE_LIMITS = False
ACCOUNT_FORMS = {
    "login": "alongside.people.signin_forms.SignIn",
    "reauthenticate": "alongside.people.signin_forms.PasswordAgain",
    "change_password": "alongside.people.signin_forms.NewPassword",
}
MFA_ADAPTER = "alongside.people.adapters.SecondStep"
MFA_FORMS = {
    "authenticate": "alongside.people.signin_forms.SecondStepCode",
    "reauthenticate": "alongside.people.signin_forms.CodeAgain",
    "activate_totp": "alongside.people.signin_forms.FirstCode",
    "add_webauthn": "alongside.people.signin_forms.NewPasskey",
    "edit_webauthn": "alongside.people.signin_forms.PasskeyName",
}
MFA_TOTP_TOLERANCE = 1  # half a minute each way, for clocks that are off; a used code is refused for longer
SAMPLE_MAKER = "alongside.config.sample.make_sample"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Alongside"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not ENVIRONMENT.https  # browsers allow it for localhost only
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}

SESSION_ENGINE = "alongside.people.sealed_sessions"
SESSION_COOKIE_NAME = "s"
SESSION_COOKIE_AGE = 60 * 60 * 10
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENVIRONMENT.https
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_TRUSTED_ORIGINS = [ENVIRONMENT.address] if ENVIRONMENT.address else []
# Not "no-referrer": browsers then send "Origin: null" with a form, and the check against forged forms refuses
# it. People who answer never get here; their pages say no-referrer.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31536000 if ENVIRONMENT.https else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.https else None
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "alongside.config.pages.form_expired"

# -- What may come in --------------------------------------------------------------------------------------------
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
# A file stays in memory until it is read, sealed or refused: nothing of it is ever put on the disk in clear.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 21_000_000

# -- Languages ---------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español")]
if ENVIRONMENT.pseudo_language:
    from alongside.ui.pseudo import register

    LANGUAGES.append(register())
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
LOCALE_PATHS = [HERE / "ui" / "locale"]
LANGUAGE_COOKIE_NAME = "l"

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# -- Mail: none is sent unless a server is named -------------------------------------------------------------------
EMAIL_BACKEND = "alongside.outside.mail.backend.ByHandOrServer"

# -- Logs: no address, no path of a person who answers, no value -------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"without_people": {"()": "alongside.config.logs.WithoutPeople"}},
    "formatters": {"plain": {"format": "%(levelname)s %(name)s %(message)s"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "filters": ["without_people"], "formatter": "plain"},
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        # A wrong code or a closed form is nobody's business, not even the log's: only what broke is written.
        "django.request": {"level": "ERROR"},
        "django.security": {"level": "ERROR"},
    },
}
