"""What happens when processes, the disk or the database die: docs/adr/0047-when-things-die.md."""
