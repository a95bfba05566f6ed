CREATE TABLE rejects (
  run_id STRING NOT NULL COMMENT 'Run that the row belongs to.',
  image_id STRING NOT NULL COMMENT 'Image, unique within the data set.',
  uri STRING NOT NULL COMMENT 'Where the image was to be read from.',
  stage STRING NOT NULL COMMENT 'Step that refused the image: list, read, decode or score.',
  reason STRING NOT NULL COMMENT 'Kind of the defect, one of a fixed list, in kebab case.',
  message STRING NOT NULL COMMENT 'What was found, in one sentence.',
  attributes MAP<STRING, STRING> NOT NULL COMMENT 'Attributes by name, so that rates of rejection by group need no join.')
USING PARQUET
PARTITIONED BY (run_id)
COMMENT 'One row per rejected image: where on its way it fell out, and why.';
