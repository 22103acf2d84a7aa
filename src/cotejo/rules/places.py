"""Place codes of bulletins: ISO 3166-2, departments of El Salvador and states of the United States. A closed list."""

from typing import Final

_SV: Final = "AH CA CH CU LI MO PA SA SM SO SS SV UN US"
_US: Final = (
    "AL AK AZ AR CA CO CT DC DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR "
    "PA RI SC SD TN TX UT VT VA WA WV WI WY"
)

PLACES: Final = frozenset({f"SV-{each}" for each in _SV.split()} | {f"US-{each}" for each in _US.split()})
