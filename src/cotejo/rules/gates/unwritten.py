"""A wish that arrives outside, by e-mail or telephone, read as the request it would have to be (F75).

It becomes a package with a name, the words that were used, and nothing else; the gates then say everything that is
missing, at once, for a printed gap letter or the page of the officer who typed it in.
"""

from dataclasses import replace

from cotejo.rules.facts import Category, Interval, Route
from cotejo.rules.package import AllegedAct, Name, Package
from cotejo.rules.person import NOBODY


def unwritten_request(
    *, name: str, words: str, origin: str, addressee: str, agreement: str, route: Route = Route.INFORMATION_ONLY
) -> Package:
    """Return the package such a wish amounts to. It never passes and is never stored or sent."""
    act = AllegedAct(
        id="1",
        description=words,
        offence_article="",
        offence_class="",
        interval=Interval(start=""),
        place="",
        membership_only=False,
    )
    documented = Name(documented=name, given="", first_surname="")
    return Package(
        request="",
        version=0,
        origin=origin,
        addressee=addressee,
        agreement=agreement,
        purpose="",
        route=route,
        case_number="",
        category=Category.OTHER,
        category_since="",
        subject=replace(NOBODY, names=(documented,)),
        alleged=(act,),
        court_acts=(),
        claims=(),
        evidence=(),
        affiliations=(),
        grounds=(),
        undertakings=(),
        search_for=None,
        notice=None,
        signers=(),
        withheld=0,
        made_on="",
    )
