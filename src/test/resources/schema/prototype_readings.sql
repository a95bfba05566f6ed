CREATE TABLE prototype_readings (
  run_id STRING NOT NULL COMMENT 'Run that the row belongs to.',
  class_name STRING NOT NULL COMMENT 'Class that was drawn.',
  class_index INT NOT NULL COMMENT 'Index of the class.',
  method STRING NOT NULL COMMENT 'Method that drew, with all its parameters.',
  method_name STRING NOT NULL COMMENT 'Name of the method.',
  kind STRING NOT NULL COMMENT 'What is looked for: attribute (a value of an attribute) or feature (a feature of an autoencoder).',
  attribute STRING COMMENT 'Attribute; null for a feature.',
  group STRING COMMENT 'Value of the attribute; null for a feature.',
  feature INT COMMENT 'Index of the feature; null for an attribute.',
  tap STRING NOT NULL COMMENT 'Where it is looked for: pixels, or a tap.',
  separation DOUBLE COMMENT 'How well held-out images with the property are told from those without, as area under the curve from 0.5 to 1; null for a feature.',
  n BIGINT NOT NULL COMMENT 'Drawings of the class.',
  value DOUBLE COMMENT 'How much of it the drawings have, their mean: of an attribute 0 where images of the class without the value lie and 1 where those with it do; of a feature the share of drawings in which it is active; null where images do not tell.',
  natural DOUBLE COMMENT 'The same of images of the class; null without such.',
  others DOUBLE COMMENT 'The same of drawings of the other classes by the same method; null without such.',
  difference DOUBLE COMMENT 'Value less the larger of natural and others; null where one is missing.',
  ci_low DOUBLE COMMENT 'Lower end of the interval of the difference, within what classes differ by anyway; null below three classes.',
  ci_high DOUBLE COMMENT 'Upper end of the interval of the difference; null below three classes.',
  p_value DOUBLE COMMENT 'p-value of no more of it than in other drawings: of an attribute than classes differ by anyway, of a feature also than in images of the class; null where it was not tested.',
  q_value DOUBLE COMMENT 'p-value corrected over all readings of the run by the same method; null where it was not tested.',
  drawn_in BOOLEAN NOT NULL COMMENT 'Whether it is drawn into the class: established, and as much as the plan calls for.',
  place ARRAY<INT> NOT NULL COMMENT 'Where it shows in the pixels, as first row, first column, rows and columns; empty where it shows everywhere or not in the pixels.',
  colour_inside ARRAY<DOUBLE> NOT NULL COMMENT 'Mean colour of the drawings in that place, red, green and blue from 0 to 1; empty without a place.',
  colour_outside ARRAY<DOUBLE> NOT NULL COMMENT 'Mean colour of the drawings outside that place; empty without a place.')
USING PARQUET
PARTITIONED BY (run_id)
COMMENT 'One row per class, method and property: how much of the property, a value of an attribute or a feature of an autoencoder, is drawn into the class.';
