"""Plain rows in, every figure and verdict out; shares nothing with the engine (docs/explanation/figures.md)."""

from junheng.samples.golden.referee import golden

__all__ = ["golden"]
