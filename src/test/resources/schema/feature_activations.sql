CREATE TABLE feature_activations (
  run_id STRING NOT NULL COMMENT 'Run that the row belongs to.',
  image_id STRING NOT NULL COMMENT 'Image, unique within the data set.',
  sae STRING NOT NULL COMMENT 'Autoencoder, by the path that the plan gives.',
  feature INT NOT NULL COMMENT 'Index of the feature.',
  max_activation FLOAT NOT NULL COMMENT 'Its largest activation on the grid, on the scale of normalised tokens.',
  mean_activation FLOAT NOT NULL COMMENT 'Its mean activation over all positions of the grid, active or not.',
  active_patches INT NOT NULL COMMENT 'Positions of the grid in which it is active.',
  max_patch INT NOT NULL COMMENT 'Position of the largest activation, numbered row by row from 0.')
USING PARQUET
PARTITIONED BY (run_id)
COMMENT 'One row per image and feature active in it, of each image at most as many as sae.top, the strongest: how the feature lies on the grid.';
