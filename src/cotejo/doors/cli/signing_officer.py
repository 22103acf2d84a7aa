"""Who signs for what a command does: an account of this node that holds the duty it takes."""

from cotejo.doors.cli.speaking import Told, refuse
from cotejo.rules.duties import Duty, Officer


def acting(username: str, duty: Duty) -> Officer:
    """Return this account acting in this duty. Raises `Told`."""
    from cotejo.store.people import Officer as Account
    from cotejo.store.people import PeopleRefusedError

    account = Account.objects.filter(username=username).first()
    if account is None:
        refuse(f"There is no account {username} on this node.", f"En este nodo no hay una cuenta {username}.")
    try:
        return account.acting(duty)
    except PeopleRefusedError as refused:
        raise Told(*refused.problems) from refused
