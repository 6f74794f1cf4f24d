"""The register of sources: what is disclosed, by whom, as which dataset, and what of it is held here."""
