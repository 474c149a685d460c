package org.ipckit.cli.choose;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.ipckit.benchmarks.report.MeasuredCosts.Cost;

/**
 * A transport at an address, held against what is needed. The components' names are those of the JSON form.
 *
 * @param scheme of the transport
 * @param uri an address to begin with, with the options that the needs ask for
 * @param mechanism the facility underneath
 * @param refusals why it does not fit; empty if it does
 * @param reasons what speaks for it
 * @param remarks what to know before
 * @param cost what its messages cost here; null if that is not measured
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Candidate(
        String scheme,
        String uri,
        String mechanism,
        List<String> refusals,
        List<String> reasons,
        List<String> remarks,
        Cost cost) {

    public Candidate {
        refusals = List.copyOf(refusals);
        reasons = List.copyOf(reasons);
        remarks = List.copyOf(remarks);
    }

    boolean fits() {
        return refusals.isEmpty();
    }
}
