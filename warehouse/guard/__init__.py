"""Analyst SQL behind walls of memory and time."""
