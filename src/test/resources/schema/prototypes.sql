CREATE TABLE prototypes (
  run_id STRING NOT NULL COMMENT 'Run that the row belongs to.',
  class_name STRING NOT NULL COMMENT 'Class that was drawn.',
  class_index INT NOT NULL COMMENT 'Index of the class.',
  seed INT NOT NULL COMMENT 'Number of the drawing among those of its class and method, from 0.',
  method STRING NOT NULL COMMENT 'Method with all its parameters.',
  method_name STRING NOT NULL COMMENT 'Name of the method.',
  logit DOUBLE NOT NULL COMMENT 'Logit of the class for the picture as it is stored.',
  probability DOUBLE NOT NULL COMMENT 'Softmax probability of the class for the picture as it is stored.',
  steps INT NOT NULL COMMENT 'Steps that were made before the drawing stopped.',
  start_variance DOUBLE COMMENT 'Variance over the classes of the softmax probabilities at the start; null for a method that does not start where all classes are equally likely.',
  mean_images BIGINT NOT NULL COMMENT 'Images of the class whose mean activation is its path.',
  path_l1 DOUBLE COMMENT 'Mean absolute difference between the activation and the path, mean over the taps; null without images of the class.',
  path_spearman DOUBLE COMMENT 'Spearman\'s correlation of the activation with the path, mean over the taps; null without images.',
  natural_l1 DOUBLE COMMENT 'The same difference of held-out images of the class, their mean; null without such.',
  natural_spearman DOUBLE COMMENT 'The same correlation of held-out images of the class, their mean; null without such.',
  other_l1 DOUBLE COMMENT 'The same difference of images of other classes, their mean; null without such.',
  other_spearman DOUBLE COMMENT 'The same correlation of images of other classes, their mean; null without such.',
  taps ARRAY<STRUCT<tap: STRING NOT NULL COMMENT 'Tap.', l1: DOUBLE NOT NULL COMMENT 'Mean absolute difference between the drawing\'s activation and the mean of the class\'s images.', spearman: DOUBLE NOT NULL COMMENT 'Spearman\'s correlation of the two over all values of the activation.', natural_l1: DOUBLE COMMENT 'The same difference of held-out images of the class, their mean; null without such.', natural_spearman: DOUBLE COMMENT 'The same correlation of held-out images of the class, their mean; null without such.', other_l1: DOUBLE COMMENT 'The same difference of images of other classes, their mean; null without such.', other_spearman: DOUBLE COMMENT 'The same correlation of images of other classes, their mean; null without such.'>> NOT NULL COMMENT 'The same numbers tap by tap; empty without images of the class.',
  png BINARY NOT NULL COMMENT 'The picture, as PNG in the size of the model\'s input.')
USING PARQUET
PARTITIONED BY (run_id)
COMMENT 'One row per class, method and seed: what the model itself draws for the class, and whether it takes the way through the model that photographs of the class take.';
