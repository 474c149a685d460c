package org.ipckit.benchmarks;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What an end answers to a command, one line of JSON.
 *
 * @param failure why it could not be done, or null
 * @param place where the far end listens, in the answer to {@code listen}
 * @param remark why it could only be done in part, or null
 * @param tally in the answer to {@code measure}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Reply(End end, String failure, String place, String remark, Tally tally) {

    static Reply done(End end) {
        return new Reply(end, null, null, null, null);
    }

    static Reply failed(End end, String failure) {
        return new Reply(end, failure, null, null, null);
    }

    static Reply listening(End end, String place) {
        return new Reply(end, null, place, null, null);
    }

    static Reply pinned(End end, String remark) {
        return new Reply(end, null, null, remark.isEmpty() ? null : remark, null);
    }

    static Reply measured(End end, Tally tally) {
        return new Reply(end, null, null, null, tally);
    }
}
