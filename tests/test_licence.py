"""Licences are SPDX expressions, and each of their readers gets them in its own form."""

from __future__ import annotations

from typing import Any

import pytest

from cleaning.errors import SettingsError
from cleaning.licence import hub_licence, licence_expression, licence_urls
from cleaning.settings import Settings

SPDX = "https://spdx.org/licenses/"


@pytest.mark.parametrize(
    ("given", "expression"),
    [
        ("CC-BY-4.0", "CC-BY-4.0"),
        ("cc-by-4.0", "CC-BY-4.0"),
        ("CC-BY-4.0 OR MIT", "CC-BY-4.0 OR MIT"),
        ("(mit)", "MIT"),
        ("GPL-2.0-only WITH Classpath-exception-2.0", "GPL-2.0-only WITH Classpath-exception-2.0"),
        ("LicenseRef-ours AND odbl-1.0", "LicenseRef-ours AND ODbL-1.0"),
        ("  ", ""),
        ("", ""),
    ],
)
def test_expressions_are_written_as_spdx_does(given: str, expression: str) -> None:
    assert Settings.of({"card": {"license": given}}).card.license == expression


@pytest.mark.parametrize(
    ("given", "advice"),
    [
        ("CC-BY-4", "near are CC-BY-4.0"),
        ("Apache 2.0", "near are Apache-2.0"),
        ("MIT License", "near are MIT"),
        ("odbl", "near are ODbL-1.0"),
        ("MIT AND", "near are"),
        ("CC-BY-4.0 OR MTI", "near are MIT"),
        ("all rights reserved", "LicenseRef-NAME"),
        ("<b>", "LicenseRef-NAME"),
    ],
)
def test_what_is_none_is_refused_with_the_near_ones(given: str, advice: str) -> None:
    with pytest.raises(SettingsError, match=r"card\.license: no SPDX licence or expression") as raised:
        Settings.of({"card": {"license": given}})
    assert advice in str(raised.value)


@pytest.mark.parametrize(
    ("expression", "front_matter"),
    [
        ("", {}),
        ("CC-BY-4.0", {"license": "cc-by-4.0"}),
        ("ODC-By-1.0", {"license": "odc-by"}),
        ("GPL-3.0-or-later", {"license": "gpl-3.0"}),
        ("CC-BY-4.0 OR MIT", {"license": ["cc-by-4.0", "mit"]}),
        (
            "CC-BY-2.0-UK",
            {"license": "other", "license_name": "cc-by-2.0-uk", "license_link": f"{SPDX}CC-BY-2.0-UK"},
        ),
        ("LicenseRef-ours", {"license": "other", "license_name": "licenseref-ours"}),
        ("LicenseRef-ours OR MIT", {"license": "other", "license_name": "licenseref-ours-or-mit"}),
        (
            "GPL-2.0-only WITH Classpath-exception-2.0",
            {"license": "other", "license_name": "gpl-2.0-only-with-classpath-exception-2.0"},
        ),
    ],
)
def test_the_hub_gets_its_own_ids_or_a_name(expression: str, front_matter: dict[str, Any]) -> None:
    assert hub_licence(expression) == front_matter


def test_each_licence_has_its_address() -> None:
    assert licence_urls("") == []
    assert licence_urls("CC-BY-4.0 OR MIT") == [f"{SPDX}CC-BY-4.0", f"{SPDX}MIT"]


def test_what_is_written_is_read_again() -> None:
    for expression in ("CC-BY-4.0 OR MIT", "LicenseRef-ours AND ODbL-1.0"):
        assert licence_expression(expression) == expression
