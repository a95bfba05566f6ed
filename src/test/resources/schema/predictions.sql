CREATE TABLE predictions (
  run_id STRING NOT NULL COMMENT 'Run that the row belongs to.',
  image_id STRING NOT NULL COMMENT 'Image, unique within the data set.',
  label STRING COMMENT 'Label as the data set gives it; null when it gives none.',
  label_index INT COMMENT 'Index of the label among the model\'s classes; null without a label or when the model lacks the class.',
  predicted STRING NOT NULL COMMENT 'Class of the largest logit.',
  predicted_index INT NOT NULL COMMENT 'Index of the predicted class.',
  correct BOOLEAN COMMENT 'Whether the predicted class is the label; null without a label index.',
  confidence DOUBLE NOT NULL COMMENT 'Softmax probability of the predicted class.',
  label_probability DOUBLE COMMENT 'Softmax probability of the label; null without a label index.',
  margin DOUBLE NOT NULL COMMENT 'Largest logit minus the second largest; 0 for a tie.',
  entropy DOUBLE NOT NULL COMMENT 'Entropy of the softmax probabilities, in nats.',
  loss DOUBLE COMMENT 'Cross-entropy of the label, in nats; null without a label index.',
  logits ARRAY<FLOAT> NOT NULL COMMENT 'Logits in the order of the model\'s classes.',
  attributes MAP<STRING, STRING> NOT NULL COMMENT 'Attributes by name, so that statistics by group need no join.')
USING PARQUET
PARTITIONED BY (run_id)
COMMENT 'One row per scored image: what the model predicted, and how sure it was.';
