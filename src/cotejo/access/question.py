"""One typed question: may this person, in this duty, do this to that, for this purpose.

1. Answered by the policies in `policies.cedar` and by nothing else; what no policy permits is refused.
2. A refusal names the deciding policies for the log and one plain sentence for the person.
3. This keeps strangers from the door; the law judges every command again where it is accepted (I1, F60).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from importlib import resources
from typing import Final

import cedarpy

from cotejo.rules.acts import Reason
from cotejo.rules.duties import DUTY_WORDS, Officer
from cotejo.rules.words import Text


class Verb(StrEnum):
    """What is asked for."""

    READ = "read"
    SEARCH = "search"
    CHANGE = "change"
    EXPORT = "export"


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """What it is asked of: a kind code, its id, the step asked for, and whose own file it is, if known."""

    kind: str
    id: str = ""
    step: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Allowed:
    """Yes, by these policies."""

    policies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Denied:
    """No; `policies` are the forbids that decided, empty when nothing permits it."""

    policies: tuple[str, ...]
    reason: Reason


_VERB_WORDS: Final[Mapping[Verb, Text]] = {
    Verb.READ: Text("see this", "ver esto"),
    Verb.SEARCH: Text("search here", "buscar aquí"),
    Verb.CHANGE: Text("do this", "hacer esto"),
    Verb.EXPORT: Text("take this out", "extraer esto"),
}
_DENIED: Final = Text(
    "Your duty ({duty}) does not let you {verb}. If the case needs it, ask the officer whose duty it is.",
    "Su función ({duty}) no le permite {verb}. Si el caso lo requiere, acuda a quien tenga esa función.",
)


@lru_cache(maxsize=1024)
def may(officer: Officer, verb: Verb, thing: Thing, *, purpose: str, active: bool = True) -> Allowed | Denied:
    """Ask the policies. `purpose` is a code of `cotejo.rules.purposes`; an empty one is refused."""
    answer = cedarpy.is_authorized(
        {
            "principal": f'Officer::"{_quoted(officer.id)}"',
            "action": f'Action::"{verb}"',
            "resource": f'Thing::"{_quoted(thing.kind)}/{_quoted(thing.id)}"',
            "context": {"purpose": purpose},
        },
        policy_set(),
        [
            {
                "uid": {"type": "Officer", "id": officer.id},
                "attrs": {"duty": str(officer.duty), "id": officer.id, "active": active},
                "parents": [],
            },
            {
                "uid": {"type": "Thing", "id": f"{thing.kind}/{thing.id}"},
                "attrs": {"kind": thing.kind, "step": thing.step, "about": thing.about},
                "parents": [],
            },
        ],
    )
    deciding = tuple(sorted(_names().get(policy, policy) for policy in answer.diagnostics.reasons))
    if answer.allowed:
        return Allowed(deciding)
    duty, does = DUTY_WORDS[officer.duty], _VERB_WORDS[verb]
    text = Text(_DENIED.en.format(duty=duty.en, verb=does.en), _DENIED.es.format(duty=duty.es, verb=does.es))
    return Denied(deciding, Reason(code="access.denied", text=text, rows=("F60",)))


@cache
def policy_text() -> str:
    """Return the policies as they are written."""
    return resources.files("cotejo.access").joinpath("policies.cedar").read_text("utf-8")


@cache
def policy_set() -> cedarpy.PolicySet:
    """Return the policies, parsed once."""
    return cedarpy.PolicySet.from_str(policy_text())


@cache
def _names() -> Mapping[str, str]:
    """Cedar numbers policies in file order; people read their `@id`."""
    ids = [line.split('"')[1] for line in policy_text().splitlines() if line.startswith("@id(")]
    return {f"policy{number}": name for number, name in enumerate(ids)}


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')
