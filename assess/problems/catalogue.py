"""Every problem code: its message, the rule behind it and the way out.

Families: Y the YAML file, Q the questionnaire, R the rubric, P the printed report, M measures
and roadmaps, F the offline form, E the machine. docs/problems.md is generated from this table.
and roadmaps, T working together, E the machine. docs/problems.md is generated from this table.
"""

from dataclasses import dataclass
from enum import StrEnum

from assess.language import N_


class Severity(StrEnum):
    """How bad a problem is."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of problem.

    ``message`` may hold ``{names}`` that each occurrence fills; ``rule`` says what holds;
    ``way_out`` says what to do about it.
    """

    code: str
    severity: Severity
    message: str
    rule: str
    way_out: str


def _error(code: str, message: str, rule: str, way_out: str) -> Rule:
    return Rule(code, Severity.ERROR, message, rule, way_out)


def _warning(code: str, message: str, rule: str, way_out: str) -> Rule:
    return Rule(code, Severity.WARNING, message, rule, way_out)


_YAML = (
    _error("Y101", N_("the file cannot be read: {reason}"),
           N_("A questionnaire or rubric is a file that you may read."),
           N_("Check the spelling of the path and the permissions of the file.")),
    _error("Y102", N_("this is not YAML: {reason}"),
           N_("The file must be well-formed YAML."),
           N_("Look at this line and the one above it: a missing colon, quote or bracket is the usual cause. "
              "A text with a colon before a space, or with a sign such as * & ! % @ at its start, goes in quotes.")),
    _error("Y103", N_("a tab stands in the indentation"),
           N_("YAML is indented with spaces; tabs are not allowed."),
           N_("Replace the tab with two spaces, and set your editor to insert spaces.")),
    _error("Y104", N_("the key {key} was already used on line {first}"),
           N_("A key may stand only once in a mapping; the second would silently replace the first."),
           N_("Delete one of the two, or merge what stands under them.")),
    _error("Y105", N_("the file has {size} bytes, more than the limit of {limit}"),
           N_("A file may not be larger than the limit; a filled questionnaire has some hundred kilobytes."),
           N_("Move long texts out of the notes, or raise the limit with --max-bytes.")),
    _error("Y106", N_("the nesting is deeper than {limit} levels"),
           N_("No part of a questionnaire or rubric is nested that deeply."),
           N_("Look for brackets or indentation that do not belong here.")),
    _error("Y107", N_("with its aliases (*) written out, this file grows beyond {limit} values"),
           N_("Anchors and aliases may not multiply a file, nor point into themselves."),
           N_("Write the repeated text out, or cite the evidence by its id.")),
    _error("Y108", N_("a second document (---) starts here"),
           N_("One file holds one document."),
           N_("Split the file in two, or delete the line with the dashes.")),
    _error("Y109", N_("the tag {tag} is not allowed"),
           N_("Only plain YAML is read; tags could run code."),
           N_("Delete the word that starts with an exclamation mark.")),
    _error("Y110", N_("the file is empty"),
           N_("The file must hold a mapping with the keys of its format."),
           N_("Start from a blank questionnaire: assess new --parties UA,EU")),
    _error("Y111", N_("the file holds a {kind}, not a mapping of keys to values"),
           N_("The top of the file is a mapping: lines of the form «key: value»."),
           N_("Compare with a blank questionnaire: assess new --parties UA,EU")),
    _error("Y112", N_("the key here is a {kind}, not a text"),
           N_("Keys are texts."),
           N_("Write a plain word before the colon, or put the key in quotes.")),
    _error("Y113", N_("the bytes here are not UTF-8 text"),
           N_("Files are read as UTF-8."),
           N_("Save the file again with the encoding UTF-8.")),
    _error("Y114", N_("the alias *{name} stands for nothing: no text above is marked &{name}"),
           N_("A value that starts with an asterisk repeats what was marked with the same name above."),
           N_("If the asterisk belongs to the text, put the text in quotes.")),
    _warning("Y120", N_("{text} without quotes is read as {otherwise} by other YAML programs"),
             N_("This program keeps the text as you wrote it; other programs do not."),
             N_("Put it in quotes: \"{text}\". If a number is meant, write it without leading zeros and colons.")),
)

