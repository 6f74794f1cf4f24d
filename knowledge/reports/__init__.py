"""Hazard reports of residents for the district safety meetings: values, receipts, redaction and their store."""
