"""Predicates about forms."""

from casc_mla.check.validator import Predicate

PREDICATES: dict[str, Predicate] = {}
