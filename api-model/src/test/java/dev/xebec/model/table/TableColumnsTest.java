package dev.xebec.model.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.kind.KindRegistry;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableColumnsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T01:00:00Z");

    private static ApiObject json(String text) {
        return ApiObject.parse(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static Kind kind(String plural) {
        return KindRegistry.builtIn().all().stream().filter(one -> one.plural().equals(plural)).findFirst()
                .orElseThrow();
    }

    private static String row(String plural, String body) {
        return row(plural, body, 0);
    }

    /** @param priority of the columns that are shown at most */
    private static String row(String plural, String body, int priority) {
        List<String> cells = TableColumns.cells(kind(plural), json(body), NOW).stream().map(JsonNode::asText).toList();
        StringBuilder shown = new StringBuilder();
        List<Kind.Column> columns = TableColumns.columns(kind(plural));
        for (int at = 0; at < columns.size(); at++) {
            if (columns.get(at).priority() <= priority) {
                shown.append(shown.isEmpty() ? "" : " ; ").append(cells.get(at));
            }
        }
        return shown.toString();
    }

    @Test
    void everyColumnOfEveryKindCanBeComputed() {
        for (Kind kind : KindRegistry.builtIn().all()) {
            assertThat(kind.columns()).as(kind.plural()).allMatch(TableColumns::isKnown);
            for (String body : List.of("{}", "{'metadata':{'name':'n'},'spec':null,'status':{}}",
                    "{'spec':[],'status':'x'}")) {
                assertThat(TableColumns.cells(kind, json(body), NOW)).hasSameSizeAs(TableColumns.columns(kind));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "deployments | {'metadata':{'name':'d','creationTimestamp':'2026-01-01T00:00:00Z'},'spec':{'replicas':3},'status':{'readyReplicas':2,'updatedReplicas':3}} | d ; 2/3 ; 3 ; 0 ; 60m",
            "services | {'metadata':{'name':'s'},'spec':{'type':'NodePort','clusterIP':'10.0.0.1','ports':[{'port':80,'nodePort':30000,'protocol':'TCP'},{'port':53,'protocol':'UDP'}]}} | s ; NodePort ; 10.0.0.1 ; <none> ; 80:30000/TCP,53/UDP ; <unknown>",
            "services | {'metadata':{'name':'s'},'spec':{'type':'LoadBalancer'}} | s ; LoadBalancer ; <none> ; <pending> ; <none> ; <unknown>",
            "nodes | {'metadata':{'name':'n','labels':{'node-role.kubernetes.io/control-plane':''}},'spec':{'unschedulable':true},'status':{'conditions':[{'type':'Ready','status':'True'}],'nodeInfo':{'kubeletVersion':'v1'}}} | n ; Ready,SchedulingDisabled ; control-plane ; <unknown> ; v1",
            "jobs | {'metadata':{'name':'j'},'spec':{'completions':3},'status':{'succeeded':1,'startTime':'2026-01-01T00:59:00Z'}} | j ; Running ; 1/3 ; 60s ; <unknown>",
            "configmaps | {'metadata':{'name':'c'},'data':{'a':'b'},'binaryData':{'c':''}} | c ; 2 ; <unknown>",
            "events | {'metadata':{'name':'e'},'type':'Normal','reason':'R','message':'m','involvedObject':{'kind':'Pod','name':'p'},'lastTimestamp':'2026-01-01T00:57:57Z'} | 2m3s ; Normal ; R ; pod/p ; m",
            "events | {'metadata':{'name':'e'},'type':'Normal','reason':'R','message':'m','involvedObject':{'kind':'Pod','name':'p'},'eventTime':'2026-01-01T00:59:59.000000Z'} | 1s ; Normal ; R ; pod/p ; m",
            "storageclasses | {'metadata':{'name':'c','annotations':{'storageclass.kubernetes.io/is-default-class':'true'}},'provisioner':'p'} | c (default) ; p ; Delete ; Immediate ; false ; <unknown>"})
    void showsWhatKubectlUsersKnow(String plural, String body, String expected) {
        assertThat(row(plural, body)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "customresourcedefinitions | {'metadata':{'name':'foos.x.test','creationTimestamp':'2025-05-03T16:36:32Z'},'spec':{'group':'x.test','scope':'Namespaced','names':{'kind':'Foo','shortNames':['f','fo']},'versions':[{'name':'v2','served':true},{'name':'v1','served':true,'storage':true},{'name':'v0','served':false}]},'status':{'conditions':[{'type':'Established','status':'True'}]}} | foos.x.test ; Namespaced ; v1(storage),v2 ; 2025-05-03T16:36:32Z ; x.test ; Foo ; f,fo ; true",
            "customresourcedefinitions | {'metadata':{'name':'a','creationTimestamp':'2025-05-03T16:36:32Z'},'spec':{'scope':'Cluster'},'status':{'conditions':[{'type':'Established','status':'False'}]}} | a ; Cluster ;  ; 2025-05-03T16:36:32Z ;  ;  ;  ; false",
            "devicetaintrules | {'metadata':{'name':'r'},'spec':{'taint':{'key':'k','value':'v','effect':'NoExecute','timeAdded':'2026-01-01T00:59:00Z'}}} | r ; k ; v ; NoExecute ; 60s ; <unknown>",
            "devicetaintrules | {'metadata':{'name':'r'},'spec':{'taint':{'key':'k','effect':'None'}}} | r ; k ;  ; None ;  ; <unknown>",
            "storageversionmigrations | {'metadata':{'name':'m'},'spec':{'resource':{'group':'apps','resource':'deployments'}},'status':{'conditions':[{'type':'Running','status':'False'},{'type':'Succeeded','status':'True'}]}} | m ; deployments.apps ; Succeeded",
            "storageversionmigrations | {'metadata':{'name':'m'},'spec':{'resource':{'resource':'pods'}},'status':{'conditions':[{'type':'Other','status':'True'}]}} | m ; pods ; Unknown",
            "podcertificaterequests | {'metadata':{'name':'p'},'spec':{'podName':'a','serviceAccountName':'s','nodeName':'n','signerName':'x/y','unverifiedUserAnnotations':{'b':'2','a':'1'}},'status':{'conditions':[{'type':'Issued'},{'type':'Other'}]}} | p ; a ; s ; n ; x/y ; Issued ; a=1,b=2",
            "podcertificaterequests | {'metadata':{'name':'p'},'spec':{}} | p ;  ;  ;  ;  ; Pending ; <none>"})
    void showsEverythingToWhoAsksForWide(String plural, String body, String expected) {
        assertThat(row(plural, body, 1)).isEqualTo(expected);
    }

    @Test
    void aNameHasTheFormatOfNamesButWhereKubernetesSaysNone() {
        assertThat(TableColumns.columns(kind("pods")).get(0).format()).isEqualTo("name");
        assertThat(TableColumns.columns(kind("storageversionmigrations"))).extracting(Kind.Column::name)
                .containsExactly("Name", "Resource", "Status");
        assertThat(TableColumns.columns(kind("storageversionmigrations")).get(0).format()).isEmpty();
    }

    private static final String TWO = "'spec':{'initContainers':[{'name':'i'}],'containers':[{'name':'a'},{'name':'b'}]}";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "'phase':'Pending' | 0/2 ; Pending ; 0",
            "'phase':'Pending','initContainerStatuses':[{'name':'i','state':{'running':{}}}] | 0/2 ; Init:0/1 ; 0",
            "'phase':'Pending','initContainerStatuses':[{'name':'i','restartCount':2,'state':{'waiting':{'reason':'CrashLoopBackOff'}},'lastState':{'terminated':{'finishedAt':'2026-01-01T00:59:55Z'}}}] | 0/2 ; Init:CrashLoopBackOff ; 2 (5s ago)",
            "'phase':'Pending','initContainerStatuses':[{'name':'i','state':{'terminated':{'exitCode':3}}}] | 0/2 ; Init:ExitCode:3 ; 0",
            "'phase':'Running','containerStatuses':[{'name':'a','ready':true,'restartCount':1,'state':{'running':{}},'lastState':{'terminated':{'finishedAt':'2026-01-01T00:59:55Z'}}},{'name':'b','ready':true,'state':{'running':{}}}] | 2/2 ; Running ; 1 (5s ago)",
            "'phase':'Running','containerStatuses':[{'name':'a','ready':true,'state':{'running':{}}},{'name':'b','restartCount':4,'state':{'waiting':{'reason':'CrashLoopBackOff'}}}] | 1/2 ; CrashLoopBackOff ; 4",
            "'phase':'Succeeded','containerStatuses':[{'name':'a','state':{'terminated':{'reason':'Completed'}}}] | 0/2 ; Completed ; 0",
            "'phase':'Running','conditions':[{'type':'Ready','status':'True'}],'containerStatuses':[{'name':'a','state':{'terminated':{'reason':'Completed'}}},{'name':'b','ready':true,'state':{'running':{}}}] | 1/2 ; Running ; 0",
            "'phase':'Failed','reason':'Evicted' | 0/2 ; Evicted ; 0",
            "'phase':'Failed','containerStatuses':[{'name':'a','state':{'terminated':{'signal':9,'exitCode':137}}}] | 0/2 ; Signal:9 ; 0",
            "'phase':'Pending','conditions':[{'type':'PodScheduled','reason':'SchedulingGated'}] | 0/2 ; SchedulingGated ; 0"})
    void aPodsStatusInAWord(String status, String expected) {
        assertThat(row("pods", "{'metadata':{'name':'p'}," + TWO + ",'status':{" + status + "}}"))
                .isEqualTo("p ; " + expected + " ; <unknown>");
    }

    @Test
    void aDyingPodIsTerminating() {
        assertThat(row("pods", "{'metadata':{'name':'p','deletionTimestamp':'2026-01-01T00:00:00Z'}," + TWO
                + ",'status':{'phase':'Running'}}")).contains("Terminating");
    }

    @ParameterizedTest
    @CsvSource({"-5,<invalid>", "-1,0s", "0,0s", "119,119s", "120,2m", "123,2m3s", "600,10m", "10799,179m", "10800,3h",
            "14460,4h1m", "28800,8h", "172799,47h", "172800,2d", "176400,2d1h", "700000,8d", "63072000,2y",
            "66000000,2y33d",
            "300000000,9y"})
    void agesAreShort(long seconds, String text) {
        assertThat(Durations.human(Duration.ofSeconds(seconds))).isEqualTo(text);
    }

    @Test
    void readsSimpleJsonPaths() {
        JsonNode root = Json.parse("""
                {"a":{"b.c":1,"l":[{"n":"x","v":1},{"n":"y","v":2}]}}""".getBytes(StandardCharsets.UTF_8));
        assertThat(ColumnPath.read(root, ".a.b\\.c").asInt()).isEqualTo(1);
        assertThat(ColumnPath.read(root, ".a['b.c']").asInt()).isEqualTo(1);
        assertThat(ColumnPath.read(root, ".a.l[1].v").asInt()).isEqualTo(2);
        assertThat(ColumnPath.read(root, ".a.l[*].n").asText()).isEqualTo("x,y");
        assertThat(ColumnPath.read(root, ".a.l[?(@.n==\"y\")].v").asInt()).isEqualTo(2);
        assertThat(ColumnPath.read(root, ".a.nope.x").isMissingNode()).isTrue();
    }
}
