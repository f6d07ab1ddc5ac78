"""The page that says nothing: what a signed-in page costs before it has anything to say."""
