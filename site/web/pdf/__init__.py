"""Papers as PDFs. `blocks.blocks_pdf` prints any list of blocks."""
