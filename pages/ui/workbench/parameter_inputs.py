"""Widgets for the `:parameters` a question declares, in Chinese; values as text, bound later."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from pages.ui.page.filters import month_of
from warehouse import formats
from warehouse.guard.questions import ALL, MONTH, NUMBER, Parameter

Choices = Mapping[str, Sequence[str]]


def row(parameters: Sequence[Parameter], choices: Choices) -> dict[str, str]:
    """One widget per parameter in a row; the values by name."""
    if not parameters:
        return {}
    with st.container(horizontal=True, gap="small", key="parameters"):
        return {parameter.name: _ask(parameter, choices) for parameter in parameters}


def _ask(parameter: Parameter, choices: Choices) -> str:
    key = f"parameter_{parameter.name}_{parameter.kind_zh}"
    if parameter.kind_zh == NUMBER:
        return _number(parameter, key)
    offered = list(choices.get(parameter.kind_zh, ()))
    options = offered if parameter.kind_zh == MONTH else [ALL, *offered]
    chosen = st.selectbox(
        parameter.label_zh,
        options,
        key=key,
        format_func=_month if parameter.kind_zh == MONTH else str,
        width=190,
        filter_mode="contains",
        placeholder="请选择",
    )
    return chosen or options[0]


def _number(parameter: Parameter, key: str) -> str:
    default = float(parameter.default)
    is_whole = default.is_integer()
    value = st.number_input(
        parameter.label_zh,
        value=int(default) if is_whole else default,
        step=1 if is_whole else 0.1,
        key=key,
        width=130,
    )
    return str(value)


def _month(value: str) -> str:
    return formats.month_zh(month_of(value[:7]))
