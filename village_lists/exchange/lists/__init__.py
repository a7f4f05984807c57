"""Exchange of a whole list: one YAML file or one workbook out, and any such file or hand-made workbook in."""
