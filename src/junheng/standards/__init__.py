"""What the rules ask: in dated TOML, out the value in force for a place and a day, with paper and evidence."""

from junheng.standards.book import LawBook, law_book, looser_values
from junheng.standards.law import Entry, Limit, law

__all__ = ["Entry", "LawBook", "Limit", "law", "law_book", "looser_values"]
