"""What can go wrong, in words for the person in front of the screen."""


class CannotContinue(Exception):  # noqa: N818 - a sentence that says what to do, not a programming error
    """The command stops; the message says what to do."""
