"""Junheng 均衡: the public education of a city or county, measured against the standards it must meet."""

__version__ = "0.2.0"
