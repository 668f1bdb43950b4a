"""判定疑似重复: two rows side by side, and the decision."""
