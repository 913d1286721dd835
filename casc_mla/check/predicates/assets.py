"""Predicates about assets."""

from casc_mla.check.validator import Predicate

PREDICATES: dict[str, Predicate] = {}
