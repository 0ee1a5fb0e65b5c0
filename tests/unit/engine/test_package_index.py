"""The package index: strict about its form, indifferent to entries that are not for us."""

import json
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.engine.fetch import allowed_schemes
from webapp.engine.index import IndexEntry, index_address, newest, parse_index, version_key
from webapp.errors import PackageIndexInvalid

HTTPS = allowed_schemes("https://index/")
GOOD: Mapping[str, object] = {
    "package_version": "1.9",
    "from_code": "fr",
    "to_code": "en",
    "links": ["https://host/translate-fr_en-1_9.argosmodel"],
}


def parse(*items: object, schemes: frozenset[str] = HTTPS) -> tuple[IndexEntry, ...]:
    return parse_index(json.dumps(items).encode(), url="https://index/", schemes=schemes)


@pytest.mark.parametrize(
    ("setting", "address"),
    [
        ("https://host/main/", "https://host/main/index.json"),
        ("https://host/main/index.json", "https://host/main/index.json"),
        ("http://127.0.0.1:8000/", "http://127.0.0.1:8000/index.json"),
    ],
)
def test_the_setting_names_the_list_or_its_folder(setting: str, address: str) -> None:
    assert index_address(setting) == address


def test_https_comes_first_and_other_schemes_are_left_out() -> None:
    links = ["ipfs://Qm", "http://a/x", "file:///etc/passwd", "ftp://a/x", "https://b/x", "https://", "nonsense", "https://b/x"]
    assert parse({**GOOD, "links": links})[0].links == ("https://b/x",)
    mirror = allowed_schemes("http://mirror/index.json")
    assert parse({**GOOD, "links": links}, schemes=mirror)[0].links == ("https://b/x", "http://a/x")


@pytest.mark.parametrize(
    "other",
    [
        {"type": "sbd", "from_codes": ["fr"], "package_version": "1.0", "links": ["https://a/x"]},
        {**GOOD, "from_code": "../fr"},
        {**GOOD, "from_code": None},
        {**GOOD, "package_version": 1.9},
        {**GOOD, "links": ["ipfs://Qm"]},
        {**GOOD, "links": []},
        {**GOOD, "links": "https://a/x"},
        {key: value for key, value in GOOD.items() if key != "links"},
        None,
        7,
    ],
)
def test_an_entry_that_cannot_be_used_hides_no_other(other: object) -> None:
    assert [entry.pair for entry in parse(other, GOOD)] == ["fr-en"]


@pytest.mark.parametrize(
    "data", [b"", b"<html>", b"{}", b'"x"', b"[7]", b"[[]]", b"\xff", b"[" * 100_000, b'[{"from_code": "fr"}]']
)
def test_what_is_no_index_is_refused(data: bytes) -> None:
    with pytest.raises(PackageIndexInvalid, match="QUATRAIN_PACKAGE_INDEX"):
        parse_index(data, url="https://index/", schemes=HTTPS)


@given(st.binary())
def test_no_bytes_raise_anything_but_our_error(data: bytes) -> None:
    try:
        parse_index(data, url="https://index/", schemes=HTTPS)
    except PackageIndexInvalid as error:
        assert str(error)


def test_the_newest_version_of_each_pair_is_chosen_as_versions_compare() -> None:
    entries = [{**GOOD, "package_version": version} for version in ("1.9", "1.10", "1.2", "odd_version")]
    entries += [{**GOOD, "from_code": "en", "to_code": "ko", "package_version": "1.1"}]
    assert [(entry.pair, entry.package_version) for entry in newest(parse(*entries))] == [("en-ko", "1.1"), ("fr-en", "1.10")]


def test_a_version_that_is_none_is_older_than_any() -> None:
    assert version_key("odd_version") < version_key("0.0.1") < version_key("1.9") < version_key("1.10")
