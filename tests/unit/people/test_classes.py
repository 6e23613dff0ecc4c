"""Every field of every row of ours is in one of the three classes (DESIGN 9)."""

from __future__ import annotations

from django.apps import apps

from junheng.kernel.codes import Privacy


def test_every_field_is_classed_and_nothing_else() -> None:
    ours = [model for model in apps.get_models() if model.__module__.startswith("junheng.")]
    assert len(ours) >= 10
    wrong = {model.__name__: sorted({each.name for each in model._meta.concrete_fields} ^ set(model.PRIVACY)) for model in ours
             if {each.name for each in model._meta.concrete_fields} != set(model.PRIVACY)}
    assert wrong == {}
    assert all(isinstance(each, Privacy) for model in ours for each in model.PRIVACY.values())