_QUESTIONNAIRE = (
    _error("Q201", N_("the key {key} is missing"),
           N_("This key may not be left out."),
           N_("Add the line; a blank shows its form: assess new --parties UA,EU")),
    _error("Q202", N_("the key {key} is not known here"),
           N_("Only the keys of the format may stand here; a misspelt key would be lost silently."),
           N_("Correct the spelling, or delete the line. Remarks go after a # sign.")),
    _error("Q203", N_("{value} does not fit here: {reason}"),
           N_("The value must be of the kind that this key takes."),
           N_("Write the value in the form that the message names.")),
    _error("Q204", N_("this questionnaire is for the rubric {named}, but {loaded} was loaded"),
           N_("A questionnaire is scored only with the rubric that it names."),
           N_("Choose the rubric with --rubric, or correct the line.")),
    _error("Q205", N_("the indicator {key} is not in the rubric"),
           N_("Answers are given for indicators of the rubric, by id."),
           N_("Correct the id; «assess rubric list» prints them all.")),
    _error("Q206", N_("the level {value} does not exist; levels go from {lowest} to {highest}"),
           N_("A level is one of the rubric's levels, written as a whole number."),
           N_("Choose the highest level whose anchor and all lower anchors hold.")),
    _error("Q207", N_("the evidence {key} is cited but not listed"),
           N_("Every id that an answer cites stands under «evidence»."),
           N_("Add the entry under «evidence», or correct the id.")),
    _warning("Q208", N_("the evidence {key} is listed but never cited"),
             N_("Evidence that supports no answer changes nothing."),
             N_("Cite it in the answers that it proves, or delete it.")),
    _error("Q209", N_("{value} lies after the assessment date {as_of}"),
           N_("Nothing later than «as_of» can be known at that date."),
           N_("Correct the date, or move «as_of».")),
    _error("Q210", N_("{key} asks for one answer for the pair, not for side {side}"),
           N_("Indicators of type P have one answer."),
           N_("Write the answer directly under the indicator, without A or B.")),
    _error("Q211", N_("{key} asks for an answer of each {what}; this is one answer for both"),
           N_("Type S is answered for side A and side B; type D for the way from A to B (key A) and back (key B)."),
           N_("Write two lines under the indicator: «A: …» and «B: …».")),
    _error("Q212", N_("an answer says either level, unknown, not_applicable or disputed, here it says: {found}"),
           N_("These four are different things, and an answer is one of them."),
           N_("Keep the one that is meant. A level is written as a number, without quotes.")),
    _error("Q213", N_("{key} cannot be «not applicable»"),
           N_("The rubric allows «not applicable» only for the indicators that say so."),
           N_("Answer with a level, or with «unknown».")),
    _error("Q214", N_("the two values {low} and {high} must rise, from the lower to the higher level"),
           N_("A range of levels goes from the lower to the higher one."),
           N_("Swap the two, or give one level if they are equal.")),
    _warning("Q215", N_("{key} is answered with a level but cites no evidence"),
             N_("An answer without evidence counts as asserted: at most level {cap}, and shown as such."),
             N_("Cite evidence by id, or leave it as an assertion.")),
    _warning("Q216", N_("{key} loses value with time, but nothing that it cites has a date"),
             N_("Where answers age, one without any date counts as the oldest."),
             N_("Add «date:» to the answer or to the evidence.")),
    _warning("Q217", N_("level 0 of {key} has no evidence of absence"),
             N_("Level 0 means that absence is known, not that nothing was found."),
             N_("Cite the search or statement that shows it, or answer «unknown».")),
    _error("Q218", N_("the two parties have the same code {code}"),
           N_("A relationship has two different parties."),
           N_("Correct the code of one party.")),
    _warning("Q219", N_("{key} was carried over from an earlier questionnaire and is not reviewed yet"),
             N_("Answers marked «review: true» are last year's."),
             N_("Read the answer again, change what changed, and delete the line «review: true».")),
    _error("Q220", N_("{left} and {right} are not about the same relationship and date: {reason}"),
           N_("Questionnaires are pooled only if they share rubric, parties and assessment date."),
           N_("Score them one at a time, or correct the file that is wrong.")),
    _warning("Q221", N_("the web address {url} does not start with https:// or http://"),
             N_("Addresses in the report become links, and only web addresses may."),
             N_("Write the whole address, or use «where:» for a file number or an archive.")),
    _error("Q222", N_("the body {key} is not in the rubric"),
           N_("Participation is given for bodies of the rubric, by id."),
           N_("Correct the id; «assess rubric list» prints them all.")),
    _error("Q223", N_("the same questionnaire was given twice: {left} and {right}"),
           N_("Each rater's questionnaire counts once."),
           N_("Name every file once.")),
    _warning("Q224", N_("{key} is left blank"),
             N_("A blank answer counts as unknown."),
             N_("Fill it in, or write «unknown».")),
    _error("Q225", N_("exactly one of {wanted} belongs here, but it says: {found}"),
           N_("A side has a status in a body, and the two together have a level; or it is not known."),
           N_("Keep the one that is meant.")),
    _error("Q226", N_("{key} has a level under «together», but side {side} is {status}"),
           N_("Where a side has no way into a body, the two cannot do anything there together."),
           N_("Delete «together», or correct the status of the side.")),
    _error("Q227", N_("there is no status {value}; the statuses are: {names}"),
           N_("A side has one of the statuses of the rubric, written as a word."),
           N_("Choose the status whose meaning holds, or «unknown».")),
    _warning("Q228", N_("{key} has level {level} under «together», but side {side} is absent"),
             N_("The two meet in a body only if neither of them is absent."),
             N_("Write level 0, or correct the status of the side.")),
    _warning("Q229", N_("{key} has level 0 under «together», but both sides take part"),
             N_("Level 0 says that at least one side is absent from the body."),
             N_("Write at least level 1, or correct a status.")),
    _error("Q230", N_("there is no party with the code {code}"),
           N_("A party is named by the ISO 3166 code of a country, or by the short name of an organisation."),
           N_("Correct the code, or name a party of your own: --parties {code},… --names \"First name,Second name\"")),
    _error("Q231", N_("the new assessment date {as_of} lies before {last}, the date of the earlier questionnaire"),
           N_("Answers roll forward in time; what was found later was not known before."),
           N_("Choose a later date with --as-of.")),
    _error("Q232", N_("there is no {key} to explain"),
           N_("A figure is named by the id of an indicator, component or gate, or by the word index or stage."),
           N_("Correct the id: «assess rubric list» prints indicators, «assess explain FILE index» the rest.")),
    _error("Q240", N_("{left} and {right} are about different relationships: {reason}"),
           N_("Only assessments of the same two parties, in the same order, show a change over time."),
           N_("Leave one of the files out.")),
    _error("Q241", N_("{left} and {right} are both of {as_of}"),
           N_("A change over time takes two dates; several raters of one date belong into «assess score»."),
           N_("Correct «as_of» in one of them, or leave one out.")),
    _error("Q242", N_("{left} and {right} were made with different rubrics: {reason}"),
           N_("Figures of different versions of a rubric are not comparable."),
           N_("Bring the older questionnaire to the newer rubric: assess migrate FILE")),
    _error("Q250", N_("the rubric of this questionnaire, {named}, is not at hand"),
           N_("What changed between two versions of a rubric can only be said with both."),
           N_("Name the older one with --from-rubric: its folder, or the rubric.json that every report of that time "
              "carries among its attachments.")),
    _error("Q251", N_("this questionnaire is for {named}, which is no older version of {loaded}"),
           N_("Answers are carried to a newer version of the same rubric."),
           N_("Choose the newer rubric with --to.")),
    _error("Q252", N_("this is not a rubric: {reason}"),
           N_("A rubric is a folder with rubric.yaml, or the file rubric.json of a report."),
           N_("Correct the path.")),
)

