CREATE TABLE accepted (
  run_id STRING NOT NULL COMMENT 'Run that was accepted.',
  accepted_at TIMESTAMP NOT NULL COMMENT 'When it was accepted last.',
  forced BOOLEAN NOT NULL COMMENT 'Whether it was accepted although it is partial or its gate failed.',
  gate STRING NOT NULL COMMENT 'Verdict of its gate when it was accepted.')
USING PARQUET
PARTITIONED BY (run_id)
COMMENT 'One row per run that was accepted: later runs are compared with the one that was accepted last.';
