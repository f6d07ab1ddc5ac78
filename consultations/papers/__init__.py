"""What each paper says, as blocks. The pages and the PDFs draw them; a paper handed out keeps them."""
