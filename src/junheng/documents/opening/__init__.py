"""A file of any of the formats offices use goes in; its text comes out, as it stands there, with the digest of its bytes."""

from junheng.documents.opening.files import open_document

__all__ = ["open_document"]
