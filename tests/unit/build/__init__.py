"""Inputs and suites of a build."""