_TOGETHER = (
    _error("T760", N_("{key} cannot be changed without changing something else"),
           N_("A change touches one answer; whatever shares its text by & and *, or stands on its line, stays."),
           N_("Write this place out in full in an editor, then try again. The file was left as it is.")),
)

_RUBRIC = (
    _error("R301", N_("the key {key} is missing"),
           N_("This key may not be left out."),
           N_("Add it; docs/rubric.md lists the keys with their meaning.")),
    _error("R302", N_("the key {key} is not known here"),
           N_("Only the keys of the format may stand here."),
           N_("Correct the spelling, or delete the line.")),
    _error("R303", N_("{value} does not fit here: {reason}"),
           N_("The value must be of the kind that this key takes."),
           N_("Write the value in the form that the message names.")),
    _error("R304", N_("the anchors of {key} are {found}; the rubric's levels are {wanted}"),
           N_("Each level of the rubric has one anchor in every indicator."),
           N_("Write one anchor for each level, no more and no less.")),
    _error("R305", N_("{key} names {missing}, which is not in the rubric"),
           N_("References go to ids that exist."),
           N_("Correct the id, or add what it should name.")),
    _error("R306", N_("there is no rubric {name}"),
           N_("A rubric is named by its id, or by the path of its folder."),
           N_("«assess rubric list» prints the rubrics that are installed.")),
    _error("R307", N_("the id {key} was already used in {first}"),
           N_("Ids are unique in a rubric."),
           N_("Rename one of the two.")),
    _error("R308", N_("{what} must rise: {found}"),
           N_("Levels, statuses and pair levels count from 0 without gaps; level scores and stage thresholds rise, "
              "thresholds from 0; caps never fall from weaker to stronger evidence."),
           N_("Put them in order.")),
    _error("R310", N_("the rubric has no {key}"),
           N_("Everything in a rubric is asked for by its id."),
           N_("Correct the id; «assess rubric list» prints them.")),
)

