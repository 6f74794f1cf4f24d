"""Disclosed records by place: the values and the seam (``model``), two stores, and how one is opened."""
