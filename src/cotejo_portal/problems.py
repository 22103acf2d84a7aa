"""What stops the portal, as one sentence in each language that says what to do."""


class Unfit(Exception):  # noqa: N818 - a finding about an input, told to the person who gave it
    """An input cannot be published or checked."""

    def __init__(self, en: str, es: str) -> None:
        super().__init__(en)
        self.en = en
        self.es = es

    def sentence(self, language: str) -> str:
        """Return the sentence in `es` or `en`."""
        return self.es if language == "es" else self.en
