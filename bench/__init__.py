"""Speed, as ratios against a named baseline measured in the same run, interleaved; nothing here is a test."""
