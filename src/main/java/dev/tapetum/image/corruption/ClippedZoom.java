package dev.tapetum.image.corruption;

/**
 * The middle of a plane, enlarged to the size of the whole. Of each side of n samples the middle {@code m = ⌈n/zoom⌉} are
 * stretched linearly to {@code k = round(m · zoom)} of them, the first on the first and the last on the last ({@code
 * scipy.ndimage.zoom} of order 1), and the middle n of these are kept.
 */
final class ClippedZoom {

    private ClippedZoom() {}

    /**
     * The enlarged plane.
     *
     * @param zoom at least 1
     */
    static Plane apply(Plane plane, double zoom) {
        Axis rows = Axis.of(plane.height(), zoom);
        Axis columns = Axis.of(plane.width(), zoom);
        int width = plane.width();
        double[] from = plane.values();
        double[] mixed = new double[width];
        Plane enlarged = Plane.blank(plane.height(), width);
        for (int row = 0; row < plane.height(); row++) {
            int above = rows.first[row] * width;
            int below = rows.second[row] * width;
            double down = rows.beyond[row];
            for (int x = 0; x < width; x++) {
                mixed[x] = from[above + x] + down * (from[below + x] - from[above + x]);
            }

            for (int x = 0; x < width; x++) {
                double left = mixed[columns.first[x]];
                enlarged.values()[row * width + x] = left + columns.beyond[x] * (mixed[columns.second[x]] - left);
            }
        }

        return enlarged;
    }

    /** Between which two samples each new one lies, and how far beyond the first. */
    private record Axis(int[] first, int[] second, double[] beyond) {

        static Axis of(int size, double zoom) {
            int kept = (int) Math.ceil(size / zoom);
            int start = (size - kept) / 2;
            int stretched = (int) Math.max(size, Math.rint(kept * zoom));
            int trimmed = (stretched - size) / 2;
            double step = stretched == 1 ? 0 : (kept - 1) / (double) (stretched - 1);
            int[] first = new int[size];
            int[] second = new int[size];
            double[] beyond = new double[size];
            for (int i = 0; i < size; i++) {
                double position = (i + trimmed) * step;
                int whole = Math.min(kept - 1, (int) position);
                first[i] = start + whole;
                second[i] = start + Math.min(kept - 1, whole + 1);
                beyond[i] = position - whole;
            }

            return new Axis(first, second, beyond);
        }
    }
}
