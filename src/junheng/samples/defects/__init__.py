"""Clean workbooks in, workbooks with known faults out, and the list of what `junheng check` must find in them."""

from junheng.samples.defects.planting import Defect, Planted, plant

__all__ = ["Defect", "Planted", "plant"]
