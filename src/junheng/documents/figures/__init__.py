"""Clean text and outline in; figures with their meaning and hidden numbers out. Lists: the .toml files beside the modules."""

from junheng.documents.figures.finding import find_figures

__all__ = ["find_figures"]
