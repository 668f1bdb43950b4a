"""操作手册: the manual, and the command that takes its pictures of the real screens."""
