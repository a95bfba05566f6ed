CREATE TABLE gaps (
  run_id STRING NOT NULL COMMENT 'Run that the row belongs to.',
  metric STRING NOT NULL COMMENT 'Statistic, by its text name.',
  attribute STRING NOT NULL COMMENT 'Attribute that forms the groups, or several as in \'site × tag\'.',
  group STRING NOT NULL COMMENT 'Value of the attribute that the group shares, or several as in \'annex × yes\'.',
  reference STRING NOT NULL COMMENT 'Whom the group is compared with: others, the value of a group, or \'best: \' and the value of the best group.',
  n BIGINT NOT NULL COMMENT 'Images behind the group\'s estimate.',
  n_reference BIGINT NOT NULL COMMENT 'Images behind the reference\'s estimate.',
  difference DOUBLE COMMENT 'Estimate of the group minus that of the reference; null where either is undefined.',
  ratio DOUBLE COMMENT 'Estimate of the group over that of the reference; null where either is undefined or the latter is 0.',
  ci_low DOUBLE COMMENT 'Lower end of the interval of the difference; null where there is none.',
  ci_high DOUBLE COMMENT 'Upper end of the interval of the difference; null where there is none.',
  p_value DOUBLE COMMENT 'p-value of no difference, against the best group of no other being better, never 0; null where the group is too small for a verdict.',
  q_value DOUBLE COMMENT 'p-value corrected for all comparisons of one attribute that are of one kind (outcomes, rates by class, interventions, features, explanations); null without a p-value.',
  minimum_detectable DOUBLE COMMENT 'Smallest difference that samples of these sizes would have detected, were it the only comparison; null where it is unknown.')
USING PARQUET
PARTITIONED BY (run_id)
COMMENT 'One row per metric and group: its difference from the reference, tested.';
