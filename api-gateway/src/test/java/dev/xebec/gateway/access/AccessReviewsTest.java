package dev.xebec.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.api.ApiRequest;
import dev.xebec.gateway.authentication.Authenticator;
import dev.xebec.gateway.pipeline.AuthenticatedUsers;
import dev.xebec.gateway.pipeline.Authorizer;
import dev.xebec.gateway.request.Answer;
import dev.xebec.gateway.request.Call;
import dev.xebec.gateway.request.RequestInfoParser;
import dev.xebec.gateway.request.Routes;
import dev.xebec.gateway.testing.Api;
import dev.xebec.gateway.testing.TestApi;
import dev.xebec.gateway.write.BodyReader;
import dev.xebec.model.kind.KindRegistry;
import dev.xebec.model.object.Json;
import dev.xebec.model.status.Status;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

@TestInstance(Lifecycle.PER_CLASS)
class AccessReviewsTest {
    private static final String AUTHORIZATION = "/apis/authorization.k8s.io/v1/";
    private static final String AUTHENTICATION = "/apis/authentication.k8s.io/v1/";

    private TestApi gateway;
    private Api api;

    @BeforeAll
    void start() {
        gateway = new TestApi();
        api = gateway.api();
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    @Test
    void saysWhoTheCallerIs() {
        Api.Reply reply = api.post(AUTHENTICATION + "selfsubjectreviews", "{}").expect(201);

        assertThat(reply.at("/kind").asText()).isEqualTo("SelfSubjectReview");
        assertThat(reply.at("/status/userInfo/username").asText()).isEqualTo("tester");
        assertThat(reply.at("/status/userInfo/groups").valueStream().map(group -> group.asText()))
                .containsExactly("system:masters", "system:authenticated");
    }

    @Test
    void allowsTheCallerWhatThePipelineAllows() {
        Api.Reply reply = api.post(AUTHORIZATION + "selfsubjectaccessreviews",
                "{'spec':{'resourceAttributes':{'verb':'get','resource':'pods','namespace':'default'}}}").expect(201);

        assertThat(reply.at("/status/allowed").asBoolean()).isTrue();
        assertThat(reply.at("/spec/resourceAttributes/resource").asText()).isEqualTo("pods");
    }

    @Test
    void deniesWhoHasNoNameButLetsHimSeeTheVersion() {
        String groupOnly = "{'spec':{'groups':['system:unauthenticated'],'%s'}}";
        String pods = groupOnly.formatted("resourceAttributes':{'verb':'list','resource':'pods'},'uid':'");
        String version = groupOnly.formatted("nonResourceAttributes':{'verb':'get','path':'/version'},'uid':'");

        assertThat(api.post(AUTHORIZATION + "subjectaccessreviews", pods).expect(201).at("/status/allowed").asBoolean())
                .isFalse();
        assertThat(api.post(AUTHORIZATION + "subjectaccessreviews", version).expect(201).at("/status/allowed")
                .asBoolean()).isTrue();
    }

    @Test
    void refusesQuestionsThatAreNotOne() {
        Api.Reply none = api.post(AUTHORIZATION + "selfsubjectaccessreviews", "{'spec':{}}").expect(422);
        assertThat(none.message()).contains("spec.resourceAttributes");
        api.post(AUTHORIZATION + "selfsubjectaccessreviews", "{'spec':{'resourceAttributes':{'verb':'get'},"
                + "'nonResourceAttributes':{'verb':'get','path':'/'}}}").expect(422);
        Api.Reply nobody = api.post(AUTHORIZATION + "subjectaccessreviews",
                "{'spec':{'resourceAttributes':{'verb':'get','resource':'pods'}}}").expect(422);
        assertThat(nobody.message()).contains("at least one of user or group must be specified");
        api.post(AUTHORIZATION + "selfsubjectaccessreviews", "{'spec':{'resourceAttributes':'pods'}}").expect(400);
        assertThat(api.get(AUTHORIZATION + "selfsubjectaccessreviews").expect(405).reason())
                .isEqualTo("MethodNotAllowed");
    }

    @Test
    void keepsALocalReviewInItsNamespace() {
        String path = AUTHORIZATION + "namespaces/default/localsubjectaccessreviews";
        String body = "{'spec':{'user':'eve','resourceAttributes':{'verb':'get','resource':'pods','namespace':'%s'}}}";

        assertThat(api.post(path, body.formatted("default")).expect(201).at("/status/allowed").asBoolean()).isTrue();
        assertThat(api.post(path, body.formatted("kube-system")).expect(422).message())
                .contains("must match metadata.namespace");
    }

    @Test
    void listsOneRuleForWhoMayDoEverything() {
        Api.Reply reply = api.post(AUTHORIZATION + "selfsubjectrulesreviews", "{'spec':{'namespace':'default'}}")
                .expect(201);

        assertThat(reply.at("/status/incomplete").asBoolean()).isFalse();
        assertThat(reply.at("/status/resourceRules/0/verbs/0").asText()).isEqualTo("*");
        assertThat(reply.at("/status/nonResourceRules/0/nonResourceURLs/0").asText()).isEqualTo("*");
        api.post(AUTHORIZATION + "selfsubjectrulesreviews", "{'spec':{}}").expect(400);
    }

    @Test
    void knowsNoTokensThatNobodyGave() {
        Api.Reply reply = api.post(AUTHENTICATION + "tokenreviews", "{'spec':{'token':'guess'}}").expect(201);

        assertThat(reply.at("/status/authenticated").asBoolean()).isFalse();
        assertThat(reply.at("/status/error").asText()).isNotEmpty();
        api.post(AUTHENTICATION + "tokenreviews", "{'spec':{'token':''}}").expect(422);
    }

    @Test
    void tellsWhoseAKnownTokenIs() {
        Authenticator alices = token -> token.equals("secret") ? new ApiRequest.User("alice", List.of("dev")) : null;

        ObjectNode status = ask(new AuthenticatedUsers(), alices, AUTHENTICATION + "tokenreviews",
                "{\"spec\":{\"token\":\"secret\"}}");

        assertThat(status.path("authenticated").asBoolean()).isTrue();
        assertThat(status.at("/user/username").asText()).isEqualTo("alice");
        assertThat(status.at("/user/groups/0").asText()).isEqualTo("dev");
    }

    @Test
    void answersWhatTheAuthorizerSaysAndNothingElse() {
        Authorizer readers = call -> call.request().method().equals("GET") && "pods".equals(
                call.info().resource() == null ? "" : call.info().servedResource().resource())
                        ? null
                        : Status.forbidden(call.info().servedResource(), "", "readers read");
        String question = "{\"spec\":{\"resourceAttributes\":{\"verb\":\"%s\",\"resource\":\"%s\",\"namespace\":\"x\"}}}";

        assertThat(allowed(readers, question.formatted("watch", "pods"))).isTrue();
        assertThat(allowed(readers, question.formatted("create", "pods"))).isFalse();
        assertThat(allowed(readers, question.formatted("get", "secrets"))).isFalse();
    }

    private static boolean allowed(Authorizer authorizer, String review) {
        return ask(authorizer, Authenticator.none(), AUTHORIZATION + "selfsubjectaccessreviews", review).path("allowed")
                .asBoolean();
    }

    private static ObjectNode ask(Authorizer authorizer, Authenticator authenticator, String path, String body) {
        KindRegistry kinds = KindRegistry.builtIn();
        RequestInfoParser parser = new RequestInfoParser(resource -> kinds.byResource(resource).orElse(null));
        Routes routes = new Routes();
        AccessReviews.addTo(routes, new BodyReader(() -> kinds), parser, authorizer, authenticator,
                new dev.xebec.gateway.encode.Encoder(java.time.InstantSource.system()));
        ApiRequest request = new ApiRequest("POST", path, Map.of(), "application/json", "", Bytes.utf8(body),
                new ApiRequest.User("tester", List.of()), "");
        Call call = new Call(request, parser.parse(request), "", "");
        var handler = routes.forResource(call.info().servedResource().groupResource());
        assertThat(handler).isNotNull();
        Answer answer = handler.handle(call);
        assertThat(answer).isInstanceOf(Answer.Body.class);
        return (ObjectNode) Json.parseObject(((Answer.Body) answer).whole().array()).path("status");
    }
}
