"""Places of Ansan and Korea with their points, names and sources: plain files, and what reads them."""
