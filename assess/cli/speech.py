"""The language in which the command line speaks: that of ``--language``, or of ASSESS_LANGUAGE."""

from contextvars import ContextVar

import click

from assess.language import SOURCE_LANGUAGE, Translator, languages, translator

_LANGUAGE: ContextVar[str] = ContextVar("language", default=SOURCE_LANGUAGE)


def speaker() -> Translator:
    """Return the translator of what is shown."""
    return translator(_LANGUAGE.get())


def _choose(ctx: click.Context, _: click.Parameter, value: str) -> str:
    """Remember the language at once, so that problems with other options speak it too."""
    known = languages()
    if value not in known:
        raise click.BadParameter(f"there are {', '.join(known)}", ctx=ctx)
    _LANGUAGE.set(value)  # until the process ends: errors are printed after the command is closed
    return value


language_option = click.option(
    "--language", default=SOURCE_LANGUAGE, show_default=True, envvar="ASSESS_LANGUAGE", show_envvar=True,
    is_eager=True, callback=_choose, help=f"Language of the texts: {' or '.join(languages())}.",
)
