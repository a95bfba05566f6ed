CREATE TABLE feature_associations (
  run_id STRING NOT NULL COMMENT 'Run that the row belongs to.',
  sae STRING NOT NULL COMMENT 'Autoencoder, by the path that the plan gives.',
  kind STRING NOT NULL COMMENT 'What groups the images: label, attribute or error.',
  attribute STRING NOT NULL COMMENT 'Attribute that makes the group; label or error where no attribute does.',
  group STRING NOT NULL COMMENT 'Value of the attribute, or the label; wrong for the images that the model gets wrong.',
  feature INT NOT NULL COMMENT 'Index of the feature.',
  n BIGINT NOT NULL COMMENT 'Scored images of the group.',
  n_reference BIGINT NOT NULL COMMENT 'Scored images of the others: of errors the rightly predicted, of a label those with another.',
  active BIGINT NOT NULL COMMENT 'Images of the group in which the feature is active.',
  active_reference BIGINT NOT NULL COMMENT 'Images of the others in which it is.',
  auroc DOUBLE NOT NULL COMMENT 'Probability that the feature\'s largest activation in an image of the group exceeds that in one of the others, ties counted half; inactive is 0.',
  log_odds DOUBLE NOT NULL COMMENT 'Log of the ratio of the odds to be active, a half added to each of the four counts.',
  ci_low DOUBLE COMMENT 'Lower end of its interval; null where images come in clusters.',
  ci_high DOUBLE COMMENT 'Upper end of its interval; null where images come in clusters.',
  confidence DOUBLE NOT NULL COMMENT 'Level of the interval.',
  p_value DOUBLE COMMENT 'P-value of Fisher\'s exact test that the group and the others are equally often active; null where images come in clusters.',
  q_value DOUBLE COMMENT 'P-value corrected over all associations of the run; null as it is.')
USING PARQUET
PARTITIONED BY (run_id)
COMMENT 'One row per feature and group of images, by a label, an attribute or errors: how much more often, and how much more, it is active there than elsewhere.';
