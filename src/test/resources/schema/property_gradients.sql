CREATE TABLE property_gradients (
  run_id STRING NOT NULL COMMENT 'Run that the row belongs to.',
  image_id STRING NOT NULL COMMENT 'Image, unique within the data set.',
  editor STRING NOT NULL COMMENT 'Editor with all its parameters, in canonical text.',
  editor_name STRING NOT NULL COMMENT 'Name of the editor in a plan.',
  property STRING NOT NULL COMMENT 'Property that is strengthened.',
  target STRING NOT NULL COMMENT 'Class whose probability (or logit) is followed.',
  target_index INT NOT NULL COMMENT 'Index of that class.',
  own BOOLEAN NOT NULL COMMENT 'Whether it is the class of the image\'s own that the plan follows: its predicted class or its label.',
  expected_gradient DOUBLE COMMENT 'Mean modulus of the derivative by the strength scaled to 0..1; null with fewer than three valid steps.',
  signed_gradient DOUBLE COMMENT 'Mean derivative with its sign; null with fewer than three valid steps.',
  total_change DOUBLE COMMENT 'Value at the strongest valid step minus that at the weakest; null with fewer than three valid steps.',
  correlation DOUBLE COMMENT 'Pearson correlation with the strength; null when either does not vary.',
  p_value DOUBLE COMMENT 'Two-sided p-value of the expected gradient among shuffled orders of the steps; null as it is.',
  flipped BOOLEAN COMMENT 'Whether the target becomes or ceases to be the prediction on the way; null without valid steps.',
  flip_strength DOUBLE COMMENT 'Strength of the first step at which it has; null when it does not flip.',
  valid_steps INT NOT NULL COMMENT 'Steps whose edit did what it should.',
  excluded_steps INT NOT NULL COMMENT 'Steps that were left out, since their edit did not.',
  weight DOUBLE NOT NULL COMMENT 'Images that the image stands for in the statistics: one over the probability that it was drawn.')
USING PARQUET
PARTITIONED BY (run_id)
COMMENT 'One row per image, editor and target: how strongly the class answers to the property.';
