"""Disclosed data from files and answers of interfaces: read into tables, mapped to records, reported on."""
