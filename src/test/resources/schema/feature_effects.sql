CREATE TABLE feature_effects (
  run_id STRING NOT NULL COMMENT 'Run that the row belongs to.',
  image_id STRING NOT NULL COMMENT 'Image, unique within the data set.',
  editor STRING NOT NULL COMMENT 'Editor that set the feature, with its parameters: a feature may be set in several places.',
  sae STRING NOT NULL COMMENT 'Autoencoder, by the path that the plan gives.',
  feature INT NOT NULL COMMENT 'Index of the feature that the plan asks about.',
  control STRING NOT NULL COMMENT 'What was set: none for the feature itself; random-feature for another one, active in about as many images; random-direction for the feature\'s own change along a random direction of the same length.',
  acting_feature INT NOT NULL COMMENT 'Index of the feature that was set: another one for random-feature.',
  scale DOUBLE NOT NULL COMMENT 'Value that it was set to, as a multiple of its largest activation in the earlier run that the plan names, or in the held-out images of its training; 0 took it out.',
  target STRING NOT NULL COMMENT 'Class that the logit and the probability are of.',
  target_index INT NOT NULL COMMENT 'Index of that class.',
  own BOOLEAN NOT NULL COMMENT 'Whether it is the class of the image\'s own that the plan follows: its predicted class or its label.',
  logit DOUBLE NOT NULL COMMENT 'Logit of the target.',
  probability DOUBLE NOT NULL COMMENT 'Softmax probability of the target.',
  predicted_index INT NOT NULL COMMENT 'Index of the class that was predicted.',
  reconstruction_error DOUBLE COMMENT 'Of the image as it is: squared error of the reconstruction of its tokens over their squared distance from the mean token; null when they are the mean.',
  valid BOOLEAN NOT NULL COMMENT 'Whether the logits are finite numbers; what is not valid is in no statistic.',
  weight DOUBLE NOT NULL COMMENT 'Images that the image stands for in the statistics: one over the probability that it was drawn.')
USING PARQUET
PARTITIONED BY (run_id)
COMMENT 'One row per image, feature of an intervention, control, scale and target: what the model said with the feature set to a value in its patches.';
