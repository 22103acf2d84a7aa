"""What stands on each page, from a checked release and the prevention counts."""

from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from xml.etree.ElementTree import Element

from cotejo_portal.page import LANGUAGES, document, items, link, page, pairs, table, tag
from cotejo_portal.prevention import EVENTS, Counts
from cotejo_portal.release import FIGURES as CODES
from cotejo_portal.release import TOTAL, Cell, Figure, Release, labels_of
from cotejo_portal.sentence import Comparison, Verdict, possible, sentence_ranges
from cotejo_portal.words import FIGURES, comparison, month, say, verdict

SMALLEST_DENOMINATOR = 50


def every_page(release: Release, counts: Counts, counts_file: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield each page as (path, bytes)."""
    yield "index.html", _choice()
    for language in LANGUAGES:
        made = _Pages(release, counts, sha256(counts_file).hexdigest(), language)
        yield from ((f"{language}/{name}", content) for name, content in made.all())


def rate(part: int | None, whole: int | None) -> int | None:
    """Return a whole percentage of two published counts, or nothing below a denominator of 50."""
    if part is None or whole is None or whole < SMALLEST_DENOMINATOR:
        return None
    return min(100, (200 * part + whole) // (2 * whole))


def _choice() -> bytes:
    links = [
        tag("li", tag("a", say("title", each), href=f"{each}/index.html", lang=each, hreflang=each))
        for each in LANGUAGES
    ]
    heading = " / ".join(say("choose_language", each) for each in LANGUAGES)
    main = tag("main", tag("h1", heading), tag("ul", *links), id="content")
    return document("es", heading, tag("body", main))


class _Pages:
    """The pages in one language."""

    def __init__(self, release: Release, counts: Counts, counts_hash: str, language: str) -> None:
        self._release = release
        self._payload = release.payload
        self._counts = counts
        self._counts_hash = counts_hash
        self._language = language

    def all(self) -> Iterator[tuple[str, bytes]]:
        yield "index.html", self._page("index.html", self._say("title"), *self._index())
        for code in CODES:
            figure = self._figure(code)
            name, check = f"figure-{code}.html", f"check-{code}.html"
            yield name, self._page(name, self._name(code), *self._figure_page(figure))
            heading = f"{self._say('check')}: {self._name(code)}"
            yield check, self._page(check, heading, *self._check_page(figure))
        yield "check.html", self._page("check.html", self._say("check"), *self._check_index())
        yield "proof.html", self._page("proof.html", self._say("proof"), *self._proof())
        yield "method.html", self._page("method.html", self._say("method"), *self._method())

    def _index(self) -> Iterator[Element]:
        period = self._payload.period
        first, last = (month(each, self._language) for each in (period.first, period.last))
        yield tag("p", self._say("intro", issuer=self._payload.issuer, first=first, last=last))
        yield tag("h2", self._say("requests"))
        for code in CODES:
            total = self._said(self._figure(code).said()[TOTAL, TOTAL])
            yield tag(
                "p", link(f"figure-{code}.html", self._name(code)), tag("br"), tag("strong", total), class_="figure"
            )
        yield tag("h2", self._say("prevention"))
        yield tag("p", self._say("prevention_intro"))
        offer = self._say("offer", programmes=self._counts.programmes, places=self._counts.places)
        yield tag("p", tag("strong", offer))
        if not self._counts.periods:
            yield tag("p", self._say("prevention_none"))
            return
        rows = [
            [self._say(event), *(self._said(each.counts[event]) for each in self._counts.periods)] for event in EVENTS
        ]
        head = [self._say("half_year"), *(each.half_year for each in self._counts.periods)]
        yield table(self._say("prevention"), head, rows)
        yield tag("p", self._say("not_said_note"), class_="small")
        yield self._downloads("prevention.csv", "prevention.json", "release.json")

    def _figure_page(self, figure: Figure) -> Iterator[Element]:
        _, definition, denominator, shows, shows_not = FIGURES[figure.code][self._language]
        said, words = figure.said(), self._labels(figure)
        columns = (*figure.columns, TOTAL)
        head = [self._say(figure.dimensions[0]), *(words[column] for column in columns)]
        if not figure.columns:
            head[-1] = self._say("count")
        rows = [[words[row], *(self._said(said[row, column]) for column in columns)] for row in (*figure.rows, TOTAL)]
        yield table(self._say("table_label", name=self._name(figure.code)), head, rows)
        yield tag("p", self._say("not_said_note"), class_="small")
        meaning = [
            (self._say("definition"), definition),
            (self._say("denominator"), denominator),
            (self._say("shows"), shows),
            (self._say("shows_not"), shows_not),
        ]
        if figure.code == "withdrawals-swept":
            meaning.insert(2, (self._say("percentage"), self._percentage(figure)))
        yield pairs(*meaning)
        yield tag("p", link(f"check-{figure.code}.html", self._say("check")))
        yield self._downloads(f"figures/{figure.code}.csv", f"figures/{figure.code}.json")

    def _percentage(self, swept: Figure) -> str:
        part, whole = (each.said()[TOTAL, TOTAL] for each in (swept, self._figure("withdrawals-issued")))
        found = rate(part, whole)
        return self._say("percentage_none") if found is None else self._say("percentage_says", rate=found)

    def _check_index(self) -> Iterator[Element]:
        yield tag("p", self._say("check_intro"))
        yield items(*(link(f"check-{code}.html", self._name(code)) for code in CODES))
        yield tag("p", self._say("check_elsewhere"))
        yield tag("p", self._say("check_command"))
        asked = f"--figure {CODES[0]} --month {self._payload.period.first} --comparison at-least --number 30"
        yield tag("pre", f"cotejo-portal check-sentence release.json {asked}", tabindex="0")

    def _check_page(self, figure: Figure) -> Iterator[Element]:
        yield tag("p", self._say("check_intro"))
        said, words = figure.said(), self._labels(figure)
        for cell in sorted(figure.places(), key=lambda place: place != (TOTAL, TOTAL)):
            where = self._where(figure, cell, words)
            low, high = possible(said[cell], guarded=figure.guarded)
            ranges = [(each, sentence_ranges(low, high, each)) for each in Comparison]
            rows = [(comparison(each, self._language), self._verdicts(found)) for each, found in ranges]
            head = [self._say("sentence_says"), self._say("answer")]
            published = tag("p", self._say("published_as", said=self._said(said[cell])))
            yield tag("details", tag("summary", where), published, table(where, head, rows))
        yield tag("p", self._say("check_elsewhere"))

    def _verdicts(self, ranges: dict[Verdict, str]) -> Element:
        lines = [f"{numbers}: {verdict(kind, self._language)}" for kind, numbers in ranges.items() if numbers != "—"]
        return tag("span", *[part for line in lines for part in (tag("br"), line)][1:])

    def _proof(self) -> Iterator[Element]:
        log = self._payload.log
        header, _, signature = self._release.envelope.signed.split(".")
        yield tag("p", self._say("proof_intro", issuer=self._payload.issuer, size=log.size))
        confirmed = [[each.witness, _second(each.seconds)] for each in self._release.cosignatures]
        yield table(self._say("witness"), [self._say("witness"), self._say("confirmed")], confirmed)
        yield pairs(
            (self._say("root"), tag("code", log.root)),
            (self._say("rules"), self._payload.rules),
            (self._say("prevention_hash"), tag("code", self._counts_hash)),
        )
        yield tag("h2", self._say("signature"))
        yield tag("p", self._say("signature_note"))
        yield pairs(("header", tag("code", header)), ("signature", tag("code", signature)))
        yield tag("h2", self._say("checkpoint"))
        yield tag("pre", self._release.envelope.checkpoint, tabindex="0")
        yield tag("h2", self._say("how_to_check"))
        yield tag("ol", *(tag("li", self._say(step)) for step in ("how_1", "how_2", "how_3", "how_4")))
        commands = (
            "cotejo-portal build release.json again --prevention prevention.json --trust trust.txt\n"
            "cd again && sha256sum --check SHA256SUMS\n"
            "cotejo-portal recount leaves.jsonl release.json --trust trust.txt"
        )
        yield tag("pre", commands, tabindex="0")
        yield tag("p", self._say("proof_limits"))
        yield self._downloads("release.json", "payload.json", "checkpoint.txt", "prevention.json", "SHA256SUMS")

    def _method(self) -> Iterator[Element]:
        for heading, entries in (
            ("method_rules", ("method_1", "method_2", "method_3", "method_4")),
            ("method_refuses", ("refuses_1", "refuses_2", "refuses_3")),
        ):
            yield tag("h2", self._say(heading))
            yield items(*(self._say(entry) for entry in entries))
        yield tag("h2", self._say("method_contest"))
        yield tag("p", self._say("contest"))

    def _page(self, name: str, heading: str, *content: Element) -> bytes:
        return page(name, self._language, heading, *content, invented=self._payload.world == "invented")

    def _say(self, sentence: str, /, **values: object) -> str:
        return say(sentence, self._language, **values)

    def _said(self, value: int | None) -> str:
        return self._say("not_said") if value is None else str(value)

    def _name(self, code: str) -> str:
        return FIGURES[code][self._language][0]

    def _figure(self, code: str) -> Figure:
        return next(figure for figure in self._payload.figures if figure.code == code)

    def _labels(self, figure: Figure) -> dict[str, str]:
        months = [
            value
            for dimension, values in zip(figure.dimensions, (figure.rows, figure.columns), strict=False)
            for value in values
            if dimension == "month"
        ]
        words = {value: month(value, self._language) for value in months}
        return {**labels_of(figure, self._language), **words, TOTAL: self._say("total")}

    def _where(self, figure: Figure, cell: Cell, words: dict[str, str]) -> str:
        named = [words[value] for value in cell if value != TOTAL]
        if "month" in figure.dimensions and cell[figure.dimensions.index("month")] == TOTAL:
            named.insert(0, self._say("whole_period"))
        return " · ".join(named or [self._say("whole_period")])

    def _downloads(self, *names: str) -> Element:
        links: list[Element | str] = [f"{self._say('download')}: "]
        for name in names:
            links += [link(f"../{name}", name.rpartition("/")[2]), " "]
        return tag("p", *links)


def _second(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, tz=UTC).strftime("%Y-%m-%d %H:%M:%S")