# What «assess rubric check» finds; none of these keeps a rubric from being loaded.
_LINT = (
    _error("R320", N_("the id {key} cannot be typed or linked to"),
           N_("Ids have letters, digits and dashes, and start with a letter."),
           N_("Rename it; a questionnaire that uses the old id is carried over with «was: {key}».")),
    _warning("R321", N_("the id {key} does not start with {owner}-"),
             N_("The id of a question starts with the id of what it belongs to, so that readers find it."),
             N_("Rename it, and keep the old id under «was».")),
    _warning("R322", N_("nothing cites the instrument {key}"),
             N_("The register holds what questions, bodies or later instruments cite."),
             N_("Cite it where it belongs, or delete the entry.")),
    _warning("R323", N_("the instrument {key} stands behind {owners}, is not verified, and no note says what is open"),
             N_("What a question derives from has been read at its source, or a note says what has not been read."),
             N_("Read the text and set «status: verified» with its address under «source»; or say under «note» what "
                "nobody has checked.")),
    _warning("R324", N_("the weight {weight} of {key} cannot change anything: nothing else is weighed with it"),
             N_("A weight works only against other weights."),
             N_("Delete the weight, or add what it should be weighed against.")),
    _warning("R325", N_("{key} moves the index by at most {points} points, less than is ever printed"),
             N_("Between its lowest and highest level an indicator moves the index by 0.05 points or more."),
             N_("Raise the weight, or delete the indicator: people would answer it for nothing.")),
    _error("R326", N_("the gate {key} can never lower a stage: {reason}"),
           N_("A gate caps a stage that a relationship could otherwise reach."),
           N_("Choose a lower cap or a higher threshold, or delete the gate.")),
    _error("R327", N_("the condition of the gate {key} always holds: {reason}"),
           N_("A gate asks what may also fail."),
           N_("Correct the threshold, or delete the gate.")),
    _error("R328", N_("the condition of the gate {key} can never hold, so that no stage lies above {cap}: {reason}"),
           N_("A gate asks what some relationship can show."),
           N_("Lower the threshold.")),
    _error("R329", N_("the stage {key} cannot be reached: it starts at {start}, and the index ends at {highest}"),
           N_("Every stage is within reach of a relationship that stands at the highest levels throughout."),
           N_("Lower the threshold, or correct the points of the levels.")),
    _error("R330", N_("the anchor of level {high} of {key} asks no more than that of level {low}"),
           N_("Levels are cumulative: each anchor asks something that the lower ones do not."),
           N_("Say in the higher anchor what is added, or put the two in order.")),
    _error("R331", N_("{where} is blank"),
           N_("Every text says something."),
           N_("Write the text, or delete the key if it may be left out.")),
    _error("R332", N_("{key} names level {level}; levels go from {lowest} to {highest}"),
           N_("Doubtful cases, steps, needs and ageing name levels that exist."),
           N_("Choose a level of the rubric.")),
    _warning("R333", N_("the component {key} has {count}; 3 to 9 are sound"),
             N_("With fewer than 3 indicators one answer decides a component; with more than 9 none matters."),
             N_("Add, merge or move indicators.")),
    _warning("R334", N_("a stretch of {count} words without a stop: «{start}…»"),
             N_("At most 45 words stand between two stops (a full stop, question mark, colon or semicolon): raters "
                "in a hurry, and those who read in a foreign language, lose the thread of longer ones."),
             N_("Make two sentences of it.")),
    _warning("R335", N_("no translation into {language}: «{start}»"),
             N_("A language that a rubric offers is complete; what is not translated shows in English."),
             N_("Write the translation. Text that is not in the file at all comes in with tools/make_catalogues.py.")),
    _warning("R336", N_("the translation into {language} of a text that is gone: «{start}»"),
             N_("Translations are found by the English wording; when that changes, they are lost."),
             N_("Move the translation to the new wording, then delete it here.")),
    _warning("R337", N_("the compiled catalogue for {language} lacks {count} of the translations beside it"),
             N_("Programs read the compiled file (.mo), people the other (.po)."),
             N_("Compile it: python tools/make_catalogues.py, or msgfmt rubric.po -o rubric.mo")),
    _error("R338", N_("{key}: level {high} may be older than level {low}: {months} months against {fewer}"),
           N_("The higher the level, the fresher the evidence that it asks."),
           N_("Put the limits in order.")),
    _warning("R339", N_("{key} has no step to level {level}"),
             N_("A roadmap climbs by steps, one for each level above 0; above a gap it plans nothing."),
             N_("Add the step, with its effort, office and action.")),
    _error("R340", N_("steps need each other in a circle: {circle}"),
           N_("What a step needs first can be done without it."),
           N_("Delete one of the needs.")),
    _warning("R341", N_("no evidence carries level {level} for questions of type {kind}"),
             N_("Each level that a question offers counts for those who prove it."),
             N_("Raise the cap of the strongest evidence, or drop the level.")),
)

