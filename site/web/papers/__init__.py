"""What every paper is made of."""
