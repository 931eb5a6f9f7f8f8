package dev.xebec.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.gateway.testing.Api;
import dev.xebec.gateway.testing.TestApi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Subresources whose writes carry the object's labels and annotations besides what they are about. */
class SubresourceMetadataTest {
    private final TestApi gateway = new TestApi();
    private final Api api = gateway.api();

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void anApprovalIsAnnotated() {
        String requests = "/apis/certificates.k8s.io/v1/certificatesigningrequests";
        api.send("POST", requests, "application/json", """
                {"metadata": {"name": "a"}, "spec": {"signerName": "example.com/signer", "usages": ["any"],
                 "request": "%s"}}""".formatted(REQUEST)).expect(201);
        Api.Reply approved = api.merge(requests + "/a/approval", "{'metadata':{'annotations':{'why':'known'}},"
                + "'status':{'conditions':[{'type':'Approved','status':'True','reason':'r'}]}}").expect(200);
        assertThat(approved.at("/metadata/annotations/why").asText()).isEqualTo("known");
        assertThat(approved.at("/status/conditions/0/type").asText()).isEqualTo("Approved");
        assertThat(approved.at("/spec/signerName").asText()).isEqualTo("example.com/signer");
    }

    @Test
    void aDecisionStandsAndSaysWhenItWasMade() {
        String request = "/apis/certificates.k8s.io/v1/certificatesigningrequests/a";
        api.send("POST", request.substring(0, request.length() - 2), "application/json", """
                {"metadata": {"name": "a"}, "spec": {"signerName": "example.com/signer", "usages": ["any"],
                 "request": "%s"}}""".formatted(REQUEST)).expect(201);
        String approved = "{'type':'Approved','status':'True','reason':'r'}";
        assertThat(decide(request + "/approval", approved.replace("True", "False")).expect(422).message())
                .contains("status.conditions[0].status: Unsupported value: \"False\": supported values: \"True\"");
        Api.Reply made = decide(request + "/approval", approved).expect(200);
        assertThat(made.at("/status/conditions/0/lastUpdateTime").isTextual()).isTrue();
        assertThat(made.at("/status/conditions/0/lastTransitionTime").isTextual()).isTrue();
        assertThat(decide(request + "/approval", "").expect(422).message())
                .contains("status.conditions: Forbidden: updates may not remove a condition of type \"Approved\"");
        assertThat(decide(request + "/approval", approved + ",{'type':'Denied','status':'True'}").expect(422).message())
                .contains("must specify at most one of: `conditions[{\"type\": \"Approved\"}]`");
        assertThat(decide(request + "/status", approved + ",{'type':'Denied','status':'True'}").expect(422).message())
                .contains("updates may not add a condition of type \"Denied\"");
        assertThat(decide(request + "/status", approved.replace("'r'", "'changed'")).expect(200)
                .at("/status/conditions/0/reason").asText()).as("decisions are not the status's").isEqualTo("r");
        assertThat(api.merge(request + "/status", "{'status':{'certificate':'eA=='}}").expect(422).message())
                .contains("status.certificate: Invalid value: \"<certificate data>\": must contain at least one"
                        + " CERTIFICATE PEM block");
    }

    private Api.Reply decide(String path, String conditions) {
        return api.merge(path, "{'status':{'conditions':[" + conditions + "]}}");
    }

    @Test
    void aNamespacesFinalizersAndPhaseAreJudged() {
        api.post("/api/v1/namespaces", "{'metadata':{'name':'a'}}").expect(201);
        assertThat(api.put("/api/v1/namespaces/a/finalize", "{'metadata':{'name':'a'},'spec':{'finalizers':['x']}}")
                .expect(422).message())
                .isEqualTo("Namespace \"a\" is invalid: spec.finalizers[0]: Invalid value: \"x\": "
                        + "name is neither a standard finalizer name nor is it fully qualified");
        api.put("/api/v1/namespaces/a/finalize",
                "{'metadata':{'name':'a'},'spec':{'finalizers':['a.b/c','kubernetes']}}").expect(200);
        assertThat(api.merge("/api/v1/namespaces/a/status", "{'status':{'phase':'Terminating'}}").expect(422).message())
                .isEqualTo(
                        "Namespace \"a\" is invalid: status.Phase: Invalid value: \"Terminating\": may only be 'Active' "
                                + "if `deletionTimestamp` is empty");
    }

