"""What the tables of scenario files and of measures share: strictness, texts, and rules in the user's words."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints
from pydantic_core import PydanticCustomError

__all__ = ["OWN_RULE", "Table", "Text", "Words", "plain_number", "rule"]

# Error type of rules whose messages are already written for the user.
OWN_RULE = "entraide_rule"

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Table(BaseModel):
    """A table in which every key is known."""

    model_config = ConfigDict(extra="forbid")


class Words(Table):
    """One text in both languages."""

    en: Text
    fr: Text


def rule(message: str, french: str = "") -> PydanticCustomError:
    """Return the fault of a rule, told as it is; in English alone where there is no French."""
    return PydanticCustomError(OWN_RULE, "{message}", {"message": message, "french": french})


def plain_number(value: object) -> object:
    """Refuse what pydantic would turn into a number: text and truth values."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise rule("must be a number")
    return value
