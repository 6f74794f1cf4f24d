"""Duties of the decree that bind people outside the ministry: who must do what, for whom, by which day."""
