"""The base of every model: frozen, and no key that the model does not know."""

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """A value that never changes after it was read."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
