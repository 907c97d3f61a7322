"""What is in the corpus: taken in, overruled, versioned, built, shared."""
