CREATE TABLE interventions (
  run_id STRING NOT NULL COMMENT 'Run that the row belongs to.',
  image_id STRING NOT NULL COMMENT 'Image, unique within the data set.',
  editor STRING NOT NULL COMMENT 'Editor with all its parameters, in canonical text.',
  editor_name STRING NOT NULL COMMENT 'Name of the editor in a plan.',
  property STRING NOT NULL COMMENT 'Property that is strengthened.',
  step INT NOT NULL COMMENT 'Step, from 0, in the order of the strengths.',
  strength DOUBLE NOT NULL COMMENT 'Strength of the property, in the editor\'s own unit.',
  target STRING NOT NULL COMMENT 'Class that the logit and the probability are of.',
  target_index INT NOT NULL COMMENT 'Index of that class.',
  own BOOLEAN NOT NULL COMMENT 'Whether it is the class of the image\'s own that the plan follows: its predicted class or its label.',
  logit DOUBLE NOT NULL COMMENT 'Logit of the target for the edited image.',
  probability DOUBLE NOT NULL COMMENT 'Softmax probability of the target for the edited image.',
  predicted_index INT NOT NULL COMMENT 'Index of the class predicted for the edited image.',
  edit_distance DOUBLE NOT NULL COMMENT 'Root mean square change of the values, from 0 to 1, inside the region that the editor may change.',
  outside_distance DOUBLE COMMENT 'The same outside of that region; null when the editor may change the whole image.',
  measured DOUBLE COMMENT 'The property as measured on the edited pixels; null for an editor without a measure.',
  valid BOOLEAN NOT NULL COMMENT 'Whether the edit did what it should; the other steps are in no statistic.',
  weight DOUBLE NOT NULL COMMENT 'Images that the image stands for in the statistics: one over the probability that it was drawn.')
USING PARQUET
PARTITIONED BY (run_id)
COMMENT 'One row per image, editor, step and target: what the model said of the edited image.';
