"""The measures of a county as columns: each lever takes the offers of a county and yields what may be done."""

from collections.abc import Callable, Iterator

from junheng.planning.balance.model.levers.classes import CLASSES
from junheng.planning.balance.model.levers.equipment import EQUIPMENT
from junheng.planning.balance.model.levers.estate import ESTATE
from junheng.planning.balance.model.levers.people import PEOPLE
from junheng.planning.balance.model.offers import Offers
from junheng.planning.balance.model.problem import Column

LEVERS: tuple[Callable[[Offers], Iterator[Column]], ...] = (*PEOPLE, *ESTATE, *EQUIPMENT, *CLASSES)
