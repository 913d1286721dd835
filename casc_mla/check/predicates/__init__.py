"""Named questions that a Cerberus schema alone cannot ask, one file a subject.

Each predicate takes the request, the absolute path of the field it stands on and the value there, and yields a
``Failure`` for every place that is wrong.  No legal fact stands here: thresholds and lists come from the rules.
"""

from casc_mla.check.predicates import (
    assets,
    facts,
    forms,
    identities,
    interviews,
    language,
    offences,
    orders,
    persons,
    references,
    route,
)
from casc_mla.check.validator import Predicate

PREDICATES: dict[str, Predicate] = {
    **assets.PREDICATES,
    **facts.PREDICATES,
    **forms.PREDICATES,
    **identities.PREDICATES,
    **interviews.PREDICATES,
    **language.PREDICATES,
    **offences.PREDICATES,
    **orders.PREDICATES,
    **persons.PREDICATES,
    **references.PREDICATES,
    **route.PREDICATES,
}