_REPORT = (
    _warning("P401", N_("no font has the character {character} ({name}); it is printed as an empty box"),
             N_("The bundled fonts cover Latin, Greek and Cyrillic."),
             N_("Write the word in one of these scripts in: {where}")),
    _error("P402", N_("the template {template} failed: {reason}"),
           N_("Templates may use the view model only."),
           N_("Correct the template at the place named.")),
    _error("P404", N_("this file cannot be verified: {reason}"),
           N_("A report of this program carries its questionnaires, its rubric and its result."),
           N_("Ask for the PDF as it came out of «assess score»; printing it anew removes what it carries.")),
    _error("P405", N_("{name} inside the file is not what the report was made from"),
           N_("The hash of each part is recorded in the report."),
           N_("Do not rely on this file; ask its author for the original.")),
    _error("P406", N_("{where} says «{found}», but the answers give «{expected}»"),
           N_("Every figure of a report follows from the answers that it carries."),
           N_("Do not rely on this file; ask its author for the original.")),
    _warning("P407", N_("made by version {made} of the program, checked by version {checking}"),
             N_("Only the same version is sure to give the same pages."),
             N_("Install version {made} to compare the pages word for word.")),
    _error("P403", N_("the report refused to load {url}"),
           N_("A report loads nothing from the network or from outside the templates folder."),
           N_("Put the file into the templates folder and name it without a path.")),
)

_MEASURES = (
    _error("M601", N_("the rubric has no stage {stage}"),
           N_("A target is the id of a stage of the rubric."),
           N_("Choose one of: {stages}")),
    _error("M602", N_("{stage} is out of reach: {what} comes to {reachable} of {wanted} points with every step taken"),
           N_("Steps exist only for indicators that are known; what is not known is found out, not climbed."),
           N_("Answer the open questions first, or choose a lower stage.")),
    _error("M603", N_("{stage} cannot be reached with {budget} person-months"),
           N_("The steps to a stage cost what the rubric states; the least effort in all is {least} person-months."),
           N_("Raise --budget, allow more --years, or choose a lower stage.")),
    _error("M604", N_("the solver found no proven plan: {reason}"),
           N_("Only a plan that is proven to be the best is shown."),
           N_("Try a smaller budget, a lower stage, or fewer years.")),
    _error("M605", N_("nothing is known about this relationship yet"),
           N_("A roadmap starts at the levels that are known."),
           N_("Answer the questionnaire first.")),
    _error("M606", N_("{stage} is out of reach: {gate} asks level {level} of {indicator}, and no step leads there"),
           N_("Steps exist only for indicators that are known; what is not known is found out, not climbed."),
           N_("Find out how {indicator} stands and what its steps need, or choose a lower stage.")),
    _error("M607", N_("{stage} is out of reach: {gate} asks that at most {most} % is unknown, and {now} % is"),
           N_("No step makes known what is not known."),
           N_("Answer the open questions first, or choose a lower stage.")),
)

