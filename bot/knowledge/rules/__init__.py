"""The rules that knowledge must keep: one small function each, every problem reported together.

`SOUND` must hold before the bot starts; `COMPLETE` (how many phrasings, unused claims) is for `check` alone, so that a
small knowledge of one's own runs at once. What breaks `ADVICE` is a warning.
"""

from collections.abc import Callable, Iterator

from bot.knowledge.model import Knowledge
from bot.knowledge.problems import Problem
from bot.knowledge.rules import (
    advice,
    answers,
    authorities,
    dates,
    evidence,
    guidance,
    lengths,
    letters,
    links,
    plainness,
    quotas,
    quotes,
    spellings,
    tables,
    verdicts,
    wording,
)

Rule = Callable[[Knowledge], Iterator[Problem]]

SOUND: tuple[Rule, ...] = (
    links.citations_lead_somewhere,
    links.see_also_leads_somewhere,
    links.newer_claims_exist,
    links.facts_exist,
    links.facts_stand_once,
    links.implied_facts_exist,
    links.told_facts_exist,
    links.concepts_beside_exist,
    links.strict_options_exist,
    dates.published_dates_exist,
    dates.review_follows_the_review,
    links.links_are_web_addresses,
    tables.options_exist,
    tables.supposed_options_exist,
    tables.table_is_small_enough,
    tables.every_case_meets_one_outcome,
    tables.outcomes_can_be_reached,
    tables.facts_change_the_outcome,
    answers.sentences_are_cited,
    answers.own_sentences_say_so,
    answers.one_sentence_an_item,
    answers.labels_differ,
    verdicts.shorts_fit_their_verdicts,
    evidence.changed_claims_have_notes,
    evidence.answers_rest_on_what_holds,
    evidence.shown_claims_have_notes,
    evidence.subjects_exist,
    evidence.originals_are_linked,
    lengths.texts_are_short_enough,
    lengths.choice_codes_fit,
    wording.bot_says_all_in_its_languages,
    wording.placeholders_are_plain,
    wording.months_are_twelve,
    wording.commands_are_understood,
    wording.replies_keep_no_place_open,
    letters.letters_are_latin,
    wording.phrasings_are_unique,
    wording.words_mean_one_thing,
    wording.options_are_told_apart,
    guidance.sentences_are_as_many_as_wanted,
    guidance.explanations_are_cited,
    guidance.own_words_say_so,
    guidance.one_sentence_an_item,
    guidance.guidance_rests_on_what_holds,
    guidance.named_entries_exist,
    spellings.spellings_mean_one_thing,
    spellings.nothing_is_told_and_untold,
    spellings.gaps_are_read,
    authorities.authorities_are_found_safely,
    authorities.lands_of_authorities_exist,
    authorities.authorities_are_told_apart,
    authorities.authorities_of_countries_exist,
)

COMPLETE: tuple[Rule, ...] = (
    answers.answers_are_short,
    answers.answers_have_few_parts,
    answers.steps_of_law_are_cited,
    answers.shorts_name_no_source,
    quotas.entries_have_enough_phrasings,
    quotas.entries_have_enough_checks,
    quotas.checks_are_held_out,
    quotas.pairs_can_hold,
    quotas.claims_are_used,
    quotas.facts_are_used,
    quotas.entries_are_checked_in_one_file,
    quotas.sources_have_claims,
    quotas.nothing_contradicts_itself,
    letters.letters_are_whole,
    letters.texts_have_no_markup,
    plainness.plain_answers_are_short,
    guidance.guidance_is_short,
    guidance.lines_of_law_are_cited,
    authorities.every_land_has_authorities,
)

ADVICE: tuple[Rule, ...] = (
    advice.options_can_be_typed,
    evidence.sources_are_official,
    advice.texts_are_finished,
    advice.phrasings_differ,
    advice.concepts_have_words,
    plainness.plain_answers_are_simpler,
)


def broken_rules(knowledge: Knowledge, rules: tuple[Rule, ...]) -> list[Problem]:
    """All problems of all rules, in the order of files and lines."""
    problems = {problem for rule in rules for problem in rule(knowledge)}
    return sorted(problems, key=lambda problem: (problem.place.file, problem.place.line, problem.en))


__all__ = ["ADVICE", "COMPLETE", "SOUND", "Rule", "broken_rules", "dates", "quotes"]
