/* Calculates for the station over shm://: an array of doubles comes, the least, the mean, the greatest and the slope of
   the line through them go back. No text in between: it is the memory of one machine, so numbers stay as they are. */
#include "ipckit_shm.h"

enum { MOST = 100000 };

static void statistics(const double *values, long count, double result[4]) {
    double least = values[0], greatest = values[0], sum = 0, slope = 0, weight = 0;
    for (long at = 0; at < count; at++) {
        if (values[at] < least) least = values[at];
        if (values[at] > greatest) greatest = values[at];
        sum += values[at];
    }
    double mean = sum / count, middle = (count - 1) / 2.0;
    for (long at = 0; at < count; at++) {
        slope += (at - middle) * (values[at] - mean);
        weight += (at - middle) * (at - middle);
    }
    result[0] = least, result[1] = mean, result[2] = greatest, result[3] = weight > 0 ? slope / weight : 0;
}

int main(int count, char **arguments) {
    static double values[MOST];
    struct ipckit_shm station;
    if (count != 2 || ipckit_shm_connect(&station, arguments[1], 1 << 16)) {
        fprintf(stderr, "cannot connect to the station: %s\n", strerror(errno));
        return 1;
    }
    long size;
    while ((size = ipckit_shm_receive(&station, values, sizeof values, -1)) >= (long) sizeof(double)) {
        double result[4];
        statistics(values, size / (long) sizeof(double), result);
        if (ipckit_shm_send(&station, result, sizeof result)) break;
    }
    ipckit_shm_close(&station); /* the station has closed, or is gone */
    return 0;
}
