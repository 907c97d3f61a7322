"""The words of the corpus as people ask for them: lists, keyness, company, spread, what is taught to the segmenter."""
