"""The first files of an instrument of one's own: small, commented, and ready to be scored with."""

import re

ID = re.compile(r"[A-Za-z][A-Za-z0-9-]*\Z")


def scaffold(name: str) -> dict[str, str]:
    """Return the files of a new rubric with the id ``name`` by their path inside its folder.

    Raises:
        ValueError: ``name`` is no id (letters, digits and dashes, a letter first).
    """
    if not ID.match(name):
        raise ValueError("an id has letters, digits and dashes, and starts with a letter")
    return {
        "rubric.yaml": _RUBRIC.replace("@ID@", name),
        "components/ONE.yaml": _COMPONENT,
        "instruments.yaml": _INSTRUMENTS,
    }


_RUBRIC = """\
# The frame of the instrument: its scale, its rules and its stages. docs/rubric.md lists every key.
# Look at it at any time with: assess rubric check FOLDER
id: @ID@
version: 0.1.0              # questionnaires name it; a version that was released never changes again
released: "2026-01-01"
title: What this instrument measures, in one line
licence: CC-BY-4.0
purpose: >-
  Say in two sentences whose relationship is measured and what a high score means.

# One word and one sentence for each level; the anchors of every indicator follow them.
levels:
  - {level: 0, score: 0, title: Absent, meaning: It is known that nothing of the kind exists.}
  - {level: 1, score: 25, title: Declared, meaning: It has been announced.}
  - {level: 2, score: 50, title: Begun, meaning: It is done now and then.}
  - {level: 3, score: 75, title: Agreed, meaning: Both sides are bound to it.}
  - {level: 4, score: 100, title: Proven, meaning: It was used and found to work.}
level_scores_reason: Equal steps, because nothing speaks for others yet.

# Each name is a file in the folder components; the order here is that of every report.
components: [ONE]
component_weights_reason: All components weigh the same.

# What each strength of evidence carries: nothing above its cap counts, whatever is claimed.
evidence:
  grades:
    A: An official record of one or both sides.
    B: A press report that names its official source.
    C: Everything else.
  caps:
    none: 2
    weak: 2
    single: 2
    corroborated: 3
    official: {P: 4, S: 3, D: 3}
    official_each_side: 4
  reason: Say why these caps.

# Shares of answered weight below which less is said.
coverage:
  component_minimum: 0.65
  overall_minimum: 0.65
  not_applicable_flag: 0.5
  reason: Say why these shares.

# Bands of the index, the lowest from 0.
stages:
  - {id: early, title: Early, from: 0, meaning: There is little yet., advice: Make a first step.}
  - {id: working, title: Working, from: 40, meaning: It works in parts., advice: Put it on paper.}
  - {id: mature, title: Mature, from: 70, meaning: It works and lasts., advice: Keep it so.}
stages_reason: Say why these thresholds.

# What a stage cannot do without: where the condition does not hold, the stage is capped.
gates:
  - id: GATE-FIRST
    title: The first condition
    when: {indicator: ONE-01, at_least: 3}
    cap: early
    reason: Say why nothing above the cap is possible without it.

# More may follow in files of their own: challenges.yaml, bodies.yaml, aims.yaml.
"""

_COMPONENT = """\
# One component. Copy the indicator below for each further one; 3 to 9 make a sound component.
id: ONE
title: The first component
purpose: Say in one sentence what its indicators have in common.
weight: 1
indicators:
  ONE-01:
    type: P                 # P one answer for the pair, S one for each side, D one for each direction
    title: Joint statement
    question: What is the strongest statement that the two sides have made together?
    why: What was said together is harder to take back than what each side said alone.
    guidance: >-
      Look for texts with both names on them. Take the strongest one, not the newest.
    # Terms of the anchors, so that strangers read them alike.
    definitions:
      joint statement: One text in the name of both sides.
    # How to count and to date.
    counting:
      - Two texts of the same day count as one.
    # One observable sentence for each level; each asks something that the lower ones do not.
    anchors:
      0: A logged search of both sides' sites shows no statement on the subject.
      1: At least one side has made a statement of its own.
      2: Both sides have issued a joint statement.
      3: The joint statement names tasks and offices for each side.
      4: The tasks were carried out, and both sides reported on them.
    # Doubtful cases that raters will meet, with their right level.
    borderline:
      - case: Each side published its own summary of the same meeting.
        level: 1
        because: Two summaries are not one text.
    proof:
      sufficient:
        - The text itself, on the site of either side.
      insufficient:
        - An announcement that a statement is planned.
    when_silent: Statements are published; after a logged search answer 0, without one unknown.
    not_applicable_when: never
    # none, or event (from a level, after a window of months), or elapsed (limits of months by level).
    ageing: {kind: event, from: 4, window: 24, reason: Reports on tasks grow old.}
    weight: 1
    essential: true         # gates and the share of unknowns look at it
    instruments:
      - {key: EXAMPLE-TEXT, at: chapter 1}
    # What it takes to climb to each level from the one below; effort in person-months.
    steps:
      1: {effort: 1, by: [foreign_ministry], action: Make a statement.}
      2: {effort: 2, by: [foreign_ministry], action: Agree and publish a joint text.}
      3: {effort: 3, by: [foreign_ministry, lead_agency], action: Write tasks and offices into the next text.}
      4: {effort: 4, by: [lead_agency], action: Carry the tasks out and report on them together.}
"""

_INSTRUMENTS = """\
# The texts and bodies that indicators derive from. status: verified (read at its source), secondary
# (read about), unverified (to be checked).
instruments:
  EXAMPLE-TEXT:
    title: The full name of a text
    identifier: its official number
    system: the organisation that it comes from
    kind: report
    date: "2025"
    summary: Say what it asks that a question can find out.
    status: unverified
    source: []
"""
