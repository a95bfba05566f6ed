CREATE TABLE feature_ablations (
  run_id STRING NOT NULL COMMENT 'Run that the row belongs to.',
  editor STRING NOT NULL COMMENT 'Editor that took it out, with its parameters: a feature may be set in several places.',
  sae STRING NOT NULL COMMENT 'Autoencoder, by the path that the plan gives.',
  feature INT NOT NULL COMMENT 'Index of the feature that the plan asks about.',
  control STRING NOT NULL COMMENT 'What was changed: none for the feature itself; random-feature for another one, active in about as many images; random-direction for the feature\'s own change along a random direction of the same length.',
  target STRING NOT NULL COMMENT 'Class whose probability is followed, over the images on which it is (with targets = [predicted] those predicted as it, with [label] those labelled as it); * for each image\'s own target.',
  attribute STRING NOT NULL COMMENT 'Attribute that makes the group; error for the images that the model gets wrong or right; * for all images.',
  group STRING NOT NULL COMMENT 'Value of the attribute; wrong or right; * for all images.',
  n BIGINT NOT NULL COMMENT 'Images behind the numbers: those on which the feature and both controls were taken out.',
  clusters BIGINT NOT NULL COMMENT 'Units behind the numbers: clusters where the data set names any, else images.',
  change DOUBLE NOT NULL COMMENT 'Mean of the target\'s probability with it taken out less that of the image as it is, each image with its weight.',
  ci_low DOUBLE COMMENT 'Lower end of its interval; null where the images or clusters tell no more than one would.',
  ci_high DOUBLE COMMENT 'Upper end of its interval; null where the images or clusters tell no more than one would.',
  difference DOUBLE COMMENT 'Mean over the same images of the feature\'s own change less the control\'s; null for the feature itself.',
  difference_ci_low DOUBLE COMMENT 'Lower end of its interval; null as the other one is, and for the feature itself.',
  difference_ci_high DOUBLE COMMENT 'Upper end of its interval; null as the other one is, and for the feature itself.',
  confidence DOUBLE NOT NULL COMMENT 'Level of the intervals.',
  p_value DOUBLE COMMENT 'p-value of Student\'s test that nothing changes, for the feature itself; of no difference from it, for a control; null where the images or clusters tell no more than one would, or all tell the very same.',
  q_value DOUBLE COMMENT 'p-value corrected over all rows of the run; null without a p-value.')
USING PARQUET
PARTITIONED BY (run_id)
COMMENT 'One row per editor of a feature, control, target and group: how the target\'s mean probability changes when the feature is taken out, and by how much more than with the control.';
