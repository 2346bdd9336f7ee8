"""What stands in the address of a page, for tests that do not go through a browser."""

from __future__ import annotations


class Address(dict[str, str]):
    """Stands in for what Streamlit parses of an address."""

    def to_dict(self) -> dict[str, str]:
        return dict(self)

    def from_dict(self, wanted: dict[str, str]) -> None:
        self.clear()
        self.update(wanted)
