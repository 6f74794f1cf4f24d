"""All that depends on a language: intents, lexicons, reply texts, Rasa graph components."""
