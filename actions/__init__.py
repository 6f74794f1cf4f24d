"""What is decided: Answers composed from evidence, and the thin Rasa actions that ask for them.

The package stays flat: rasa-sdk imports every sub-package by its bare name at start.
"""
