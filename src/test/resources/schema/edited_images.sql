CREATE TABLE edited_images (
  run_id STRING NOT NULL COMMENT 'Run that the row belongs to.',
  editor STRING NOT NULL COMMENT 'Editor with all its parameters, in canonical text.',
  property STRING NOT NULL COMMENT 'Property that is strengthened.',
  shown STRING NOT NULL COMMENT 'What the image stands for: strongest, typical or insignificant.',
  image_id STRING NOT NULL COMMENT 'Image, unique within the data set.',
  target STRING NOT NULL COMMENT 'Class whose probability is followed.',
  expected_gradient DOUBLE NOT NULL COMMENT 'Expected gradient of the target.',
  p_value DOUBLE COMMENT 'Two-sided p-value of the expected gradient among shuffled orders of the steps.',
  step INT COMMENT 'Step, from 0; null for the image as it is.',
  strength DOUBLE COMMENT 'Strength of the property; null for the image as it is.',
  probability DOUBLE NOT NULL COMMENT 'Softmax probability of the target for this picture.',
  valid BOOLEAN NOT NULL COMMENT 'Whether the edit did what it should.',
  png BINARY NOT NULL COMMENT 'The picture as the model sees it, as a PNG file.')
USING PARQUET
PARTITIONED BY (run_id)
COMMENT 'One row per editor, shown case and shown step, of which there are up to eight at even distances: the edited image as a picture.';
