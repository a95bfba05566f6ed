CREATE TABLE findings (
  run_id STRING NOT NULL COMMENT 'Run that the row belongs to.',
  rank INT NOT NULL COMMENT 'Place among the findings of the run, from 1.',
  severity STRING NOT NULL COMMENT 'How bad it is: error where it breaks a rule of the gate that fails the run, warning where it breaks one that only warns, notice where it breaks none.',
  kind STRING NOT NULL COMMENT 'What it is about: value or change (beyond a limit of the gate), gap (between groups), slice (a subgroup), property (that a class answers to), feature (of an autoencoder), prototype (something that is drawn into a class), explanation (maps that are no evidence); none for an attribute among whose groups no difference in outcomes was established, and where nothing is drawn into any class.',
  statement STRING NOT NULL COMMENT 'The finding in plain language, with its numbers.',
  metric STRING NOT NULL COMMENT 'Statistic, by its text name.',
  attribute STRING NOT NULL COMMENT 'Attribute that forms the group; * for all images.',
  group STRING NOT NULL COMMENT 'Value of the attribute; * for all images.',
  slice STRING NOT NULL COMMENT 'The images that it is about, in words; * for all of them.',
  n BIGINT NOT NULL COMMENT 'Images behind the number.',
  effect DOUBLE COMMENT 'The number itself: a difference for a gap, a slice, a change and none, else a value; null where it is undefined.',
  ci_low DOUBLE COMMENT 'Lower end of its interval; null where there is none.',
  ci_high DOUBLE COMMENT 'Upper end of its interval; null where there is none.',
  q_value DOUBLE COMMENT 'Corrected p-value; null where nothing was tested.',
  rule STRING COMMENT 'Rule of the gate that speaks of it; null where none does.',
  passed BOOLEAN COMMENT 'Whether the rule allows it; null without a rule, and where the rule is undecided.',
  image_ids ARRAY<STRING> NOT NULL COMMENT 'A few images that show it, the most telling first; none where single images show nothing.',
  query STRING NOT NULL COMMENT 'Statement of SQL on these tables that shows the numbers and those beside them.')
USING PARQUET
PARTITIONED BY (run_id)
COMMENT 'One row per finding, ranked: what was established, its evidence, images that show it and the SQL to look closer.';
