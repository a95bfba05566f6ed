CREATE TABLE changes (
  run_id STRING NOT NULL COMMENT 'Run that was compared: the candidate.',
  baseline STRING NOT NULL COMMENT 'Run that it was compared with.',
  metric STRING NOT NULL COMMENT 'Statistic, by its text name.',
  attribute STRING NOT NULL COMMENT 'Attribute that forms the groups; * for all images.',
  group STRING NOT NULL COMMENT 'Value of the attribute that the group shares; * for all images.',
  n BIGINT NOT NULL COMMENT 'Images that have the number in both runs.',
  before DOUBLE COMMENT 'Value over these images in the baseline; null where it is undefined.',
  after DOUBLE COMMENT 'Value over the same images in the candidate; null where it is undefined.',
  difference DOUBLE COMMENT 'after minus before.',
  ci_low DOUBLE COMMENT 'Lower end of the interval of the difference; null where there is none.',
  ci_high DOUBLE COMMENT 'Upper end of the interval of the difference; null where there is none.',
  p_value DOUBLE COMMENT 'p-value of no change, never 0; null where the group is too small, and for what is only described.',
  q_value DOUBLE COMMENT 'p-value corrected for all changes of one attribute that are of one kind (outcomes, interventions, features, explanations); null without a p-value.',
  minimum_detectable DOUBLE COMMENT 'Smallest change that so many images would have shown, were it the only comparison; null where it is unknown.',
  lost BIGINT COMMENT 'Of a share, the images that belong to it in the baseline only; null for a mean.',
  gained BIGINT COMMENT 'Of a share, the images that belong to it in the candidate only; null for a mean.')
USING PARQUET
PARTITIONED BY (run_id)
COMMENT 'One row per metric and group of a run that was compared with a baseline: how the metric changed, image by image.';
