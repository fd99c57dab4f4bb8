"""Chunks go in, ranked hits come out: the embedder, the dense and lexical indexes, and the files they are kept in."""
