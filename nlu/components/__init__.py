"""Rasa graph components: the only modules of this room that import rasa."""
