CREATE TABLE attributions (
  run_id STRING NOT NULL COMMENT 'Run that the row belongs to.',
  image_id STRING NOT NULL COMMENT 'Image, unique within the data set.',
  method STRING NOT NULL COMMENT 'Method with all its parameters, in canonical text.',
  method_name STRING NOT NULL COMMENT 'Name of the method in a plan.',
  target STRING NOT NULL COMMENT 'Class that is explained.',
  target_index INT NOT NULL COMMENT 'Index of the class that is explained.',
  score DOUBLE NOT NULL COMMENT 'Logit of the target for the image.',
  baseline_score DOUBLE COMMENT 'Logit of the target for the baseline; null for a method without one.',
  attribution_sum DOUBLE NOT NULL COMMENT 'Sum of the attribution over all pixels and channels.',
  completeness_delta DOUBLE COMMENT 'attribution_sum minus (score minus baseline_score); null for a method that claims no completeness.',
  evaluations BIGINT NOT NULL COMMENT 'Model evaluations that the method asked for, forward and gradient.',
  rows INT NOT NULL COMMENT 'Rows of the map.',
  cols INT NOT NULL COMMENT 'Columns of the map.',
  encoding STRING NOT NULL COMMENT 'Number format of the map\'s cells: float16 or float32.',
  map BINARY NOT NULL COMMENT 'Signed map summed over channels: its cells row by row, little-endian.',
  gini DOUBLE COMMENT 'Gini index of the absolute map; null for a map of zeros.',
  entropy DOUBLE COMMENT 'Entropy of the absolute map\'s shares, in nats; null for a map of zeros.',
  positive_share DOUBLE COMMENT 'Positive part of the map over its absolute sum; null for a map of zeros.',
  mask_share DOUBLE COMMENT 'Absolute attribution within the image\'s mask over its absolute sum; null without a mask.',
  centre_x DOUBLE COMMENT 'Where the centre of mass of the absolute map lies across the image, from 0, its left edge, to 1; null for a map of zeros.',
  centre_y DOUBLE COMMENT 'Where the centre of mass of the absolute map lies down the image, from 0, its top, to 1; null for a map of zeros.')
USING PARQUET
PARTITIONED BY (run_id)
COMMENT 'One row per image and attribution method: the summary of the attribution and its map.';
