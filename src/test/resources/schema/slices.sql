CREATE TABLE slices (
  run_id STRING NOT NULL COMMENT 'Run that the row belongs to.',
  rank INT NOT NULL COMMENT 'Place by the score of the search, from 1.',
  predicate STRING NOT NULL COMMENT 'What the images of the subgroup have in common, in words.',
  query STRING NOT NULL COMMENT 'SQL over predictions that returns the labelled images of the subgroup, of both halves; a condition on a feature goes by feature_activations, which has the strongest sae.top features of an image.',
  depth INT NOT NULL COMMENT 'Conditions of the predicate.',
  n BIGINT NOT NULL COMMENT 'Labelled images of the subgroup in the half that was not searched.',
  clusters BIGINT NOT NULL COMMENT 'Independent units from which those come: clusters where the data set names them, else images.',
  metric STRING NOT NULL COMMENT 'Statistic, by its text name: error-rate, the share of labelled images that are predicted wrong.',
  value DOUBLE COMMENT 'Statistic of the subgroup, in the half that was not searched; null without images.',
  overall DOUBLE COMMENT 'Statistic of all labelled images of that half; null without images.',
  difference DOUBLE COMMENT 'Value minus the statistic of all other labelled images of that half; null where either is undefined.',
  ci_low DOUBLE COMMENT 'Lower end of the interval of the difference; null where there is none.',
  ci_high DOUBLE COMMENT 'Upper end of the interval of the difference; null where there is none.',
  p_value DOUBLE COMMENT 'p-value of no difference, never 0; null where the subgroup is too small for a verdict.',
  q_value DOUBLE COMMENT 'p-value corrected for all subgroups of the run; null without a p-value.',
  confirmed BOOLEAN NOT NULL COMMENT 'Whether the statistic is higher than elsewhere with a q-value that counts as established.',
  score DOUBLE NOT NULL COMMENT 'Score of the search: alpha times the relative excess of the error, less 1 - alpha times the relative lack of size.',
  search_n BIGINT NOT NULL COMMENT 'Labelled images of the subgroup in the half that was searched.',
  search_value DOUBLE NOT NULL COMMENT 'Statistic of those; higher than the truth on average, since it was chosen for it.')
USING PARQUET
PARTITIONED BY (run_id)
COMMENT 'One row per subgroup that was found to have many errors in one half of the labelled images; its numbers are those of the other half, unless their names begin with search.';
