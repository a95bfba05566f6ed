CREATE TABLE flips (
  run_id STRING NOT NULL COMMENT 'Run that was compared: the candidate.',
  baseline STRING NOT NULL COMMENT 'Run that it was compared with.',
  predicted_before STRING NOT NULL COMMENT 'Class that the baseline predicts.',
  predicted_after STRING NOT NULL COMMENT 'Class that the candidate predicts.',
  correct_before BOOLEAN COMMENT 'Whether the baseline\'s class is the label; null without a label index.',
  correct_after BOOLEAN COMMENT 'Whether the candidate\'s class is the label; null without a label index.',
  images BIGINT NOT NULL COMMENT 'Images scored in both runs of which that is true.')
USING PARQUET
PARTITIONED BY (run_id)
COMMENT 'One row per pair of predicted classes, in the baseline and in the run that was compared with it, and whether each was right.';
