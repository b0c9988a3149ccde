"""Works at night: clusters what people asked, prepares answers, proposes them."""
