CREATE TABLE feature_exemplars (
  run_id STRING NOT NULL COMMENT 'Run that the row belongs to.',
  sae STRING NOT NULL COMMENT 'Autoencoder, by the path that the plan gives.',
  feature INT NOT NULL COMMENT 'Index of the feature.',
  rank INT NOT NULL COMMENT 'Place of the image among those of the feature, from 0, the most active first.',
  image_id STRING NOT NULL COMMENT 'Image, unique within the data set.',
  activation FLOAT NOT NULL COMMENT 'The feature\'s largest activation on the grid, on the scale of normalised tokens.',
  rows INT NOT NULL COMMENT 'Rows of the grid.',
  cols INT NOT NULL COMMENT 'Columns of the grid.',
  activations ARRAY<FLOAT> NOT NULL COMMENT 'The feature\'s activation at every position of the grid, row by row; 0 where it is not active.')
USING PARQUET
PARTITIONED BY (run_id)
COMMENT 'One row per feature that the report shows and image in which it is most active, of which there are up to five: how the feature lies on the image\'s grid.';
