"""Pulling disclosed datasets from their portals with the user's own key."""