_FORM = (
    _error("F701", N_("the id {key} is taken by another source"),
           N_("Each source has an id of its own, by which answers cite it."),
           N_("Choose another id, or cite the source that is there already.")),
    _warning("F702", N_("the file cannot be read from line {line} on"),
             N_("What stands above is taken over; the text from there on is kept, and saved as remarks at the end of "
                "the file."),
             N_("Look at the text that is shown, give the answers in it again, then delete it.")),
    _warning("F703", N_("this file is about {found}; the form was about {wanted}"),
             N_("A form takes the relationship from the file that is opened in it."),
             N_("Go on if this is meant, or open the other file.")),
    _warning("F704", N_("the browser keeps no copy: {reason}"),
             N_("A copy in the browser takes a browser that may store data, and space for it."),
             N_("Save the file to the disk from time to time; nothing else is needed.")),
    _warning("F705", N_("the answers were given for {named}; the questions here are those of {loaded}"),
             N_("Ids keep their meaning from one version to the next, wording and levels may not. What this version "
                "does not ask is kept in the file as it is."),
             N_("Take the answers over: each is marked for review until somebody has read it again. «assess migrate» "
                "marks only those whose question changed.")),
    _error("F706", N_("{name} is not a questionnaire: it looks like {kind}"),
           N_("The form opens questionnaires in YAML, which are plain text."),
           N_("Choose the file that ends in .yaml. Answers in a workbook become one with «assess import».")),
)

_PORTFOLIO = (
    _error("B801", N_("there is no file {file}"),
           N_("A manifest names files from its own folder on; a pattern with * must fit at least one."),
           N_("Check the spelling, or take the entry out. All other files were taken.")),
    _error("B802", N_("{left} and {right} are both of {relationship} on {as_of}, by the same rater ({role})"),
           N_("Several files of one relationship and date are several raters, who differ in side or role."),
           N_("Keep one of the two files, mend the date or «answered_by», or list both in a manifest as "
              "{{raters: [path, path]}}. Neither was taken.")),
    _error("B803", N_("the portfolio mixes rubrics: it is scored with {loaded}, and these are for others: {others}"),
           N_("Figures can be compared only where they were made with one version of one rubric."),
           N_("Carry the older files over with «assess migrate», or score them by themselves with --rubric.")),
    _error("B804", N_("no questionnaire is in this folder"),
           N_("A folder is searched for files that end in .yaml or .yml, with all folders below it."),
           N_("Name the folder in which the questionnaires are.")),
    _error("B805", N_("this is not a manifest: {reason}"),
           N_("A manifest has the keys portfolio (a title) and files (paths, or {{raters: [path, path]}})."),
           N_("Write it so: «portfolio: Our partners», then «files:» and one line «- path.yaml» for each file.")),
    _error("B806", N_("Parquet cannot be written: pyarrow is not installed"),
           N_("Parquet comes with the extra «portfolio». All other files were written."),
           N_("Install it: pip install 'cyberdialog-assess[portfolio]', or leave parquet out of --format.")),
    _warning("B807", N_("what was computed before cannot be read and is computed again"),
             N_("Records of earlier runs lie in a small database in the output folder."),
             N_("Nothing is lost but time. If this comes again, look after the disk.")),
    _warning("B808", N_("nothing is answered here yet; {other} stands for this relationship and date"),
             N_("A blank beside a questionnaire that is filled in is no second rater."),
             N_("Fill the blank in, or take it out of the folder.")),
)

_ENVIRONMENT = (
    _error("E501", N_("a system library for PDF is missing: {library}"),
           N_("PDF needs Pango and HarfBuzz, which come with the operating system."),
           N_("Install them: sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0")),
    _error("E502", N_("{path} cannot be written: {reason}"),
           N_("Results are written into the folder that --out names."),
           N_("Choose another folder with --out, or free some space.")),
    _error("E504", N_("{path} exists already"),
           N_("A file that a person may have filled in is never overwritten."),
           N_("Choose another name with --out, or overwrite the file with --force.")),
)

CATALOGUE = {
    rule.code: rule
    for rule in (
        *_YAML, *_QUESTIONNAIRE, *_TOGETHER, *_RUBRIC, *_LINT, *_REPORT, *_MEASURES, *_PORTFOLIO, *_ENVIRONMENT
    )
}
