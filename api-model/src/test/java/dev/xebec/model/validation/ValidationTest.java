package dev.xebec.model.validation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.defaulting.Defaulting;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.kind.KindRegistry;
import dev.xebec.model.object.Json;
import dev.xebec.model.status.FieldError;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValidationTest {

    private static ObjectNode json(String text) {
        return Json.parseObject(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static Kind kind(String plural) {
        return KindRegistry.builtIn().all().stream().filter(one -> one.plural().equals(plural)).findFirst()
                .orElseThrow();
    }

    private static ObjectNode object(String plural, String body) {
        ObjectNode object = json(body);
        ObjectNode metadata = object.get("metadata") instanceof ObjectNode given ? given : object.putObject("metadata");
        if (!metadata.has("name")) {
            metadata.put("name", "x");
        }
        if (kind(plural).namespaced()) {
            metadata.put("namespace", "default");
        }
        Defaulting.apply(kind(plural), object);
        return object;
    }

    private static List<String> create(String plural, String body) {
        return Validation.create(kind(plural), object(plural, body)).stream().map(FieldError::toString).toList();
    }

    private static List<String> update(String plural, String before, String now) {
        return Validation.update(kind(plural), object(plural, now), object(plural, before)).stream()
                .map(FieldError::toString).toList();
    }

    @Test
    void whatIsTooLongAsAWholeIsNamedByNoField() {
        assertThat(create("configmaps", "{'data':{'a':'" + "x".repeat(1_048_577) + "'}}"))
                .containsExactly("[]: Too long: may not be more than 1048576 bytes");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "pods         | {'spec':{'containers':[{'name':'a','image':'x'}]}}",
            "pods         | {'spec':{'containers':[{'name':'a','image':'x','ports':[{'containerPort':80}],'env':[{'name':'E','value':''}],'readinessProbe':{'httpGet':{'port':'http'}},'resources':{'limits':{'cpu':'1'}}}],'tolerations':[{'operator':'Exists'}],'volumes':[{'name':'v'}]}}",
            "deployments  | {'spec':{'selector':{'matchLabels':{'a':'b'}},'template':{'metadata':{'labels':{'a':'b'}},'spec':{'containers':[{'name':'a','image':'x'}]}}}}",
            "statefulsets | {'spec':{'serviceName':'s','selector':{'matchLabels':{'a':'b'}},'template':{'metadata':{'labels':{'a':'b'}},'spec':{'containers':[{'name':'a','image':'x'}]}},'volumeClaimTemplates':[{'metadata':{'name':'d'},'spec':{'accessModes':['ReadWriteOnce'],'resources':{'requests':{'storage':'1Gi'}}}}]}}",
            "statefulsets | {'spec':{'selector':{'matchLabels':{'a':'b'}},'template':{'metadata':{'labels':{'a':'b'}},'spec':{'hostname':'A_B','containers':[{'name':'a','image':'x','volumeMounts':[{'name':'d','mountPath':'/d'},{'name':'e','mountPath':'/e'}],'volumeDevices':[{'name':'f','devicePath':'/f'}]}],'volumes':[{'name':'d','hostPath':{}},{'name':'e','emptyDir':{}}]}},'volumeClaimTemplates':[{'metadata':{'name':'d'},'spec':{'accessModes':['ReadWriteOnce'],'resources':{'requests':{'storage':'1Gi'}}}},{'metadata':{'name':'f'},'spec':{'accessModes':['ReadWriteOnce'],'resources':{'requests':{'storage':'1Gi'}}}}]}}",
            "jobs         | {'spec':{'template':{'spec':{'restartPolicy':'Never','containers':[{'name':'a','image':'x'}]}}}}",
            "cronjobs     | {'spec':{'schedule':'*/5 * * * *','jobTemplate':{'spec':{'template':{'spec':{'restartPolicy':'OnFailure','containers':[{'name':'a','image':'x'}]}}}}}}",
            "services     | {'spec':{'ports':[{'port':80}],'selector':{'a':'b'}}}",
            "services     | {'spec':{'clusterIP':'None'}}",
            "configmaps   | {'data':{'a':'b'}}",
            "configmaps   | {}",
            "secrets      | {'data':{'a':'Yg=='}}",
            "namespaces   | {}",
            "nodes        | {'spec':{'taints':[{'key':'a','effect':'NoSchedule'}]}}",
            "serviceaccounts | {}",
            "roles        | {'rules':[{'apiGroups':[''],'resources':['pods'],'verbs':['get']}]}",
            "clusterroles | {'metadata':{'name':'system:node'},'aggregationRule':{'clusterRoleSelectors':[{'matchLabels':{'a':'b'}}]}}",
            "rolebindings | {'roleRef':{'kind':'Role','name':'r'},'subjects':[{'kind':'User','name':'u'}]}",
            "leases       | {'spec':{'holderIdentity':'h','leaseDurationSeconds':40}}",
            "poddisruptionbudgets | {'spec':{'minAvailable':1,'selector':{'matchLabels':{'a':'b'}}}}",
            "persistentvolumeclaims | {'spec':{'accessModes':['ReadWriteOnce'],'resources':{'requests':{'storage':'1Gi'}}}}",
            "persistentvolumes | {'spec':{'capacity':{'storage':'1Gi'},'accessModes':['ReadWriteOnce'],'hostPath':{'path':'/x'}}}",
            "storageclasses | {'provisioner':'p'}",
            "priorityclasses | {'value':100}",
            "ingresses    | {'spec':{'rules':[{'host':'a.b','http':{'paths':[{'path':'/','pathType':'Prefix','backend':{'service':{'name':'s','port':{'number':80}}}}]}}]}}",
            "networkpolicies | {'spec':{'podSelector':{}}}",
            "endpointslices | {'addressType':'IPv4','endpoints':[{'addresses':['10.0.0.1']}],'ports':[{'port':80}]}",
            "resourcequotas | {'spec':{'hard':{'pods':'10'}}}",
            "limitranges  | {'spec':{'limits':[{'type':'Container','max':{'cpu':'1'}}]}}",
            "events       | {'involvedObject':{'kind':'Pod','namespace':'default','name':'p'},'type':'Normal'}",
            "horizontalpodautoscalers | {'spec':{'maxReplicas':3,'scaleTargetRef':{'apiVersion':'apps/v1','kind':'Deployment','name':'d'}}}"})
    void acceptsWhatKubernetesAccepts(String plural, String body) {
        assertThat(create(plural, body)).isEmpty();
        assertThat(update(plural, body, body)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "pods | {'spec':{}} | spec.containers: Required value",
            "pods | {'spec':{'containers':[]}} | spec.containers: Required value",
            "pods | {'spec':{'containers':[{'name':'a'}]}} | spec.containers[0].image: Required value",
            "pods | {'spec':{'containers':[{'name':'a','image':'x'},{'name':'a','image':'x'}]}} | spec.containers[1].name: Duplicate value: \"a\"",
            "pods | {'spec':{'containers':[{'name':'a','image':'x','ports':[{'containerPort':70000}]}]}} | spec.containers[0].ports[0].containerPort: Invalid value: 70000: must be between 1 and 65535, inclusive",
            "pods | {'spec':{'containers':[{'name':'a','image':'x','volumeMounts':[{'name':'v','mountPath':'/v'}]}]}} | spec.containers[0].volumeMounts[0].name: Not found: \"v\"",
            "pods | {'spec':{'containers':[{'name':'a','image':'x','resources':{'requests':{'cpu':'2'},'limits':{'cpu':'1'}}}]}} | spec.containers[0].resources.requests: Invalid value: \"2\": must be less than or equal to cpu limit of 1",
            "pods | {'spec':{'restartPolicy':'Often','containers':[{'name':'a','image':'x'}]}} | spec.restartPolicy: Unsupported value: \"Often\": supported values: \"Always\", \"Never\", \"OnFailure\"",
            "pods | {'spec':{'terminationGracePeriodSeconds':-1,'containers':[{'name':'a','image':'x'}]}} | spec.terminationGracePeriodSeconds: Invalid value: -1: must be greater than or equal to 0",
            "pods | {'spec':{'containers':[{'name':'a','image':'x','livenessProbe':{}}]}} | spec.containers[0].livenessProbe: Required value: must specify a handler type",
            "pods | {'spec':{'tolerations':[{}],'containers':[{'name':'a','image':'x'}]}} | spec.tolerations[0].operator: Invalid value: \"\": operator must be Exists when `key` is empty, which means \"match all values and all keys\"",
            "deployments | {'spec':{'selector':{'matchLabels':{'a':'c'}},'template':{'metadata':{'labels':{'a':'b'}},'spec':{'containers':[{'name':'a','image':'x'}]}}}} | spec.template.metadata.labels: Invalid value: {\"a\":\"b\"}: `selector` does not match template `labels`",
            "deployments | {'spec':{'replicas':-1,'selector':{'matchLabels':{'a':'b'}},'template':{'metadata':{'labels':{'a':'b'}},'spec':{'containers':[{'name':'a','image':'x'}]}}}} | spec.replicas: Invalid value: -1: must be greater than or equal to 0",
            "deployments | {'spec':{'template':{'metadata':{'labels':{'a':'b'}},'spec':{'containers':[{'name':'a','image':'x'}]}}}} | spec.selector: Required value",
            "jobs | {'spec':{'template':{'spec':{'containers':[{'name':'a','image':'x'}]}}}} | spec.template.spec.restartPolicy: Required value: valid values: \"OnFailure\", \"Never\"",
            "cronjobs | {'spec':{'schedule':'often','jobTemplate':{'spec':{'template':{'spec':{'restartPolicy':'Never','containers':[{'name':'a','image':'x'}]}}}}}} | spec.schedule: Invalid value: \"often\": expected exactly 5 fields, found 1: [often]",
            "services | {'spec':{}} | spec.ports: Required value",
            "services | {'spec':{'type':'NodePort','ports':[{'port':1,'nodePort':99}]}} | spec.ports[0].nodePort: Invalid value: 99: provided port is not in the valid range. The range of valid ports is 30000-32767",
            "services | {'spec':{'ports':[{'port':1},{'port':2}]}} | spec.ports[0].name: Required value",
            "services | {'spec':{'ports':[{'port':1}],'clusterIP':'nope'}} | spec.clusterIPs[0]: Invalid value: \"nope\": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)",
            "configmaps | {'data':{'a b':'c'}} | data[a b]: Invalid value: \"a b\": a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')",
            "secrets | {'type':'kubernetes.io/tls','data':{'tls.crt':''}} | data[tls.key]: Required value",
            "clusterrolebindings | {'roleRef':{'kind':'ClusterRole','name':'r'},'subjects':[{'kind':'ServiceAccount','name':'u'}]} | subjects[0].namespace: Required value",
            "endpointslices | {'addressType':'IPv6','endpoints':[{'addresses':['::ffff:169.254.169.254']}]} | endpoints[0].addresses[0]: Invalid value: \"::ffff:169.254.169.254\": must not be an IPv4-mapped IPv6 address",
            "endpointslices | {'addressType':'IPv4','endpoints':[{'addresses':['0.0.0.0']}]} | endpoints[0].addresses[0]: Invalid value: \"0.0.0.0\": may not be unspecified (0.0.0.0)",
            "endpointslices | {'addressType':'IPv4','endpoints':[{'addresses':['169.254.169.254']}]} | endpoints[0].addresses[0]: Invalid value: \"169.254.169.254\": may not be in the link-local range (169.254.0.0/16, fe80::/10)",
            "persistentvolumeclaims | {'spec':{'resources':{'requests':{'storage':'1Gi'}}}} | spec.accessModes: Required value: at least 1 access mode is required",
            "ingresses | {'spec':{'rules':[{'http':{'paths':[{'path':'x','pathType':'Prefix','backend':{'service':{'name':'s','port':{'number':80}}}}]}}]}} | spec.rules[0].http.paths[0].path: Invalid value: \"x\": must be an absolute path"})
    void refusesInKubernetesWords(String plural, String body, String message) {
        assertThat(create(plural, body)).contains(message);
    }

    @Test
    void metadataIsJudged() {
        assertThat(create("configmaps", "{'metadata':{'name':'A_b'}}")).singleElement().asString()
                .startsWith("metadata.name: Invalid value: \"A_b\": a lowercase RFC 1123 subdomain must consist of");
        assertThat(create("services", "{'metadata':{'name':'1a'},'spec':{'ports':[{'port':1}]}}")).singleElement()
                .asString().startsWith("metadata.name: Invalid value: \"1a\": a DNS-1035 label must consist of");
        assertThat(create("namespaces", "{'metadata':{'name':'a.b'}}")).singleElement().asString()
                .contains("must not contain dots");
        assertThat(create("configmaps", "{'metadata':{'labels':{'a':'b c'}}}")).singleElement().asString()
                .startsWith("metadata.labels: Invalid value: \"b c\": a valid label must be");
        assertThat(create("configmaps", "{'metadata':{'annotations':{'a':'" + "x".repeat(300_000) + "'}}}"))
                .containsExactly("metadata.annotations: Too long: may not be more than 262144 bytes");
        assertThat(create("configmaps", "{'metadata':{'finalizers':['mine']}}")).containsExactly(
                "metadata.finalizers[0]: Invalid value: \"mine\": name is neither a standard finalizer name nor is it fully "
                        + "qualified");
        assertThat(create("configmaps", "{'metadata':{'ownerReferences':[{'kind':'A','name':'b','uid':'c'}]}}"))
                .containsExactly(
                        "metadata.ownerReferences[0].apiVersion: Required value: must not be empty");
        assertThat(create("clusterroles", "{'metadata':{'name':'a/b'}}")).singleElement().asString()
                .contains("may not contain '/'");
        assertThat(create("configmaps", "{'data':{'a':'" + "x".repeat(1_100_000) + "'}}")).singleElement().asString()
                .contains("Too long");
    }

    @Test
    void metadataIsImmutableWhereItMustBe() {
        assertThat(update("configmaps", "{'metadata':{'uid':'a'}}", "{'metadata':{'uid':'b'}}"))
                .containsExactly("metadata.uid: Invalid value: \"b\": field is immutable");
        assertThat(update("configmaps", "{'metadata':{'deletionTimestamp':'2026-01-01T00:00:00Z'}}",
                "{'metadata':{'deletionTimestamp':'2026-01-01T00:00:00Z','finalizers':['a.b/c']}}")).containsExactly(
                        "metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted, "
                                + "found new finalizers []string{\"a.b/c\"}");
    }

    private static String pod(String extra) {
        return "{'spec':{'containers':[{'name':'a','image':'x'}]" + extra + "}}";
    }

    @Test
    void onlyAFewFieldsOfAPodMayChange() {
        assertThat(update("pods", pod(""),
                "{'spec':{'containers':[{'name':'a','image':'y','imagePullPolicy':'Always'}]}}"))
                .isEmpty();
        assertThat(update("pods", pod(""), pod(",'tolerations':[{'key':'a','operator':'Exists'}]"))).isEmpty();
        assertThat(update("pods", pod(",'tolerations':[{'key':'a','operator':'Exists'}]"), pod(""))).singleElement()
                .asString().startsWith("spec.tolerations: Forbidden: existing toleration can not be modified");
        assertThat(update("pods", pod(""), pod(",'nodeName':'n'"))).singleElement().asString()
                .startsWith("spec: Forbidden: pod updates may not change fields other than");
        assertThat(update("pods", pod(""), pod(",'activeDeadlineSeconds':10"))).isEmpty();
        assertThat(update("pods", pod(",'activeDeadlineSeconds':10"), pod(",'activeDeadlineSeconds':20")))
                .containsExactly(
                        "spec.activeDeadlineSeconds: Invalid value: 20: must be less than or equal to previous value");
        assertThat(
                update("pods", pod(""), "{'spec':{'containers':[{'name':'a','image':'x'},{'name':'b','image':'x'}]}}"))
                .containsExactly("spec.containers: Forbidden: pod updates may not add or remove containers");
        assertThat(update("pods", pod(""), pod(",'schedulingGates':[{'name':'g'}]"))).singleElement().asString()
                .contains("only deletion is allowed, but found new scheduling gate 'g'");
        assertThat(update("pods", pod(",'schedulingGates':[{'name':'g'}]"), pod(",'nodeSelector':{'a':'b'}")))
                .isEmpty();
    }

    @Test
    void subresourcesOpenWhatTheyAreFor() {
        Kind pods = kind("pods");
        ObjectNode before = object("pods", pod(""));
        ObjectNode now = object("pods", pod(",'ephemeralContainers':[{'name':'d','image':'x'}]"));
        assertThat(Validation.updateSubresource(pods, "ephemeralcontainers", now, before)).isEmpty();
        assertThat(Validation.update(pods, now, before)).isNotEmpty();
        assertThat(Validation.updateSubresource(pods, "ephemeralcontainers", before, now)).isNotEmpty();
        assertThat(Validation.updateStatus(pods, json("{'metadata':{'name':'x'},'status':{'phase':'Running'}}"),
                json("{'metadata':{'name':'x'},'status':{'phase':'Pending'}}"))).isEmpty();
    }

    private static String deployment(String label) {
        return "{'spec':{'selector':{'matchLabels':{'a':'" + label + "'}},'template':{'metadata':{'labels':{'a':'"
                + label
                + "'}},'spec':{'containers':[{'name':'a','image':'x'}]}}}}";
    }

    @Test
    void immutableFieldsOfOtherKinds() {
        assertThat(update("deployments", deployment("b"), deployment("c")))
                .containsExactly("spec.selector: Invalid value: {\"matchLabels\":{\"a\":\"c\"}}: field is immutable");
        assertThat(update("services", "{'spec':{'ports':[{'port':1}],'clusterIP':'10.0.0.1'}}",
                "{'spec':{'ports':[{'port':1}],'clusterIP':'10.0.0.2'}}"))
                .containsExactly("spec.clusterIPs[0]: Invalid value: \"10.0.0.2\": may not change once set");
        assertThat(update("configmaps", "{'immutable':true,'data':{'a':'b'}}", "{'immutable':true,'data':{'a':'c'}}"))
                .containsExactly("data: Forbidden: field is immutable when `immutable` is set");
        assertThat(update("secrets", "{}", "{'type':'x'}")).containsExactly(
                "type: Invalid value: \"x\": field is immutable");
        assertThat(update("statefulsets", deployment("b").replace("'selector'", "'serviceName':'s','selector'"),
                deployment("b").replace("'selector'", "'serviceName':'t','selector'"))).singleElement().asString()
                .isEqualTo("spec.serviceName: Invalid value: \"t\": field is immutable");
        assertThat(update("rolebindings", "{'roleRef':{'kind':'Role','name':'r'}}",
                "{'roleRef':{'kind':'Role','name':'s'}}"))
                .containsExactly(
                        "roleRef: Invalid value: {\"APIGroup\":\"rbac.authorization.k8s.io\",\"Kind\":\"Role\",\"Name\":\"s\"}: field is immutable");
    }

    @Test
    void whatIsOnlyPostedNeedsNoName() {
        Kind review = KindRegistry.builtIn().all().stream()
                .filter(one -> one.plural().equals("selfsubjectaccessreviews"))
                .findFirst().orElseThrow();
        assertThat(Validation.create(review, json("{'spec':{'resourceAttributes':{'verb':'get'}}}"))).isEmpty();
    }
}
