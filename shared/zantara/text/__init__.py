"""Text as this domain knows it: normal form, language, personal data, figures, fences, segments."""
