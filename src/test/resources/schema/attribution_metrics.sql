CREATE TABLE attribution_metrics (
  run_id STRING NOT NULL COMMENT 'Run that the row belongs to.',
  image_id STRING NOT NULL COMMENT 'Image, unique within the data set.',
  method STRING NOT NULL COMMENT 'Method with all its parameters, in canonical text.',
  metric STRING NOT NULL COMMENT 'Metric with all its parameters, in canonical text.',
  metric_name STRING NOT NULL COMMENT 'Name of the metric in a plan.',
  detail STRING COMMENT 'What the value is about, such as the other method of a pair; null for the metric\'s own value.',
  value DOUBLE COMMENT 'What it says; null where it has nothing to say, such as about a mask that the image lacks.')
USING PARQUET
PARTITIONED BY (run_id)
COMMENT 'One row per image, attribution method, metric and detail: how good, plain or stable the attribution is.';
