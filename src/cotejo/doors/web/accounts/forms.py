"""Forms of a person's own account."""

from typing import Any

from allauth.account.forms import LoginForm
from allauth.mfa.totp.internal.auth import validate_totp_code
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from cotejo.store.people import Officer

CODE_WIDGET = forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "maxlength": 10})


class SignIn(LoginForm):  # type: ignore[misc] # allauth is untyped
    """User name and password; the second factor has its own page."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - the base class's signature
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("User name")
        self.fields["login"].widget.attrs["autocapitalize"] = "none"
        self.fields["password"].help_text = ""


class Enrol(forms.Form):
    """Password and first code of the second factor, set together."""

    password = forms.CharField(
        label=_("New password"),
        help_text=_("At least 12 characters. A sentence you remember is good; a word everybody uses is refused."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
    )
    repeated = forms.CharField(
        label=_("The same password again"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
    )
    code = forms.CharField(label=_("Six-digit code the application shows"), widget=CODE_WIDGET, max_length=10)

    def __init__(self, *args: Any, officer: Officer, totp_secret: str, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.officer = officer
        self.totp_secret = totp_secret

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self.officer)
        return password

    def clean_repeated(self) -> str:
        repeated: str = self.cleaned_data["repeated"]
        if "password" in self.cleaned_data and repeated != self.cleaned_data["password"]:
            raise forms.ValidationError(_("The two passwords differ."))
        return repeated

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"].replace(" ", "")
        if not validate_totp_code(self.totp_secret, code):
            raise forms.ValidationError(_("This is not the code for this moment. Check the clock of the telephone."))
        return code
