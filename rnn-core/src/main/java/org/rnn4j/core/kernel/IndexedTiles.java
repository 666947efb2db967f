package org.rnn4j.core.kernel;

import jdk.incubator.vector.FloatVector;

/** Tiles with an index a row. */
final class IndexedTiles extends Tiles {
    /** {@link #LINE}, which the compiler must not know: it would make one index of all. Set in the constructor, or javac would put LINE in its place. */
    private final int line;

    IndexedTiles() {
        line = LINE;
    }

    @Override
    void tile8(float[] a, int i0, float[] b, int b0, int depth, float[] c, int o0, int cRow, boolean add) {
        int i1 = i0 + line;
        int i2 = i1 + line;
        int i3 = i2 + line;
        int i4 = i3 + line;
        int i5 = i4 + line;
        int i6 = i5 + line;
        int i7 = i6 + line;
        int o1 = o0 + cRow;
        int o2 = o1 + cRow;
        int o3 = o2 + cRow;
        int o4 = o3 + cRow;
        int o5 = o4 + cRow;
        int o6 = o5 + cRow;
        int o7 = o6 + cRow;
        FloatVector c00 = start(c, o0, add);
        FloatVector c01 = start(c, o0 + LANES, add);
        FloatVector c10 = start(c, o1, add);
        FloatVector c11 = start(c, o1 + LANES, add);
        FloatVector c20 = start(c, o2, add);
        FloatVector c21 = start(c, o2 + LANES, add);
        FloatVector c30 = start(c, o3, add);
        FloatVector c31 = start(c, o3 + LANES, add);
        FloatVector c40 = start(c, o4, add);
        FloatVector c41 = start(c, o4 + LANES, add);
        FloatVector c50 = start(c, o5, add);
        FloatVector c51 = start(c, o5 + LANES, add);
        FloatVector c60 = start(c, o6, add);
        FloatVector c61 = start(c, o6 + LANES, add);
        FloatVector c70 = start(c, o7, add);
        FloatVector c71 = start(c, o7 + LANES, add);
        for (int k = 0; k < depth; k++) {
            FloatVector w0 = FloatVector.fromArray(SPECIES, b, b0);
            FloatVector w1 = FloatVector.fromArray(SPECIES, b, b0 + LANES);
            b0 += Panels.WIDTH;
            FloatVector x0 = FloatVector.broadcast(SPECIES, a[i0 + k]);
            c00 = x0.fma(w0, c00);
            c01 = x0.fma(w1, c01);
            FloatVector x1 = FloatVector.broadcast(SPECIES, a[i1 + k]);
            c10 = x1.fma(w0, c10);
            c11 = x1.fma(w1, c11);
            FloatVector x2 = FloatVector.broadcast(SPECIES, a[i2 + k]);
            c20 = x2.fma(w0, c20);
            c21 = x2.fma(w1, c21);
            FloatVector x3 = FloatVector.broadcast(SPECIES, a[i3 + k]);
            c30 = x3.fma(w0, c30);
            c31 = x3.fma(w1, c31);
            FloatVector x4 = FloatVector.broadcast(SPECIES, a[i4 + k]);
            c40 = x4.fma(w0, c40);
            c41 = x4.fma(w1, c41);
            FloatVector x5 = FloatVector.broadcast(SPECIES, a[i5 + k]);
            c50 = x5.fma(w0, c50);
            c51 = x5.fma(w1, c51);
            FloatVector x6 = FloatVector.broadcast(SPECIES, a[i6 + k]);
            c60 = x6.fma(w0, c60);
            c61 = x6.fma(w1, c61);
            FloatVector x7 = FloatVector.broadcast(SPECIES, a[i7 + k]);
            c70 = x7.fma(w0, c70);
            c71 = x7.fma(w1, c71);
        }
        c00.intoArray(c, o0);
        c01.intoArray(c, o0 + LANES);
        c10.intoArray(c, o1);
        c11.intoArray(c, o1 + LANES);
        c20.intoArray(c, o2);
        c21.intoArray(c, o2 + LANES);
        c30.intoArray(c, o3);
        c31.intoArray(c, o3 + LANES);
        c40.intoArray(c, o4);
        c41.intoArray(c, o4 + LANES);
        c50.intoArray(c, o5);
        c51.intoArray(c, o5 + LANES);
        c60.intoArray(c, o6);
        c61.intoArray(c, o6 + LANES);
        c70.intoArray(c, o7);
        c71.intoArray(c, o7 + LANES);
    }

    @Override
    void tile6(float[] a, int i0, float[] b, int b0, int depth, float[] c, int o0, int cRow, boolean add) {
        int i1 = i0 + line;
        int i2 = i1 + line;
        int i3 = i2 + line;
        int i4 = i3 + line;
        int i5 = i4 + line;
        int o1 = o0 + cRow;
        int o2 = o1 + cRow;
        int o3 = o2 + cRow;
        int o4 = o3 + cRow;
        int o5 = o4 + cRow;
        FloatVector c00 = start(c, o0, add);
        FloatVector c01 = start(c, o0 + LANES, add);
        FloatVector c10 = start(c, o1, add);
        FloatVector c11 = start(c, o1 + LANES, add);
        FloatVector c20 = start(c, o2, add);
        FloatVector c21 = start(c, o2 + LANES, add);
        FloatVector c30 = start(c, o3, add);
        FloatVector c31 = start(c, o3 + LANES, add);
        FloatVector c40 = start(c, o4, add);
        FloatVector c41 = start(c, o4 + LANES, add);
        FloatVector c50 = start(c, o5, add);
        FloatVector c51 = start(c, o5 + LANES, add);
        for (int k = 0; k < depth; k++) {
            FloatVector w0 = FloatVector.fromArray(SPECIES, b, b0);
            FloatVector w1 = FloatVector.fromArray(SPECIES, b, b0 + LANES);
            b0 += Panels.WIDTH;
            FloatVector x0 = FloatVector.broadcast(SPECIES, a[i0 + k]);
            c00 = x0.fma(w0, c00);
            c01 = x0.fma(w1, c01);
            FloatVector x1 = FloatVector.broadcast(SPECIES, a[i1 + k]);
            c10 = x1.fma(w0, c10);
            c11 = x1.fma(w1, c11);
            FloatVector x2 = FloatVector.broadcast(SPECIES, a[i2 + k]);
            c20 = x2.fma(w0, c20);
            c21 = x2.fma(w1, c21);
            FloatVector x3 = FloatVector.broadcast(SPECIES, a[i3 + k]);
            c30 = x3.fma(w0, c30);
            c31 = x3.fma(w1, c31);
            FloatVector x4 = FloatVector.broadcast(SPECIES, a[i4 + k]);
            c40 = x4.fma(w0, c40);
            c41 = x4.fma(w1, c41);
            FloatVector x5 = FloatVector.broadcast(SPECIES, a[i5 + k]);
            c50 = x5.fma(w0, c50);
            c51 = x5.fma(w1, c51);
        }
        c00.intoArray(c, o0);
        c01.intoArray(c, o0 + LANES);
        c10.intoArray(c, o1);
        c11.intoArray(c, o1 + LANES);
        c20.intoArray(c, o2);
        c21.intoArray(c, o2 + LANES);
        c30.intoArray(c, o3);
        c31.intoArray(c, o3 + LANES);
        c40.intoArray(c, o4);
        c41.intoArray(c, o4 + LANES);
        c50.intoArray(c, o5);
        c51.intoArray(c, o5 + LANES);
    }
}
