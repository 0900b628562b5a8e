"""How every form looks: error summary on top, then label, help, error and field, tied together for screen readers."""

from __future__ import annotations

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """`{{ form }}` in a template is all that a page needs."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
