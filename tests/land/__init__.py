"""How is the whole land driven in one process, on real databases, in one order?"""

from tests.land.channels import ANSWERS, CAPACITIES, CHANNELS, REPORTS, SERVICES
from tests.land.land import Land

__all__ = ["ANSWERS", "CAPACITIES", "CHANNELS", "REPORTS", "SERVICES", "Land"]
