CREATE TABLE dose_responses (
  run_id STRING NOT NULL COMMENT 'Run that the row belongs to.',
  editor STRING NOT NULL COMMENT 'Editor with all its parameters, in canonical text.',
  property STRING NOT NULL COMMENT 'Property that is strengthened.',
  target STRING NOT NULL COMMENT 'Class whose probability is followed, over the images on which it is (with targets = [predicted] those predicted as it, with [label] those labelled as it); * for each image\'s own target.',
  attribute STRING NOT NULL COMMENT 'Attribute that makes the group; * for all images.',
  group STRING NOT NULL COMMENT 'Value of the attribute; * for all images.',
  step INT NOT NULL COMMENT 'Rank of the strength, from 0, among all that the editor used on any image.',
  strength DOUBLE NOT NULL COMMENT 'Strength of the property, in the editor\'s own unit.',
  n BIGINT NOT NULL COMMENT 'Images behind the point: those whose edit at this strength did what it should.',
  value DOUBLE NOT NULL COMMENT 'Mean probability, each image with its weight.',
  ci_low DOUBLE COMMENT 'Lower end of its interval; null where the images or clusters tell no more than one would.',
  ci_high DOUBLE COMMENT 'Upper end of its interval; null where the images or clusters tell no more than one would.',
  confidence DOUBLE NOT NULL COMMENT 'Level of the interval.')
USING PARQUET
PARTITIONED BY (run_id)
COMMENT 'One row per editor, target, group and strength: the mean probability of the target at it.';
