"""The vault: what it seals opens at its place with its key and nowhere else; a pseudonym tells nothing and stays."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sessions.vault import KEY_BYTES, Sealed, Vault, new_key
from tests.sessions.samples import KEY, OTHER_KEY, vault

PLACES = st.text(st.characters(codec="utf-8"), max_size=30)


@given(st.text(), PLACES)
def test_what_is_sealed_opens_at_its_place(text: str, place: str) -> None:
    assert vault().open(vault().seal(text, place), place) == text


@given(st.text(), PLACES, PLACES)
def test_what_is_sealed_opens_at_no_other_place(text: str, place: str, other: str) -> None:
    sealed = vault().seal(text, place)
    if place != other:
        with pytest.raises(Sealed):
            vault().open(sealed, other)


@given(st.text(), st.data())
def test_what_was_changed_does_not_open(text: str, data: st.DataObject) -> None:
    sealed = bytearray(vault().seal(text, "here"))
    sealed[data.draw(st.integers(0, len(sealed) - 1))] ^= data.draw(st.integers(1, 255))
    with pytest.raises(Sealed):
        vault().open(bytes(sealed), "here")


@given(st.binary(max_size=60))
def test_what_nobody_sealed_does_not_open(stored: bytes) -> None:
    with pytest.raises(Sealed):
        vault().open(stored, "here")


@pytest.mark.parametrize("length", range(33))
def test_what_was_cut_off_does_not_open(length: int) -> None:
    sealed = vault().seal("a", "here")
    assert len(sealed) == 33
    with pytest.raises(Sealed):
        vault().open(sealed[:length], "here")


def test_a_sealed_text_does_not_show() -> None:
    assert b"canary" not in vault().seal("canary" * 10, "here")


def test_another_key_does_not_open() -> None:
    with pytest.raises(Sealed):
        vault(OTHER_KEY).open(vault(KEY).seal("text", "here"), "here")


def test_an_older_key_still_opens_and_the_first_one_seals() -> None:
    both = vault(OTHER_KEY, KEY)
    assert both.open(vault(KEY).seal("text", "here"), "here") == "text"
    assert vault(OTHER_KEY).open(both.seal("text", "here"), "here") == "text"


def test_no_nonce_is_used_twice() -> None:
    one = vault()
    sealed = [one.seal("text", "here") for _ in range(10_000)]
    assert len({each[4:16] for each in sealed}) == len(sealed)


@given(st.text(st.characters(codec="utf-8")), st.text(st.characters(codec="utf-8")))
def test_pseudonyms_are_stable_and_tell_names_apart(name: str, other: str) -> None:
    assert vault().pseudonym(name) == Vault([KEY]).pseudonym(name)
    assert (vault().pseudonym(name) == vault().pseudonym(other)) == (name == other)


def test_a_pseudonym_depends_on_the_key_and_does_not_show_the_name() -> None:
    assert vault(KEY).pseudonym("4711") != vault(OTHER_KEY).pseudonym("4711")
    assert "4711" not in vault(KEY).pseudonym("4711")


def test_what_a_name_was_called_before_is_still_known() -> None:
    names = vault(OTHER_KEY, KEY).pseudonyms("4711")
    assert names == (vault(OTHER_KEY).pseudonym("4711"), vault(KEY).pseudonym("4711"))
    assert vault(OTHER_KEY, KEY).pseudonym("4711") == names[0]


def test_fingerprints_tell_keys_apart_and_do_not_give_them_away() -> None:
    (one,), (other,) = vault(KEY).fingerprints, vault(OTHER_KEY).fingerprints
    assert one != other
    assert bytes.fromhex(one) not in KEY
    assert vault(OTHER_KEY, KEY).fingerprints == (other, one)


def test_new_keys_are_keys_and_never_the_same() -> None:
    keys = {new_key() for _ in range(100)}
    assert len(keys) == 100
    assert {len(base64.b64decode(key, validate=True)) for key in keys} == {KEY_BYTES}
