"""allauth's forms in our words. Each field has a label that stays and no placeholder that goes."""

from allauth.account import forms as account
from allauth.account.adapter import get_adapter as account_adapter
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.core import context
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.utils.translation import gettext as _

from .limits import CODE, PASSWORD, USED_CODE


def _say(form: forms.Form, field: str, label: str, hint: str = "") -> None:
    form.fields[field].label = label
    form.fields[field].help_text = hint
    form.fields[field].widget.attrs.pop("placeholder", None)


def _ask_for_code(form: forms.Form, hint: str) -> None:
    _say(form, "code", _("Code"), hint)
    form.fields["code"].widget.attrs |= {
        "autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"}


class SignIn(account.LoginForm):
    """E-mail address and password."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "login", _("E-mail address"))
        _say(self, "password", _("Password"))


class PasswordAgain(account.ReauthenticateForm):
    """The password, before something risky."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "password", _("Password"))

    def save(self) -> None:
        """Note in the session that it was right."""
        reauthenticate_by_password(context.request)


class NewPassword(account.ChangePasswordForm):
    """The password now, and the new one, typed once: a sign-in link helps who mistyped it."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        _say(self, "oldpassword", _("Your password now"))
        _say(self, "password1", _("Your new password"),
             _("At least 12 characters. Three or four words are easy to keep."))

    def clean_oldpassword(self) -> str:
        """Counted, so that a session left open is no place to guess the password."""
        if not PASSWORD.allows(self.user.pk):
            raise account_adapter().validation_error("rate_limited")
        password = super().clean_oldpassword()
        PASSWORD.forget(self.user.pk)
        return password


class CountedCode:
    """Wrong codes are counted by account; a code that was used is refused, also while its half minute lasts."""

    def clean_code(self) -> str:
        if not CODE.allows(self.user.pk):
            raise account_adapter().validation_error("rate_limited")
        code = super().clean_code()
        if self.authenticator.type == Authenticator.Type.TOTP and not USED_CODE.allows(
                f"{self.user.pk} {normalize_user_code(code)}"):
            raise get_adapter().validation_error("incorrect_code")
        CODE.forget(self.user.pk)
        return code


class SecondStepCode(CountedCode, mfa.AuthenticateForm):
    """The second step of a sign-in."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        _ask_for_code(self, _("The six digits your app shows now, or one of your recovery codes."))


class CodeAgain(CountedCode, mfa.ReauthenticateForm):
    """A code, before something risky."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        _ask_for_code(self, _("The six digits your app shows now, or one of your recovery codes."))


class FirstCode(totp.ActivateTOTPForm):
    """The code that shows that the app and we agree."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        _ask_for_code(self, _("The six digits your app shows now."))


class NewPasskey(webauthn.AddWebAuthnForm):
    """A passkey and what to call it."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "name", _("What do you call this device or key?"))
        _say(self, "passwordless", _("Sign in with it alone, without a password"),
             _("The device then asks for your finger, your face or its PIN. "
               "Turn this off for a key that can't."))
        self.fields["passwordless"].initial = True


class PasskeyName(webauthn.EditWebAuthnForm):
    """Another name for a passkey."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "name", _("What do you call this device or key?"))
        self.fields["name"].max_length = 60
