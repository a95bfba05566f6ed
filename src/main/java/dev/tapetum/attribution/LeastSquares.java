package dev.tapetum.attribution;

import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.DecompositionSolver;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;

/**
 * Weighted least squares, {@code argmin_b Σ_j w_j (y_j − ⟨r_j, b⟩)² + ridge·‖b‖²}, by its normal equations: the rows are of
 * zeros, ones and averages of these, few and well scaled. Where the rows leave b open it is the shortest one.
 */
final class LeastSquares {

    private LeastSquares() {}

    /** @param weight zero or more */
    record Row(double[] values, double response, double weight) {}

    static double[] solve(List<Row> rows, int unknowns, double ridge) {
        if (unknowns == 0) {
            return new double[0];
        }

        double[][] normal = new double[unknowns][unknowns];
        double[] right = new double[unknowns];
        for (Row row : rows) {
            for (int i = 0; i < unknowns; i++) {
                double weighted = row.weight * row.values[i];
                right[i] += weighted * row.response;
                for (int j = 0; weighted != 0 && j < unknowns; j++) {
                    normal[i][j] += weighted * row.values[j];
                }
            }
        }

        for (int i = 0; i < unknowns; i++) {
            normal[i][i] += ridge;
        }

        RealMatrix matrix = new Array2DRowRealMatrix(normal, false);
        DecompositionSolver solver = new LUDecomposition(matrix).getSolver();
        if (!solver.isNonSingular()) {
            solver = new SingularValueDecomposition(matrix).getSolver();
        }

        return solver.solve(new ArrayRealVector(right, false)).toArray();
    }
}
