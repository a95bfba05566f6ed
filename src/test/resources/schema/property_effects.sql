CREATE TABLE property_effects (
  run_id STRING NOT NULL COMMENT 'Run that the row belongs to.',
  editor STRING NOT NULL COMMENT 'Editor with all its parameters, in canonical text.',
  property STRING NOT NULL COMMENT 'Property that is strengthened.',
  target STRING NOT NULL COMMENT 'Class whose probability (or logit) is followed, over the images on which it is (with targets = [predicted] those predicted as it, with [label] those labelled as it); * for each image\'s own target.',
  attribute STRING NOT NULL COMMENT 'Attribute that makes the group; * for all images.',
  group STRING NOT NULL COMMENT 'Value of the attribute; * for all images.',
  n BIGINT NOT NULL COMMENT 'Images behind the numbers: those that the editor changed and whose target was followed.',
  clusters BIGINT NOT NULL COMMENT 'Units of resampling behind the numbers, of those images; n when the data set names no clusters; beyond 1,024 clusters an estimate, off by some 3%.',
  expected_gradient DOUBLE COMMENT 'Mean expected gradient; null without images.',
  ci_low DOUBLE COMMENT 'Lower end of its interval.',
  ci_high DOUBLE COMMENT 'Upper end of its interval.',
  signed_gradient DOUBLE COMMENT 'Mean signed gradient; null without images.',
  signed_ci_low DOUBLE COMMENT 'Lower end of its interval.',
  signed_ci_high DOUBLE COMMENT 'Upper end of its interval.',
  flip_rate DOUBLE COMMENT 'Share of images for which the target became or ceased to be the prediction.',
  min_effect DOUBLE NOT NULL COMMENT 'Smallest effect that is of any importance, as the plan says.',
  p_value DOUBLE COMMENT 'p-value of the hypothesis that the mean expected gradient is at most min_effect; null where the clusters are fewer than min-group, or tell no more than so few would, since they stand for unequal numbers of images (Kish\'s effective number, with clusters known to some 3% at 2,000 replicates).',
  q_value DOUBLE COMMENT 'The p-value corrected over all properties, targets and groups of the run.')
USING PARQUET
PARTITIONED BY (run_id)
COMMENT 'One row per editor, target and group: how strongly the class answers to the property, and whether that is sure.';
