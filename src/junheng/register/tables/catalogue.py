"""The one catalogue that every table of the register is declared into."""

from junheng.kernel.tables import Catalogue

register = Catalogue()
