"""Workbooks come in: judged in a child process, kept byte for byte, written in receipts."""
