"""The addresses of the law."""

from __future__ import annotations

from django.urls import path

from junheng.web.standards import local, values

urlpatterns = [
    path("standards/", values.values, name="standards"),
    path("standards/local/", local.listing, name="local-values"),
    path("standards/local/<int:number>/", local.one, name="local-value"),
    path("standards/local/<int:number>/effects/", local.part, name="local-value-part"),
    path("standards/local/<int:number>/measure/", local.again, name="local-value-measure"),
    path("standards/local/<int:number>/save/", local.save, name="local-value-save"),
    path("standards/local/<int:number>/drop/", local.drop, name="local-value-drop"),
    path("standards/confirmations/<int:number>/withdraw/", values.unconfirm_value, name="value-unconfirm"),
    path("standards/<slug:name>/", values.one, name="standard"),
    path("standards/<slug:name>/new/", local.new, name="local-value-new"),
    path("standards/<slug:name>/<slug:entry>/confirm/", values.confirm_value, name="value-confirm"),
]
