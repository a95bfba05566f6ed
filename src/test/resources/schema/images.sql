CREATE TABLE images (
  run_id STRING NOT NULL COMMENT 'Run that the row belongs to.',
  image_id STRING NOT NULL COMMENT 'Image, unique within the data set.',
  uri STRING NOT NULL COMMENT 'Where the image was read from.',
  label STRING COMMENT 'Label as the data set gives it; null when it gives none.',
  label_index INT COMMENT 'Index of the label among the model\'s classes; null without a label or when the model lacks the class.',
  attributes MAP<STRING, STRING> NOT NULL COMMENT 'Attributes by name; one that the data set leaves empty is absent.',
  cluster STRING COMMENT 'Unit of resampling, such as a patient or video; null when the data set names none.',
  width INT COMMENT 'Width in pixels, upright; null when the image was not decoded.',
  height INT COMMENT 'Height in pixels, upright; null when the image was not decoded.',
  bytes BIGINT COMMENT 'Size of the encoded image in bytes; null when it was not decoded.',
  sha256 STRING COMMENT 'SHA-256 of the encoded image, in hexadecimal; null when it was not decoded.')
USING PARQUET
PARTITIONED BY (run_id)
COMMENT 'One row per image of the data set, rejected ones included: join rejects by image_id to tell them apart.';
