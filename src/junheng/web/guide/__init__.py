"""The way of an empty desk to its first verdict: step by step, and what to do where something is missing."""

from junheng.web.guide.pages import guide, hand_in, measure, template

__all__ = ["guide", "hand_in", "measure", "template"]
