"""A document attached to a form: kept here before the command is given, and still attached when the form comes back.

1. Only PDF files, at most `MOST_BYTES`; what is wrong is said with what helps.
2. Kept means: sealed under the key of the case it is attached to, so that erasing the case erases it.
3. The form's cleaned value is the document's hex SHA-256; empty when nothing was attached to an optional field.
"""

import re
from collections.abc import Callable
from typing import Any, Final

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms.utils import flatatt
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.datastructures import MultiValueDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

MOST_BYTES: Final = 20 * 2**20
_HASH: Final = re.compile(r"[0-9a-f]{64}")


class AttachedInput(forms.FileInput):
    """A file control that also carries the hash of what is attached already."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:  # noqa: ANN401 - Django's signature
        return super().value_from_datadict(data, files, name) or data.get(f"{name}-kept") or None

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:  # noqa: ANN401, ARG002
        kept = value if isinstance(value, str) and _HASH.fullmatch(value) else ""
        given = self.build_attrs(self.attrs, {**(attrs or {}), "type": "file", "name": name})
        if kept:
            given.pop("required", None)
        return render_to_string("base/attached.html", {"name": name, "kept": kept, "attributes": flatatt(given)})


class Attached(forms.FileField):
    """A PDF to attach. `AttachingForm` turns the upload into the hash of the kept document."""

    widget = AttachedInput(attrs={"accept": "application/pdf"})

    def bound_data(self, data: Any, initial: Any) -> Any:  # noqa: ANN401 - Django's signature
        return data or initial

    def clean(self, data: Any, initial: Any = None) -> Any:  # noqa: ANN401 - Django's signature
        if isinstance(data, str):
            if not _HASH.fullmatch(data):
                raise forms.ValidationError(_("Attach the document again."))
            return data
        found = super().clean(data, initial)
        if isinstance(found, UploadedFile):
            if (found.size or 0) > MOST_BYTES:
                raise forms.ValidationError(_("The file is larger than 20 MB. Attach a smaller copy."))
            if found.read(5) != b"%PDF-":
                raise forms.ValidationError(_("This is not a PDF file. Print or scan the document as PDF."))
            found.seek(0)
        return found or ""


class AttachingForm(forms.Form):
    """A form whose `Attached` fields end as hashes; `keep` stores a document and returns its hash."""

    def __init__(self, *args: Any, keep: Callable[[bytes], str], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self._keep = keep

    def full_clean(self) -> None:
        super().full_clean()
        for name, field in self.fields.items():
            found = getattr(self, "cleaned_data", {}).get(name)
            if isinstance(field, Attached) and isinstance(found, UploadedFile):
                kept = self._keep(found.read())
                self.cleaned_data[name] = kept
                self._attach(self.add_prefix(name), kept)

    def _attach(self, name: str, kept: str) -> None:
        data = QueryDict(mutable=True)
        data.update(self.data)
        data[f"{name}-kept"] = kept
        self.data = data
        self.files = MultiValueDict({other: self.files.getlist(other) for other in self.files if other != name})