    @Test
    void aFinalizedNamespaceIsLabelled() {
        api.post("/api/v1/namespaces", "{'metadata':{'name':'a'}}").expect(201);
        Api.Reply finalized = api.put("/api/v1/namespaces/a/finalize",
                "{'metadata':{'name':'a','labels':{'is':'done'}},'spec':{'finalizers':['kubernetes']}}").expect(200);
        assertThat(finalized.at("/metadata/labels/is").asText()).isEqualTo("done");
    }

    /** A request for {@code CN=a}, by a key that nobody has. */
    private static final String REQUEST = "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0KTUlJQ1VUQ0NBVGtDQVFBd0RERUtNQWdHQTFVRUF3d0JZVENDQVNJ"
            + "d0RRWUpLb1pJaHZjTkFRRUJCUUFEZ2dFUApBRENDQVFvQ2dnRUJBSkc2Y09BOVJhUUhDOWJhN2k0dHFpNkQveHpZRzFVeitSREtm"
            + "RFZNY3VLS3lmRldTVmRVCmpEanluY0x5Y2hTcTVXNk45QXg1MWhORFpTN1BGeUtVVEN0L1dzVlpzbWZucEt5Zy8yeHZHdDRoaGI3"
            + "K0ZYdmsKMVQyMzZJOXZHZEVmK04yVmFSYVArekh4Znk4VDhBMUtpc3pCcXNuMHNENUxaMlFiOXI1Z0JFWE5VTG9pWUUvKwpCekdx"
            + "YllBY2N4SndxTHFxZkJKQytrWnRMRDNNaTBWWkdsZWJadjRNSFlIL291SURCSkRkVEV0M3U3QllXbWQzCjZxcFZad1RpV3U4RXpm"
            + "di9KbWVWb21HUFVqbkZYWjFDN0pNWjE1TGRNck81REJHcy9KbExhQ21TdHJMT2ZLUnMKenVFZFp6OXVvYjhoNnhDTUhXNmZPTW5h"
            + "UFhGL0NxZTdoSThDQXdFQUFhQUFNQTBHQ1NxR1NJYjNEUUVCQ3dVQQpBNElCQVFCNkVNWDNvYmtJOFhsUjN2Vzgycmp4OXUzMjZM"
            + "WndONU0zRUw4Z3hNS05ZR0RsMG5TVUI1M3dpckpZCnJvR0FOWFNWeE9hc3dQZ3VDbGI4WnhMZDZtRnZVdDFBcVVjd1lEWXcwbjFo"
            + "UzRXUmVYeUVMS2VFQW1kRmNrL3kKeENMT0didEpRcTkxQ044VmNRT1NJd1lZZzlKQjVVNWtNeWNNY1VRTnZicld2THRDMHhUaW43"
            + "Z3VUQ29jbkQ0RwphT0JVckgvQjJkSzNNT2RnN3lyUVgvTHRTa2tzQ3lHRER6S2VDZDRXN2YrWGVaNXc5OUFwRUpTR0Nhei9FeFMy"
            + "CnBodVdlU3hHVFh0cW9XWXY3V1JEV1lwZzJqdXN5aEdqMG54ellrSmlRUnplWlhlaFJMaTVobzdNVnNSTStCeTUKWFZ0YlZkSEJI"
            + "WXliaW8zTUczVm93eDFmSXdOagotLS0tLUVORCBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0K";
}
