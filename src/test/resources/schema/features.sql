CREATE TABLE features (
  run_id STRING NOT NULL COMMENT 'Run that the row belongs to.',
  sae STRING NOT NULL COMMENT 'Autoencoder, by the path that the plan gives.',
  feature INT NOT NULL COMMENT 'Index of the feature.',
  images BIGINT NOT NULL COMMENT 'Scored images in which it is active anywhere on the grid.',
  frequency DOUBLE COMMENT 'Share of such images among the scored ones; null when there are none.',
  mean_activation DOUBLE COMMENT 'Its largest activation in an image, on average over the images in which it is active; null in none.',
  max_activation DOUBLE COMMENT 'Its largest activation in any image, on the scale of normalised tokens; null in none.',
  dead BOOLEAN NOT NULL COMMENT 'Whether it is active in no image.',
  top_images ARRAY<STRUCT<image_id: STRING NOT NULL COMMENT 'Image, unique within the data set.', activation: FLOAT NOT NULL COMMENT 'The feature\'s largest activation on its grid.', patch: INT COMMENT 'Position of it, numbered row by row from 0; null when the feature is not among the image\'s sae.top strongest.'>> NOT NULL COMMENT 'The images in which it is most active, the most first; of equal ones the first id.')
USING PARQUET
PARTITIONED BY (run_id)
COMMENT 'One row per feature of an autoencoder: how often it is active over all images of the run, counted in full whatever sae.top is.';
