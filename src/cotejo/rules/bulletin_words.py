"""The closed lists of incidents and bulletins; their words are in `origin_vocabulary`."""

from enum import StrEnum


class IncidentKind(StrEnum):
    """The closed list of kinds."""

    HOMICIDE = "homicide"
    EXTORTION = "extortion"
    DISAPPEARANCE = "disappearance"
    FORCED_DISPLACEMENT = "forced_displacement"
    RECRUITMENT = "recruitment"
    WEAPONS = "weapons"
    DRUGS = "drugs"


class Trend(StrEnum):
    """Compared with the same month a year before."""

    UP = "up"
    DOWN = "down"
    STEADY = "steady"
    NOT_KNOWN = "not_known"
