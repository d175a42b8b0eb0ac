"""The terminal: draws the card and hands every key to the dialogue."""

from typing import Any

from prompt_toolkit.application import Application
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.document import Document
from prompt_toolkit.filters import Condition
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.input import Input
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.layout import BufferControl, ConditionalContainer, FormattedTextControl, HSplit, Layout, Window
from prompt_toolkit.layout.dimension import Dimension
from prompt_toolkit.output import ColorDepth, Output
from prompt_toolkit.styles import Style

from assess.desk import card
from assess.desk.dialogue import KEYS, Dialogue
from assess.desk.talk import Ask

# Where the Latin letters stand in the Ukrainian layout: a command is a key, not a letter.
_LAYOUT = dict(zip("qwertyuiopasdfghjklzxcvbnm/?", "йцукенгшщзфівапролдячсмить.,", strict=True))
_STYLE = Style.from_dict({
    "head": "reverse", "strong": "bold", "chosen": "bold ansigreen", "dim": "ansibrightblack", "bad": "bold ansired",
    "good": "ansigreen", "hints": "reverse", "label": "bold",
})
_NO_COLOUR = Style.from_dict({
    "head": "reverse", "strong": "bold", "chosen": "bold", "bad": "bold", "hints": "reverse", "label": "bold",
})


