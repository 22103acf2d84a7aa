"""What is disputed of a request, for the person's copy and for whoever reads it: beside the statement, and whole.

1. It stands with what speaks for the person, in the dispute's own words.
2. An answered dispute is still a dispute: it stands as long as its statement does.
"""

from cotejo.papers.paper import Block, Fact, Facts, Points, Quotation, Section, Sentence
from cotejo.rules.dispute_words import Disputed
from cotejo.rules.package import Package, PackagedClaim
from cotejo.rules.vocabulary import words_of
from cotejo.rules.words import Language, Text


def disputes(package: Package, disputed: tuple[Disputed, ...], language: Language) -> tuple[Section, ...]:
    """Say every dispute about a statement of this version; no section at all when there is none."""
    held = {(each.id, each.version): each for each in package.claims}
    blocks: list[Block] = []
    for each in disputed:
        claims = [held[name] for name in each.claims if name in held]
        if claims:
            blocks += _dispute(each, claims, language)
    return (
        (Section(heading=Text("Disputed statements", "Afirmaciones impugnadas"), blocks=tuple(blocks)),)
        if blocks
        else ()
    )


def beside(claim: PackagedClaim, disputed: tuple[Disputed, ...]) -> tuple[Sentence, ...]:
    """Say beside a statement by whom and since when it is disputed."""
    return tuple(
        Sentence(text=_said(each), strong=True) for each in disputed if (claim.id, claim.version) in each.claims
    )


def _said(dispute: Disputed) -> Text:
    by = words_of(dispute.by)
    return Text(f"Disputed by {by.en} on {dispute.on}.", f"Impugnada por {by.es} el {dispute.on}.")


def _dispute(dispute: Disputed, claims: list[PackagedClaim], language: Language) -> tuple[Block, ...]:
    rows = (
        Fact(label=Text("Disputed by, on", "Impugna, el día"), value=f"{_by(dispute, language)}, {dispute.on}"),
        Fact(label=Text("What is asked", "Qué se pide"), value=words_of(dispute.asks).in_language(language)),
    )
    statements = tuple(Text(f"«{each.statement}»", f"«{each.statement}»") for each in claims)
    return (Facts(rows=rows), Points(items=statements), Quotation(words=dispute.statement, source=""))


def _by(dispute: Disputed, language: Language) -> str:
    return words_of(dispute.by).in_language(language)
