CREATE TABLE runs (
  run_id STRING NOT NULL COMMENT 'Run that the row describes.',
  started_at TIMESTAMP NOT NULL COMMENT 'When the run started.',
  finished_at TIMESTAMP COMMENT 'When the run ended; null while it is running or after it was killed.',
  status STRING NOT NULL COMMENT 'How far the run came: running, complete, partial (too many rejects) or failed.',
  gate STRING NOT NULL COMMENT 'Verdict of the gate: pass, fail, or none without a gate or a verdict.',
  message STRING COMMENT 'Why the run failed, in one sentence; null unless it did.',
  plan STRING NOT NULL COMMENT 'Canonical HOCON of the plan, every default spelt out.',
  plan_sha256 STRING NOT NULL COMMENT 'SHA-256 of the canonical plan, in hexadecimal.',
  model_sha256 STRING COMMENT 'SHA-256 of the model file, its preprocessing, classes and taps; null when the run ended before it was read.',
  dataset_sha256 STRING COMMENT 'SHA-256 over the image list, labels and attributes; null when the run ended before it was listed.',
  material_sha256 MAP<STRING, STRING> COMMENT 'SHA-256 of what editors use, by its path: pictures, editors and lists of edited images; null in runs of versions that did not keep it.',
  baseline STRING COMMENT 'Run that changes are judged against; null without one, as in the first night, and in runs of versions that did not keep it.',
  version STRING NOT NULL COMMENT 'Version of Tapetum that made the run.',
  images_input BIGINT NOT NULL COMMENT 'Images in the data set.',
  images_ok BIGINT NOT NULL COMMENT 'Images that were scored.',
  images_rejected BIGINT NOT NULL COMMENT 'Images that were rejected, each with a row in rejects.',
  forward_asked BIGINT NOT NULL COMMENT 'Forward evaluations that the analyses asked for.',
  forward_evaluations BIGINT NOT NULL COMMENT 'Forward evaluations made: shared probes are answered once.',
  gradient_asked BIGINT NOT NULL COMMENT 'Gradient evaluations that the analyses asked for.',
  gradient_evaluations BIGINT NOT NULL COMMENT 'Gradient evaluations made: shared probes are answered once.',
  device STRING COMMENT 'Device that the model ran on; null when the run ended before there was one.',
  seconds DOUBLE NOT NULL COMMENT 'Wall-clock seconds of work on the run, resumed parts added up.')
USING PARQUET
PARTITIONED BY (run_id)
COMMENT 'One row per run: what was asked, on what, with which verdict, and the ledger of its images.';
