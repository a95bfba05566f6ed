package dev.tapetum.prototype;

/** What the parameters of a drawing stand for. Images are on the scale from 0 to 1, planar. */
interface Form {

    /** The image of the parameters. */
    double[] image(double[] parameters);

    /**
     * The gradient with respect to the parameters.
     *
     * @param image of the parameters
     * @param gradient with respect to the image
     */
    double[] pulledBack(double[] image, double[] gradient);

    /** Brings parameters that a step has moved back to where they have a meaning, in place. */
    void confine(double[] parameters);

    /** The parameters are the image's values. */
    Form PIXELS = new Form() {

        @Override
        public double[] image(double[] parameters) {
            return parameters.clone();
        }

        @Override
        public double[] pulledBack(double[] image, double[] gradient) {
            return gradient;
        }

        @Override
        public void confine(double[] parameters) {
            for (int i = 0; i < parameters.length; i++) {
                parameters[i] = Math.max(0, Math.min(1, parameters[i]));
            }
        }
    };
}