class Screen:
    """One full-screen application over one dialogue."""

    def __init__(self, dialogue: Dialogue, *, colour: bool, source: Input | None = None, target: Output | None = None
                 ) -> None:
        self.dialogue = dialogue
        self.scroll, self.cut = 0, False
        self.shown: Any = None
        self.guided = False  # whether the guidance was shown before
        self.asked: Ask | None = None
        self.buffer = Buffer(multiline=False)
        asking = Condition(lambda: dialogue.ask is not None)
        self.app: Application[None] = Application(
            layout=Layout(self._layout(asking), focused_element=self.middle),
            key_bindings=self._bindings(asking), full_screen=True, style=_STYLE if colour else _NO_COLOUR,
            color_depth=None if colour else ColorDepth.DEPTH_1_BIT, mouse_support=False, input=source, output=target,
            enable_page_navigation_bindings=False,
        )
        self.app.ttimeoutlen = 0.05
        self.app.timeoutlen = 0.05

    def run(self) -> None:
        """Show the screen until somebody quits."""
        self.app.run()

    # --- drawing -------------------------------------------------------------------------------

    def _layout(self, asking: Condition) -> HSplit:
        def line(draw: Any, style: str) -> Window:
            return Window(FormattedTextControl(draw), height=1, style=style, always_hide_cursor=True)

        self.middle = Window(FormattedTextControl(self._middle, focusable=True), always_hide_cursor=True)
        label = Window(FormattedTextControl(self._label), style="class:label", wrap_lines=True, dont_extend_height=True,
                       height=Dimension(min=1, max=3))
        field = Window(BufferControl(self.buffer), wrap_lines=True, dont_extend_height=True,
                       height=Dimension(min=1, max=5))
        return HSplit([
            line(lambda: card.head(self.dialogue, self._size()[0]), "class:head"),
            self.middle,
            ConditionalContainer(HSplit([label, field]), asking),
            Window(FormattedTextControl(self._message), wrap_lines=True, dont_extend_height=True,
                   height=Dimension(min=1, max=3)),
            Window(FormattedTextControl(self._hints), height=lambda: len(self._hint_lines()), style="class:hints",
                   always_hide_cursor=True),
        ])

    def _size(self) -> tuple[int, int]:
        size = self.app.output.get_size()
        return size.columns, size.rows

    def _label(self) -> str:
        return self.dialogue.ask.label if self.dialogue.ask else ""

    def _hint_lines(self) -> list[str]:
        columns, rows = self._size()
        return card.hints(self.dialogue, columns, 2 if rows >= 20 else 1)

    def _hints(self) -> str:
        return "\n".join(self._hint_lines())

    def _message(self) -> StyleAndTextTuples:
        dialogue = self.dialogue
        if dialogue.said:
            return [("class:bad" if dialogue.bad else "class:good", f" {dialogue.said}")]
        return [("class:strong", f" {card.answer_line(dialogue)}")] if self.cut else []

    def _middle(self) -> StyleAndTextTuples:
        """The lines of the card from where it is scrolled to, or the options."""
        columns, rows = self._size()
        width = max(20, min(columns - 2, 100))
        info = self.middle.render_info
        height = max(3, info.window_height if info else rows - 3)
        dialogue = self.dialogue
        if dialogue.ask is not None and dialogue.ask.options:
            lines = card.options(dialogue, self.buffer.text, width)
            self.scroll = max(0, min(dialogue.picked - height + 2, len(lines) - height))
        else:
            lines = card.body(dialogue, width)
            now = (dialogue.session.at, dialogue.help)
            if now != self.shown:
                self.scroll, self.shown = 0, now
            if dialogue.guidance and not self.guided:
                self.scroll = next((n for n, line in enumerate(lines) if line.guidance), self.scroll)
            self.guided = dialogue.guidance
            self.scroll = max(0, min(self.scroll, len(lines) - height))
        self.cut = self.scroll + height < len(lines)
        return _drawn(lines[self.scroll : self.scroll + height], more=self.cut)

    # --- keys ----------------------------------------------------------------------------------

    def _bindings(self, asking: Condition) -> KeyBindings:
        keys = KeyBindings()
        self._card_keys(keys, ~asking)
        self._field_keys(keys, asking)

        @keys.add("c-c")
        @keys.add("<sigint>")
        def stop(event: KeyPressEvent) -> None:
            if self.dialogue.ask is None:
                event.app.exit()
            else:
                self._leave()

        return keys

    def _card_keys(self, keys: KeyBindings, idle: Any) -> None:
        names = {**{key: key for key in (*KEYS, *"0123456789", "left", "right", "tab", "enter")},
                 **{_LAYOUT[key]: key for key in KEYS}, "f1": "?"}

        def bind(pressed: str, meant: str) -> None:
            @keys.add(pressed, filter=idle)
            def press(event: KeyPressEvent) -> None:
                self._press(meant)

        for pressed, meant in names.items():
            bind(pressed, meant)
        for pressed, by in (("pagedown", 8), ("pageup", -8), ("down", 1), ("up", -1)):
            self._bind_scroll(keys, idle, pressed, by)

        @keys.add("c-d", filter=idle)
        def end(event: KeyPressEvent) -> None:
            event.app.exit()

        @keys.add("<any>", filter=idle)
        def other(event: KeyPressEvent) -> None:
            self.dialogue.help = False

    def _bind_scroll(self, keys: KeyBindings, idle: Any, pressed: str, by: int) -> None:
        @keys.add(pressed, filter=idle)
        def scroll(event: KeyPressEvent) -> None:
            self.scroll += by

    def _press(self, key: str) -> None:
        self.dialogue.key(key)
        self._settle()

    def _field_keys(self, keys: KeyBindings, asking: Condition) -> None:
        @keys.add("enter", filter=asking)
        def take(event: KeyPressEvent) -> None:
            self.dialogue.reply(self.buffer.text)
            self._settle()

        @keys.add("escape", filter=asking, eager=True)
        def leave(event: KeyPressEvent) -> None:
            self._leave()

        @keys.add("c-o", filter=asking)
        def new_line(event: KeyPressEvent) -> None:
            self.buffer.insert_text("\n")

        @keys.add("down", filter=asking)
        def down(event: KeyPressEvent) -> None:
            self.dialogue.pick(1, self.buffer.text)

        @keys.add("up", filter=asking)
        def up(event: KeyPressEvent) -> None:
            self.dialogue.pick(-1, self.buffer.text)

    def _leave(self) -> None:
        self.dialogue.leave(self.buffer.text)
        self._settle()

    def _settle(self) -> None:
        """Show the next question of the program in the field, or give the keys back to the card."""
        dialogue, layout = self.dialogue, self.app.layout
        if dialogue.over:
            self.app.exit()
        elif dialogue.ask is None:
            self.asked = None
            layout.focus(self.middle)
        elif dialogue.ask is not self.asked:
            self.asked = dialogue.ask
            self.buffer.set_document(Document(dialogue.ask.default), bypass_readonly=True)
            layout.focus(self.buffer)


def _drawn(lines: list[card.Line], *, more: bool) -> StyleAndTextTuples:
    """Return lines as the toolkit takes them; a mark says that more follows below."""
    drawn: StyleAndTextTuples = [(f"class:{line.style}", f" {line.text}\n") for line in lines]
    if more and drawn:
        style, text = drawn[-1][:2]
        drawn[-1] = (style, text.rstrip("\n") + " ▼")
    return drawn
