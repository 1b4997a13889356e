"""Words by which a cell says that its row is the total of others."""

import re

from .names import plain

# surely a total, wherever it stands
TOTALS = frozenset("""total|totals|grand total|sub total|subtotal|subtotals|account total|overall total|total general|
total generale|gesamt|gesamtsumme|gesamtergebnis|insgesamt|summe|zwischensumme|total sum|sum|somme|sous-total|soma|
total geral|totale|totale complessivo|somma|subtotale|totaal|eindtotaal|subtotaal|suma|合計|総計|総合計|小計""".replace(
    "\n", "").split("|"))
# a total where a day is expected, and elsewhere if the numbers add up to it
EVERYTHING = frozenset("all|all days|overall|everything|alle|alles|tous|tout|toutes|todos|todas|todo|tutti|tutte|すべて|全て|全体|総合"
                       .split("|"))
_beginning = re.compile(r"(?:grand |sub)?(?:totals?|gesamt|totale?|totaal|合計)\s*(?::|-\s|for |of (?:all |\d)|from |des |de (?:todas?|\d)|von \d|aus \d|\()"
                        r"|results? from |ergebnisse (?:von|aus) |resultats de |resultados de |risultati di |resultaten van ")
_ending = re.compile(r"(.*\S) (?:total|sum|ergebnis|summe|gesamt|totale|totaal)", re.IGNORECASE)
_hint = re.compile("|".join(sorted({word[:4] for word in TOTALS | EVERYTHING} | {"result", "ergebn", "resul", "risul"},
                                   key=len)), re.IGNORECASE)

_whole = re.compile(r"(?:all|alle|overall|whole|entire|everything|total|totals|sum|summe|gesamt\w*|somme|tous|toutes|tout|todos|todas|"
                    r"tutti|tutte|totale|totaal|soma|suma)\b|.*\b(?:total|sum|totals|summe|gesamt|insgesamt|totale|totaal)$")
_words_of_all = re.compile("all|whole|entire|every|tou[st]|tod[oa]s|tutt[ie]", re.IGNORECASE)


class _Label:
    """Tells whether a name is the label of a total: 'surely', 'maybe' or None."""

    def __call__(self, name):
        if not _hint.search(name):
            return None
        name = plain(name)
        if name in TOTALS or _beginning.match(name):
            return "surely"
        return "maybe" if name in EVERYTHING else None

    def any_in(self, names):
        """Whether any of the names is such a label, or that of a subtotal."""
        return bool(_hint.search("\n".join(names))) and any(self(name) or _ending.fullmatch(name) for name in names)


is_total_label = _Label()


def subtotal_of(name):
    """What the name is the subtotal of, as spreadsheets label them ("Spring Total"), or None."""
    match = _ending.fullmatch(name.strip())
    return match[1] if match and not is_total_label(name) else None


def may_be_of_all(name):
    """Whether a name may as well mean all the others together, such as "All devices"."""
    return bool(_hint.search(name) or _words_of_all.search(name)) and bool(is_total_label(name) or _whole.match(plain(name)))
