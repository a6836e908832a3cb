"""Expectations of our own for Great Expectations, for our suites and for anybody's.

Importing this package makes them known, by class and by ``type``. They run on pandas::

    import great_expectations as gx
    from cleaning.expectations import ExpectColumnPairValuesLanguageToFitScript

    suite = gx.ExpectationSuite(name="mine")
    suite.add_expectation(ExpectColumnPairValuesLanguageToFitScript(column_A="language", column_B="text", mostly=0.99))
"""

from __future__ import annotations

from .language_to_fit_script import ExpectColumnPairValuesLanguageToFitScript
from .words_to_be_counted import ExpectColumnPairValuesWordsToBeCounted

__all__ = ["ExpectColumnPairValuesLanguageToFitScript", "ExpectColumnPairValuesWordsToBeCounted"]
