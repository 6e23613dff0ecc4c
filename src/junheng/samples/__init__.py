"""A seed in, a made-up county out: workbooks, two earlier years, golden answers, and defects where they are asked for."""

from junheng.samples.making import make_sample

__all__ = ["make_sample"]
