CREATE TABLE group_metrics (
  run_id STRING NOT NULL COMMENT 'Run that the row belongs to.',
  metric STRING NOT NULL COMMENT 'Statistic, by its text name.',
  attribute STRING NOT NULL COMMENT 'Attribute that forms the groups, or several as in \'site × tag\'; * for the whole data set, target for the class that attributions explain.',
  group STRING NOT NULL COMMENT 'Value of the attribute that the group shares, or several as in \'annex × yes\'; * for the whole data set, and for what is said over all groups of an attribute.',
  n BIGINT NOT NULL COMMENT 'Images behind the estimate.',
  clusters BIGINT NOT NULL COMMENT 'Units of resampling behind the estimate, of those images; n when the data set names no clusters; an estimate, off by some 3%, for rates of a part of the images of some hundred clusters or more, and beyond 1,024 clusters; for rates of all images beyond 4,096, by some 1.6%.',
  value DOUBLE COMMENT 'Estimate; null where the statistic is undefined, as for a rate of nothing, or for a relative mCE whose reference errs no more often under one of the corruptions than without any.',
  ci_low DOUBLE COMMENT 'Lower end of the interval; null where there is none.',
  ci_high DOUBLE COMMENT 'Upper end of the interval; null where there is none.',
  confidence DOUBLE NOT NULL COMMENT 'Coverage that the interval aims at.',
  interval STRING NOT NULL COMMENT 'Method of the interval.')
USING PARQUET
PARTITIONED BY (run_id)
COMMENT 'One row per metric and group of images: the estimate, its interval and the number of images behind it.';
