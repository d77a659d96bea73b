"""Which regions does the country have? ISO 3166-2; a closed list, for labels and for codes that come in."""

from __future__ import annotations

# The first two digits of KATO are the ISO number of the region (docs/facts.md §1).
NUMBERS = (10, 11, 15, 19, 23, 27, 31, 33, 35, 39, 43, 47, 55, 59, 61, 62, 63, 71, 75, 79)
REGIONS = tuple(f"KZ-{number}" for number in NUMBERS)
# Where three houses or more stand, "somebody of this region is in one" is no address. All other regions are told
# together, as the country. A test computes this list from the directory of houses.
TOLD_APART = ("KZ-11", "KZ-35", "KZ-39", "KZ-55", "KZ-71", "KZ-75")
COUNTRY = "KZ"
