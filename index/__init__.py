"""How it is found: passages, encoder, vectors, lexical index, fusion, evaluation."""
