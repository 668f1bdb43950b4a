"""操作手册: the manual of the office, and the command that takes its pictures of the real screens."""
